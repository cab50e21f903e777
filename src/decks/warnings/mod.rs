//! What looks wrong in deck files that load. Each rule was held against the deck about Kubernetes, so that it is quiet about what is
//! only alike: what it says is worth a look.

mod alike;
mod explained;
mod lacking;
mod lengths;
mod terms;

use std::ops::Range;

use super::{
    Severity,
    node::Node,
    parse::{Read, questions},
    report::{Fault, Faults},
};
use crate::quiz::{
    deck::Card,
    question::{Body, Question, Term},
};

/// All warnings about the files without mistakes.
pub(super) fn of<'s>(read: &Read<'s>) -> Vec<Fault<'s>> {
    let mut alike = alike::Seen::new(&read.decks);
    let mut warnings = Vec::new();
    for file in &read.files {
        let mut faults = Faults::new(file.source, Severity::Warning);
        let mut lengths = lengths::File::default();
        for (card, tree) in read.cards(file) {
            if faults.is_full() {
                break;
            }
            lacking::check(card, tree, &mut faults);
            explained::check(card, tree, &mut faults);
            if let Some(deck) = read.decks.deck(&file.deck) {
                terms::check(deck, card, tree, &mut faults);
            }
            terms::check_together(card, tree, &mut faults);
            for (question, node) in questions(card, tree) {
                lengths.check(question, node, &mut faults);
                alike.check(card, question, wording(tree, node), &mut faults);
            }
        }
        lengths.finish(&file.tree, &mut faults);
        warnings.extend(faults.finish());
    }
    warnings
}

/// Where a question's wording stands.
fn wording(card: &Node, question: &Node) -> Range<usize> {
    question.get("ask").or(card.get("front")).unwrap_or(card).point()
}

/// The words in which a question is asked.
fn ask<'r>(card: &'r Card, question: &'r Question) -> &'r str {
    question.ask.as_deref().unwrap_or(&card.front)
}

/// What is right, in the form that is shown.
fn right(body: &Body) -> Vec<&str> {
    match body {
        Body::Choice { answer, .. } => vec![answer],
        Body::Multiple { answers, .. } => answers.iter().map(String::as_str).collect(),
        Body::List { items, .. } => items.iter().map(Term::shown).collect(),
        Body::Text { accept, .. } => vec![accept.shown()],
        Body::Command { accept } => accept.first().map(String::as_str).into_iter().collect(),
    }
}
