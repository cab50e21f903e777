//! `kcard deck export`: a deck to a file that another tool reads.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use anyhow::{Context as _, anyhow, bail};

use super::{Outcome, Settings, write_new};
use crate::{
    clock::{Clock, SystemClock},
    decks::{self, Decks, Format},
    quiz::{deck::Deck, id::DeckId, nearest::nearest},
};

/// A deck, and where it goes.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// A deck that kcard would run with, by name; or a deck file, or a directory with the files of one deck
    deck: String,
    /// The file to write; its ending says which kind: .apkg, .csv, .tsv or .md
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Overwrite the file if there is one
    #[arg(long)]
    force: bool,
}

/// Does it.
pub(super) fn run(args: &Args, settings: Settings) -> anyhow::Result<Outcome> {
    let to = args.to.display().to_string();
    let format = Format::of(&to).with_context(|| format!("{to}: kcard writes .apkg, .csv, .tsv and .md files"))?;
    let path = PathBuf::from(&args.deck);
    let found = if path.exists() { Decks::read(&[path]) } else { Decks::load(&settings.load()?.decks) };
    let decks = match found {
        Ok(decks) => decks,
        Err(errors) => {
            writeln!(io::stderr(), "{errors}")?;
            return Ok(Outcome::Failed);
        }
    };
    let deck = chosen(&decks, &args.deck)?;
    let exported = decks::export(deck, format, SystemClock.now())?;
    write_new(&args.to, &exported.bytes, args.force)?;
    writeln!(io::stderr(), "{to}: cards {}", deck.cards.len())?;
    if exported.questions_left_out > 0 {
        writeln!(io::stderr(), "questions that .{} does not hold: {}", format.ending(), exported.questions_left_out)?;
    }
    Ok(Outcome::Well)
}

/// The deck of that name; the only one that there is, where a path was named.
fn chosen<'d>(decks: &'d Decks, name: &str) -> anyhow::Result<&'d Deck> {
    if let Some(deck) = decks.deck(&DeckId::new(name)) {
        return Ok(deck);
    }
    let names: Vec<_> = decks.0.keys().map(DeckId::as_str).collect();
    match decks.0.values().collect::<Vec<_>>().as_slice() {
        [deck] if PathBuf::from(name).exists() => Ok(deck),
        _ if PathBuf::from(name).exists() => bail!("{name} holds several decks ({}): name one file", names.join(", ")),
        _ => Err(match nearest(name, names.iter().copied()) {
            Some(near) => anyhow!("there is no deck `{name}`; did you mean `{near}`?"),
            None => anyhow!("there is no deck `{name}`, and no such file; there is {}", names.join(", ")),
        }),
    }
}
