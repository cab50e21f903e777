//! Explanations that explain nothing.

use super::right;
use crate::{
    decks::{node::Node, report::Faults},
    quiz::{deck::Card, grade},
};

/// Says if a card's explanation only says again what is asked, or what is right.
pub(super) fn check(card: &Card, tree: &Node, faults: &mut Faults<'_>) {
    let back = grade::key(&card.back);
    let answers = card.questions.iter().map(|question| grade::key(&right(&question.body).join(" ")));
    let repeated = if back == grade::key(&card.front) {
        "the front"
    } else if answers.into_iter().any(|answer| answer == back) {
        "the answer"
    } else {
        return;
    };
    if let Some(node) = tree.get("back") {
        let wrong = format!("the explanation only says {repeated} again");
        faults.say(node.point(), wrong, "write why the answer is right");
    }
}
