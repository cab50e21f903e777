//! Deck files to [`Deck`]: which there are, what is wrong with them, and whether they changed; and the files of other tools to
//! deck files and back. Knows the rules of the game and nothing of rounds, store or chat.
//!
//! A text becomes a tree with places (`yaml`, `node`), is held against the schema (`shape`, `schema`) and what a schema cannot
//! say (`rules`), and only then becomes cards (`format`, `texts`, `parse`); what is wrong is gathered and shown by `report`.
//! For an author, `check` adds what looks wrong although it loads (`warnings`).
//!
//! Another tool's file (`foreign`) is read by `import` or `anki` into drafts, and what the loader takes of them is written as a deck
//! file (`write`); `export` makes such files. `html` and `markup` turn texts into Markdown.

mod anki;
mod check;
mod export;
mod foreign;
mod format;
mod handed;
#[cfg(test)]
mod hostile_tests;
mod html;
mod import;
mod load;
mod markup;
mod node;
mod parse;
mod report;
mod rules;
mod schema;
mod shape;
#[cfg(test)]
mod tests;
mod texts;
mod warnings;
mod watch;
mod write;
mod yaml;

use std::{path::PathBuf, sync::LazyLock};

pub use check::{Files, Part, Report};
pub use export::{ExportError, Exported, export};
pub use foreign::{Format, NoFormat};
pub use handed::Handed;
pub use import::{Hint, Imported, MAX_FILE, Refused, Remark, import};
pub use schema::schema;
pub use texts::exams;
pub use watch::{Change, Watched};
pub use write::patch;

use crate::quiz::{
    deck::{Card, Deck},
    id::{CardId, DeckId},
};

/// The deck files in the binary.
#[derive(rust_embed::Embed)]
#[folder = "cards/"]
struct Cards;

/// All decks that are loaded, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decks(pub std::collections::BTreeMap<DeckId, Deck>);

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The file does not load.
    Error,
    /// It loads, but the author should look at it.
    Warning,
}

/// One mistake in a deck file, or what looks like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// How bad it is; what keeps decks from loading are errors only.
    pub severity: Severity,
    /// The file as it was named.
    pub file: String,
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// The mistakes of a load, all at once, with what is needed to show them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{rendered}")]
pub struct DeckErrors {
    /// Every mistake, in the order of the files.
    pub mistakes: Vec<Mistake>,
    /// As a compiler shows them: file, line, column, the line itself, what is wrong, what would be right.
    pub rendered: String,
}

impl Decks {
    /// The decks in the binary.
    ///
    /// # Panics
    /// Never in a released binary: a test loads them.
    pub fn embedded() -> Self {
        static EMBEDDED: LazyLock<Decks> = LazyLock::new(|| Files::embedded().decks().expect("a test loads them"));
        EMBEDDED.clone()
    }

    /// The embedded decks and those of these files and directories; a deck there replaces an embedded one of the same name.
    pub fn load(paths: &[PathBuf]) -> Result<Self, DeckErrors> {
        Ok(Self::embedded().and(Self::read(paths)?))
    }

    /// The decks of these files and directories, and no others.
    pub fn read(paths: &[PathBuf]) -> Result<Self, DeckErrors> {
        Files::read(paths).decks()
    }

    /// These decks, and the others in place of those of the same name.
    fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// A deck.
    pub fn deck(&self, id: &DeckId) -> Option<&Deck> {
        self.0.get(id)
    }

    /// A card of any deck.
    pub fn card(&self, id: &CardId) -> Option<(&Deck, &Card)> {
        self.0.values().find_map(|deck| deck.card(id).map(|card| (deck, card)))
    }
}
