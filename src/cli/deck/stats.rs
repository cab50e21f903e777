//! `kcard deck stats`: how many cards and questions there are, by topic, level, kind and exam, and which competencies of the exams
//! that a deck is about still have too few.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::PathBuf,
};

use comfy_table::{CellAlignment, Table, presets};

use crate::{
    cli::{Outcome, Settings},
    decks::exams,
    quiz::deck::{Card, Deck},
};

/// As many cards make a competency covered.
const COVERED: usize = 3;

/// Which decks.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Deck files and directories; without any, the decks that kcard would run with
    paths: Vec<PathBuf>,
}

/// Prints the counts of each deck.
pub(super) fn run(args: &Args, settings: Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    for deck in super::decks(&args.paths, settings)?.0.values() {
        writeln!(out, "{}: cards {}, questions {}", deck.id, deck.cards.len(), questions(&deck.cards))?;
        writeln!(out, "{}", counts("Topic", groups(deck, |card| [card.topic.clone()].into())))?;
        writeln!(out, "{}", counts("Level", groups(deck, |card| [card.level.get().to_string()].into())))?;
        writeln!(out, "{}", kinds(deck))?;
        write_exams(deck, out)?;
    }
    Ok(Outcome::Well)
}

/// The cards of each group, a card in as many as it belongs to.
fn groups(deck: &Deck, of: impl Fn(&Card) -> BTreeSet<String>) -> BTreeMap<String, Vec<&Card>> {
    let mut groups: BTreeMap<String, Vec<&Card>> = BTreeMap::new();
    for card in &deck.cards {
        for group in of(card) {
            groups.entry(group).or_default().push(card);
        }
    }
    groups
}

fn questions<'c>(cards: impl IntoIterator<Item = &'c Card>) -> usize {
    cards.into_iter().map(|card| card.questions.len()).sum()
}

fn counts(title: &str, groups: BTreeMap<String, Vec<&Card>>) -> Table {
    let row = |(group, cards): (String, Vec<&Card>)| [group, cards.len().to_string(), questions(cards).to_string()];
    table([title, "Cards", "Questions"], groups.into_iter().map(row))
}

/// Here the questions of each kind are counted, and the cards that have one.
fn kinds(deck: &Deck) -> Table {
    let kind = |card: &Card| card.questions.iter().map(|question| question.body.kind().word().to_owned()).collect();
    let row = |(kind, cards): (String, Vec<&Card>)| {
        let all = cards.iter().flat_map(|card| &card.questions);
        let questions = all.filter(|question| question.body.kind().word() == kind).count();
        [kind, cards.len().to_string(), questions.to_string()]
    };
    table(["Kind", "Cards", "Questions"], groups(deck, kind).into_iter().map(row))
}

/// By the domains of the exams that the deck is about, and what those lack; nothing where its cards name none.
fn write_exams(deck: &Deck, out: &mut impl Write) -> anyhow::Result<()> {
    let named = groups(deck, |card| card.exams.iter().cloned().collect());
    let about: BTreeSet<&str> = named.keys().map(|id| exam(id)).collect();
    if about.is_empty() {
        return Ok(());
    }
    let cards = |id: &str| named.get(id).map_or(0, Vec::len);
    let all: Vec<&str> = exams().filter(|id| about.contains(exam(id))).collect();
    let domains = groups(deck, |card| card.exams.iter().map(|id| domain(id).to_owned()).collect());
    let mut order: Vec<&str> = all.iter().map(|id| domain(id)).collect();
    order.dedup();
    let rows = order.into_iter().map(|name| {
        let found = domains.get(name).map_or(&[][..], Vec::as_slice);
        let ids: Vec<&&str> = all.iter().filter(|id| domain(id) == name).collect();
        let covered = ids.iter().filter(|id| cards(id) >= COVERED).count();
        let questions = questions(found.iter().copied()).to_string();
        [name.to_owned(), found.len().to_string(), questions, format!("{covered} of {}", ids.len())]
    });
    writeln!(out, "{}", table(["Exam", "Cards", "Questions", "Covered"], rows))?;
    let lacking: Vec<_> = all.into_iter().filter(|id| cards(id) < COVERED).collect();
    if lacking.is_empty() {
        writeln!(out, "Every competency of these exams has {COVERED} cards or more.")?;
        return Ok(());
    }
    writeln!(out, "Competencies with fewer than {COVERED} cards:")?;
    for id in lacking {
        writeln!(out, "  {id}: {}", cards(id))?;
    }
    Ok(())
}

/// `cka` of `cka/storage/pv-pvc`.
fn exam(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

/// `cka/storage` of `cka/storage/pv-pvc`.
fn domain(id: &str) -> &str {
    id.rsplit_once('/').map_or(id, |(domain, _)| domain)
}

fn table<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(header);
    rows.into_iter().for_each(|row| _ = table.add_row(row));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}
