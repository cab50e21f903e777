//! Cards that lack what a deck file may leave out, as imported ones do.

use crate::{
    decks::{node::Node, report::Faults},
    quiz::deck::Card,
};

/// Says if a card has no question, or names no source.
pub(super) fn check(card: &Card, tree: &Node, faults: &mut Faults<'_>) {
    let at = tree.get("id").unwrap_or(tree).point();
    if card.questions.is_empty() {
        faults.say(
            at.clone(),
            "this card has no question",
            "write one: until then it is never asked, and only /kcard shows it",
        );
    }
    if card.sources.is_empty() {
        faults.say(at, "this card names no source", "write under `sources` where one can look it up");
    }
}
