//! Decks as an author meets them: what is wrong with a file is said all at once, at its place; what is right loads, and is
//! loaded again when it changes.

#[path = "decks/broken.rs"]
mod broken;
#[path = "decks/cards.rs"]
mod cards;
#[path = "decks/exported.rs"]
mod exported;
#[path = "decks/files.rs"]
mod files;
#[path = "decks/hostile.rs"]
mod hostile;
#[path = "decks/imported.rs"]
mod imported;
#[path = "decks/random.rs"]
mod random;
#[path = "decks/warned.rs"]
mod warned;
#[path = "decks/watched.rs"]
mod watched;

use std::{fs, path::Path};

use kcard::decks::{DeckErrors, Decks};
use tempfile::TempDir;

/// A card that is right, without its last key.
const CARD: &str = "\
deck: test
topic: things
cards:
  - id: one
    level: 1
    front: What is one?
    back: The first.
    sources: [https://example.org/one]
    questions:
";

/// A directory with one deck file.
fn directory(text: impl AsRef<[u8]>) -> TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory");
    fs::write(directory.path().join("deck.yaml"), text).expect("a file in it");
    directory
}

/// What is wrong with a file of that text.
fn errors(text: impl AsRef<[u8]>) -> DeckErrors {
    let directory = directory(text);
    Decks::read(&[directory.path().to_owned()]).expect_err("a broken file")
}

/// The mistakes of a file of that text, each as `line:column message`.
fn mistakes(text: impl AsRef<[u8]>) -> Vec<String> {
    let said = |mistake: &kcard::decks::Mistake| format!("{}:{} {}", mistake.line, mistake.column, mistake.message);
    errors(text).mistakes.iter().map(said).collect()
}

/// As an author reads it, without the temporary directory's name.
fn rendered(directory: &Path) -> String {
    let errors = Decks::read(&[directory.to_owned()]).expect_err("a broken directory");
    errors.to_string().replace(&format!("{}/", directory.display()), "").replace(&directory.display().to_string(), ".")
}
