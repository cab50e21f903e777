//! A deck to Markdown as the importer reads it: a heading a card, its text the back, a task list the options of a question.

use std::fmt::Write as _;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::{
    decks::markup::escaped,
    quiz::{
        deck::{Card, Deck},
        question::{Body, Question},
    },
};

/// The text.
pub(super) fn write(deck: &Deck) -> String {
    let mut out = format!("# {}\n", deck.id);
    for card in &deck.cards {
        one(&mut out, card);
    }
    out
}

fn one(out: &mut String, card: &Card) {
    let versions = [("since", &card.since), ("until", &card.until)];
    let versions =
        versions.map(|(key, version)| version.as_ref().map(|version| format!(" {key}={version}")).unwrap_or_default());
    let about = format!("#{} level={}{}", card.id, card.level.get(), versions.concat());
    let _ = write!(out, "\n## {} {{{about}}}\n\n{}\n", line(&card.front), lower(card.back.trim()));
    let sources: Vec<_> = card.sources.iter().map(|source| format!("<{source}>")).collect();
    if !sources.is_empty() {
        let word = if sources.len() == 1 { "Source" } else { "Sources" };
        let _ = write!(out, "\n{word}: {}\n", sources.join(", "));
    }
    for question in &card.questions {
        asked(out, card, question);
    }
}

/// A question with options, under its wording where it has one; the others are left out.
fn asked(out: &mut String, card: &Card, question: &Question) {
    let (answers, others) = match &question.body {
        Body::Choice { answer, others } => (std::slice::from_ref(answer), others),
        Body::Multiple { answers, others } => (answers.as_slice(), others),
        Body::List { .. } | Body::Text { .. } | Body::Command { .. } => return,
    };
    let ask = question.ask.as_ref().unwrap_or(&card.front).trim();
    let (first, rest) = ask.split_once("\n\n").unwrap_or((ask, ""));
    let _ = write!(out, "\n### {}\n\n", line(first));
    if !rest.is_empty() {
        let _ = write!(out, "{}\n\n", lower(rest.trim()));
    }
    for (sign, options) in [('x', answers), (' ', others.as_slice())] {
        for option in options {
            let _ = writeln!(out, "- [{sign}] {}", escaped(option));
        }
    }
    if let Some(why) = &question.why {
        let _ = write!(out, "\n{}\n", lower(why.trim()));
    }
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in which nothing is read as part of the file's own form: headings below the wording's, task lists as lists.
fn lower(markdown: &str) -> String {
    let mut out = String::new();
    let mut end = 0;
    for (event, at) in Parser::new_ext(markdown, Options::ENABLE_TASKLISTS).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if markdown[at.start..].starts_with('#') => {
                out.push_str(&markdown[end..at.start]);
                out.push_str(&"#".repeat(4_usize.saturating_sub(level as usize)));
                end = at.start;
            }
            // Its line is underlined.
            Event::Start(Tag::Heading { .. }) => {
                let words = markdown[at.clone()].trim_end().rsplit_once('\n').map_or("", |(words, _)| words);
                out.push_str(&markdown[end..at.start]);
                let _ = writeln!(out, "#### {}", line(words));
                end = at.end;
            }
            Event::TaskListMarker(_) => {
                out.push_str(&markdown[end..at.start]);
                out.push('\\');
                end = at.start;
            }
            _ => (),
        }
    }
    out + &markdown[end..]
}
