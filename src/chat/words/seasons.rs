//! Seasons: started, ended, listed, shown, and the podium at the end.

use jiff::{Timestamp, tz::TimeZone};

use super::{
    board,
    text::{BREAK, channel, count, entries, int, list as join, name, paragraphs, when},
};
use crate::{
    chat::{
        command::quoted,
        control::{Control, ControlId},
        post::Reply,
    },
    quiz::{
        season::{Phase, Season},
        standing::Standing,
    },
};

/// It runs from now on.
pub fn started(season: &Season, zone: &TimeZone) -> Reply {
    Reply::private(format!(
        "🏁 Season **{}** has started. It ends {}; {}.",
        name(&season.name),
        when(season.ends, zone),
        channels(season)
    ))
}

fn channels(season: &Season) -> String {
    if season.channels.is_empty() {
        return "all channels count".into();
    }
    let names: Vec<String> = season.channels.iter().map(channel).collect();
    format!("{} {}", join(&names, "and"), if names.len() == 1 { "counts" } else { "count" })
}

/// It was ended early; its standings are frozen when its last open round closes.
pub fn ended(season: &str) -> Reply {
    Reply::private(format!("Season **{}** has ended. The podium follows when its last round is closed.", name(season)))
}

/// It was over before.
pub fn over(season: &str) -> Reply {
    Reply::private(format!("Season **{}** is over already.", name(season)))
}

/// A season that is not closed needs no counting anew.
pub fn not_closed(season: &str) -> Reply {
    Reply::private(format!("Season **{}** is not closed: its leaderboard follows by itself.", name(season)))
}

/// A closed season's board follows what was corrected since.
pub fn recounted(season: &str) -> Reply {
    Reply::private(format!("The board of season **{}** is changed. The channels read how it stands now.", name(season)))
}

/// Nothing that was corrected changes a closed season's board.
pub fn as_counted(season: &str) -> Reply {
    Reply::private(format!(
        "The board of season **{}** is as it was: nothing that was corrected changes it.",
        name(season)
    ))
}

/// How a closed season stands after a host had it counted anew.
pub fn recounted_for_all(season: &str, podium: &[Standing], players: i64) -> String {
    let title = format!("⚖️ **Season {} was counted anew**, with what was corrected since.", name(season));
    if podium.is_empty() {
        return format!("{title}\n\nNobody scored in it.");
    }
    format!("{title}\n\n{}\n\n{} took part.", best(podium), count(players, "player"))
}

/// The name was used before.
pub fn name_taken(season: &str) -> Reply {
    Reply::private(format!("There is a season named **{}** already. Choose another name.", name(season)))
}

/// What a season's name can be.
pub fn bad_name() -> Reply {
    Reply::private("A season's name has 1 to 40 characters, such as `winter 2026`.")
}

/// The end lies in the past.
pub fn ends_too_early() -> Reply {
    Reply::private("A season ends today at the earliest. Give its last day as `ends:2026-12-24`.")
}

/// The seasons of a space, newest first, with where each stands at `now`.
pub fn list(seasons: &[Season], zone: &TimeZone, now: Timestamp) -> Reply {
    if seasons.is_empty() {
        return Reply::private("There was no season yet. A host starts one with `/kquiz season start`.");
    }
    let line = |season: &Season| {
        let stands = match phase(season, now) {
            Phase::Planned => format!("starts {}", when(season.starts, zone)),
            Phase::Running => format!("runs until {}", when(season.ends, zone)),
            Phase::Ended => format!("ended {}", when(season.ends, zone)),
        };
        format!("**{}** — {stands}", name(&season.name))
    };
    let lines: Vec<String> = seasons.iter().map(line).collect();
    Reply::private(format!("🏁 **{}**\n\n{}", count(int(seasons.len()), "season"), entries(&lines, BREAK)))
}

/// One season: where it stands, its best, and a button to its leaderboard.
pub fn show(season: &Season, podium: &[Standing], players: i64, zone: &TimeZone, now: Timestamp) -> Reply {
    let stands = match phase(season, now) {
        Phase::Planned => format!("It starts {}", when(season.starts, zone)),
        Phase::Running => format!("It runs until {}", when(season.ends, zone)),
        Phase::Ended => format!("It ended {}", when(season.ends, zone)),
    };
    let head = format!("🏁 **Season {}**\n\n{stands}; {}.", name(&season.name), channels(season));
    if podium.is_empty() {
        return Reply::private(paragraphs([head, "Nobody has points in it yet.".into()]));
    }
    let line = format!("kquiz leaderboard season:{}", quoted(&season.name));
    Reply {
        text: paragraphs([head, best(podium), format!("{} in all.", count(players, "player"))]),
        controls: vec![Control::Button { id: ControlId::Run(line), label: "Whole leaderboard".into() }],
        ..Reply::default()
    }
}

fn phase(season: &Season, now: Timestamp) -> Phase {
    if season.frozen.is_some() { Phase::Ended } else { season.phase(now) }
}

/// The most players of a podium that are named; who are equal share it.
const NAMED: usize = 10;

/// A podium, a line each, and how many more stand on it.
fn best(podium: &[Standing]) -> String {
    let more = podium.len().saturating_sub(NAMED);
    let rows = board::rows(&podium[..podium.len() - more]);
    if more > 0 { format!("{rows}{BREAK}and {more} more") } else { rows }
}

/// The note in every channel of the season when its standings are frozen.
pub fn announcement(season: &str, podium: &[Standing], players: i64) -> String {
    let title = format!("🏁 **Season {} is over!**", name(season));
    if podium.is_empty() {
        return format!("{title}\n\nNobody scored in it. The next one is open to all.");
    }
    format!("{title}\n\n{}\n\n{} took part. Thank you for playing!", best(podium), count(players, "player"))
}
