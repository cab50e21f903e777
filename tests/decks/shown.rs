//! Every question of the decks in the binary, as people see it: for tests that hold what a face makes of it against its limits.

use kcard::{
    chat::{
        CardRef, Post, Reply,
        words::{self, RoundView, Score},
    },
    decks::Decks,
    quiz::{
        asked::Asked,
        deck::Deck,
        id::{PlayerId, RoundId},
        points::{Points, Weights},
        round::{Feedback, Reveal, Rules, Style, Ways},
        verdict::{Credit, Verdict},
    },
};
use rand::{SeedableRng, rngs::ChaCha8Rng};

/// A question in all the places where it is seen.
pub struct Shown {
    /// As asked.
    pub asked: Asked,
    /// Open; closed, with twelve who answered; revealed.
    pub question: Post,
    pub ending: Post,
    pub reveal: Post,
    /// On demand: asked, and answered.
    pub card: Reply,
    pub answer: Reply,
}

/// All of them.
pub fn every() -> impl Iterator<Item = Shown> {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let all = Decks::embedded().0.into_values().flat_map(move |deck| {
        // Nobody answers, so the terms that an answer could be taken for need not be looked for in the deck, which takes long.
        let terms = Deck::new(deck.id.clone(), Vec::new());
        let cards: Vec<_> = deck.cards.into_iter().collect();
        let asked = |card: &kcard::quiz::deck::Card| {
            let questions = (0..).zip(&card.questions);
            questions.map(|(number, question)| Asked::new(&terms, card, number, question, &mut rng)).collect::<Vec<_>>()
        };
        cards.iter().flat_map(asked).collect::<Vec<_>>()
    });
    all.map(shown)
}

fn shown(asked: Asked) -> Shown {
    let rules = Rules {
        style: Style::Social,
        ways: Ways::default_for(Style::Social),
        attempts: 3,
        feedback: Feedback::Close,
        window_ms: 3_600_000,
        weights: Weights::default(),
        thread: false,
        mention: None,
        reveal: Reveal::default(),
    };
    let found = asked.right().iter().map(ToString::to_string).collect();
    let verdict = Verdict { credit: Credit::FULL, found, ..Verdict::default() };
    let scores = [Score { name: "a player", hidden: false, verdict: &verdict, points: Points(10) }; 12];
    let round = RoundView { id: RoundId(1), asked: &asked, rules: &rules, closes: None, message: None };
    let owner = PlayerId::new(format!("discord:{}/{}", u64::MAX, u64::MAX));
    let card = CardRef { owner, mark: asked.mark(), topic: true, deck: true };
    Shown {
        question: words::question(&round),
        ending: words::ending(&round, &scores, false),
        reveal: words::reveal(&round, &scores),
        card: words::card::question(&asked, &card, false),
        answer: words::card::answer(&asked, &card, Some(&verdict)),
        asked,
    }
}
