//! `kcard deck`: what an author of decks needs, from a first file to a deck that is right, and what other tools make of it.

mod check;
mod export;
mod import;
mod limits;
mod links;
mod new;
mod preview;
mod stats;
mod trial;

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use super::{Outcome, Settings};
use crate::decks::{self, Decks};

/// What to do with decks.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Say what is wrong and what looks wrong in deck files
    Check(check::Args),
    /// Count cards and questions by topic, level, kind and exam, and say what the exams still lack
    Stats(stats::Args),
    /// Show a card's questions and reveals as each chat platform shows them
    Preview(preview::Args),
    /// Write a commented deck file to begin with
    New(new::Args),
    /// Print the JSON Schema of a deck file, for editors
    Schema,
    /// Make a deck file of another tool's file: Anki, Quizlet, a table, Markdown, plain text
    Import(import::Args),
    /// Write a deck as another tool's file: an Anki package, a table, Markdown
    Export(export::Args),
}

/// Does it.
pub(super) fn run(command: &Command, settings: Settings) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    match command {
        Command::Check(args) => check::run(args, settings, &mut out),
        Command::Stats(args) => stats::run(args, settings, &mut out),
        Command::Preview(args) => preview::run(args, settings, &mut out),
        Command::New(args) => new::run(args, &mut out),
        Command::Schema => {
            out.write_all(decks::schema().as_bytes())?;
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

/// The decks of these files and directories; without any, those that kcard would run with.
fn decks(paths: &[PathBuf], settings: Settings) -> anyhow::Result<Decks> {
    Ok(if paths.is_empty() { Decks::load(&settings.load()?.decks)? } else { Decks::read(paths)? })
}
