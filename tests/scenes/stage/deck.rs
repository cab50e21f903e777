//! A small deck, one question a card, so that a scene knows what is asked.

use kcard::{
    decks::Decks,
    quiz::{
        deck::{Card, Deck, Level},
        id::{CardId, DeckId},
        question::{Body, Question, Term},
    },
};

/// The deck `cluster`: `scheduler` (choice), `shared` (multiple), `control-plane` (list), `smallest` (text), `list-pods` (command).
pub fn decks() -> Decks {
    let cards = vec![
        card(
            "scheduler",
            "architecture",
            "Which component picks a node for a new Pod?",
            Body::Choice {
                answer: "kube-scheduler".into(),
                others: vec!["etcd".into(), "kube-apiserver".into(), "kubelet".into()],
            },
        ),
        card(
            "shared",
            "pods",
            "What do the containers of a Pod share?",
            Body::Multiple {
                answers: vec!["the network".into(), "volumes".into()],
                others: vec!["the image".into(), "the file system".into()],
            },
        ),
        card(
            "control-plane",
            "architecture",
            "Name the components of the control plane.",
            Body::List {
                items: vec![
                    term(&["kube-apiserver", "API server"]),
                    term(&["etcd"]),
                    term(&["kube-scheduler", "scheduler"]),
                    term(&["kube-controller-manager", "controller manager"]),
                ],
                sides: vec![],
                wrong: vec![term(&["kubelet"]), term(&["kube-proxy"])],
            },
        ),
        card(
            "smallest",
            "pods",
            "What is the smallest unit that Kubernetes runs?",
            Body::Text { accept: term(&["Pod", "a Pod"]), wrong: vec![term(&["container"])] },
        ),
        card(
            "list-pods",
            "tools",
            "List the Pods of all namespaces.",
            Body::Command { accept: vec!["kubectl get pods --all-namespaces".into()] },
        ),
    ];
    let deck = Deck::new(DeckId::new("cluster"), cards);
    Decks([(deck.id.clone(), deck)].into())
}

/// The same deck with these cards only.
pub fn only(cards: &[&str]) -> Decks {
    let mut decks = decks();
    for deck in decks.0.values_mut() {
        deck.cards.retain(|card| cards.contains(&card.id.as_str()));
    }
    decks
}

/// The file of a deck of one topic, whose cards ask for a typed answer: an id, a front and what is right.
pub fn file(name: &str, topic: &str, cards: &[(&str, &str, &str)]) -> String {
    let card = |(id, front, right): &(&str, &str, &str)| {
        format!(
            "  - id: {id}\n    level: 1\n    front: '{front}'\n    back: 'It is {right}.'\n    sources: [https://example.org/]\n    \
             questions:\n      - text:\n          accept: ['{right}']\n"
        )
    };
    format!("deck: {name}\ntopic: {topic}\ncards:\n{}", cards.iter().map(card).collect::<String>())
}

fn card(id: &str, topic: &str, front: &str, body: Body) -> Card {
    Card {
        id: CardId::new(id),
        topic: topic.into(),
        level: Level::new(1).expect("1 is a level"),
        exams: Vec::new(),
        since: None,
        until: None,
        front: front.into(),
        back: "So it is written.".into(),
        sources: vec!["https://kubernetes.io/docs/concepts/".into()],
        questions: vec![Question { ask: None, why: None, body }],
    }
}

fn term(forms: &[&str]) -> Term {
    Term(forms.iter().map(|form| (*form).to_owned()).collect())
}
