//! A deck to files that other tools read. What a format cannot hold stays behind and is said.

mod markdown;
mod table;

use jiff::Timestamp;

use super::{anki, foreign::Format};
use crate::quiz::deck::Deck;

/// A deck as another tool reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many of the deck's questions are not in it.
    pub questions_left_out: usize,
}

/// Why a deck was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Nothing writes this kind of file.
    #[error("kcard writes .apkg, .csv, .tsv and .md files, and no .{}", .0.ending())]
    Format(Format),
    /// The file could not be made.
    #[error("the file could not be made: {0}")]
    Unmade(String),
}

/// Writes a deck. Of its questions Markdown holds those with options, the others none; fronts, backs and ids are whole in all.
pub fn export(deck: &Deck, format: Format, now: Timestamp) -> Result<Exported, ExportError> {
    let unmade = |error: &dyn std::fmt::Display| ExportError::Unmade(error.to_string());
    let bytes = match format {
        Format::Anki => anki::write(deck, now).map_err(|error| unmade(&error))?,
        Format::Csv => table::write(deck, b',').map_err(|error| unmade(&error))?,
        Format::Tsv => table::write(deck, b'\t').map_err(|error| unmade(&error))?,
        Format::Markdown => markdown::write(deck).into_bytes(),
        Format::Text => return Err(ExportError::Format(format)),
    };
    let questions = deck.cards.iter().flat_map(|card| &card.questions);
    let is_left_out = |has_options: bool| !(has_options && format == Format::Markdown);
    let questions_left_out = questions.filter(|question| is_left_out(question.body.kind().has_options())).count();
    Ok(Exported { bytes, questions_left_out })
}
