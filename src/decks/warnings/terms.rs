//! Accepted forms and listed wrong ones, tried with the marking that will judge them; and questions of one card that contradict
//! each other.

use std::collections::HashMap;

use rand::{SeedableRng, rngs::ChaCha8Rng};

use super::ask;
use crate::{
    decks::{node::Node, parse::questions, report::Faults, shape::cut},
    quiz::{
        asked::Asked,
        deck::{Card, Deck},
        grade,
        question::{Body, Term},
        verdict::{Credit, Verdict},
    },
};

/// Says which accepted forms are not marked right, and which listed wrong ones are not marked wrong.
pub(super) fn check(deck: &Deck, card: &Card, tree: &Node, faults: &mut Faults<'_>) {
    for (number, (question, node)) in (0..).zip(questions(card, tree)) {
        let (right, of) = match &question.body {
            Body::List { items, .. } => (items_of(node), items.len()),
            Body::Text { .. } | Body::Command { .. } => (node.list("accept").iter().collect(), 1),
            Body::Choice { .. } | Body::Multiple { .. } => continue,
        };
        // The seed shuffles options, and a typed question has none.
        let asked = Asked::new(deck, card, number, question, &mut ChaCha8Rng::seed_from_u64(0));
        let mark = |answer: &str| grade::text(&asked, answer).unwrap_or_default();
        let full = Credit::of(1, i64::try_from(of).unwrap_or(i64::MAX));
        for (node, form) in right.into_iter().flat_map(Node::texts) {
            let verdict = mark(form);
            if verdict.credit < full {
                let wrong = format!("`{}` is accepted here, but marking gives it {}", cut(form), said(&verdict));
                faults.say(node.point(), wrong, "write another form, or take it away");
            }
        }
        if let (Body::List { items, .. }, Some(node)) = (&question.body, node.get("items").or(node.get("sides"))) {
            let verdict = mark(&items.iter().map(Term::shown).collect::<Vec<_>>().join(", "));
            if verdict.credit < Credit::FULL {
                let wrong = format!("to name all of these gets only {}", said(&verdict));
                faults.say(node.point(), wrong, "one of them is taken for a part of another: name it differently");
            }
        }
        for (node, form) in forms(node, "wrong") {
            let verdict = mark(form);
            if verdict.credit > Credit::NONE {
                let wrong = format!("`{}` is wrong here, but marking gives it {}", cut(form), said(&verdict));
                faults.say(node.point(), wrong, "write another form, or take the accepted one away that it is read as");
            }
        }
    }
}

/// What a list asks for, of whatever side.
fn items_of(list: &Node) -> Vec<&Node> {
    list.list("items").iter().chain(list.list("sides").iter().flat_map(|side| side.list("items"))).collect()
}

/// Every form under that key of a question.
fn forms<'n>(question: &'n Node, key: &str) -> impl Iterator<Item = (&'n Node, &'n str)> {
    question.list(key).iter().flat_map(Node::texts)
}

/// What marking makes of an answer, in short: `30%, found etcd, wrong etcdctl`.
fn said(verdict: &Verdict) -> String {
    let named = |what: &str, terms: &[String]| match terms {
        [] => String::new(),
        terms => format!(", {what} {}", terms.join(", ")),
    };
    format!(
        "{:.0}% credit{}{}",
        verdict.credit.fraction() * 100.0,
        named("found", &verdict.found),
        named("wrong", &verdict.wrong)
    )
}

/// A term of a question, in all its forms.
struct Named<'n> {
    wording: String,
    right: bool,
    forms: Vec<(&'n Node, &'n str, String)>,
}

impl Named<'_> {
    /// The key of the form that is shown.
    fn shown(&self) -> &str {
        self.forms.first().map_or("", |(_, _, key)| key)
    }

    fn has(&self, form: &str) -> bool {
        self.forms.iter().any(|(_, _, key)| key == form)
    }
}

/// Says where a form names different things in two questions of a card, and where two questions in the same words call one thing right
/// and wrong.
pub(super) fn check_together(card: &Card, tree: &Node, faults: &mut Faults<'_>) {
    let mut all: Vec<Named<'_>> = Vec::new();
    let mut having: HashMap<String, Vec<usize>> = HashMap::new();
    for (question, node) in questions(card, tree) {
        let wording = grade::key(ask(card, question));
        let before = all.len();
        for (right, forms) in terms(&question.body, node) {
            let forms = forms.into_iter().map(|(node, form)| (node, form, grade::key(form))).collect();
            let new = Named { wording: wording.clone(), right, forms };
            for (node, form, key) in &new.forms {
                let others = having.get(key).into_iter().flatten().filter(|&&other| other < before);
                let clash = others.map(|&other| &all[other]).find_map(|old| Some((old, clash(old, &new)?)));
                if let Some((old, (how, wrong, mend))) = clash {
                    let first = old.forms.iter().find(|(_, _, other)| other == key).map_or(*node, |(node, ..)| *node);
                    let other = (faults.place(first.point()), how);
                    faults.say_of_both(node.point(), other, format!("`{}` {wrong}", cut(form)), mend);
                }
            }
            for (_, _, key) in &new.forms {
                having.entry(key.clone()).or_default().push(all.len());
            }
            all.push(new);
        }
    }
}

/// How two terms that share a form get into each other's way: how the old one has it, what is wrong, what to do.
fn clash(old: &Named<'_>, new: &Named<'_>) -> Option<(&'static str, &'static str, &'static str)> {
    if old.right != new.right && old.wording == new.wording {
        let wrong = if new.right { "is right here" } else { "is wrong here" };
        let how = if new.right { "in the same words it is wrong" } else { "in the same words it is right" };
        return Some((how, wrong, "mend one of them, or ask in other words"));
    }
    // Terms of which one has the other's shown form are one term, told in two ways.
    let apart = !old.has(new.shown()) && !new.has(old.shown());
    apart.then_some(("here it names something else", "names two different terms in this card", "take one away"))
}

/// The terms of a question, right ones and wrong ones; a command is no term.
fn terms<'n>(body: &Body, question: &'n Node) -> Vec<(bool, Vec<(&'n Node, &'n str)>)> {
    let one = |key: &str| question.get(key).map(|node| node.texts().collect()).into_iter().collect();
    let each = |key: &str| question.list(key).iter().map(|node| node.texts().collect()).collect();
    let (right, wrong): (Vec<Vec<_>>, Vec<Vec<_>>) = match body {
        Body::Choice { .. } => (one("answer"), each("others")),
        Body::Multiple { .. } => (each("answers"), each("others")),
        Body::List { .. } => {
            (items_of(question).into_iter().map(|node| node.texts().collect()).collect(), each("wrong"))
        }
        Body::Text { .. } => (one("accept"), each("wrong")),
        Body::Command { .. } => return Vec::new(),
    };
    let judged = |right: bool| move |forms| (right, forms);
    right.into_iter().map(judged(true)).chain(wrong.into_iter().map(judged(false))).collect()
}
