//! Decks that hosts add: what became of a file, and what is wrong with one.

use std::collections::BTreeMap;

use super::topics;
use crate::{
    chat::{
        post::Reply,
        upload::Upload,
        words::text::{self, BREAK, code, count, entries, int, name, paragraphs, plain, shorten},
    },
    quiz::{
        deck::{Changes, Deck},
        id::{CardId, DeckId},
    },
};

/// Something that is wrong, or looks wrong, in a deck file.
#[derive(Debug, Clone, Copy)]
pub struct Finding<'a> {
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What it is, and what would be right.
    pub what: &'a str,
}

/// Cards named of each kind of change, and warnings.
const NAMED: usize = 5;

/// It is stored as this version. `changes` to the version before, where there was one; `silent` are the schedules that cannot ask from it
/// any more, and why.
pub fn added(
    deck: &Deck,
    version: i64,
    changes: Option<&Changes>,
    silent: &[(String, String)],
    warnings: &[Finding<'_>],
) -> Reply {
    let id = name(deck.id.as_str());
    let head = match changes {
        None => format!("🗂 **Deck {id}** is added, version {version}."),
        Some(changes) => format!("🗂 **Deck {id}** is version {version} now: {}.", changed(changes)),
    };
    let silent = silent.iter().map(|(schedule, why)| {
        format!(
            "⚠️ Schedule **{}** cannot ask from it: {}.",
            name(schedule),
            plain(&shorten(why.trim_end_matches('.'), 200))
        )
    });
    let silent: Vec<String> = silent.take(NAMED).collect();
    let use_it = format!(
        "{} asks from it now, {} regularly.",
        code(&format!("/kquiz ask deck:{}", deck.id)),
        code("/kquiz schedule add")
    );
    Reply::private(paragraphs([head, preview(deck), silent.join(BREAK), warned(warnings), use_it]))
}

/// A file was only checked, and it is in order. `is_taken`: the process has a deck of its name.
pub fn in_order(deck: &Deck, changes: Option<&Changes>, is_taken: bool, warnings: &[Finding<'_>]) -> Reply {
    let head = format!("🗂 **Deck {}** is in order.", name(deck.id.as_str()));
    let next = match (is_taken, changes) {
        (true, _) => format!("It cannot be added, though: {}", taken(&deck.id)),
        (false, None) => format!("Nothing is stored; {} adds it.", code("/kquiz deck add")),
        (false, Some(changes)) => {
            format!(
                "Nothing is stored; {} would make it the next version: {}.",
                code("/kquiz deck add"),
                changed(changes)
            )
        }
    };
    Reply::private(paragraphs([head, preview(deck), warned(warnings), next]))
}

/// What is in a deck: how much, of what, and its first question.
fn preview(deck: &Deck) -> String {
    let mut kinds = BTreeMap::new();
    for question in deck.cards.iter().flat_map(|card| &card.questions) {
        *kinds.entry(question.body.kind()).or_insert(0_usize) += 1;
    }
    let of_kind: Vec<String> = kinds.iter().map(|(kind, number)| format!("{number} {}", kind.word())).collect();
    let of_kind = match of_kind[..] {
        [] => format!(": only {} shows them", code("/kcard")),
        _ => format!(" ({})", of_kind.join(", ")),
    };
    let first = deck.cards.iter().find_map(|card| Some((card, card.questions.first()?)));
    let first = first.map(|(card, question)| question.ask.as_deref().unwrap_or(&card.front));
    let lines = [
        format!("{}, {}{of_kind}", count(int(deck.cards.len()), "card"), count(int(kinds.values().sum()), "question")),
        topics(deck),
        first.map(|ask| format!("First question: {}", plain(&shorten(&text::one_line(ask), 200)))).unwrap_or_default(),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(BREAK)
}

fn changed(changes: &Changes) -> String {
    let Changes { added, changed, gone } = changes;
    let new = count(int(added.len()), "new card");
    let parts: Vec<String> =
        [(added, new), (changed, format!("{} changed", changed.len())), (gone, format!("{} gone", gone.len()))]
            .into_iter()
            .filter(|(cards, _)| !cards.is_empty())
            .map(|(cards, how)| format!("{how} ({})", few(cards)))
            .collect();
    if parts.is_empty() {
        return "no card is other than before".into();
    }
    let kept = if changed.is_empty() && gone.is_empty() { "" } else { "; answers to what was asked before stay" };
    format!("{}{kept}", text::list(&parts, "and"))
}

fn few(cards: &[CardId]) -> String {
    let mut named: Vec<String> = cards.iter().take(NAMED).map(|card| name(card.as_str())).collect();
    if cards.len() > NAMED {
        named.push("…".into());
    }
    named.join(", ")
}

fn finding(Finding { line, column, what }: &Finding<'_>) -> String {
    let place = if *line == 0 { String::new() } else { format!("line {line}, column {column}: ") };
    format!("{place}{}", plain(&shorten(what, 300)))
}

/// What looks wrong although it is taken.
fn warned(warnings: &[Finding<'_>]) -> String {
    if warnings.is_empty() {
        return String::new();
    }
    let mut lines = vec![format!("⚠️ {} that you may want to look at:", count(int(warnings.len()), "place"))];
    lines.extend(warnings.iter().take(NAMED).map(finding));
    if warnings.len() > NAMED {
        lines.push(format!("and {} more; {} lists them", warnings.len() - NAMED, code("kcard deck check")));
    }
    lines.join(BREAK)
}

/// A file that is no deck: every mistake, as many as fit.
pub fn broken(file: &str, mistakes: &[Finding<'_>]) -> Reply {
    let lines: Vec<String> = mistakes.iter().map(finding).collect();
    Reply::private(format!(
        "Nothing is changed. {} in {}:\n\n{}",
        count(int(lines.len()), "mistake"),
        text::typed(file),
        entries(&lines, BREAK)
    ))
}

/// A command for a file was given without one.
pub fn no_file() -> Reply {
    Reply::private("Attach the deck file, or paste its text. It is YAML; kcard's documentation shows one.")
}

/// A file has more bytes than are taken.
pub fn too_large() -> Reply {
    Reply::private(format!(
        "Nothing is changed: a deck file has at most {} MB. Make two decks of it.",
        Upload::LARGEST / 1_000_000
    ))
}

/// A file has more cards than are taken.
pub fn too_many_cards(cards: usize, most: usize) -> Reply {
    Reply::private(format!(
        "Nothing is changed: these are {cards} cards, and a deck has at most {most}. Make two decks of it."
    ))
}

/// A platform did not give out the file that it had announced.
pub fn not_fetched() -> Reply {
    Reply::private("Nothing is changed: I could not fetch the file. Please attach it again in a moment.")
}

/// The space has as many decks as it may have.
pub fn full(most: i64) -> Reply {
    Reply::private(format!(
        "Nothing is changed: this space has {most} decks of its own, and no more are taken. {} makes room.",
        code("/kquiz deck remove")
    ))
}

/// The same file is there already.
pub fn same(deck: &DeckId, version: i64) -> Reply {
    Reply::private(format!(
        "Nothing is changed: this very file is **deck {}**, version {version}.",
        name(deck.as_str())
    ))
}

/// A file names a deck that the process has, which chat cannot change.
pub fn not_yours(deck: &DeckId) -> Reply {
    Reply::private(format!("Nothing is changed: {}", taken(deck)))
}

fn taken(deck: &DeckId) -> String {
    format!("{} Give this one another name, in its line {}.", ours(deck), code("deck:"))
}

/// A deck of the process was to be removed.
pub fn not_removed(deck: &DeckId) -> Reply {
    Reply::private(format!("Nothing is changed: {}", ours(deck)))
}

fn ours(deck: &DeckId) -> String {
    format!(
        "**{}** is a deck that kcard came with or was started with, and chat does not change those.",
        name(deck.as_str())
    )
}

/// It is not removed while schedules ask from it.
pub fn in_use(deck: &DeckId, schedules: &[String]) -> Reply {
    let names: Vec<String> = schedules.iter().take(20).map(|schedule| format!("**{}**", name(schedule))).collect();
    let (what, ask) = if names.len() == 1 { ("schedule", "asks") } else { ("schedules", "ask") };
    Reply::private(format!(
        "Nothing is changed: the {what} {} {ask} from deck **{}**. Remove what asks first.",
        text::list(&names, "and"),
        name(deck.as_str())
    ))
}

/// It is gone.
pub fn removed(deck: &DeckId) -> Reply {
    Reply::private(format!(
        "**Deck {}** is removed. What it asked stays in the standings, and its open questions are played to their end.",
        name(deck.as_str())
    ))
}
