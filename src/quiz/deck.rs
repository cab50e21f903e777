//! Decks and cards: what there is to know.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    grade::Terms,
    id::{CardId, DeckId},
    question::Question,
};

/// A set of cards, from one or more files that name the same deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deck {
    /// The name that commands and schedules use.
    pub id: DeckId,
    /// All cards, in the order of the files; they stay as they are from the first question on.
    pub cards: Vec<Card>,
    pub(super) terms: Terms,
}

/// One fact to know, and the questions that ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Stable for ever; history hangs on it.
    pub id: CardId,
    /// The file's topic.
    pub topic: String,
    /// How hard, 1 to 5.
    pub level: Level,
    /// Exam competencies, such as `kcna/fundamentals/core-concepts`.
    pub exams: Vec<String>,
    /// The first version for which this is true.
    pub since: Option<String>,
    /// The last version for which this was true.
    pub until: Option<String>,
    /// The question in general, Markdown.
    pub front: String,
    /// The explanation, Markdown, shown at the close.
    pub back: String,
    /// Where it is written: https addresses; none where an imported card names none.
    pub sources: Vec<String>,
    /// The ways to ask for it; a card without any is never asked, and shown on demand.
    pub questions: Vec<Question>,
}

/// How hard a card is: 1 (first week) to 5 (has operated it for years).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Level(u8);

impl Level {
    /// A level from 1 to 5; nothing else is one.
    pub fn new(level: u8) -> Option<Self> {
        (1..=5).contains(&level).then_some(Self(level))
    }

    /// The level as a number, 1 to 5.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// What became of a deck's cards; ids in the order of the decks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// New cards.
    pub added: Vec<CardId>,
    /// Cards that say something else.
    pub changed: Vec<CardId>,
    /// Cards that are no longer there.
    pub gone: Vec<CardId>,
}

impl Deck {
    /// A deck of these cards.
    pub fn new(id: DeckId, cards: Vec<Card>) -> Self {
        Self { id, cards, terms: Terms::default() }
    }

    /// What is other than in the deck as it was before.
    pub fn changes(&self, before: &Self) -> Changes {
        let (old, new) = (before.by_id(), self.by_id());
        let mut changes = Changes::default();
        for card in &self.cards {
            match old.get(&card.id) {
                None => changes.added.push(card.id.clone()),
                Some(before) if *before != card => changes.changed.push(card.id.clone()),
                Some(_) => {}
            }
        }
        let gone = before.cards.iter().map(|card| &card.id).filter(|id| !new.contains_key(id));
        changes.gone.extend(gone.cloned());
        changes
    }

    fn by_id(&self) -> BTreeMap<&CardId, &Card> {
        self.cards.iter().map(|card| (&card.id, card)).collect()
    }

    /// The card of that id.
    pub fn card(&self, id: &CardId) -> Option<&Card> {
        self.cards.iter().find(|card| card.id == *id)
    }
}
