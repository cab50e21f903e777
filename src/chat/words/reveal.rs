//! A round's reveal: what was right and why, how the answers fell, who scored.

use super::{
    RoundView, tally,
    text::{BREAK, CONTENT, code, count, list, name, paragraphs, plain, shorten, sources},
};
use crate::{
    chat::post::{Post, PostKey},
    quiz::{
        asked::{Asked, Form},
        points::Points,
        question::Term,
        verdict::Verdict,
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

/// The reveal to post: the right answer, why, where it is written, how the answers fell, who scored. A long explanation is
/// shortened so that all of it fits.
pub fn reveal(round: &RoundView<'_>, scores: &[Score<'_>]) -> Post {
    let asked = round.asked;
    let head = right_answer(asked);
    let tail = paragraphs([sources(&asked.sources), fell(asked, scores), scored(scores)]);
    let room = CONTENT.saturating_sub(head.chars().count() + tail.chars().count() + 4).max(100);
    let text = shorten(&paragraphs([head, explained(asked, room), tail]), CONTENT);
    Post { reply_to: round.message.cloned(), ..Post::new(PostKey::reveal(round.id), text) }
}

/// What was right, in one line.
pub fn right_answer(asked: &Asked) -> String {
    let strong = |shown: &[&str]| {
        let shown: Vec<String> = shown.iter().map(|text| format!("**{}**", plain(&shorten(text, 150)))).collect();
        list(&shown, "and")
    };
    let at =
        |options: &[String], number: u8| options.get(usize::from(number).wrapping_sub(1)).cloned().unwrap_or_default();
    match &asked.form {
        Form::Choice { options, right } => format!("✅ The answer: {}", strong(&[&at(options, *right)])),
        Form::Multiple { options, right } => {
            let right: Vec<String> = right.iter().map(|number| at(options, *number)).collect();
            format!("✅ All right ones: {}", strong(&right.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        Form::List { items, .. } => {
            format!("✅ The whole list: {}", strong(&items.iter().map(Term::shown).collect::<Vec<_>>()))
        }
        Form::Text { accept, .. } => format!("✅ The answer: {}", strong(&[accept.shown()])),
        Form::Command { accept } => format!("✅ For example: {}", code(accept.first().map_or("", String::as_str))),
    }
}

/// The card's explanation and why the nearest wrong answer is wrong, in at most `room` characters.
pub fn explained(asked: &Asked, room: usize) -> String {
    let why = asked.why.as_deref().map(|why| format!("💡 {}", shorten(why.trim(), room / 3))).unwrap_or_default();
    let back = shorten(asked.back.trim(), room.saturating_sub(why.chars().count() + 2).max(50));
    paragraphs([back, why])
}

fn fell(asked: &Asked, scores: &[Score<'_>]) -> String {
    if scores.is_empty() {
        return String::new();
    }
    format!("{}{BREAK}{}", tally::answered(scores), tally::lines(asked, scores))
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
