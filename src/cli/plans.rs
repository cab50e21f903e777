//! The file's schedules held against the decks: a schedule that can ask nothing is a mistake of the configuration.

use anyhow::bail;

use crate::{
    decks::Decks,
    quiz::{draw, nearest::nearest, round::Ways, schedule::Plan},
};

/// Every schedule has its deck, and something in it to ask; else all that is wrong, a line each.
pub(super) fn check(plans: &[Plan], decks: &Decks) -> anyhow::Result<()> {
    let wrong: Vec<String> = plans
        .iter()
        .filter_map(|plan| problem(plan, decks).map(|problem| format!("schedule `{}`: {problem}", plan.name)))
        .collect();
    if wrong.is_empty() { Ok(()) } else { bail!(wrong.join("\n")) }
}

fn problem(plan: &Plan, decks: &Decks) -> Option<String> {
    let Some(deck) = decks.deck(&plan.deck) else {
        let known = decks.0.keys().map(crate::quiz::id::DeckId::as_str);
        return Some(match nearest(plan.deck.as_str(), known.clone()) {
            Some(near) => format!("there is no deck `{}`; did you mean `{near}`?", plan.deck),
            None => format!("there is no deck `{}`; loaded are {}", plan.deck, known.collect::<Vec<_>>().join(", ")),
        });
    };
    let ways = plan.ways.clone().unwrap_or_else(|| Ways::default_for(plan.style.unwrap_or_default()));
    if draw::candidates(deck, &plan.filter, &ways).next().is_some() {
        return None;
    }
    if let Some(topic) = &plan.filter.topic
        && !deck.cards.iter().any(|card| card.topic == *topic)
    {
        let near = nearest(topic, deck.cards.iter().map(|card| card.topic.as_str()));
        let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Some(format!("the deck `{}` has no topic `{topic}`{help}", deck.id));
    }
    Some(format!(
        "no question of the deck `{}` passes its topic, exam, level and kinds and can be answered by its answers: \
         leave some of them out",
        deck.id
    ))
}
