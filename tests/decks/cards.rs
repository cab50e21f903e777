//! The decks in the binary, and the schema that editors check them by.

use std::{collections::BTreeSet, fs};

use kcard::{
    decks::{Decks, schema},
    quiz::{
        asked::Asked,
        deck::{Card, Level},
        grade,
        id::CardId,
        question::{Body, Kind, Question, Term},
    },
};
use rand::{SeedableRng, rngs::ChaCha8Rng};
use rstest::rstest;
use serde_json::Value;

use crate::{CARD, directory};

#[test]
fn the_binary_holds_the_decks_of_the_repository() {
    assert_eq!(Decks::embedded(), Decks::read(&["cards".into()]).expect("right decks"));
}

#[rstest]
#[case("control-plane-components")]
#[case("worker-node-components")]
#[case("pod-shared-resources")]
#[case("statefulset-vs-daemonset")]
fn a_first_card_asks_in_all_the_ways_it_should(#[case] id: &str) {
    let decks = Decks::embedded();
    let (_, card) = decks.card(&CardId::new(id)).expect("a card that stays for ever");
    let kinds: BTreeSet<_> = card.questions.iter().map(|question| question.body.kind()).collect();
    assert!(kinds.contains(&Kind::Choice) && kinds.contains(&Kind::Multiple));
    assert!(kinds.iter().any(|kind| !kind.has_options()));
}

/// As the public curricula have it.
#[test]
fn the_kubernetes_deck_has_three_cards_for_each_competency() {
    let decks = Decks::embedded();
    let named = |exam: &str| {
        let cards = decks.0.values().flat_map(|deck| &deck.cards);
        cards.filter(|card| card.exams.iter().any(|named| named.as_str() == exam)).count()
    };
    let lacking: Vec<&str> = include_str!("../../src/decks/exams.txt").lines().filter(|exam| named(exam) < 3).collect();
    assert!(lacking.is_empty(), "fewer than three cards: {lacking:?}");
}

/// Who picks the longest option should fare no better than who guesses.
#[test]
fn a_right_option_is_the_longest_no_more_often_than_chance() {
    let decks = Decks::embedded();
    let questions = decks.0.values().flat_map(|deck| &deck.cards).flat_map(|card| &card.questions);
    let (mut choices, mut longest, mut chance) = (0.0, 0.0, 0.0);
    for question in questions {
        let Body::Choice { answer, others } = &question.body else { continue };
        let length = |text: &str| text.chars().count();
        choices += 1.0;
        longest += f64::from(u8::from(others.iter().all(|other| length(other) < length(answer))));
        chance += 1.0 / f64::from(u8::try_from(others.len() + 1).expect("few"));
    }
    assert!(longest <= chance, "{longest} of {choices}; by chance {chance}");
}

#[test]
fn every_embedded_card_names_exams_and_sources_and_every_question_says_why() {
    let decks = Decks::embedded();
    for card in decks.0.values().flat_map(|deck| &deck.cards) {
        assert!(![card.exams.len(), card.sources.len(), card.questions.len()].contains(&0), "{}", card.id);
        assert!(card.questions.iter().all(|question| question.why.is_some()), "{}", card.id);
    }
}

#[test]
fn every_accepted_form_is_marked_right_and_every_listed_wrong_one_is_not() {
    for deck in Decks::embedded().0.values() {
        for (card, question) in deck.cards.iter().flat_map(|card| card.questions.iter().map(move |q| (card, q))) {
            if matches!(question.body, Body::Choice { .. } | Body::Multiple { .. }) {
                continue;
            }
            let asked = Asked::new(deck, card, 0, question, &mut ChaCha8Rng::seed_from_u64(1));
            let credit = |answer: &str| grade::text(&asked, answer).map_or(0.0, |verdict| verdict.credit.fraction());
            let (right, wrong, share) = match &question.body {
                Body::Choice { .. } | Body::Multiple { .. } => unreachable!("they are not typed"),
                Body::List { items, wrong, .. } => {
                    (items.clone(), wrong.clone(), 1.0 / f64::from(u8::try_from(items.len()).unwrap_or(1)))
                }
                Body::Text { accept, wrong } => (vec![accept.clone()], wrong.clone(), 1.0),
                Body::Command { accept } => (vec![Term(accept.clone())], vec![], 1.0),
            };
            for form in right.iter().flat_map(Term::forms) {
                assert!((credit(form) - share).abs() < 0.001, "{}: `{form}` gets {}", card.id, credit(form));
            }
            for form in wrong.iter().flat_map(Term::forms) {
                assert!(credit(form) == 0.0, "{}: `{form}` gets {}", card.id, credit(form));
            }
            if let Body::List { items, sides, .. } = &question.body {
                let all = items.iter().map(Term::shown).collect::<Vec<_>>().join(", ");
                assert!((credit(&all) - 1.0).abs() < 0.001, "{}: `{all}` gets {}", card.id, credit(&all));
                let names: Vec<&Term> = sides.iter().flat_map(|side| vec![&side.name; side.items]).collect();
                let said = |names: &[&Term]| -> String {
                    let said = names.iter().zip(items).map(|(of, item)| format!("{}: {}\n", of.shown(), item.shown()));
                    said.collect()
                };
                let swapped: Vec<&Term> =
                    names.iter().map(|name| &sides[usize::from(sides[0].name == **name)].name).collect();
                if !sides.is_empty() {
                    assert!((credit(&said(&names)) - 1.0).abs() < 0.001, "{}: {}", card.id, said(&names));
                    assert!(credit(&said(&swapped)) == 0.0, "{}: {}", card.id, said(&swapped));
                }
            }
        }
    }
}

