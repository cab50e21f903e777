//! `kcard deck preview`: a card's questions and their reveals, as each chat platform shows them.

use std::{io::Write, path::PathBuf};

use clap::builder::PossibleValuesParser;

use super::trial;
use crate::{
    chat::{Post, discord, slack, web, words},
    cli::{Outcome, Settings, card},
};

/// A chat platform, and what it makes of a post.
type Face = (&'static str, fn(&Post) -> String);
const FACES: [Face; 3] = [("discord", discord::preview), ("slack", slack::preview), ("web", web::preview)];

/// Which card, and where.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The card's id
    card: String,
    /// Deck files and directories; without any, the decks that kcard would run with
    paths: Vec<PathBuf>,
    /// Only this chat platform
    #[arg(long, value_parser = PossibleValuesParser::new(FACES.map(|(name, _)| name)))]
    face: Option<String>,
}

/// Shows it.
pub(super) fn run(args: &Args, settings: Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let decks = super::decks(&args.paths, settings)?;
    let (deck, card) = card(&decks, &args.card)?;
    let rules = trial::rules();
    let questions = trial::questions(deck, card);
    if questions.is_empty() {
        writeln!(out, "{}\n\n{}\n\nThis card has no question: only /kcard shows it.", card.front, card.back.trim())?;
    }
    for (face, shown) in FACES.iter().filter(|(name, _)| args.face.as_ref().is_none_or(|only| only == name)) {
        for asked in &questions {
            let round = trial::round(asked, &rules);
            let which = format!("question {} of {}, {}", asked.number + 1, questions.len(), asked.kind().word());
            writeln!(out, "━━ {face}: {which}\n\n{}\n", shown(&words::question(&round)))?;
            writeln!(out, "━━ {face}: its reveal\n\n{}\n", shown(&words::reveal(&round, &[])))?;
        }
    }
    Ok(Outcome::Well)
}
