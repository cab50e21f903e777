//! How far marking is from a fair teacher, measured on typed answers (README.md says what they are): on those that it was tuned on,
//! and on those that nobody looked at. docs/marking.md reports what is computed here.

mod others;
mod report;

use std::{collections::BTreeSet, fs, rc::Rc};

use kcard::{
    decks::Decks,
    quiz::{asked::Asked, grade, id::CardId},
};
use rand::{SeedableRng, rngs::ChaCha8Rng};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use report::{Figures, Measured};

/// The answers to one question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    card: String,
    /// Counted from 0.
    question: u16,
    ask: String,
    answers: Vec<Answer>,
}

/// A typed answer and what a fair teacher gives for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    #[serde(rename = "answer")]
    text: String,
    /// From 0 to 1.
    credit: f64,
    kind: String,
    because: String,
}

fn groups(file: &str) -> Vec<Group> {
    let text = fs::read_to_string(format!("tests/marking/{file}.yaml")).expect("the answers");
    serde_saphyr::from_str(&text).expect("groups of answers")
}

/// The question as a round would store it.
fn asked(decks: &Decks, group: &Group) -> Asked {
    let (deck, card) = decks.card(&CardId::new(&group.card)).unwrap_or_else(|| panic!("no card {}", group.card));
    let question = &card.questions[usize::from(group.question)];
    Asked::new(deck, card, group.question, question, &mut ChaCha8Rng::seed_from_u64(0))
}

/// All answers of a file, each with its question.
fn answers<'a>(decks: &Decks, groups: &'a [Group]) -> Vec<(Rc<Asked>, &'a Answer)> {
    let with_question = |group: &'a Group| {
        let asked = Rc::new(asked(decks, group));
        group.answers.iter().map(move |answer| (Rc::clone(&asked), answer))
    };
    groups.iter().flat_map(with_question).collect()
}

fn kcard(asked: &Asked, answer: &str) -> f64 {
    grade::text(asked, answer).map_or(0.0, |verdict| verdict.credit.fraction())
}

#[test]
fn there_are_enough_answers_and_each_is_well_formed() {
    let decks = Decks::embedded();
    let (mut cards, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for group in ["tuning", "kept"].into_iter().flat_map(groups) {
        let asked = asked(&decks, &group);
        assert!(grade::is_typed(asked.kind()), "{} {}", group.card, group.question);
        assert_eq!(asked.ask.trim(), group.ask.trim(), "{} {}", group.card, group.question);
        for Answer { text, credit, kind, because } in group.answers {
            assert!((0.0..=1.0).contains(&credit) && !kind.is_empty() && !because.is_empty(), "{}", group.card);
            assert!(
                seen.insert((group.card.clone(), group.question, text)),
                "an answer to {} is there twice",
                group.card
            );
        }
        cards.insert(group.card);
    }
    assert!(seen.len() >= 400 && cards.len() >= 60, "{} answers, {} cards", seen.len(), cards.len());
}

/// Nobody chose which answers are kept back.
#[test]
fn a_hash_of_the_text_says_which_answers_are_kept() {
    for (file, kept) in [("tuning", false), ("kept", true)] {
        for (card, answer) in
            groups(file).iter().flat_map(|group| group.answers.iter().map(|answer| (&group.card, answer)))
        {
            let hash = Sha256::digest(format!("{card}\n{}", answer.text));
            assert_eq!(hash[0] % 3 == 0, kept, "an answer to {card} belongs into the other file");
        }
    }
}

#[test]
fn marking_is_as_near_to_a_fair_teacher_as_the_docs_say() {
    let decks = Decks::embedded();
    let (tuning, kept) = (groups("tuning"), groups("kept"));
    let (tuning, kept) = (answers(&decks, &tuning), answers(&decks, &kept));
    let measured = |name: &'static str, mark: fn(&Asked, &str) -> f64| Measured {
        name,
        tuning: Figures::of(&tuning, mark),
        kept: Figures::of(&kept, mark),
    };
    let ours = measured("kcard", kcard);
    let all = [
        ours,
        measured("whole words, in lower case", others::whole_words),
        measured("edit distance 0, 1 or 2 by length", others::edit_distance),
    ];
    for (asked, Answer { text, credit, because, .. }) in &tuning {
        let given = kcard(asked, text);
        if (given - credit).abs() > report::ALIKE {
            println!("{} {}: {text:?}\n    {given} instead of {credit}: {because}", asked.card, asked.number);
        }
    }
    println!("{}", report::table(&all));
    report::check(&report::table(&all));
    assert!(all[0].kept.agreement() >= 0.95, "agreement on the answers kept back is below 95%");
    assert!(all[0].kept.false_accepts() < 0.01, "false accepts on the answers kept back are not under 1%");
}
