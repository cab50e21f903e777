//! Cards to the text of a deck file: what a person would write, and what the loader reads back as it was.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use crate::quiz::{
    asked::Asked,
    deck::Card,
    question::{Body, Question, Term},
};

/// What a file begins with.
pub(super) fn head(deck: &str, topic: &str) -> String {
    format!("deck: {}\ntopic: {}\ncards:\n", scalar(deck, 2), scalar(topic, 2))
}

/// A card of the list under `cards:`.
pub(super) fn card(card: &Card) -> String {
    let mut out = String::new();
    line(&mut out, 2, "- id", card.id.as_str());
    line_of(&mut out, 4, "level", &card.level.get().to_string());
    if !card.exams.is_empty() {
        line_of(&mut out, 4, "exams", &format!("[{}]", card.exams.join(", ")));
    }
    for (key, version) in [("since", &card.since), ("until", &card.until)] {
        if let Some(version) = version {
            line_of(&mut out, 4, key, &quoted(version));
        }
    }
    line(&mut out, 4, "front", &card.front);
    line(&mut out, 4, "back", &card.back);
    list(&mut out, 4, "sources", card.sources.iter().map(|source| scalar(source, 8)));
    if !card.questions.is_empty() {
        out.push_str("    questions:\n");
    }
    for asked in &card.questions {
        question(&mut out, asked);
    }
    out
}

/// A question as asked, as it would stand in its card's file with what was accepted of it: what a host gives whoever keeps the deck.
pub fn patch(asked: &Asked, accepted: &str) -> String {
    let (deck, card) = (&asked.deck, &asked.card);
    let mut out = format!(
        "# Deck {deck}, card {card}: this question accepts {} as well.\n# Put it in place of the one that asks the same.\n",
        quoted(accepted)
    );
    question(&mut out, &asked.question());
    out
}

fn question(out: &mut String, question: &Question) {
    let _ = writeln!(out, "      - {}:", question.body.kind().word());
    if let Some(ask) = &question.ask {
        line(out, 10, "ask", ask);
    }
    let scalars = |texts: &[String]| texts.iter().map(|text| scalar(text, 14)).collect::<Vec<_>>();
    let terms = |terms: &[Term]| terms.iter().map(forms).collect::<Vec<_>>();
    match &question.body {
        Body::Choice { answer, others } => {
            line(out, 10, "answer", answer);
            list(out, 10, "others", scalars(others));
        }
        Body::Multiple { answers, others } => {
            list(out, 10, "answers", scalars(answers));
            list(out, 10, "others", scalars(others));
        }
        Body::List { items, sides, wrong } => {
            let mut items = items.as_slice();
            if sides.is_empty() {
                list(out, 10, "items", terms(items));
            } else {
                let _ = writeln!(out, "{:10}sides:", "");
            }
            for side in sides {
                line_of(out, 12, "- name", &forms(&side.name));
                let (own, rest) = items.split_at(side.items.min(items.len()));
                list(out, 14, "items", terms(own));
                items = rest;
            }
            list(out, 10, "wrong", terms(wrong));
        }
        Body::Text { accept, wrong } => {
            list(out, 10, "accept", scalars(&accept.0));
            list(out, 10, "wrong", terms(wrong));
        }
        Body::Command { accept } => list(out, 10, "accept", scalars(accept)),
    }
    if let Some(why) = &question.why {
        line(out, 10, "why", why);
    }
}

/// A key and its text.
fn line(out: &mut String, indent: usize, key: &str, text: &str) {
    line_of(out, indent, key, &scalar(text, indent + 2 + if key.starts_with('-') { 2 } else { 0 }));
}

/// A key and its value as it is written.
fn line_of(out: &mut String, indent: usize, key: &str, value: &str) {
    let _ = writeln!(out, "{:indent$}{key}: {value}", "");
}

/// A key and its list, where there is anything in it.
fn list(out: &mut String, indent: usize, key: &str, values: impl IntoIterator<Item = String>) {
    let mut values = values.into_iter().peekable();
    if values.peek().is_some() {
        let _ = writeln!(out, "{:indent$}{key}:", "");
    }
    for value in values {
        let _ = writeln!(out, "{:indent$}  - {value}", "");
    }
}

/// A term: its one form, or all of them in brackets.
fn forms(term: &Term) -> String {
    match term.0.as_slice() {
        [one] => scalar(one, 14),
        forms => format!("[{}]", forms.iter().map(|form| quoted(form)).collect::<Vec<_>>().join(", ")),
    }
}

/// A text as a value: as it is where YAML reads it so, as a block where it has lines, else in quotes.
fn scalar(text: &str, indent: usize) -> String {
    if is_block(text) {
        let keep = if text.ends_with('\n') { "|" } else { "|-" };
        let lines = text.trim_end_matches('\n').split('\n');
        let lines = lines.map(|line| if line.is_empty() { String::new() } else { format!("\n{:indent$}{line}", "") });
        return lines.fold(keep.to_owned(), |block, line| block + if line.is_empty() { "\n" } else { &line });
    }
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Whether a text can stand as lines of their own, indented.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.starts_with([' ', '\t', '\n'])
        && !body.ends_with(['\n', ' '])
        && body.split('\n').all(|line| line.is_empty() || !line.trim().is_empty())
        && text.chars().all(|c| c == '\n' || is_shown(c))
}

/// Whether YAML reads a text as this very text without quotes.
fn is_plain(text: &str) -> bool {
    const TAKEN: [&str; 8] = ["true", "false", "null", "yes", "no", "on", "off", "nan"];
    let fits = |c: char| c.is_alphanumeric() || " ,./()'_?!+=;%$@*&<>^-".contains(c);
    let is_link = text.starts_with("https://")
        && !text.ends_with(':')
        && text.chars().all(|c| c.is_ascii_graphic() && !"#,[]{}\"'`".contains(c));
    let is_words = text.starts_with(|c: char| c.is_alphabetic())
        && text.len() > 1
        && !text.ends_with(' ')
        && text.chars().all(|c| fits(c) && is_shown(c));
    is_link || (is_words && !TAKEN.contains(&text.to_lowercase().as_str()))
}

/// In double quotes, with everything escaped that is not shown.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_shown(c) => out.push(c),
            c => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}

/// Whether a character may stand in YAML as it is, and does not end a line.
fn is_shown(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}
