//! Which card comes next: none again before the others had their turn, only such as the open ways can answer, filtered by
//! topic, exam, level and kind. Randomness is handed in.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use rand::{Rng, seq::IndexedRandom};
use serde::{Deserialize, Serialize};

use super::{
    asked::Asked,
    correction::Accepted,
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

/// What was asked before in this channel from this deck, by whomever. Turns count up with every question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// For each card, its last turn (from 1) and the number of the question last asked.
    pub cards: BTreeMap<CardId, (i64, u16)>,
    /// The turn after which the schedule's running cycle began, 0 before its first question; `None` where a host asks: they have
    /// no cycle, and one host's narrow filter must not begin another's anew.
    pub cycle: Option<i64>,
    /// Cards that are not asked until a host has looked at what players disputed of them.
    pub held: BTreeSet<CardId>,
    /// What hosts of the space accepted beside what this deck says, by card and [`Asked::likeness`].
    pub accepted: BTreeMap<(CardId, u32), Vec<Accepted>>,
}

impl History {
    /// The card asked last.
    fn last(&self) -> Option<&CardId> {
        self.cards.iter().max_by_key(|(_, (turn, _))| *turn).map(|(card, _)| card)
    }

    /// The question with what the space accepted of it.
    #[must_use]
    pub fn corrected(&self, asked: Asked, deck: &Deck) -> Asked {
        match self.accepted.get(&(asked.card.clone(), asked.likeness())) {
            Some(accepted) => asked.with(accepted, Some(deck)),
            None => asked,
        }
    }

    /// The last turn of a card, 0 where it had none.
    fn turn(&self, card: &Card) -> i64 {
        self.cards.get(&card.id).map_or(0, |(turn, _)| *turn)
    }
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
    /// The turn after which the cycle that this belongs to began, 0 where a host asks; stored with the round.
    pub cycle: i64,
}

impl Filter {
    /// Whether a card passes; its questions have still to pass by kind.
    fn lets_card(&self, card: &Card) -> bool {
        self.topic.as_ref().is_none_or(|topic| *topic == card.topic)
            && self.level.is_none_or(|level| level == card.level.get())
            && self.exam.as_ref().is_none_or(|exam| card.exams.iter().any(|id| is_within(id, exam)))
    }

    fn lets_kind(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// Whether the competency `id` is `exam` or lies within it, segment by segment.
fn is_within(id: &str, exam: &str) -> bool {
    let mut segments = id.split('/');
    exam.trim_end_matches('/').split('/').all(|segment| segments.next() == Some(segment))
}

/// The questions (card, number, question) that pass the filter and can be answered by the open ways, in the deck's order.
pub fn candidates<'d>(
    deck: &'d Deck,
    filter: &Filter,
    ways: &Ways,
) -> impl Iterator<Item = (&'d Card, u16, &'d Question)> {
    deck.cards
        .iter()
        .filter(|card| filter.lets_card(card))
        .flat_map(|card| (0..).zip(&card.questions).map(move |(number, question)| (card, number, question)))
        .filter(|(_, _, question)| filter.lets_kind(question.body.kind()) && ways.can_answer(question.body.kind()))
}

/// The cards that pass the filter and have no question: nobody can be asked for them, but they can be read.
pub fn unasked<'d>(deck: &'d Deck, filter: &Filter) -> impl Iterator<Item = &'d Card> {
    deck.cards.iter().filter(|card| card.questions.is_empty() && filter.lets_card(card))
}

/// Draws a card that had no turn in the schedule's running cycle, by whomever it was asked; where all had theirs, a new cycle begins.
/// Where a host asks: one that was never asked, else the one asked longest ago. Never the card asked last, unless it is the only one. Of
/// the card's questions, one that was not asked the last time, where there is another. Never a card that is held. `None` where nothing
/// passes.
pub fn draw<'d>(
    deck: &'d Deck,
    filter: &Filter,
    ways: &Ways,
    history: &History,
    rng: &mut impl Rng,
) -> Option<Drawn<'d>> {
    let candidates: Vec<_> =
        candidates(deck, filter, ways).filter(|(card, ..)| !history.held.contains(&card.id)).collect();
    let mut cards: Vec<&Card> = candidates.iter().map(|(card, ..)| *card).collect();
    cards.dedup_by_key(|card| &card.id);
    if cards.len() > 1 {
        cards.retain(|card| history.last() != Some(&card.id));
    }
    let oldest = cards.iter().map(|card| history.turn(card)).min()?;
    let began = match history.cycle {
        Some(cycle) if oldest > cycle => history.cards.values().map(|(turn, _)| *turn).max()?,
        Some(cycle) => cycle,
        None => oldest,
    };
    cards.retain(|card| history.turn(card) <= began);
    let card = *cards.choose(rng)?;

    let questions: Vec<_> = candidates.into_iter().filter(|(of, ..)| of.id == card.id).collect();
    let last_number = history.cards.get(&card.id).map(|(_, number)| *number);
    let others: Vec<_> = questions.iter().filter(|(_, number, _)| Some(*number) != last_number).collect();
    let &(_, number, question) = others.choose(rng).copied().or(questions.first())?;
    Some(Drawn { card, number, question, cycle: history.cycle.map_or(0, |_| began) })
}
