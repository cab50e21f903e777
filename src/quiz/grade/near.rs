//! Which other terms of a deck stand so near to a right answer that one could pass for the other. They are stored with the
//! question, so that marking needs no deck.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::OnceLock,
};

use super::{
    fold::{Folded, Gap, fold},
    known::traits,
    typo::{allowance, edits, is_verb_of, letters, singular},
};
use crate::quiz::{
    deck::{Card, Deck},
    question::{Body, Term},
};

/// The most terms that are stored with a question, the nearest first.
const MOST: usize = 64;

/// The longest term, in words, that anybody would name by mistake; a longer option is a sentence.
const LONGEST: usize = 4;

/// A deck's terms, folded when its first question is asked: that takes longer than to ask it. They follow from the cards, so two
/// decks never differ in them.
#[derive(Debug, Clone, Default)]
pub(in crate::quiz) struct Terms(OnceLock<Index>);

impl PartialEq for Terms {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Terms {}

/// The short terms of a deck, each once, the shortest first.
#[derive(Debug, Clone)]
struct Index {
    forms: Vec<Form>,
    /// Of each term with more than one form the keys of all.
    names: Vec<Vec<String>>,
    /// By key, in which of `names` it stands.
    named: HashMap<String, Vec<usize>>,
    /// By the letters that a single word begins or ends with (`Cluster`, `Role`), in which of `forms`.
    within: HashMap<String, Vec<usize>>,
}

#[derive(Debug, Clone)]
struct Form {
    text: String,
    folded: Folded,
    key: String,
    /// Characters.
    length: usize,
    allowance: usize,
    traits: u64,
}

/// The deck's terms, other than the question's own, that look like a right one (`kubectl`, `kubelet`), or that are one word
/// with a right one in it (`ClusterRole`, `Role`). Another name for a right one, said so anywhere in the deck, is not among them.
pub(in crate::quiz) fn near(deck: &Deck, right: &[Term], wrong: &[Term]) -> Vec<String> {
    let index = deck.terms.0.get_or_init(|| Index::new(&deck.cards));
    let right: Vec<Form> = right.iter().flat_map(Term::forms).map(Form::new).filter(|form| form.length > 0).collect();
    let wrong: Vec<String> = wrong.iter().flat_map(Term::forms).map(key).collect();
    let other_names = right.iter().flat_map(|form| index.other_names(&form.key));
    let own: HashSet<&str> =
        other_names.chain(right.iter().map(|form| form.key.as_str())).chain(wrong.iter().map(String::as_str)).collect();

    let mut nearest: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, nearness) in right.iter().flat_map(|form| index.near(form)) {
        let key = index.forms[at].key.as_str();
        if !own.contains(key) && !right.iter().any(|form| is_verb_of(&form.key, key)) {
            nearest.entry(at).and_modify(|least| *least = nearness.min(*least)).or_insert(nearness);
        }
    }
    let near: BTreeSet<(usize, &str)> =
        nearest.into_iter().map(|(at, nearness)| (nearness, index.forms[at].text.as_str())).collect();
    near.into_iter().take(MOST).map(|(_, text)| text.to_owned()).collect()
}

impl Index {
    fn new(cards: &[Card]) -> Self {
        let bodies = cards.iter().flat_map(|card| &card.questions).map(|question| &question.body);
        let terms: Vec<Vec<&str>> = bodies.flat_map(terms).collect();
        let all_names: Vec<Vec<String>> = terms
            .iter()
            .filter(|term| term.len() > 1)
            .map(|term| term.iter().map(|form| key(form)).collect())
            .collect();
        let mut named: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, names) in all_names.iter().enumerate() {
            for name in names {
                named.entry(name.clone()).or_default().push(at);
            }
        }

