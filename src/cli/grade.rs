//! `kcard grade`: marks texts against a typed question of a card, as a round would.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Write},
};

use anyhow::{anyhow, bail};
use rand::{SeedableRng, rngs::ChaCha8Rng};
use serde::{Deserialize, Serialize};

use super::{Outcome, card};
use crate::{
    config::Config,
    decks::Decks,
    quiz::{asked::Asked, grade, question::Question, verdict::Verdict},
};

/// What to mark.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The card's id
    #[arg(required_unless_present = "jsonl")]
    card: Option<String>,
    /// The answer
    #[arg(required_unless_present = "jsonl")]
    text: Option<String>,
    /// Which of the card's questions, counted from 1 [default: its first typed one]
    #[arg(long, value_name = "NUMBER")]
    question: Option<u16>,
    /// Read objects {"card": …, "question": …, "answer": …} from the input, one a line, and write one with the marks for each;
    /// without "question" it is the card's first typed one
    #[arg(long, conflicts_with_all = ["card", "text", "question"])]
    jsonl: bool,
}

/// Marks the one text, or every line of the input.
pub(super) fn run(config: &Config, args: &Args) -> anyhow::Result<Outcome> {
    let decks = Decks::load(&config.decks)?;
    let mut out = io::stdout().lock();
    let (Some(card), Some(text)) = (&args.card, &args.text) else {
        return lines(&decks, io::stdin().lock(), &mut out);
    };
    let asked = asked(&decks, card, args.question)?;
    let verdict = verdict(&asked, text);
    writeln!(out, "{}\n{} answer: credit {}", asked.ask, asked.kind().word(), verdict.credit.fraction())?;
    for (what, terms) in [("found", &verdict.found), ("missing", &verdict.missing), ("wrong", &verdict.wrong)] {
        if !terms.is_empty() {
            writeln!(out, "{what}: {}", terms.join(", "))?;
        }
    }
    Ok(Outcome::Well)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    card: String,
    question: Option<u16>,
    answer: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Marked {
    Well { card: String, answer: String, credit: f64, found: Vec<String>, missing: Vec<String>, wrong: Vec<String> },
    Wrong { error: String, line: usize },
}

/// One line out for each line in; a line that cannot be marked says why in its place.
fn lines(decks: &Decks, input: impl BufRead, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Well;
    for (number, line) in (1..).zip(input.split(b'\n')) {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let marked = mark(decks, &line).unwrap_or_else(|error| {
            outcome = Outcome::Failed;
            Marked::Wrong { error: error.to_string(), line: number }
        });
        serde_json::to_writer(&mut *out, &marked).map_err(io::Error::from)?;
        writeln!(out)?;
    }
    Ok(outcome)
}

fn mark(decks: &Decks, line: &[u8]) -> anyhow::Result<Marked> {
    let Line { card, question, answer } = serde_json::from_slice(line).map_err(|error| {
        anyhow!("not an object of a card and an answer ({error}): write {{\"card\": \"…\", \"answer\": \"…\"}}")
    })?;
    let Verdict { credit, found, missing, wrong } = verdict(&asked(decks, &card, question)?, &answer);
    Ok(Marked::Well { card, answer, credit: credit.fraction(), found, missing, wrong })
}

/// A text that says nothing uses no attempt in a round; here it is an answer that lacks everything.
fn verdict(asked: &Asked, text: &str) -> Verdict {
    let nothing = || Verdict { missing: asked.right(), ..Verdict::default() };
    grade::text(asked, text).unwrap_or_else(nothing)
}

/// The card's question of that number, counted from 1, or its first typed one, as a round would store it.
fn asked(decks: &Decks, id: &str, number: Option<u16>) -> anyhow::Result<Asked> {
    let (deck, card) = card(decks, id)?;
    let typed = (1..).zip(&card.questions).filter(|(_, question)| grade::is_typed(question.body.kind()));
    let typed: BTreeMap<u16, &Question> = typed.collect();
    let found = match number {
        Some(number) => typed.get_key_value(&number),
        None => typed.first_key_value(),
    };
    let Some((&number, question)) = found else {
        let numbers: Vec<String> = typed.keys().map(u16::to_string).collect();
        match number {
            Some(number) if !numbers.is_empty() => {
                bail!("the card `{id}` has no typed question {number}: typed are {}", numbers.join(", "))
            }
            _ => bail!("the card `{id}` has no typed question"),
        }
    };
    // The seed shuffles options, and a typed question has none.
    Ok(Asked::new(deck, card, number - 1, question, &mut ChaCha8Rng::seed_from_u64(0)))
}
