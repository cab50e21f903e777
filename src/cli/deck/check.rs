//! `kcard deck check`: everything that is wrong or looks wrong, all at once.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use super::{limits, links};
use crate::{
    cli::{Outcome, Settings},
    decks::{Decks, Files, Severity},
};

/// What to check, and how strictly.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Files and directories; without any, those of the configuration
    paths: Vec<PathBuf>,
    /// Fail where there are warnings, as where there are mistakes
    #[arg(long)]
    deny_warnings: bool,
    /// Ask each source whether it still answers (needs the internet)
    #[arg(long)]
    links: bool,
}

/// Checks, says what was found, and what there is.
pub(super) fn run(args: &Args, settings: Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    // The decks in the binary were checked when it was made.
    let (files, mut decks) = match args.paths.as_slice() {
        [] => (Files::read(&settings.load()?.decks), Decks::embedded()),
        paths => (Files::read(paths), Decks::default()),
    };
    let mut report = files.check();
    limits::check(&mut report);
    if args.links {
        links::check(&mut report)?;
    }
    let found = report.mistakes();
    let warnings = found.iter().filter(|found| found.severity == Severity::Warning).count();
    let mistakes = found.len() - warnings;
    if !found.is_empty() {
        writeln!(io::stderr(), "{}\n", report.rendered())?;
    }
    if mistakes > 0 {
        writeln!(io::stderr(), "kcard: mistakes in these decks: {mistakes}")?;
    }
    if warnings > 0 {
        writeln!(io::stderr(), "kcard: warnings about these decks: {warnings}")?;
    }
    decks.0.extend(report.decks().0.clone());
    for deck in decks.0.values().filter(|_| mistakes == 0) {
        let questions: usize = deck.cards.iter().map(|card| card.questions.len()).sum();
        writeln!(out, "{}: cards {}, questions {questions}, no mistakes", deck.id, deck.cards.len())?;
    }
    let fails = mistakes > 0 || (args.deny_warnings && warnings > 0);
    Ok(if fails { Outcome::Failed } else { Outcome::Well })
}
