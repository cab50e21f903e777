//! Whether deck files changed since they were last looked at.

use std::path::PathBuf;

use super::{
    DeckErrors, Decks,
    load::{self, Stamp},
    parse,
    report::Source,
};

/// Deck directories that are read again when their files change. A broken edit keeps the last good decks.
#[derive(Debug)]
pub struct Watched {
    paths: Vec<PathBuf>,
    stamps: Vec<Stamp>,
    sources: Vec<Source>,
}

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
        let stamps = load::stamps(&paths);
        let sources = load::sources(&paths);
        let decks = parse::decks(&sources)?;
        Ok((Self { paths, stamps, sources }, Decks::embedded().and(decks)))
    }

    /// Looks whether a file changed (names, sizes and times, then content), and loads if so.
    pub fn look(&mut self) -> Change {
        let stamps = load::stamps(&self.paths);
        if stamps == self.stamps {
            return Change::Same;
        }
        self.stamps = stamps;
        let sources = load::sources(&self.paths);
        if sources == self.sources {
            return Change::Same;
        }
        self.sources = sources;
        match parse::decks(&self.sources) {
            Ok(decks) => Change::New(Decks::embedded().and(decks)),
            Err(errors) => Change::Broken(errors),
        }
    }
}
