use proptest::prelude::*;
use rand::{SeedableRng, rngs::ChaCha8Rng};

use super::*;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn term(forms: &[&str]) -> Term {
    Term(texts(forms))
}

fn asked(body: Body, ask: Option<&str>, seed: u64) -> Asked {
    let question = Question { ask: ask.map(str::to_owned), why: Some("Because.".into()), body };
    let other = Question {
        ask: None,
        why: None,
        body: Body::Choice { answer: "kubectl".into(), others: texts(&["ClusterRole"]) },
    };
    let card = Card {
        id: CardId::new("card"),
        topic: "architecture".into(),
        level: Level::new(2).expect("2 is a level"),
        exams: Vec::new(),
        since: None,
        until: None,
        front: "The front?".into(),
        back: "The back.".into(),
        sources: texts(&["https://kubernetes.io/docs/"]),
        questions: vec![question.clone(), other],
    };
    let deck = Deck::new(DeckId::new("deck"), vec![card.clone()]);
    Asked::new(&deck, &card, 1, &question, &mut ChaCha8Rng::seed_from_u64(seed))
}

fn multiple() -> Body {
    Body::Multiple { answers: texts(&["a", "b"]), others: texts(&["c", "d", "e"]) }
}

#[test]
fn it_has_all_that_is_shown_and_needed_for_marking() {
    let asked =
        asked(Body::Text { accept: term(&["kubelet", "node agent"]), wrong: vec![term(&["kube-proxy"])] }, None, 0);
    assert_eq!((asked.deck.as_str(), asked.card.as_str(), asked.number, asked.level.get()), ("deck", "card", 1, 2));
    assert_eq!(
        (asked.ask.as_str(), asked.back.as_str(), asked.why.as_deref()),
        ("The front?", "The back.", Some("Because."))
    );
    assert_eq!(
        asked.form,
        Form::Text {
            accept: term(&["kubelet", "node agent"]),
            wrong: vec![term(&["kube-proxy"])],
            near: texts(&["kubectl"]),
        }
    );
    assert_eq!(asked.right(), ["kubelet"]);
}

#[test]
fn a_question_with_its_own_wording_is_asked_so() {
    assert_eq!(asked(multiple(), Some("Which of these?"), 0).ask, "Which of these?");
}

#[test]
fn right_is_said_in_the_words_that_are_shown() {
    let list = Body::List {
        items: vec![term(&["etcd"]), term(&["Role", "roles"])],
        sides: Vec::new(),
        wrong: vec![term(&["kubelet"])],
    };
    assert_eq!(asked(list, None, 0).right(), ["etcd", "Role"]);
    let side = |name: &str| Side { name: term(&[name]), items: 1 };
    let items = vec![term(&["namespace"]), term(&["cluster"])];
    let compared = Body::List { items, sides: vec![side("Role"), side("ClusterRole")], wrong: vec![] };
    assert_eq!(asked(compared, None, 0).right(), ["Role: namespace", "ClusterRole: cluster"]);
    let command = Body::Command { accept: texts(&["kubectl get pods", "kubectl get po"]) };
    assert_eq!(asked(command, None, 0).right(), ["kubectl get pods"]);
}

/// As it was stored before there were comparisons.
#[test]
fn a_list_without_sides_is_read() {
    let stored = r#"{"kind": "list", "items": [["etcd"]], "wrong": [["kubelet"]], "near": []}"#;
    let form: Form = serde_json::from_str(stored).expect("an old snapshot");
    let list =
        Form::List { items: vec![term(&["etcd"])], sides: vec![], wrong: vec![term(&["kubelet"])], near: vec![] };
    assert_eq!(form, list);
    assert!(!serde_json::to_string(&form).expect("JSON").contains("sides"));
}

#[test]
fn the_same_seed_gives_the_same_order_and_another_another() {
    let orders: BTreeSet<Vec<String>> = (0..20).map(|seed| asked(multiple(), None, seed).options().to_vec()).collect();
    assert!(orders.len() > 10, "{orders:?}");
    assert_eq!(asked(multiple(), None, 7), asked(multiple(), None, 7));
}

proptest! {
    #[test]
    fn the_right_options_stay_right_in_any_order(seed: u64) {
        let asked = asked(multiple(), None, seed);
        let mut right = asked.right();
        right.sort_unstable();
        prop_assert_eq!(right, ["a", "b"]);
        let mut options = asked.options().to_vec();
        options.sort_unstable();
        prop_assert_eq!(options, ["a", "b", "c", "d", "e"]);
        let one = self::asked(Body::Choice { answer: "a".into(), others: texts(&["b", "c"]) }, None, seed);
        prop_assert_eq!(one.right(), ["a"]);
    }

    #[test]
    fn it_is_read_back_as_it_was_stored(seed: u64) {
        let asked = asked(multiple(), None, seed);
        let stored = serde_json::to_string(&asked).expect("it has a form in JSON");
        prop_assert_eq!(serde_json::from_str::<Asked>(&stored).expect("it was written so"), asked);
    }
}