        // Folding takes the most time, and most options are sentences.
        let is_short = |form: &&str| form.split_whitespace().count() <= 2 * LONGEST;
        let mut seen = HashSet::new();
        let mut forms: Vec<Form> = terms
            .into_iter()
            .flatten()
            .filter(is_short)
            .map(Form::new)
            .filter(|form| (1..=LONGEST).contains(&form.folded.len()) && !form.is_listing())
            .filter(|form| seen.insert(form.key.clone()))
            .collect();
        forms.sort_by_key(|form| form.length);
        let mut within: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, form) in forms.iter().enumerate() {
            for part in parts(&form.text) {
                within.entry(part).or_default().push(at);
            }
        }
        Self { forms, names: all_names, named, within }
    }

    /// The keys of all terms that have a form of this key.
    fn other_names(&self, key: &str) -> impl Iterator<Item = &str> {
        let named = self.named.get(key).into_iter().flatten();
        named.flat_map(|&at| &self.names[at]).map(String::as_str)
    }

    /// The forms that are near to `right`, and how near, the nearest least. A text may be a slip for both of two terms that are as far
    /// apart as what is forgiven in both; one edit more still looks alike.
    fn near(&self, right: &Form) -> impl Iterator<Item = (usize, usize)> {
        let most = |form: &Form| right.allowance + form.allowance + 1;
        let widest = 2 * allowance(usize::MAX) + 1;
        let from = self.forms.partition_point(|form| form.length + widest < right.length);
        let alike = move |(at, form): (usize, &Form)| {
            // An edit changes at most two traits.
            let most = most(form);
            let can_be = (form.traits ^ right.traits).count_ones() as usize <= 2 * most;
            can_be.then(|| edits(right.folded.key(), form.folded.key(), most)).flatten().map(|edits| (at, edits))
        };
        let in_reach = self.forms.iter().enumerate().skip(from);
        let alike = in_reach.take_while(move |(_, form)| form.length <= right.length + widest).filter_map(alike);
        let within = self.within.get(right.folded.key()).into_iter().flatten();
        alike.chain(within.map(move |&at| (at, most(&self.forms[at]) + 1)))
    }
}

impl Form {
    fn new(text: &str) -> Self {
        let folded = fold(text);
        Self {
            text: text.to_owned(),
            key: singular(folded.key()).to_owned(),
            length: folded.key().chars().count(),
            allowance: allowance(letters(folded.key())),
            traits: traits(folded.key()),
            folded,
        }
    }
}

impl Form {
    /// Whether it names several, as an option may: `ClusterIP, NodePort`.
    fn is_listing(&self) -> bool {
        (1..self.folded.len()).any(|at| self.folded.gap(at) >= Gap::Comma)
    }
}

/// By which forms are told apart: one or many is the same.
fn key(form: &str) -> String {
    singular(fold(form).key()).to_owned()
}

/// Every term of a question, each with its forms.
fn terms(body: &Body) -> Vec<Vec<&str>> {
    match body {
        Body::Choice { answer, others } => {
            std::iter::once(answer).chain(others).map(|text| vec![text.as_str()]).collect()
        }
        Body::Multiple { answers, others } => answers.iter().chain(others).map(|text| vec![text.as_str()]).collect(),
        Body::List { items, sides, wrong } => {
            let names = sides.iter().map(|side| &side.name);
            items.iter().chain(names).chain(wrong).map(|term| term.forms().collect()).collect()
        }
        Body::Text { accept, wrong } => {
            std::iter::once(accept).chain(wrong).map(|term| term.forms().collect()).collect()
        }
        Body::Command { .. } => Vec::new(),
    }
}

/// What one word begins and ends with, cut before its capitals: `role`, `binding` for `RoleBinding`.
fn parts(form: &str) -> HashSet<String> {
    if form.trim().contains(char::is_whitespace) {
        return HashSet::new();
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
    (1..words.len()).flat_map(|cut| [words.run(0, cut), words.run(cut, words.len())]).map(str::to_owned).collect()
}

#[cfg(test)]
#[path = "near_tests.rs"]
mod tests;
