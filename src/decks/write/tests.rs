//! Cards with texts that look like YAML: what is written is read back as it was.

use proptest::prelude::*;

use super::*;
use crate::{
    decks::{parse, report::Source},
    quiz::{deck::Level, id::CardId, question::Side},
};

/// Texts in which YAML sees something else.
const TRICKS: &[&str] = &[
    "null",
    "~",
    "1.30",
    "0x1F",
    "true",
    "No",
    "- a",
    "a: b",
    "a #b",
    "'a",
    "\"",
    "{",
    "[a",
    "*a",
    "&a",
    "!a",
    "|",
    ">",
    "%",
    "@",
    "`",
    "?",
    " a",
    "a ",
    "\ta",
    "a\t",
    "a\n",
    "a\n\nb",
    "\na",
    "a\n b",
    "  a\nb",
    "a\n  ",
    "a\n\n\n",
    "---\na",
    "a\n---",
    "...",
    "a\u{2028}b\nc",
    "\u{feff}a",
    "https://a.b/c?d=e&f",
    "é",
    "日本\n語",
    "a\n\tb",
    "=",
    "<<",
    ".inf",
    "2026-01-01",
    "\u{10ffff}",
    "a\\nb",
];

fn loads(text: &str) -> Result<(), TestCaseError> {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let question = Question {
        ask: Some(text.to_owned()),
        why: Some(text.to_owned()),
        body: Body::List {
            items: vec![Term(texts(&["one", "two: x"])), Term(texts(&["three"]))],
            sides: vec![
                Side { name: Term(texts(&["A", "a side"])), items: 1 },
                Side { name: Term(texts(&["B"])), items: 1 },
            ],
            wrong: Vec::new(),
        },
    };
    let card = super::Card {
        id: CardId::new("a-1"),
        topic: "t".into(),
        level: Level::new(1).expect("it is one"),
        exams: texts(&["kcna/fundamentals/core-concepts"]),
        since: Some("1.10".into()),
        until: None,
        front: text.to_owned(),
        back: text.to_owned(),
        sources: texts(&["https://example.org/a#b"]),
        questions: vec![question],
    };
    let text = head("d", "t") + &super::card(&card);
    let source = Source { name: "x".into(), text: text.clone(), unread: None };
    let decks = parse::decks(&[source]).map_err(|errors| TestCaseError::fail(format!("{errors}\n{text}")))?;
    prop_assert_eq!(decks.0.into_values().flat_map(|deck| deck.cards).collect::<Vec<_>>(), [card]);
    Ok(())
}

#[test]
fn a_text_that_looks_like_yaml_stays_text() {
    for text in TRICKS {
        loads(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_is_read_back(text in "(?s)([ -~\n\t]|[^\\p{Cc}]){0,40}[^\\p{Cc}\\s]([ -~\n\t]|[^\\p{Cc}]){0,40}") {
        loads(&text)?;
    }
}
