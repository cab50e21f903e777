//! Wording, read as it is sent. A line break that shows is written `⏎`.

mod around;
mod boards;
mod correcting;
mod hearing;
mod playing;
mod small;

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::*;
use crate::{
    chat::{
        control::{CardRef, Control, ControlId},
        post::{Post, Reply},
    },
    quiz::{
        asked::{Asked, Form},
        deck::Level,
        id::{CardId, DeckId, PlayerId, RoundId},
        points::{Points, Weights},
        question::Term,
        round::{Feedback, OpenWay, Reveal, Rules, Style, Ways},
        verdict::{Credit, Verdict},
    },
};

/// The moment at which every test plays.
fn now() -> Timestamp {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn term(forms: &[&str]) -> Term {
    Term(texts(forms))
}

fn asked(ask: &str, form: Form) -> Asked {
    Asked {
        deck: DeckId::new("kubernetes"),
        card: CardId::new("control-plane-components"),
        topic: "architecture".into(),
        level: Level::new(1).unwrap(),
        number: 0,
        ask: ask.into(),
        back: "The **scheduler** watches for Pods without a node and picks one.".into(),
        why: Some("The kubelet runs Pods; it never picks a node.".into()),
        sources: texts(&["https://kubernetes.io/docs/concepts/overview/components/"]),
        form,
        also: BTreeSet::new(),
    }
}

/// A card that ana asked for by its topic.
fn shown() -> CardRef {
    CardRef { owner: PlayerId::new("web:ana"), mark: 42, topic: true, deck: false }
}

fn choice() -> Asked {
    let options = texts(&["etcd", "kube-scheduler", "kube_proxy", "kubelet"]);
    asked("Which component picks a node for a new Pod?", Form::Choice { options, right: 2 })
}

fn multiple() -> Asked {
    let options = texts(&["Network namespace", "Root file system", "Volumes"]);
    asked("What do the containers of a Pod share?", Form::Multiple { options, right: BTreeSet::from([1, 3]) })
}

fn list() -> Asked {
    let items = vec![term(&["kube-apiserver", "API server"]), term(&["etcd"]), term(&["kube-scheduler"])];
    asked(
        "Name the components of the control plane.",
        Form::List {
            items,
            sides: Vec::new(),
            wrong: vec![term(&["kubelet"]), term(&["kube-proxy"])],
            near: Vec::new(),
        },
    )
}

fn text() -> Asked {
    asked("Where is the state kept?", Form::Text { accept: term(&["etcd"]), wrong: Vec::new(), near: Vec::new() })
}

fn command() -> Asked {
    asked("List all Pods of all namespaces.", Form::Command { accept: texts(&["kubectl get pods -A"]) })
}

fn every_kind() -> [Asked; 5] {
    [choice(), multiple(), list(), text(), command()]
}

fn rules(ways: &[OpenWay]) -> Rules {
    Rules {
        style: Style::Social,
        ways: Ways(ways.iter().copied().collect()),
        attempts: 3,
        feedback: Feedback::Close,
        window_ms: 3_600_000,
        weights: Weights::default(),
        thread: false,
        mention: None,
        reveal: Reveal::default(),
    }
}

fn social() -> Rules {
    rules(&[OpenWay::Reactions, OpenWay::Replies, OpenWay::Buttons])
}

fn rules_of_buttons() -> Rules {
    rules(&[OpenWay::Buttons])
}

fn contest() -> Rules {
    Rules { style: Style::Contest, ..rules(&[OpenWay::Buttons]) }
}

fn view<'a>(asked: &'a Asked, rules: &'a Rules) -> RoundView<'a> {
    RoundView { id: RoundId(17), asked, rules, closes: Some(now()), message: None }
}

fn verdict(right: i64, all: i64, found: &[&str], missing: &[&str], wrong: &[&str]) -> Verdict {
    Verdict { credit: Credit::of(right, all), found: texts(found), missing: texts(missing), wrong: texts(wrong) }
}

fn score<'a>(name: &'a str, verdict: &'a Verdict, points: i64) -> Score<'a> {
    Score { name, hidden: false, verdict, points: Points(points) }
}

/// Everything of a message.
fn posted(post: &Post) -> String {
    let mut lines = vec![format!("[{}]", post.key.0), visible(&post.text)];
    lines.extend(post.facts.iter().map(|fact| format!("| {}: {}", fact.name, fact.value)));
    if post.reactions > 0 {
        lines.push(format!("reactions 1 to {}", post.reactions));
    }
    lines.extend(post.controls.iter().map(control));
    lines.join("\n")
}

/// Everything of an answer to one person.
fn replied(reply: &Reply) -> String {
    let mut lines = vec![visible(&reply.text)];
    lines.extend(reply.controls.iter().map(control));
    lines.join("\n")
}

fn visible(text: &str) -> String {
    text.replace(super::text::BREAK, "⏎\n")
}

fn control(control: &Control) -> String {
    let id = |id: &ControlId| String::from(id.clone());
    match control {
        Control::Button { id: of, label } => format!("({label}) {}", id(of)),
        Control::Menu { id: of, label, options } => format!("[{label}: {}] {}", options.join(" / "), id(of)),
        Control::Form { id: of, label } => format!("({label}…) {}", id(of)),
    }
}
