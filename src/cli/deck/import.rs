//! `kcard deck import`: another tool's file to a deck file, and what of it could not be taken.

use std::{
    fmt::Write as _,
    fs::File,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use super::{Outcome, write_new};
use crate::{
    decks::{self, Format, Hint, Imported, Remark},
    quiz::deck::Level,
};

/// A file of another tool.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// An Anki package (.apkg), a table (.csv, .tsv; Anki's text export, Quizlet's), Markdown (.md) or plain text (.txt)
    file: PathBuf,
    /// The deck's name, in place of the file's own
    #[arg(long, value_name = "NAME")]
    deck: Option<String>,
    /// The cards' topic [default: the deck's name]
    #[arg(long)]
    topic: Option<String>,
    /// How hard the cards are that do not say so, 1 to 5 [default: 3]
    #[arg(long, value_parser = level)]
    level: Option<Level>,
    /// The https address that cards without a link of their own are from
    #[arg(long, value_name = "URL")]
    source: Option<String>,
    /// What the file is, where its name does not say so: apkg, csv, tsv, md, txt
    #[arg(long, value_name = "KIND")]
    from: Option<Format>,
    /// The deck file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Overwrite the deck file if there is one
    #[arg(long)]
    force: bool,
}

fn level(text: &str) -> Result<Level, &'static str> {
    text.parse().ok().and_then(Level::new).ok_or("a level is a number from 1 to 5")
}

/// Does it.
pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let name = args.file.display().to_string();
    let bytes = bytes(&args.file).with_context(|| name.clone())?;
    let hint = Hint {
        name: &name,
        format: args.from,
        deck: args.deck.as_deref(),
        topic: args.topic.as_deref(),
        level: args.level,
        source: args.source.as_deref(),
    };
    match decks::import(&bytes, &hint) {
        Ok(imported) => {
            match &args.out {
                Some(path) => write_new(path, imported.yaml.as_bytes(), args.force)?,
                None => io::stdout().write_all(imported.yaml.as_bytes())?,
            }
            say(&imported.remarks)?;
            writeln!(io::stderr(), "{}", summary(&imported))?;
            Ok(Outcome::Well)
        }
        Err(refused) => {
            say(&refused.remarks)?;
            writeln!(io::stderr(), "kcard: {name}: {refused}")?;
            Ok(Outcome::Failed)
        }
    }
}

/// A file's bytes; never more of them than are looked at.
fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let file = File::open(path).context("this cannot be read")?;
    if !file.metadata()?.is_file() {
        bail!("this is not a file");
    }
    let mut bytes = Vec::new();
    file.take(decks::MAX_FILE as u64 + 1).read_to_end(&mut bytes).context("this cannot be read")?;
    Ok(bytes)
}

fn say(remarks: &[Remark]) -> io::Result<()> {
    remarks.iter().try_for_each(|remark| writeln!(io::stderr(), "{remark}"))
}

/// What became of the cards, in a line.
fn summary(Imported { deck, remarks, .. }: &Imported) -> String {
    let questions: usize = deck.cards.iter().map(|card| card.questions.len()).sum();
    let unasked = deck.cards.iter().filter(|card| card.questions.is_empty()).count();
    let unsourced = deck.cards.iter().filter(|card| card.sources.is_empty()).count();
    let refused = remarks.iter().filter(|remark| !remark.taken).count();
    let mut line = format!("{}: cards {}, questions {questions}, not taken {refused}", deck.id, deck.cards.len());
    if unasked > 0 {
        let _ = write!(line, "\nwithout a question, shown only by /kcard: {unasked}; write questions for them");
    }
    if unsourced > 0 {
        let _ = write!(line, "\nwithout a source: {unsourced}; --source names one for all of them");
    }
    line
}
