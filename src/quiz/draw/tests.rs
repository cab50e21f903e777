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
        Kind::List => Body::List { items: vec![term()], sides: Vec::new(), wrong: Vec::new() },
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
    Deck::new(DeckId::new("kubernetes"), cards)
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

fn history(cycle: Option<i64>, turns: &[(&str, i64)]) -> History {
    History {
        cards: turns.iter().map(|(card, turn)| (CardId::new(*card), (*turn, 0))).collect(),
        cycle,
        ..History::default()
    }
}

/// The deck has a and b (topic nodes) and c (topic pods).
#[rstest]
#[case::first_of_all(None, history(Some(0), &[("a", 1), ("b", 2)]), "c", 0)]
#[case::a_new_card_joins_the_cycle_that_runs(None, history(Some(2), &[("a", 3), ("b", 4)]), "c", 2)]
#[case::asked_by_another_it_had_its_turn(None, history(Some(2), &[("a", 5), ("b", 1), ("c", 3)]), "b", 2)]
#[case::all_had_their_turn(Some("nodes"), history(Some(2), &[("a", 3), ("b", 4), ("c", 5)]), "a b", 5)]
#[case::never_the_one_asked_last(Some("nodes"), history(Some(2), &[("a", 3), ("b", 4)]), "a", 4)]
#[case::a_host_asks_what_was_never_asked(None, history(None, &[("a", 1), ("c", 2)]), "b", 0)]
#[case::a_host_asks_what_was_asked_longest_ago(None, history(None, &[("a", 7), ("b", 8), ("c", 3)]), "c", 0)]
fn the_draw_goes_round(
    #[case] topic: Option<&str>,
    #[case] history: History,
    #[case] expected: &str,
    #[case] cycle: i64,
) {
    let filter = Filter { topic: topic.map(str::to_owned), ..Filter::default() };
    let deck = deck();
    for seed in 0..20 {
        let drawn = draw(&deck, &filter, &all(), &history, &mut ChaCha8Rng::seed_from_u64(seed)).unwrap();
        assert!(expected.split(' ').any(|card| card == drawn.card.id.as_str()), "drew {}", drawn.card.id);
        assert_eq!(drawn.cycle, cycle);
    }
}

#[test]
fn the_same_seed_draws_the_same() {
    let deck = deck();
    let drawn = || draw(&deck, &Filter::default(), &all(), &History::default(), &mut ChaCha8Rng::seed_from_u64(7));
    assert_eq!(drawn(), drawn());
}

proptest! {
    /// Two schedules ask in one channel, one of them only some of the cards: neither asks a card again before all of its own had
    /// their turn, by whomever.
    #[test]
    fn no_card_comes_again_before_the_others_had_their_turn(
        cards in 1..8_usize,
        few in 1..4_usize,
        asks in prop::collection::vec(any::<bool>(), 1..60),
        seed: u64,
    ) {
        let kinds = [Kind::Choice, Kind::Text];
        let topic = |i| if i < few { "few" } else { "rest" };
        let cards: Vec<Card> = (0..cards).map(|i| card(&format!("c{i}"), topic(i), 1, "e", &kinds)).collect();
        let deck = Deck::new(DeckId::new("d"), cards);
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut asked = BTreeMap::<CardId, (i64, u16)>::new();
        let mut cycles = [0, 0];
        for (turn, narrow) in (1..).zip(asks) {
            let filter = Filter { topic: narrow.then(|| "few".to_owned()), ..Filter::default() };
            let before = History { cards: asked.clone(), cycle: Some(cycles[usize::from(narrow)]), ..History::default() };
            let drawn = draw(&deck, &filter, &all(), &before, &mut rng).unwrap();
            let mine = deck.cards.iter().filter(|card| !narrow || card.topic == "few");
            let others: Vec<_> = mine.filter(|card| card.id != drawn.card.id).collect();
            if let Some((last, number)) = asked.get(&drawn.card.id).copied() {
                prop_assert!(number != drawn.number, "the same question again");
                prop_assert!(others.is_empty() || last + 1 < turn, "twice in a row");
                let began = drawn.cycle;
                prop_assert!(last <= began || others.is_empty(), "came twice in a cycle");
                if began != before.cycle.unwrap_or(0) {
                    let waiting = others.iter().filter(|card| before.turn(card) <= before.cycle.unwrap_or(0));
                    prop_assert!(waiting.count() <= 1, "a new cycle began while cards waited");
                }
            }
            cycles[usize::from(narrow)] = drawn.cycle;
            asked.insert(drawn.card.id.clone(), (turn, drawn.number));
        }
    }
}
