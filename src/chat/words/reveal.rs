//! A round's reveal: what was right and why, how the answers fell, who scored.

use super::{
    RoundView, tally,
    text::{BREAK, CONTENT, code, count, list, name, paragraphs, plain, shorten, sources},
};
use crate::{
    chat::{
        control::{Control, ControlId},
        post::{Post, PostKey},
    },
    quiz::{
        asked::Asked,
        id::RoundId,
        points::Points,
        question::Kind,
        round::Reveal,
        verdict::{Credit, Verdict},
    },
};

/// How one player did in a round that is closed.
#[derive(Debug, Clone, Copy)]
pub struct Score<'a> {
    /// The name as shown.
    pub name: &'a str,
    /// Off the boards and reveals by their own wish: counted, never named.
    pub hidden: bool,
    /// How what counts was marked.
    pub verdict: &'a Verdict,
    /// What it earned.
    pub points: Points,
}

/// The most players named in a reveal.
const NAMED: usize = 10;
/// The most characters of the right answer, where one line tells a whole round.
const SHORT: usize = 100;

/// The reveal to post: the right answer, why, where it is written, how the answers fell, who scored. Where that is too much for one
/// message, how the answers fell is only summed up (the closed question says it in full), and then the explanation is shortened.
pub fn reveal(round: &RoundView<'_>, scores: &[Score<'_>]) -> Post {
    let asked = round.asked;
    let whole = text(asked, &fell(asked, scores, true), scores, usize::MAX);
    let fits = whole.chars().count() <= CONTENT;
    let text = if fits { whole } else { text(asked, &fell(asked, scores, false), scores, CONTENT) };
    Post {
        controls: disputable(scores).then(|| dispute(round.id)).into_iter().collect(),
        reply_to: round.message.cloned(),
        broadcast: round.rules.reveal == Reveal::Channel,
        ..Post::new(PostKey::reveal(round.id), text)
    }
}

/// Whether somebody could think that their answer was marked too low.
fn disputable(scores: &[Score<'_>]) -> bool {
    scores.iter().any(|score| score.verdict.credit < Credit::FULL)
}

fn dispute(round: RoundId) -> Control {
    Control::Form { id: ControlId::Dispute(round), label: "Dispute".into() }
}

fn text(asked: &Asked, fell: &str, scores: &[Score<'_>], most: usize) -> String {
    let head = right_answer(asked);
    let tail = paragraphs([sources(&asked.sources), fell.to_owned(), scored(scores)]);
    let room = most.saturating_sub(head.chars().count() + tail.chars().count() + 4).max(100);
    shorten(&paragraphs([head, explained(asked, room), tail]), most)
}

/// What was right, in one line.
pub fn right_answer(asked: &Asked) -> String {
    let right = asked.right();
    if right.is_empty() {
        return String::new();
    }
    let strong: Vec<String> = right.iter().map(|text| format!("**{}**", plain(&shorten(text, 150)))).collect();
    match asked.kind() {
        Kind::Choice | Kind::Text => format!("✅ The answer: {}", strong.join(", ")),
        Kind::Multiple => format!("✅ All right ones: {}", list(&strong, "and")),
        Kind::List => format!("✅ The whole list: {}", list(&strong, "and")),
        Kind::Command => format!("✅ For example: {}", code(right.first().map_or("", String::as_str))),
    }
}

/// What was right in the round before and how many knew it, in one line of at most some 200 characters.
pub fn last(round: &RoundView<'_>, scores: &[Score<'_>], link: Option<&str>) -> String {
    let asked = round.asked;
    let name = link.map_or_else(|| "Last question".into(), |link| format!("[Last question]({link})"));
    let right = match asked.kind() {
        Kind::Command => code(&shorten(asked.right().first().map_or("", String::as_str), SHORT)),
        _ => format!("**{}**", plain(&shorten(&asked.right().join(", "), SHORT))),
    };
    format!("⏮ {name}: ✅ {right} — {}", tally::share_right(scores))
}

/// The card's explanation and why the nearest wrong answer is wrong, in at most `room` characters.
pub fn explained(asked: &Asked, room: usize) -> String {
    let why = asked.why.as_deref().map(|why| format!("💡 {}", shorten(why.trim(), room / 3))).unwrap_or_default();
    let back = shorten(asked.back.trim(), room.saturating_sub(why.chars().count() + 2).max(50));
    paragraphs([back, why])
}

fn fell(asked: &Asked, scores: &[Score<'_>], in_full: bool) -> String {
    match (scores, in_full) {
        ([], _) => String::new(),
        (_, false) => tally::answered(scores),
        (_, true) => format!("{}{BREAK}{}", tally::answered(scores), tally::lines(asked, scores)),
    }
}

fn scored(scores: &[Score<'_>]) -> String {
    if scores.is_empty() {
        return "Nobody answered this time. The next one is yours!".into();
    }
    let mut winners: Vec<&Score<'_>> = scores.iter().filter(|score| score.points.0 > 0).collect();
    if winners.is_empty() {
        return "Nobody scored this time. The next one is yours!".into();
    }
    winners.sort_by(|a, b| b.points.cmp(&a.points).then_with(|| a.name.cmp(b.name)));
    let (hidden, shown): (Vec<&Score<'_>>, Vec<&Score<'_>>) = winners.into_iter().partition(|score| score.hidden);
    let mut parts: Vec<String> = shown
        .iter()
        .take(NAMED)
        .map(|score| format!("**{}** {}", name(score.name), count(score.points.0, "point")))
        .collect();
    let more = shown.len().saturating_sub(NAMED);
    if more > 0 {
        parts.push(format!("{more} more"));
    }
    match hidden.len() {
        0 => {}
        1 => parts.push("1 player who stays hidden".into()),
        many => parts.push(format!("{many} players who stay hidden")),
    }
    format!("🏅 {}", list(&parts, "and"))
}
