//! Questions that ask nearly the same. Two wordings are as alike as the words that they share weigh, of all that both have (Dice's
//! coefficient); a word weighs more the fewer questions have it.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use super::{ask, right};
use crate::{
    decks::{
        Decks,
        report::{Faults, Place},
    },
    quiz::{deck::Card, grade, id::CardId, question::Kind, question::Question},
};

/// How alike two questions with the same right answer may be, from 0 to 1. In the deck about Kubernetes the most are 0.50.
const SAME_ANSWER: f64 = 0.6;
/// The same for questions with different answers: the most there are 0.74.
const OTHER_ANSWER: f64 = 0.9;
/// A word that more questions have says nothing; this also bounds what is compared.
const COMMON: usize = 200;
/// Added to the number of questions, so that in a deck of few a word that all have still weighs something.
const MORE: u32 = 20;

/// The questions that were looked at.
#[derive(Debug)]
pub(super) struct Seen<'r, 's> {
    weights: HashMap<String, f64>,
    questions: Vec<Asked<'r, 's>>,
    /// Which of the questions have a word that says something.
    having: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Asked<'r, 's> {
    card: &'r CardId,
    kind: Kind,
    right: BTreeSet<String>,
    /// Of all its words together.
    weight: f64,
    place: Place<'s>,
}

impl<'r, 's> Seen<'r, 's> {
    /// None yet; the words are weighed by all questions of these decks.
    pub(super) fn new(decks: &Decks) -> Self {
        let mut having = HashMap::new();
        let mut all = 0_u32;
        for card in decks.0.values().flat_map(|deck| &deck.cards) {
            for question in &card.questions {
                all += 1;
                for word in words(ask(card, question)) {
                    *having.entry(word).or_insert(0_u32) += 1;
                }
            }
        }
        let weight = |(word, having): (String, u32)| (word, (f64::from(all + MORE) / f64::from(having)).ln());
        let telling = having.into_iter().filter(|(_, having)| *having as usize <= COMMON);
        Self { weights: telling.map(weight).collect(), questions: Vec::new(), having: HashMap::new() }
    }

    /// Says if a question is too much like one before it. A card may ask for its fact in the same words in two ways.
    pub(super) fn check(&mut self, card: &'r Card, question: &Question, at: Range<usize>, faults: &mut Faults<'s>) {
        let words = words(ask(card, question)).into_iter().filter(|word| self.weights.contains_key(word));
        let words: Vec<String> = words.collect();
        let new = Asked {
            card: &card.id,
            kind: question.body.kind(),
            right: right(&question.body).into_iter().map(grade::key).collect(),
            weight: words.iter().map(|word| self.weights[word]).sum(),
            place: faults.place(at.clone()),
        };
        let mut shared = HashMap::new();
        for word in &words {
            for &other in self.having.get(word).into_iter().flatten() {
                *shared.entry(other).or_insert(0.0) += self.weights[word];
            }
        }
        let alike = |(other, shared): (usize, f64)| {
            let old = &self.questions[other];
            let alike = 2.0 * shared / (old.weight + new.weight);
            let most = if old.right == new.right { SAME_ANSWER } else { OTHER_ANSWER };
            let another_way = old.card == new.card && old.kind != new.kind;
            (!another_way && alike >= most).then_some((other, alike))
        };
        // The earliest of those that are most alike, so that the same is said each time.
        let nearest = shared.into_iter().filter_map(alike).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((other, _)) = nearest {
            let old = &self.questions[other];
            let wrong = format!("this asks nearly the same as a question of the card `{}`", old.card);
            let right = "ask for something else, or take one of the two away";
            faults.say_of_both(at, (old.place.clone(), "the other one"), wrong, right);
        }
        let number = self.questions.len();
        for word in words {
            self.having.entry(word).or_default().push(number);
        }
        self.questions.push(new);
    }
}

/// The words of a text, folded as marking folds them.
fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).map(grade::key).filter(|word| !word.is_empty()).collect()
}
