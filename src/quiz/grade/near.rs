//! Which other terms of a deck stand so near to a right answer that one could pass for the other. They are stored with the
//! question, so that marking needs no deck.

use std::collections::BTreeSet;

use super::{
    fold::{Folded, fold},
    typo::{allowance, edits, letters, singular},
};
use crate::quiz::{
    deck::Deck,
    question::{Body, Term},
};

/// The most terms that are stored with a question, the nearest first.
const MOST: usize = 64;

/// The longest term, in words, that anybody would name by mistake; a longer option is a sentence.
const LONGEST: usize = 4;

/// The deck's terms, other than the question's own, that look like a right one (`kubectl`, `kubelet`), or that are one word
/// with a right one in it (`ClusterRole`, `Role`). Another name for a right one, said so anywhere in the deck, is not among them.
pub(in crate::quiz) fn near(deck: &Deck, right: &[Term], wrong: &[Term]) -> Vec<String> {
    let right: Vec<Folded> = right.iter().flat_map(Term::forms).map(fold).filter(|form| form.len() > 0).collect();
    let key = |form: &str| singular(fold(form).key()).to_owned();
    let mut own: BTreeSet<String> = right.iter().map(|form| singular(form.key()).to_owned()).collect();
    let terms: Vec<Vec<&str>> =
        deck.cards.iter().flat_map(|card| &card.questions).flat_map(|question| terms(&question.body)).collect();
    let another_name = |term: &&Vec<&str>| term.len() > 1 && term.iter().any(|form| own.contains(&key(form)));
    let other_names: Vec<String> = terms.iter().filter(another_name).flatten().map(|form| key(form)).collect();
    own.extend(other_names);
    own.extend(wrong.iter().flat_map(Term::forms).map(key));

    let mut near = BTreeSet::new();
    // Folding takes the most time, and most options are sentences.
    let is_short = |form: &&str| form.split_whitespace().count() <= 2 * LONGEST;
    for form in terms.into_iter().flatten().filter(is_short) {
        let folded = fold(form);
        if folded.len() > 0 && folded.len() <= LONGEST && own.insert(singular(folded.key()).to_owned()) {
            near.extend(
                right.iter().filter_map(|right| nearness(right, form, &folded)).min().map(|nearness| (nearness, form)),
            );
        }
    }
    near.into_iter().take(MOST).map(|(_, form)| form.to_owned()).collect()
}

/// Every term of a question, each with its forms.
fn terms(body: &Body) -> Vec<Vec<&str>> {
    match body {
        Body::Choice { answer, others } => {
            std::iter::once(answer).chain(others).map(|text| vec![text.as_str()]).collect()
        }
        Body::Multiple { answers, others } => answers.iter().chain(others).map(|text| vec![text.as_str()]).collect(),
        Body::List { items, wrong } => items.iter().chain(wrong).map(|term| term.forms().collect()).collect(),
        Body::Text { accept, wrong } => {
            std::iter::once(accept).chain(wrong).map(|term| term.forms().collect()).collect()
        }
        Body::Command { .. } => Vec::new(),
    }
}

/// How near, the nearest least; `None` where nobody takes one for the other. A text may be a slip for both of two terms that are
/// as far apart as what is forgiven in both; one edit more still looks alike.
fn nearness(right: &Folded, form: &str, folded: &Folded) -> Option<usize> {
    let most = allowance(letters(right.key())) + allowance(letters(folded.key())) + 1;
    // Few words have another one within, and to split them takes time.
    let has_within = || folded.key().contains(right.key()) && has_within(right, form);
    edits(right.key(), folded.key(), most).or_else(|| has_within().then_some(most + 1))
}

/// Whether `form` is one word that begins or ends with the right one: `RoleBinding`, `ClusterRole`.
fn has_within(right: &Folded, form: &str) -> bool {
    if form.trim().contains(char::is_whitespace) {
        return false;
    }
    let mut apart = String::new();
    let mut lower = false;
    for c in form.chars() {
        if lower && c.is_uppercase() {
            apart.push(' ');
        }
        lower = c.is_lowercase();
        apart.push(c);
    }
    let words = fold(&apart);
    (1..words.len()).any(|cut| words.run(0, cut) == right.key() || words.run(cut, words.len()) == right.key())
}

#[cfg(test)]
#[path = "near_tests.rs"]
mod tests;
