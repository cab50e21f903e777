//! Deck files to [`Deck`] and back.

use std::path::PathBuf;

use crate::quiz::{
    deck::{Card, Deck},
    id::{CardId, DeckId},
};

/// All decks that are loaded, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decks(pub std::collections::BTreeMap<DeckId, Deck>);

/// One mistake in a deck file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
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
        todo!()
    }

    /// The embedded decks and those of these files and directories; a deck there replaces an embedded one of the same name.
    pub fn load(paths: &[PathBuf]) -> Result<Self, DeckErrors> {
        let _ = paths;
        todo!()
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

/// Deck directories that are read again when their files change. A broken edit keeps the last good decks.
#[derive(Debug)]
pub struct Watched {}

/// What a look at the files found.
#[derive(Debug)]
pub enum Change {
    /// Nothing new.
    Same,
    /// New decks, whole and good.
    New(Decks),
    /// The files are broken; the last good decks stay. Said once for each state of the files.
    Broken(DeckErrors),
}

impl Watched {
    /// Loads the decks of these paths for the first time.
    pub fn open(paths: Vec<PathBuf>) -> Result<(Self, Decks), DeckErrors> {
        let _ = paths;
        todo!()
    }

    /// Looks whether a file changed (names, sizes and times, then content), and loads if so.
    pub fn look(&mut self) -> Change {
        todo!()
    }
}
