//! Deck files as their author has them checked: the mistakes that keep them from loading, and what looks wrong although they load.

use std::{borrow::Cow, mem, ops::Range, path::PathBuf, ptr};

use super::{
    Cards, Decks, Mistake, Severity, load,
    node::Node,
    parse::{self, Read},
    report::{Fault, Place, Source, render},
    warnings,
};
use crate::quiz::id::{CardId, DeckId};

/// Deck files as they were read.
#[derive(Debug)]
pub struct Files(pub(super) Vec<Source>);

/// What is to be said of deck files. A file with mistakes is looked at for warnings when they are mended.
#[derive(Debug)]
pub struct Report<'s> {
    sources: &'s [Source],
    read: Read<'s>,
    faults: Vec<Fault<'s>>,
}

/// A part of a card; questions and sources are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The explanation.
    Back,
    /// A source.
    Source(usize),
    /// The wording of a question: its own, or the card's front.
    Ask(usize),
    /// Why the nearest wrong answer of a question is wrong.
    Why(usize),
    /// An option of a question, in its words.
    Option(usize, String),
}

impl Files {
    /// The files of these paths and directories. What cannot be read is among them, and the report says why.
    pub fn read(paths: &[PathBuf]) -> Self {
        Self(load::sources(paths))
    }

    /// The files in the binary.
    pub(super) fn embedded() -> Self {
        let source = |name: Cow<'_, str>| {
            let file = Cards::get(&name)?;
            Some(load::decoded(format!("cards/{name}"), file.data.into_owned()))
        };
        Self(Cards::iter().filter(|name| name.ends_with(".yaml")).filter_map(source).collect())
    }

    /// Their decks, whole and good, or every mistake.
    pub(super) fn decks(&self) -> Result<Decks, super::DeckErrors> {
        parse::decks(&self.0)
    }

    /// Looks for everything that is or looks wrong.
    pub fn check(&self) -> Report<'_> {
        let mut read = parse::read(&self.0);
        let mut faults = mem::take(&mut read.mistakes);
        faults.extend(warnings::of(&read));
        Report { sources: &self.0, read, faults }
    }
}

impl Report<'_> {
    /// The cards of the files without mistakes.
    pub fn decks(&self) -> &Decks {
        &self.read.decks
    }

    /// Notes one more warning, about a card of these files.
    pub fn warn(&mut self, deck: &DeckId, card: &CardId, part: &Part, wrong: impl Into<String>, right: &str) {
        for file in self.read.files.iter().filter(|file| file.deck == *deck) {
            let Some((_, node)) = self.read.cards(file).find(|(known, _)| known.id == *card) else { continue };
            let place = Place { source: file.source, at: Some(part.place(node)) };
            let (wrong, right) = (wrong.into(), right.to_owned());
            self.faults.push(Fault { severity: Severity::Warning, place, wrong, right, also: None });
            return;
        }
    }

    /// Everything that was found, in the order of the files.
    pub fn mistakes(&mut self) -> Vec<Mistake> {
        self.sort();
        self.faults.iter().map(Mistake::from).collect()
    }

    /// The same as a compiler shows it.
    pub fn rendered(&mut self) -> String {
        self.sort();
        render(&self.faults)
    }

    fn sort(&mut self) {
        let sources = self.sources;
        self.faults.sort_by_cached_key(|fault| {
            let file = sources.iter().position(|source| ptr::eq(source, fault.place.source));
            (file, fault.place.at.as_ref().map_or(usize::MAX, |at| at.start))
        });
    }
}

impl Part {
    /// Where it stands in the card's tree; what is not there stands where the card begins.
    fn place(&self, card: &Node) -> Range<usize> {
        let question = |number: &usize| card.list("questions").get(*number).and_then(Node::only);
        let found = match self {
            Self::Back => card.get("back"),
            Self::Source(number) => card.list("sources").get(*number),
            Self::Ask(number) => question(number).and_then(|question| question.get("ask")).or(card.get("front")),
            Self::Why(number) => question(number).and_then(|question| question.get("why")),
            Self::Option(number, text) => question(number).and_then(|question| {
                let mut options = ["answer", "answers", "others"].into_iter().filter_map(|key| question.get(key));
                options.find_map(|node| node.texts().find(|(_, option)| *option == text.as_str()).map(|(node, _)| node))
            }),
        };
        found.unwrap_or(card).point()
    }
}