#[test]
fn the_committed_schema_is_the_one_of_the_types() {
    let committed = fs::read_to_string("deck.schema.json").expect("deck.schema.json in the repository");
    assert!(committed == schema(), "write it anew: cargo run -- deck schema > deck.schema.json");
}

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(&schema()).expect("a schema is JSON")).expect("a valid schema")
}

#[test]
fn the_schema_accepts_every_embedded_file() {
    let validator = validator();
    for file in fs::read_dir("cards/kubernetes").expect("the deck's directory") {
        let text = fs::read_to_string(file.expect("a file of the deck").path()).expect("a readable file");
        let json: Value = serde_saphyr::from_str(&text).expect("YAML");
        assert!(
            validator.is_valid(&json),
            "{:?}",
            validator.iter_errors(&json).map(|e| e.to_string()).collect::<Vec<_>>()
        );
    }
}

#[rstest]
#[case("level: 1", "level: 6")]
#[case("level: 1", "levl: 1")]
#[case("level: 1", "level: 1\n    since: 1.30")]
#[case("level: 1", "level: 1\n    exams: [cooking]")]
#[case("id: one", "id: One")]
#[case("front: What is one?", "front: ' '")]
#[case("https:", "http:")]
#[case("accept: [a]", "accept: a")]
#[case("accept: [a]", "accept: []")]
#[case("accept: [a]", "acept: [a]")]
#[case("text: {accept: [a]}", "txt: {accept: [a]}")]
#[case("text: {accept: [a]}", "text: {accept: [a]}\n        choice: {answer: a, others: [b]}")]
#[case("text: {accept: [a]}", "choice: {answer: a, others: [b, c, d, e, f, g, h, i, j]}")]
fn the_schema_and_the_loader_refuse_the_same(#[case] right: &str, #[case] wrong: &str) {
    let text = format!("{CARD}      - text: {{accept: [a]}}\n");
    assert!(validator().is_valid(&serde_saphyr::from_str(&text).expect("YAML")));
    let broken = text.replacen(right, wrong, 1);
    assert_ne!(broken, text);
    assert!(!validator().is_valid(&serde_saphyr::from_str(&broken).expect("YAML")));
    assert!(Decks::read(&[directory(&broken).path().into()]).is_err());
}

#[test]
fn what_a_file_says_is_what_the_card_holds() {
    let directory = directory(
        "deck: test
topic: things
cards:
  - id: one
    level: 3
    exams: [cka/storage/pv-pvc]
    since: '1.9'
    until: '1.30'
    front: What is one?
    back: The *first*.
    sources: [https://example.org/one]
    questions:
      - choice: {ask: Which?, answer: a, others: [b], why: So.}
      - multiple: {answers: [a], others: [b]}
      - list: {items: [a, [b, c]], wrong: [d]}
      - text: {accept: [a, b], wrong: [[c]]}
      - command: {accept: [kubectl get po]}
",
    );
    let decks = Decks::read(&[directory.path().into()]).expect("a right file");
    let asked = |ask: Option<&str>, why: Option<&str>, body| Question {
        ask: ask.map(str::to_owned),
        why: why.map(str::to_owned),
        body,
    };
    let term = |forms: &[&str]| Term(texts(forms));
    let card = Card {
        id: CardId::new("one"),
        topic: "things".into(),
        level: Level::new(3).expect("a level"),
        exams: texts(&["cka/storage/pv-pvc"]),
        since: Some("1.9".into()),
        until: Some("1.30".into()),
        front: "What is one?".into(),
        back: "The *first*.".into(),
        sources: texts(&["https://example.org/one"]),
        questions: vec![
            asked(Some("Which?"), Some("So."), Body::Choice { answer: "a".into(), others: texts(&["b"]) }),
            asked(None, None, Body::Multiple { answers: texts(&["a"]), others: texts(&["b"]) }),
            asked(
                None,
                None,
                Body::List { items: vec![term(&["a"]), term(&["b", "c"])], sides: vec![], wrong: vec![term(&["d"])] },
            ),
            asked(None, None, Body::Text { accept: term(&["a", "b"]), wrong: vec![term(&["c"])] }),
            asked(None, None, Body::Command { accept: texts(&["kubectl get po"]) }),
        ],
    };
    assert_eq!(decks.0.values().next().map(|deck| &deck.cards), Some(&vec![card]));
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}
