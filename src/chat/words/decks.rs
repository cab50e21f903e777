//! Decks: what there is to learn. Fronts only; answers stay hidden.

use std::collections::BTreeSet;

use super::text::{BREAK, count, entries, int, name, plain, shorten};
use crate::{
    chat::{
        command::quoted,
        control::{Control, ControlId},
        post::Reply,
    },
    quiz::deck::{Card, Deck},
};

/// Cards on a page.
pub const PAGE: usize = 10;

/// The loaded decks.
pub fn list<'d>(decks: impl Iterator<Item = &'d Deck>) -> Reply {
    let lines: Vec<String> = decks
        .map(|deck| {
            let topics: BTreeSet<&str> = deck.cards.iter().map(|card| card.topic.as_str()).collect();
            let shown: Vec<String> = topics.iter().take(8).map(|topic| name(topic)).collect();
            let more = if topics.len() > shown.len() { ", …" } else { "" };
            format!(
                "**{}** — {}; {}: {}{more}",
                name(deck.id.as_str()),
                count(int(deck.cards.len()), "card"),
                count(int(topics.len()), "topic"),
                shown.join(", ")
            )
        })
        .collect();
    Reply::private(if lines.is_empty() {
        "No deck is loaded.".into()
    } else {
        format!("🗂 **Decks**\n\n{}", entries(&lines, BREAK))
    })
}

/// A page of a deck's fronts, of one topic or of all, with buttons to the pages beside it. Pages count from 1.
pub fn show(deck: &Deck, topic: Option<&str>, page: u32) -> Reply {
    let cards: Vec<&Card> = deck.cards.iter().filter(|card| topic.is_none_or(|topic| card.topic == topic)).collect();
    let pages = u32::try_from(cards.len().max(1).div_ceil(PAGE)).unwrap_or(u32::MAX);
    let page = page.clamp(1, pages);
    let skipped = (usize::try_from(page).unwrap_or(1) - 1) * PAGE;
    let of = topic.map(|topic| format!(" on {}", name(topic))).unwrap_or_default();
    let line = |card: &&Card| {
        format!("{} (level {}, {})", plain(&shorten(&card.front, 110)), card.level.get(), name(&card.topic))
    };
    let lines: Vec<String> = cards.iter().skip(skipped).take(PAGE).map(line).collect();
    if lines.is_empty() {
        return Reply::private(format!("Deck {} has no card{of}.", name(deck.id.as_str())));
    }
    let text = format!(
        "🗂 **Deck {}{of}**: {}, page {page} of {pages}\n\n{}",
        name(deck.id.as_str()),
        count(int(cards.len()), "card"),
        entries(&lines, BREAK)
    );
    Reply { text, controls: turns(deck, topic, page, pages), ..Reply::default() }
}

fn turns(deck: &Deck, topic: Option<&str>, page: u32, pages: u32) -> Vec<Control> {
    let topic = topic.map(|topic| format!(" topic:{}", quoted(topic))).unwrap_or_default();
    let turn = |label: &str, page: u32| Control::Button {
        id: ControlId::Run(format!("kquiz deck show deck:{}{topic} page:{page}", quoted(deck.id.as_str()))),
        label: label.into(),
    };
    let before = (page > 1).then(|| turn("◀ Page before", page - 1));
    let after = (page < pages).then(|| turn("Next page ▶", page + 1));
    before.into_iter().chain(after).collect()
}
