//! `kcard deck`: what is wrong with deck files, and what they look like.

use std::{
    io::{self, Write},
    path::PathBuf,
};

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
