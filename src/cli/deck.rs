//! `kcard deck`: what is wrong with deck files, what they look like, and what other tools make of them.

mod export;
mod import;

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use super::{Outcome, Settings};
use crate::decks::{self, DeckErrors, Decks};

/// What to do with decks.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Check deck files and directories; without any, the decks that kcard would run with
    Check {
        /// Files and directories
        paths: Vec<PathBuf>,
    },
    /// Print the JSON Schema of a deck file, for editors
    Schema,
    /// Make a deck file of another tool's file: Anki, Quizlet, a table, Markdown, plain text
    Import(import::Args),
    /// Write a deck as another tool's file: an Anki package, a table, Markdown
    Export(export::Args),
}

/// Does it.
pub(super) fn run(command: &Command, settings: Settings) -> anyhow::Result<Outcome> {
    match command {
        Command::Check { paths } if paths.is_empty() => report(Decks::load(&settings.load()?.decks)),
        Command::Check { paths } => report(Decks::read(paths)),
        Command::Schema => {
            io::stdout().write_all(decks::schema().as_bytes())?;
            Ok(Outcome::Well)
        }
        Command::Import(args) => import::run(args),
        Command::Export(args) => export::run(args, settings),
    }
}

/// Writes a file that is not there yet, or is to be overwritten.
fn write_new(path: &Path, bytes: &[u8], force: bool) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).create_new(!force);
    match options.open(path).and_then(|mut file| file.write_all(bytes)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            bail!("{}: there is such a file; --force overwrites it", path.display())
        }
        written => written.with_context(|| format!("{} cannot be written", path.display())),
    }
}

/// Says what is wrong, or what there is.
fn report(decks: Result<Decks, DeckErrors>) -> anyhow::Result<Outcome> {
    match decks {
        Ok(Decks(decks)) => {
            for deck in decks.values() {
                let questions: usize = deck.cards.iter().map(|card| card.questions.len()).sum();
                let cards = deck.cards.len();
                writeln!(io::stdout(), "{}: cards {cards}, questions {questions}, no mistakes", deck.id)?;
            }
            Ok(Outcome::Well)
        }
        Err(errors) => {
            let count = errors.mistakes.len();
            writeln!(io::stderr(), "{errors}\n\nkcard: mistakes in these decks: {count}")?;
            Ok(Outcome::Failed)
        }
    }
}
