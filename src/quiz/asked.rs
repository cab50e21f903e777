//! A question as it was asked: the snapshot that is stored with its round. Marking needs nothing else, so a round is
//! marked the same way for ever, whatever becomes of the deck.

use std::collections::BTreeSet;

use rand::{Rng, seq::SliceRandom};
use serde::{Deserialize, Serialize};

use super::{
    deck::{Card, Deck, Level},
    grade,
    id::{CardId, DeckId},
    question::{self, Body, Kind, Question, Side, Term},
};

/// A question as asked, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The deck it came from.
    pub deck: DeckId,
    /// The card it asks for.
    pub card: CardId,
    /// The card's topic.
    pub topic: String,
    /// The card's level.
    pub level: Level,
    /// Which of the card's questions, from 0.
    pub number: u16,
    /// The wording as shown.
    pub ask: String,
    /// The card's explanation, Markdown.
    pub back: String,
    /// Why the nearest wrong answer is wrong, Markdown.
    pub why: Option<String>,
    /// Where it is written.
    pub sources: Vec<String>,
    /// What is asked for, with options in the order shown.
    pub form: Form,
    /// The numbers of the options that a host accepted beside the right ones: who picks one is right, and who does not misses nothing.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub also: BTreeSet<u8>,
}

/// What is asked for, with options in the order shown; options are numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Form {
    /// One right option.
    Choice {
        /// As shown.
        options: Vec<String>,
        /// The number of the right one.
        right: u8,
    },
    /// All right options.
    Multiple {
        /// As shown.
        options: Vec<String>,
        /// The numbers of the right ones.
        right: BTreeSet<u8>,
    },
    /// Name the items.
    List {
        /// What to name.
        items: Vec<Term>,
        /// Where sides are compared: which, and how many items of each.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sides: Vec<Side>,
        /// What costs one.
        wrong: Vec<Term>,
        /// Other known terms that stand so near to an accepted one that one could pass for the other: by a typo (`kubelet`,
        /// `kubectl`) or because it stands within (`Role`, `ClusterRole`).
        near: Vec<String>,
    },
    /// A typed answer.
    Text {
        /// What is right.
        accept: Term,
        /// What is known to be wrong.
        wrong: Vec<Term>,
        /// As for a list.
        near: Vec<String>,
    },
    /// A shell command.
    Command {
        /// Accepted commands; the first is shown.
        accept: Vec<String>,
    },
    /// Nothing to enter: the card has no question that could be marked, so it is read on demand and never asked in a round.
    Recall,
}

impl Asked {
    /// Makes the snapshot of question `number` of `card`: options shuffled by `rng`, and the deck's known terms that
    /// stand near the accepted ones noted.
    pub fn new(deck: &Deck, card: &Card, number: u16, question: &Question, rng: &mut impl Rng) -> Self {
        let form = match &question.body {
            Body::Choice { answer, others } => {
                let (options, right) = shuffled(std::slice::from_ref(answer), others, rng);
                Form::Choice { options, right: right.first().copied().unwrap_or(1) }
            }
            Body::Multiple { answers, others } => {
                let (options, right) = shuffled(answers, others, rng);
                Form::Multiple { options, right }
            }
            Body::List { items, sides, wrong } => {
                let right: Vec<Term> = items.iter().chain(sides.iter().map(|side| &side.name)).cloned().collect();
                let near = grade::near(deck, &right, wrong);
                Form::List { items: items.clone(), sides: sides.clone(), wrong: wrong.clone(), near }
            }
            Body::Text { accept, wrong } => Form::Text {
                accept: accept.clone(),
                wrong: wrong.clone(),
                near: grade::near(deck, std::slice::from_ref(accept), wrong),
            },
            Body::Command { accept } => Form::Command { accept: accept.clone() },
        };
        Self {
            deck: deck.id.clone(),
            card: card.id.clone(),
            topic: card.topic.clone(),
            level: card.level,
            number,
            ask: question.ask.as_ref().unwrap_or(&card.front).clone(),
            back: card.back.clone(),
            why: question.why.clone(),
            sources: card.sources.clone(),
            form,
            also: BTreeSet::new(),
        }
    }

    /// A card without questions, as it is shown on demand: its front, and nothing to enter.
    pub fn recall(deck: &Deck, card: &Card) -> Self {
        Self {
            deck: deck.id.clone(),
            card: card.id.clone(),
            topic: card.topic.clone(),
            level: card.level,
            number: 0,
            ask: card.front.clone(),
            back: card.back.clone(),
            why: None,
            sources: card.sources.clone(),
            form: Form::Recall,
            also: BTreeSet::new(),
        }
    }

    /// Tells this question, as shown, from others: a number of its card and of its options in their order.
    pub fn mark(&self) -> u32 {
        let number = self.number.to_string();
        let parts = [self.deck.as_str(), self.card.as_str(), &number].into_iter();
        let parts = parts.chain(self.options().iter().map(String::as_str));
        hash(parts)
    }

    /// Which kind of question it is; a card to recall is answered in words, to oneself.
    pub fn kind(&self) -> Kind {
        match self.form {
            Form::Choice { .. } => Kind::Choice,
            Form::Multiple { .. } => Kind::Multiple,
            Form::List { .. } => Kind::List,
            Form::Text { .. } | Form::Recall => Kind::Text,
            Form::Command { .. } => Kind::Command,
        }
    }

    /// The options as shown; none where the answer is typed.
    pub fn options(&self) -> &[String] {
        match &self.form {
            Form::Choice { options, .. } | Form::Multiple { options, .. } => options,
            Form::List { .. } | Form::Text { .. } | Form::Command { .. } | Form::Recall => &[],
        }
    }

    /// What is right, in the words that are shown, one entry an option, item or command; of a choice what else counts comes after it.
    pub fn right(&self) -> Vec<String> {
        match &self.form {
            Form::Choice { options, right } => {
                std::iter::once(right).chain(&self.also).filter_map(|&number| option(options, number)).collect()
            }
            Form::Multiple { options, right } => right.iter().filter_map(|&number| option(options, number)).collect(),
            Form::List { items, sides, .. } => question::shown(items, sides),
            Form::Text { accept, .. } => vec![accept.shown().to_owned()],
            Form::Command { accept } => accept.first().cloned().into_iter().collect(),
            Form::Recall => Vec::new(),
        }
    }
}

/// A number that stands for these texts in their order (FNV-1a, 32 bits).
pub(super) fn hash<'t>(texts: impl Iterator<Item = &'t str>) -> u32 {
    let bytes = texts.flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The option of that number.
fn option(options: &[String], number: u8) -> Option<String> {
    options.get(usize::from(number).checked_sub(1)?).cloned()
}

/// The options in a new order, and the numbers of the right ones.
fn shuffled(right: &[String], others: &[String], rng: &mut impl Rng) -> (Vec<String>, BTreeSet<u8>) {
    let mut options: Vec<(&String, bool)> =
        right.iter().map(|text| (text, true)).chain(others.iter().map(|text| (text, false))).collect();
    options.shuffle(rng);
    let numbers = (1..=u8::MAX).zip(&options).filter(|(_, (_, right))| *right).map(|(number, _)| number).collect();
    (options.into_iter().map(|(text, _)| text.clone()).collect(), numbers)
}

#[cfg(test)]
#[path = "asked_tests.rs"]
mod tests;
