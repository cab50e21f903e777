//! A card's questions as rounds that nobody plays, to see how they look.

use rand::{SeedableRng, rngs::ChaCha8Rng};

use crate::{
    chat::words::RoundView,
    quiz::{
        asked::Asked,
        deck::{Card, Deck},
        id::RoundId,
        points::Weights,
        round::{Feedback, Reveal, Rules, Style, Ways},
    },
};

/// Rules under which a question shows all that it can.
pub(super) fn rules() -> Rules {
    Rules {
        style: Style::Social,
        ways: Ways::default_for(Style::Social),
        attempts: 3,
        feedback: Feedback::Close,
        window_ms: 86_400_000,
        weights: Weights::default(),
        thread: false,
        mention: None,
        reveal: Reveal::default(),
    }
}

/// The questions of a card as they would be asked; always in the same order of options. Nobody answers them, so the other terms of the
/// deck, by which answers are told apart, are left out: to look for them takes the most time.
pub(super) fn questions(deck: &Deck, card: &Card) -> Vec<Asked> {
    let deck = &Deck::new(deck.id.clone(), Vec::new());
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    (0..).zip(&card.questions).map(|(number, question)| Asked::new(deck, card, number, question, &mut rng)).collect()
}

/// The round of a question.
pub(super) fn round<'a>(asked: &'a Asked, rules: &'a Rules) -> RoundView<'a> {
    RoundView { id: RoundId(1), asked, rules, closes: None, message: None }
}
