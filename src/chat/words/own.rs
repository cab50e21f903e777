//! What is a player's own to see: open answers and figures.

use jiff::Timestamp;

use super::{
    board::ordinal,
    text::{BREAK, channel, count, entries, int, name, paragraphs, percent, shorten, span, typed},
};
use crate::{
    chat::post::Reply,
    quiz::{asked::Asked, id::ChannelId},
};

/// An open round, and one's own answer to it.
#[derive(Debug, Clone, Copy)]
pub struct MineView<'a> {
    /// Where it is asked.
    pub channel: &'a ChannelId,
    /// The question as asked.
    pub asked: &'a Asked,
    /// What counts now; `None` where nothing stands.
    pub shown: Option<&'a str>,
    /// Attempts left, for typed answers.
    pub tries_left: Option<u8>,
    /// When the round closes.
    pub closes: Option<Timestamp>,
    /// The web address of its question, where the face has one.
    pub link: Option<&'a str>,
}

/// One's own open answers at `now`.
pub fn mine(open: &[MineView<'_>], now: Timestamp) -> Reply {
    if open.is_empty() {
        return Reply::private("You have no answer in an open round.");
    }
    Reply::private(rounds(open, now))
}

/// All open questions of one's space at `now`, answered or not.
pub fn open(open: &[MineView<'_>], now: Timestamp) -> Reply {
    let list = if open.is_empty() { "No question is open right now.".into() } else { rounds(open, now) };
    Reply::private(paragraphs(["❓ **Open questions**".into(), list]))
}

fn rounds(open: &[MineView<'_>], now: Timestamp) -> String {
    let lines = open.iter().map(|mine| {
        let ask = shorten(&mine.asked.ask.split_whitespace().collect::<Vec<_>>().join(" "), 80);
        let given = match mine.shown {
            Some(shown) => format!("Your answer: {}", typed(shown)),
            None => "No answer of yours counts yet".into(),
        };
        let tries = mine.tries_left.map(|left| format!(", {} left", count(left.into(), "try"))).unwrap_or_default();
        let closes = mine.closes.map(|at| format!(", closes in {}", span(at.duration_since(now)))).unwrap_or_default();
        let link = mine.link.map(|link| format!(", [go there]({link})")).unwrap_or_default();
        format!("{ask} ({}{link}){BREAK}{given}{tries}{closes}", channel(mine.channel))
    });
    entries(&lines.collect::<Vec<_>>(), "\n\n")
}

/// One's own figures, over closed rounds.
#[derive(Debug, Clone, Copy)]
pub struct StatsView<'a> {
    /// Points in all.
    pub points: i64,
    /// The place by them among all; `None` for who is on no leaderboard.
    pub rank: Option<i64>,
    /// Rounds answered.
    pub answered: i64,
    /// Rounds answered fully right.
    pub right: i64,
    /// Sum of credits, ten-thousandths.
    pub credit: i64,
    /// Topic, rounds answered in it, sum of credits in it.
    pub topics: &'a [(&'a str, i64, i64)],
}

/// The most topics listed.
const TOPICS: usize = 15;

/// One's own figures, topics from the weakest on.
pub fn stats(stats: &StatsView<'_>) -> Reply {
    if stats.answered == 0 {
        return Reply::private("You have no closed round yet. Your figures begin with your first one.");
    }
    let place = stats.rank.map(|rank| format!(", {} place", ordinal(rank))).unwrap_or_default();
    let sums = format!(
        "{} from {}{place}; {} fully right. Accuracy: {}.",
        count(stats.points, "point"),
        count(stats.answered, "round"),
        stats.right,
        accuracy(stats.credit, stats.answered),
    );
    let mut topics: Vec<_> = stats.topics.iter().filter(|(_, answered, _)| *answered > 0).collect();
    topics.sort_by_key(|(topic, answered, credit)| (credit / answered, *topic));
    let line = |(topic, answered, credit): &&(&str, i64, i64)| {
        format!("{} — {} over {}", name(topic), accuracy(*credit, *answered), count(*answered, "round"))
    };
    let mut lines: Vec<String> = topics.iter().take(TOPICS).map(line).collect();
    if !lines.is_empty() {
        lines.insert(0, "By topic, the weakest first:".into());
    }
    if topics.len() > TOPICS {
        lines.push(format!("and {}", count(int(topics.len() - TOPICS), "more topic")));
    }
    Reply::private(paragraphs(["📈 **Your figures**".into(), sums, lines.join(BREAK)]))
}

fn accuracy(credit: i64, answered: i64) -> String {
    percent(credit, answered.saturating_mul(10_000))
}
