//! Every question of the decks in the binary, asked and revealed: each message fits, and no explanation is cut.

use kcard::{
    chat::words::{self, CONTENT, RoundView, Score},
    decks::Decks,
    quiz::{
        asked::Asked,
        id::RoundId,
        points::{Points, Weights},
        round::{Feedback, Reveal, Rules, Style, Ways},
        verdict::{Credit, Verdict},
    },
};
use rand::{SeedableRng, rngs::ChaCha8Rng};

#[test]
fn every_embedded_question_fits_one_message_whole() {
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
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for deck in Decks::embedded().0.values() {
        for card in &deck.cards {
            for (number, question) in (0..).zip(&card.questions) {
                let asked = Asked::new(deck, card, number, question, &mut rng);
                let found = asked.right().iter().map(ToString::to_string).collect();
                let verdict = Verdict { credit: Credit::FULL, found, ..Verdict::default() };
                let score = Score { name: "a player", hidden: false, verdict: &verdict, points: Points(10) };
                let round = RoundView { id: RoundId(1), asked: &asked, rules: &rules, closes: None, message: None };
                let scores = [score; 12];
                let reveal = words::reveal(&round, &scores).text;
                for text in [&words::question(&round).text, &words::ending(&round, &scores, false).text, &reveal] {
                    assert!(text.chars().count() <= CONTENT, "{}: {text}", card.id);
                    assert!(text.contains(asked.ask.trim()) || text == &reveal, "{}: {text}", card.id);
                }
                assert!(reveal.contains(asked.back.trim()), "{}: the explanation is cut: {reveal}", card.id);
                assert!(asked.why.as_deref().is_none_or(|why| reveal.contains(why.trim())), "{}: {reveal}", card.id);
            }
        }
    }
}
