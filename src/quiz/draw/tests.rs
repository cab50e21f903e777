use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rand::{SeedableRng, rngs::ChaCha8Rng};
use rstest::rstest;

use super::{Filter, History, candidates, draw};
use crate::quiz::{
    deck::{Card, Deck, Level},
    id::{CardId, DeckId},
    question::{Body, Kind, Question, Term},
    round::{OpenWay, Style, Ways},
};

fn question(kind: Kind) -> Question {
    let word = || "etcd".to_owned();
    let term = || Term(vec![word()]);
    let body = match kind {
        Kind::Choice => Body::Choice { answer: word(), others: vec!["kubelet".to_owned()] },
        Kind::Multiple => Body::Multiple { answers: vec![word()], others: vec!["kubelet".to_owned()] },
        Kind::List => Body::List { items: vec![term()], wrong: Vec::new() },
        Kind::Text => Body::Text { accept: term(), wrong: Vec::new() },
        Kind::Command => Body::Command { accept: vec![word()] },
    };
    Question { ask: None, why: None, body }
}

fn card(id: &str, topic: &str, level: u8, exam: &str, kinds: &[Kind]) -> Card {
    Card {
        id: CardId::new(id),
        topic: topic.to_owned(),
        level: Level::new(level).unwrap(),
        exams: vec![exam.to_owned()],
        since: None,
        until: None,
        front: "?".to_owned(),
        back: "!".to_owned(),
        sources: vec!["https://kubernetes.io/docs/".to_owned()],
        questions: kinds.iter().copied().map(question).collect(),
    }
}

fn deck() -> Deck {
    let cards = vec![
        card("a", "nodes", 1, "kcna/fundamentals/core", &[Kind::Choice, Kind::Text]),
        card("b", "nodes", 2, "kcna/fundamentals-more", &[Kind::List]),
        card("c", "pods", 2, "cka/storage", &[Kind::Multiple, Kind::Command, Kind::Choice]),
    ];
    Deck { id: DeckId::new("kubernetes"), cards }
}

fn all() -> Ways {
    Ways::default_for(Style::Social)
}

#[rstest]
#[case(Filter::default(), &["a0", "a1", "b0", "c0", "c1", "c2"])]
#[case(Filter { topic: Some("nodes".into()), ..Filter::default() }, &["a0", "a1", "b0"])]
#[case(Filter { level: Some(2), ..Filter::default() }, &["b0", "c0", "c1", "c2"])]
#[case(Filter { kinds: vec![Kind::Choice, Kind::List], ..Filter::default() }, &["a0", "b0", "c2"])]
#[case(Filter { exam: Some("kcna".into()), ..Filter::default() }, &["a0", "a1", "b0"])]
#[case(Filter { exam: Some("kcna/fundamentals".into()), ..Filter::default() }, &["a0", "a1"])]
#[case(Filter { exam: Some("kcna/fundamentals/".into()), ..Filter::default() }, &["a0", "a1"])]
#[case(Filter { exam: Some("kcna/fundamentals/core".into()), ..Filter::default() }, &["a0", "a1"])]
#[case(Filter { exam: Some("kcna/fundamentals/core/more".into()), ..Filter::default() }, &[])]
#[case(Filter { exam: Some("fundamentals".into()), ..Filter::default() }, &[])]
#[case(Filter { topic: Some("nodes".into()), level: Some(2), ..Filter::default() }, &["b0"])]
#[case(Filter { topic: Some("pods".into()), exam: Some("kcna".into()), ..Filter::default() }, &[])]
fn a_filter_lets_through_what_meets_all_of_it(#[case] filter: Filter, #[case] expected: &[&str]) {
    let deck = deck();
    let passed: Vec<String> =
        candidates(&deck, &filter, &all()).map(|(card, number, _)| format!("{}{number}", card.id)).collect();
    assert_eq!(passed, expected);
}

#[test]
fn only_what_the_open_ways_can_answer_is_a_candidate() {
    let (deck, reactions) = (deck(), Ways(BTreeSet::from([OpenWay::Reactions])));
    let kinds: Vec<Kind> =
        candidates(&deck, &Filter::default(), &reactions).map(|(.., question)| question.body.kind()).collect();
    assert_eq!(kinds, [Kind::Choice, Kind::Multiple, Kind::Choice]);
}

#[test]
fn nothing_is_drawn_where_nothing_passes() {
    let filter = Filter { topic: Some("gone".into()), ..Filter::default() };
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    assert_eq!(draw(&deck(), &filter, &all(), &History::default(), &mut rng), None);
}

#[test]
fn a_new_card_joins_the_cycle_that_runs() {
    let cards = BTreeMap::from([(CardId::new("a"), (3, 0)), (CardId::new("b"), (3, 0))]);
    let history = History { cards, last: Some(CardId::new("b")) };
    let deck = deck();
    let drawn = draw(&deck, &Filter::default(), &all(), &history, &mut ChaCha8Rng::seed_from_u64(1)).unwrap();
    assert_eq!((drawn.card.id.as_str(), drawn.cycle), ("c", 3));
}

#[test]
fn the_card_asked_last_does_not_come_again_although_its_cycle_lags() {
    let cards = BTreeMap::from([(CardId::new("a"), (1, 0)), (CardId::new("b"), (5, 0))]);
    let history = History { cards, last: Some(CardId::new("a")) };
    let filter = Filter { topic: Some("nodes".into()), ..Filter::default() };
    let deck = deck();
    let drawn = draw(&deck, &filter, &all(), &history, &mut ChaCha8Rng::seed_from_u64(1)).unwrap();
    assert_eq!((drawn.card.id.as_str(), drawn.cycle), ("b", 6));
}

#[test]
fn the_same_seed_draws_the_same() {
    let deck = deck();
    let drawn = || draw(&deck, &Filter::default(), &all(), &History::default(), &mut ChaCha8Rng::seed_from_u64(7));
    assert_eq!(drawn(), drawn());
}

proptest! {
    #[test]
    fn no_card_comes_again_before_the_others_had_their_turn(cards in 1..8_usize, seed: u64) {
        let kinds = [Kind::Choice, Kind::Text];
        let cards: Vec<Card> = (0..cards).map(|i| card(&format!("c{i}"), "t", 1, "e", &kinds)).collect();
        let deck = Deck { id: DeckId::new("d"), cards };
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut history = History::default();
        for cycle in 1..5 {
            let mut seen = BTreeSet::new();
            for _ in &deck.cards {
                let drawn = draw(&deck, &Filter::default(), &all(), &history, &mut rng).unwrap();
                let id = drawn.card.id.clone();
                prop_assert_eq!(drawn.cycle, cycle);
                prop_assert!(seen.insert(id.clone()), "{} came twice in a cycle", id);
                prop_assert!(deck.cards.len() == 1 || history.last.as_ref() != Some(&id), "{} came twice in a row", id);
                let before = history.cards.insert(id.clone(), (drawn.cycle, drawn.number));
                prop_assert!(before.is_none_or(|(_, number)| number != drawn.number), "{} asked the same again", id);
                history.last = Some(id);
            }
        }
    }
}
