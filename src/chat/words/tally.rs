//! How the answers fell, in words beside a bar.

use std::collections::BTreeSet;

use super::{
    reveal::Score,
    text::{BREAK, bar, code, count, int, keycap, percent, plain, shorten},
};
use crate::quiz::{
    asked::{Asked, Form},
    question::shown,
    verdict::Credit,
};

/// A line for each option, item or answer: how many gave it, and whether it is right.
pub fn lines(asked: &Asked, scores: &[Score<'_>]) -> String {
    let gave = |shown: &str| {
        let named =
            |score: &&Score<'_>| score.verdict.found.iter().chain(&score.verdict.wrong).any(|word| word == shown);
        scores.iter().filter(named).count()
    };
    let is_right = |at: usize, right: &BTreeSet<u8>| {
        u8::try_from(at + 1).is_ok_and(|number| right.contains(&number) || asked.also.contains(&number))
    };
    let all = scores.len();
    let lines: Vec<String> = match &asked.form {
        Form::Choice { options, right } => options
            .iter()
            .enumerate()
            .map(|(at, option)| option_line(at + 1, option, is_right(at, &[*right].into()), gave(option), all))
            .collect(),
        Form::Multiple { options, right } => options
            .iter()
            .enumerate()
            .map(|(at, option)| option_line(at + 1, option, is_right(at, right), gave(option), all))
            .collect(),
        Form::List { items, sides, wrong, .. } => {
            let right = shown(items, sides).into_iter().map(|item| right_line(&strong(&item), gave(&item), all));
            let wrong = wrong.iter().map(|item| (item.shown(), gave(item.shown()))).filter(|(_, times)| *times > 0);
            let wrong = wrong.map(|(item, times)| format!("❌ {} — {}", plain(item), share(times, all)));
            right.chain(wrong).collect()
        }
        Form::Text { accept, .. } => vec![right_line(&strong(accept.shown()), fully_right(scores), all)],
        Form::Command { accept } => {
            vec![right_line(&code(accept.first().map_or("", String::as_str)), fully_right(scores), all)]
        }
        Form::Recall => Vec::new(),
    };
    lines.join(BREAK)
}

/// How many answered, and how many of them were right.
pub fn answered(scores: &[Score<'_>]) -> String {
    let all = scores.len();
    match (fully_right(scores), all) {
        (_, 0) => "Nobody answered this time.".into(),
        (1, 1) => "1 player answered, and was right.".into(),
        (right, _) if right == all => format!("{} answered, all right.", count(int(all), "player")),
        (0, _) => format!("{} answered.", count(int(all), "player")),
        (right, _) => format!("{} answered, {right} fully right.", count(int(all), "player")),
    }
}

/// The part of those who answered that was right.
pub fn share_right(scores: &[Score<'_>]) -> String {
    match (fully_right(scores), scores.len()) {
        (_, 0) => "nobody answered".into(),
        (right, all) => format!("{right} of {all} fully right, {}", percent(int(right), int(all))),
    }
}

fn fully_right(scores: &[Score<'_>]) -> usize {
    scores.iter().filter(|score| score.verdict.credit == Credit::FULL).count()
}

fn option_line(number: usize, option: &str, right: bool, times: usize, all: usize) -> String {
    let option = shorten(option, 150);
    let shown = if right { format!("✅ {}", strong(&option)) } else { plain(&option) };
    if all == 0 {
        return format!("{} {shown}", keycap(number));
    }
    format!("{} {shown} — {}", keycap(number), share(times, all))
}

fn right_line(shown: &str, times: usize, all: usize) -> String {
    if all == 0 { format!("✅ {shown}") } else { format!("✅ {shown} — {}", share(times, all)) }
}

fn share(times: usize, all: usize) -> String {
    format!("{times} of {all}, {} {}", percent(int(times), int(all)), bar(times, all))
}

fn strong(text: &str) -> String {
    format!("**{}**", plain(text))
}
