//! Files that other tools made, to a deck file. Each kind of file has a reader, which makes drafts of cards; what becomes of a
//! draft is decided in one place (`take`), by the loader itself. Bounded whatever comes in, and nothing is written anywhere.

mod cut;
mod draft;
mod id;
mod markdown;
mod table;
mod take;
mod text;

use std::fmt;

pub(super) use draft::{Draft, Found, NO_CLOZE, OURS};
pub(super) use table::{BACK, FRONT};
pub(super) use take::MAX_FIELD;

use super::{anki, foreign::Format, load};
use crate::quiz::deck::{Deck, Level};

/// The largest file that is looked at, in bytes.
pub const MAX_FILE: usize = 64_000_000;
/// The largest text that is looked at (a table, Markdown, plain text), in bytes: twice what a deck file may hold.
const MAX_TEXT: usize = 2_000_000;

/// What is known about a file beside its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'h> {
    /// The file's name: its ending says what it is, and it names the deck where nothing else does.
    pub name: &'h str,
    /// What it is, where the name does not say so.
    pub format: Option<Format>,
    /// The deck's name, in place of the file's own.
    pub deck: Option<&'h str>,
    /// The cards' topic; the deck's name where it is left out.
    pub topic: Option<&'h str>,
    /// How hard the cards are that do not say so; 3 where it is left out.
    pub level: Option<Level>,
    /// The https address that cards without a link of their own are from.
    pub source: Option<&'h str>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The deck file, as it is to be stored; the loader takes it.
    pub yaml: String,
    /// What the loader makes of it.
    pub deck: Deck,
    /// What could not be taken, or not whole, in the order of the file.
    pub remarks: Vec<Remark>,
}

/// Something of a file that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where it stands: `line 12`, `note 3`.
    pub place: String,
    /// Whether its card was taken all the same.
    pub taken: bool,
    /// Why, and what would be right.
    pub why: String,
}

/// A file of which nothing could be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{wrong}: {right}")]
pub struct Refused {
    /// What is wrong.
    pub wrong: String,
    /// What would be right.
    pub right: String,
    /// What was wrong with each of its cards, where it had any.
    pub remarks: Vec<Remark>,
}

impl Refused {
    /// A file that cannot be read at all.
    pub(super) fn new(wrong: impl Into<String>, right: impl Into<String>) -> Self {
        Self { wrong: wrong.into(), right: right.into(), remarks: Vec::new() }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.taken { "taken, but " } else { "not taken: " };
        write!(f, "{}: {what}{}", self.place, self.why)
    }
}

/// Makes a deck of a file. What it is, the bytes say where they can, then the hint, then the text itself.
///
/// # Errors
/// Where nothing of the file can be taken: it is too large, broken, in another encoding than UTF-8, or none of its cards fits.
pub fn import(bytes: &[u8], hint: &Hint<'_>) -> Result<Imported, Refused> {
    if bytes.len() > MAX_FILE {
        return Err(Refused::new(
            format!("this file has more than {MAX_FILE} bytes"),
            "export it without media, or in parts",
        ));
    }
    let named = hint.format.or_else(|| Format::of(hint.name));
    let found = if anki::is_package(bytes) || named == Some(Format::Anki) {
        anki::read(bytes)?
    } else {
        let text = text(bytes)?;
        match named.filter(|format| hint.format.is_some() || *format != Format::Text).unwrap_or_else(|| guess(&text)) {
            Format::Markdown => markdown::read(&text),
            Format::Csv | Format::Tsv => table::read(&text, named == Some(Format::Csv))?,
            Format::Text | Format::Anki => text::read(&text),
        }
    };
    take::take(found, hint)
}

/// The text of a file, whole.
fn text(bytes: &[u8]) -> Result<String, Refused> {
    if bytes.len() > MAX_TEXT {
        return Err(Refused::new(format!("this text has more than {MAX_TEXT} bytes"), "import it in parts"));
    }
    let source = load::decoded(String::new(), bytes.to_vec());
    let line = source.text.matches('\n').count() + 1;
    match source.unread {
        Some((wrong, right)) => Err(Refused::new(format!("line {line}: {wrong}"), right)),
        None if source.text.contains('\0') => {
            let line = source.text.split('\0').next().unwrap_or_default().matches('\n').count() + 1;
            Err(Refused::new(format!("line {line}: this is no text, it holds a NUL"), "save it as text in UTF-8"))
        }
        None => Ok(source.text),
    }
}

/// What a text is that has no name: a table, Markdown, or neither.
fn guess(text: &str) -> Format {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let first = lines().next().unwrap_or_default();
    let tabs = lines().filter(|line| line.contains('\t')).count();
    if table::is_header(first) || (tabs > 0 && tabs * 2 >= lines().count()) {
        Format::Tsv
    } else if first.trim_start_matches('#').starts_with(' ') && first.starts_with('#') {
        Format::Markdown
    } else {
        Format::Text
    }
}
