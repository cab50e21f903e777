//! The kinds of file that other tools read and write.

use std::{path::Path, str::FromStr};

/// A kind of file that decks come from and go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// An Anki package: `.apkg`.
    Anki,
    /// A table with commas: `.csv`.
    Csv,
    /// A table with tabs, as Quizlet and Anki's text export make it: `.tsv`.
    Tsv,
    /// Markdown: `.md`.
    Markdown,
    /// Plain text: `.txt`.
    Text,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Anki, Self::Csv, Self::Tsv, Self::Markdown, Self::Text];

    /// The ending of such a file, without the dot; also its name on the command line.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Anki => "apkg",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Markdown => "md",
            Self::Text => "txt",
        }
    }

    /// What a file of that name is, by its ending.
    pub fn of(name: &str) -> Option<Self> {
        let ending = Path::new(name).extension()?.to_str()?.to_lowercase();
        match ending.as_str() {
            "colpkg" => Some(Self::Anki),
            "markdown" => Some(Self::Markdown),
            ending => ending.parse().ok(),
        }
    }
}

/// No kind of file has this ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is apkg, csv, tsv, md and txt")]
pub struct NoFormat;

impl FromStr for Format {
    type Err = NoFormat;

    fn from_str(ending: &str) -> Result<Self, NoFormat> {
        Self::ALL.into_iter().find(|format| format.ending() == ending).ok_or(NoFormat)
    }
}
