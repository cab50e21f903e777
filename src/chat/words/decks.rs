//! Decks: what there is to learn. Fronts only; answers stay hidden.

mod added;

use std::collections::BTreeSet;

use jiff::{Timestamp, tz::TimeZone};

pub use added::{
    Finding, added, broken, full, in_order, in_use, no_file, not_fetched, not_removed, not_yours, removed, same,
    too_large, too_many_cards,
};

use super::text::{BREAK, count, entries, int, name, plain, shorten, when, who};
use crate::{
    chat::{
        command::quoted,
        control::{Control, ControlId},
        post::Reply,
    },
    quiz::{
        deck::{Card, Deck},
        id::{DeckId, PlayerId},
    },
};

/// Cards on a page.
pub const PAGE: usize = 10;

/// A deck that hosts added, as the list shows it.
#[derive(Debug, Clone, Copy)]
pub struct AddedView<'a> {
    /// Its name.
    pub name: &'a DeckId,
    /// What it holds; `None` where this kcard cannot read it.
    pub deck: Option<&'a Deck>,
    /// Which version, from 1.
    pub version: i64,
    /// Who added it; `None` where they deleted their data.
    pub by: Option<&'a PlayerId>,
    /// When.
    pub at: Timestamp,
    /// The process has a deck of the same name, which counts in its place.
    pub hidden: bool,
}

/// The decks of the process, and those that hosts added.
pub fn list<'d>(loaded: impl Iterator<Item = &'d Deck>, added: &[AddedView<'_>], zone: &TimeZone) -> Reply {
    let loaded = loaded.map(|deck| format!("**{}** — {}", name(deck.id.as_str()), contents(deck)));
    let lines: Vec<String> = loaded.chain(added.iter().map(|deck| added_line(deck, zone))).collect();
    Reply::private(if lines.is_empty() {
        "No deck is loaded.".into()
    } else {
        format!("🗂 **Decks**\n\n{}", entries(&lines, BREAK))
    })
}

fn added_line(added: &AddedView<'_>, zone: &TimeZone) -> String {
    let contents = match added.deck {
        Some(_) if added.hidden => "not asked from, as kcard has a deck of this name itself".to_owned(),
        Some(deck) => contents(deck),
        None => "⚠️ this kcard cannot read it; add its file again to see what is wrong".to_owned(),
    };
    let by = added.by.map(|by| format!(" by {}", who(by.as_str()))).unwrap_or_default();
    let (name, version, at) = (name(added.name.as_str()), added.version, when(added.at, zone));
    format!("**{name}** — {contents}; version {version}, added{by} on {at}")
}

fn contents(deck: &Deck) -> String {
    format!("{}; {}", count(int(deck.cards.len()), "card"), topics(deck))
}

/// `2 topics: architecture, pods`.
fn topics(deck: &Deck) -> String {
    let topics: BTreeSet<&str> = deck.cards.iter().map(|card| card.topic.as_str()).collect();
    let shown: Vec<String> = topics.iter().take(8).map(|topic| name(topic)).collect();
    let more = if topics.len() > shown.len() { ", …" } else { "" };
    format!("{}: {}{more}", count(int(topics.len()), "topic"), shown.join(", "))
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
    let turn = |label: &str, page: u32| {
        let line = format!("kquiz deck show deck:{}{topic} page:{page}", quoted(deck.id.as_str()));
        // A button's id holds no more; the page can still be typed.
        (line.chars().count() <= 98).then(|| Control::Button { id: ControlId::Run(line), label: label.into() })
    };
    let before = (page > 1).then(|| turn("◀ Page before", page - 1)).flatten();
    let after = (page < pages).then(|| turn("Next page ▶", page + 1)).flatten();
    before.into_iter().chain(after).collect()
}
