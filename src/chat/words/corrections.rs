//! What is said of a question that was marked anew: to the host, to all, and in the log.

use jiff::{Timestamp, tz::TimeZone};

use super::{
    disputes::said,
    text::{BREAK, entries, list as join, name, paragraphs, plain, shorten, typed, when},
};
use crate::{
    chat::{
        command::quoted,
        control::{Control, ControlId},
        post::{File, Reply},
    },
    quiz::{
        asked::Asked,
        correction::{Accepted, CannotAccept, LONGEST},
        id::RoundId,
    },
};

/// The most characters of what the log says was done.
const SHORT: usize = 300;

/// Why something cannot be accepted, and what to do.
pub fn cannot(why: &CannotAccept, answer: &str) -> Reply {
    let answer = typed(&shorten(answer, 100));
    let these = |texts: &[String]| {
        join(&texts.iter().map(|text| format!("**{}**", plain(&shorten(text, 100)))).collect::<Vec<_>>(), "or")
    };
    Reply::private(match why {
        CannotAccept::Empty => format!("{answer} says nothing that could be an answer."),
        CannotAccept::TooLong => format!(
            "That is longer than {LONGEST} characters. Name the words that are right with `answer:`; what people say around them is read."
        ),
        CannotAccept::Already => format!("{answer} counts in full already."),
        CannotAccept::NoCommand => {
            format!("{answer} cannot be read as a command. Write it as it would be typed, with `answer:`.")
        }
        CannotAccept::NoOption(options) => {
            format!("None of the options is {answer}. Name one with `answer:`: {}.", these(options))
        }
        CannotAccept::NoItem(items) => {
            format!("Say with `as:` for which item {answer} counts: {}.", these(items))
        }
        CannotAccept::ReadOtherwise => format!(
            "{answer} would be marked wrong all the same, because it denies something or names more than one thing. Name the words that \
             are right with `answer:`."
        ),
        CannotAccept::AllRight => format!(
            "With {answer} no wrong option would be left. Mend the card in its deck; `/kquiz player void` or a refusal with a word are what \
             can be done for this round."
        ),
        CannotAccept::NotAsked => "This card is not asked in rounds.".into(),
    })
}

/// The round cannot be marked anew now.
pub fn not_closed_yet(round: RoundId) -> Reply {
    Reply::private(format!("Round {round} is not closed. What it counts can be changed once it is."))
}

/// It is done; `gained` players have more points, and these closed seasons count the round.
pub fn accepted(round: RoundId, accepted: &Accepted, gained: usize, seasons: &[&str], patch: File) -> Reply {
    let points = match gained {
        0 => "Nobody's points change.".into(),
        gained => format!("{} more points.", have(gained)),
    };
    let text = format!(
        "✅ {} counts from now on, and round {round} is marked anew. {points} The file has the question for the deck.",
        typed(&shorten(&accepted.answer, 100))
    );
    let closed = frozen(seasons);
    Reply { controls: closed.1, file: Some(patch), ..Reply::private(paragraphs([text, closed.0])) }
}

/// What a host hears of closed seasons that a change is about, and what they can press.
pub fn frozen(seasons: &[&str]) -> (String, Vec<Control>) {
    if seasons.is_empty() {
        return (String::new(), Vec::new());
    }
    let names: Vec<String> = seasons.iter().map(|season| format!("**{}**", name(season))).collect();
    let text = format!(
        "It counted for {}, whose board is closed and stays as it is unless you change it.",
        join(&names, "and")
    );
    let recount = |season: &&str| Control::Button {
        id: ControlId::Run(format!("kquiz season recount {}", quoted(season))),
        label: format!("Change {season}"),
    };
    (text, seasons.iter().map(recount).collect())
}

fn have(players: usize) -> String {
    if players == 1 { "1 player has".into() } else { format!("{players} players have") }
}

/// What all read in the channel.
pub fn posted(asked: &Asked, round: RoundId, accepted: &Accepted, gained: usize, link: Option<&str>) -> String {
    let of = accepted.item.as_ref().map(|_| " for one of the items").unwrap_or_default();
    let points = match gained {
        0 => "Nobody's points change.".into(),
        gained => format!("{} more points, and the leaderboard follows.", have(gained)),
    };
    let question = plain(&shorten(asked.ask.trim(), 200));
    let question = link.map_or_else(|| format!("“{question}”"), |link| format!("“[{question}]({link})”"));
    format!(
        "⚖️ A correction to round {round}, {question}: {} counts as right as well{of}. {points}",
        typed(&shorten(&accepted.answer, 100))
    )
}

/// What the log of corrections says.
pub fn logged(accepted: &Accepted) -> String {
    match &accepted.item {
        Some(item) => format!("accepted “{}” for “{item}”", accepted.answer),
        None => format!("accepted “{}”", accepted.answer),
    }
}

/// The log of a round, for hosts: what was changed, by whom, why and when.
pub fn log(corrections: &[(&str, Option<&str>, &str, Timestamp)], zone: &TimeZone) -> String {
    let line = |(what, by, why, at): &(&str, Option<&str>, &str, Timestamp)| {
        let by = by.map(|by| format!(" by {}", name(by))).unwrap_or_default();
        let why = if why.is_empty() { String::new() } else { format!(": {}", said(why)) };
        format!("⚖️ {}, {}{by}{why}", when(*at, zone), plain(&shorten(what, SHORT)))
    };
    entries(&corrections.iter().map(line).collect::<Vec<_>>(), BREAK)
}
