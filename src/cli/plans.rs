//! The file's schedules held against the decks: a schedule that can ask nothing is a mistake of the configuration.

use anyhow::bail;

use crate::{
    decks::Decks,
    quiz::{id::DeckId, nearest::nearest, schedule::Plan},
};

/// Every schedule has its deck, and something in it to ask; else all that is wrong, a line each.
pub(super) fn check(plans: &[Plan], decks: &Decks) -> anyhow::Result<()> {
    let problems = plans.iter().filter_map(|plan| Some(format!("schedule `{}`: {}", plan.name, problem(plan, decks)?)));
    let problems: Vec<String> = problems.collect();
    if problems.is_empty() { Ok(()) } else { bail!(problems.join("\n")) }
}

fn problem(plan: &Plan, decks: &Decks) -> Option<String> {
    if let Some(deck) = decks.deck(&plan.deck) {
        return plan.check_deck(deck).err().map(|wrong| wrong.to_string());
    }
    let known = decks.0.keys().map(DeckId::as_str);
    Some(match nearest(plan.deck.as_str(), known.clone()) {
        Some(near) => format!("there is no deck `{}`; did you mean `{near}`?", plan.deck),
        None => format!("there is no deck `{}`; there are {}", plan.deck, known.collect::<Vec<_>>().join(", ")),
    })
}
