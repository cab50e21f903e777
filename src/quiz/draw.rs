//! Which card comes next: none again before the others had their turn, only such as the open ways can answer, filtered by
//! topic, exam, level and kind. Randomness is handed in.

use std::collections::BTreeMap;

use rand::Rng;
use serde::{Deserialize, Serialize};

use super::{
    deck::{Card, Deck},
    id::CardId,
    question::{Kind, Question},
    round::Ways,
};

/// Which questions a schedule may ask. An empty filter lets all through.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Only this topic.
    pub topic: Option<String>,
    /// Only cards for this exam or competency: `kcna`, `kcna/fundamentals` and the full id all match.
    pub exam: Option<String>,
    /// Only these levels, 1 to 5.
    pub level: Option<u8>,
    /// Only these kinds; empty for all.
    pub kinds: Vec<Kind>,
}

/// What was asked before in this channel from this deck.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// For each card, the last cycle it was asked in (from 1) and the number of the question last asked.
    pub cards: BTreeMap<CardId, (i64, u16)>,
    /// The card asked last.
    pub last: Option<CardId>,
}

/// What was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn<'d> {
    /// The card.
    pub card: &'d Card,
    /// Which of its questions.
    pub number: u16,
    /// The question.
    pub question: &'d Question,
    /// The cycle this belongs to; stored with the round.
    pub cycle: i64,
}

/// The questions (card, number, question) that pass the filter and can be answered by the open ways.
pub fn candidates<'d>(
    deck: &'d Deck,
    filter: &Filter,
    ways: &Ways,
) -> impl Iterator<Item = (&'d Card, u16, &'d Question)> {
    let _ = (deck, filter, ways);
    std::iter::empty() // TODO
}

/// Draws a card that has not been asked in the current cycle; where all were, a new cycle begins, and not with the card
/// asked last (unless it is the only one). Of the card's questions, one that was not asked the last time, where there is another.
/// `None` where nothing passes.
pub fn draw<'d>(
    deck: &'d Deck,
    filter: &Filter,
    ways: &Ways,
    history: &History,
    rng: &mut impl Rng,
) -> Option<Drawn<'d>> {
    let _ = (deck, filter, ways, history, rng);
    todo!()
}
