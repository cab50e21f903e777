use super::*;
use crate::quiz::{
    deck::{Card, Level},
    id::{CardId, DeckId},
    question::Question,
};

fn term(forms: &[&str]) -> Term {
    Term(forms.iter().map(|&form| form.to_owned()).collect())
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn deck(bodies: Vec<Body>) -> Deck {
    let questions = bodies.into_iter().map(|body| Question { ask: None, why: None, body }).collect();
    let card = Card {
        id: CardId::new("card"),
        topic: "architecture".into(),
        level: Level::new(1).expect("1 is a level"),
        exams: Vec::new(),
        since: None,
        until: None,
        front: "?".into(),
        back: "!".into(),
        sources: Vec::new(),
        questions,
    };
    Deck::new(DeckId::new("deck"), vec![card])
}

fn near_of(right: &[&str], wrong: &[&str], bodies: Vec<Body>) -> Vec<String> {
    near(&deck(bodies), &[term(right)], &[term(wrong)])
}

#[test]
fn a_term_that_one_slip_could_make_is_near_from_any_question() {
    let bodies = || {
        vec![
            Body::Choice { answer: "kubectl".into(), others: texts(&["kubelt"]) },
            Body::Multiple { answers: texts(&["kubelex"]), others: texts(&["cubelet"]) },
            Body::List {
                items: vec![term(&["kubelte"])],
                sides: Vec::new(),
                wrong: vec![term(&["kubelets gone", "kublet"])],
            },
            Body::Text { accept: term(&["kubeleta"]), wrong: vec![term(&["kubeles"])] },
            Body::Command { accept: texts(&["kubeletb"]) },
        ]
    };
    assert_eq!(
        near_of(&["kubelet"], &[], bodies()),
        ["cubelet", "kubeles", "kubeleta", "kubelex", "kubelt", "kubelte", "kublet", "kubectl"]
    );
}

#[test]
fn what_is_far_or_the_questions_own_is_not_near() {
    let bodies = vec![Body::Choice {
        answer: "etcd".into(),
        others: texts(&["Kubelets", "kube let", "kubectl", "kube-scheduler"]),
    }];
    assert_eq!(near_of(&["kubelet"], &["kubectl"], bodies), [""; 0]);
}

#[test]
fn one_word_with_the_right_one_in_it_is_near() {
    let bodies = vec![Body::Choice {
        answer: "ClusterRole".into(),
        others: texts(&["RoleBinding", "role model", "Roles", "Controller", "a role"]),
    }];
    assert_eq!(near_of(&["Role"], &[], bodies), ["ClusterRole", "RoleBinding"]);
}

#[test]
fn another_name_for_the_right_one_is_not_near() {
    let bodies = || {
        vec![
            Body::List { items: vec![term(&["kube-scheduler", "scheduler"])], sides: Vec::new(), wrong: Vec::new() },
            Body::Choice { answer: "kube-scheduler".into(), others: texts(&["my-scheduler"]) },
        ]
    };
    assert_eq!(near_of(&["scheduler"], &[], bodies()), ["my-scheduler"]);
}

#[test]
fn the_verb_of_the_right_one_is_not_near() {
    let bodies = vec![Body::Choice { answer: "authenticated".into(), others: texts(&["authentication 2"]) }];
    assert_eq!(near_of(&["authentication"], &[], bodies), ["authentication 2"]);
}

#[test]
fn what_names_several_is_not_near() {
    let bodies = vec![Body::Choice { answer: "kubelet, etcd".into(), others: texts(&["kubele"]) }];
    assert_eq!(near_of(&["kubelet etcd"], &[], bodies), [""; 0]);
}

#[test]
fn the_nearest_are_kept() {
    let others: Vec<String> = (b'a'..=b'z')
        .flat_map(|c| (b'a'..=b'z').map(move |d| format!("kube{}let{}", char::from(c), char::from(d))))
        .collect();
    let near = near_of(&["kubelet"], &[], vec![Body::Choice { answer: "kubelex".into(), others }]);
    assert_eq!(near.len(), MOST);
    assert!(near.contains(&"kubelex".to_owned()));
}
