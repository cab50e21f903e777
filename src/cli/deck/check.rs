//! `kcard deck check`: everything that is wrong or looks wrong, all at once.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use super::{limits, links};
use crate::{
    cli::{Outcome, Settings},
    decks::{Decks, Files, Report, Severity},
};

/// What to check, and how strictly.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Files and directories
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
    let files = match args.paths.as_slice() {
        [] => vec![Files::embedded(), Files::read(&settings.load()?.decks)],
        paths => vec![Files::read(paths)],
    };
    let mut reports: Vec<Report<'_>> = files.iter().map(Files::check).collect();
    for report in &mut reports {
        limits::check(report);
        if args.links {
            links::check(report)?;
        }
    }
    let found: Vec<_> = reports.iter_mut().flat_map(Report::mistakes).collect();
    let warnings = found.iter().filter(|found| found.severity == Severity::Warning).count();
    let mistakes = found.len() - warnings;
    for report in reports.iter_mut().filter(|report| !report.is_clean()) {
        writeln!(io::stderr(), "{}\n", report.rendered())?;
    }
    if mistakes > 0 {
        writeln!(io::stderr(), "kcard: mistakes in these decks: {mistakes}")?;
    }
    if warnings > 0 {
        writeln!(io::stderr(), "kcard: warnings about these decks: {warnings}")?;
    }
    let mut decks = Decks::default();
    for report in &reports {
        decks.0.extend(report.decks().0.clone());
    }
    for deck in decks.0.values().filter(|_| mistakes == 0) {
        let questions: usize = deck.cards.iter().map(|card| card.questions.len()).sum();
        writeln!(out, "{}: cards {}, questions {questions}, no mistakes", deck.id, deck.cards.len())?;
    }
    let fails = mistakes > 0 || (args.deny_warnings && warnings > 0);
    Ok(if fails { Outcome::Failed } else { Outcome::Well })
}
