//! A deck file that somebody hands over: bytes from outside to one deck, or what is wrong with them.

use super::{DeckErrors, Files, Mistake, load, parse, report::Source};
use crate::quiz::deck::Deck;

/// What a file's name ends with that is read.
const ENDINGS: [&str; 2] = [".yaml", ".yml"];

/// A deck file that was handed over and is whole and good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// The deck that it names.
    pub deck: Deck,
    /// The file's text, of which the same deck can be made again.
    pub text: String,
}

impl Handed {
    /// Reads a file by its name's ending: the deck, or every mistake at its line and column.
    ///
    /// # Panics
    /// Never: a file without cards is a mistake.
    pub fn read(name: &str, bytes: Vec<u8>) -> Result<Self, DeckErrors> {
        let source = source(name, bytes);
        let decks = parse::decks(std::slice::from_ref(&source))?;
        let deck = decks.0.into_values().next().expect("a file without mistakes has a deck");
        Ok(Self { deck, text: source.text })
    }

    /// What looks wrong although it loads, as `kcard deck check` says it. Takes a time that grows with the square of the cards.
    pub fn warnings(&self) -> Vec<Mistake> {
        let source = Source { name: self.deck.id.to_string(), text: self.text.clone(), unread: None };
        Files(vec![source]).check().mistakes()
    }
}

fn source(name: &str, bytes: Vec<u8>) -> Source {
    let known = ENDINGS.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
    if !known {
        let unread = Some(("this is no deck file by its name".into(), "a deck file is YAML and ends in .yaml or .yml"));
        return Source { name: name.to_owned(), text: String::new(), unread };
    }
    let mut source = load::decoded(name.to_owned(), bytes);
    // A database's text cannot hold it.
    if let Some(at) = source.text.find('\0') {
        source.text.truncate(at);
        source.unread = Some(("the byte 0x00 here is not text".into(), "save it as plain text"));
    }
    source
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const DECK: &str = "deck: tea\ntopic: brewing\ncards:\n  - id: green\n    level: 1\n    front: How hot?\n    back: Not boiling.\n    \
                        sources: [https://example.org/]\n    questions:\n      - text:\n          accept: [80 degrees]\n";

    #[rstest]
    #[case("tea.yaml")]
    #[case("TEA.YML")]
    fn a_file_is_read_and_kept_as_it_is(#[case] name: &str) {
        let handed = Handed::read(name, DECK.into()).expect("it is good");
        assert_eq!((handed.deck.id.as_str(), handed.deck.cards.len()), ("tea", 1));
        assert_eq!(handed.warnings(), []);
        assert_eq!(Handed::read("again.yaml", handed.text.clone().into_bytes()), Ok(handed));
    }

    #[test]
    fn what_only_looks_wrong_is_a_warning() {
        let twice =
            format!("{DECK}{}", DECK.split_once("cards:\n").expect("cards").1.replace("id: green", "id: again"));
        let handed = Handed::read("tea.yaml", twice.into_bytes()).expect("it loads");
        assert_eq!(handed.deck.cards.len(), 2);
        let warnings = handed.warnings();
        let [warning] = &warnings[..] else { panic!("{warnings:?}") };
        assert!(warning.line > 11 && warning.message.contains("nearly the same"), "{warning:?}");
    }

    #[rstest]
    #[case("tea.apkg", DECK.into(), (0, 0), "ends in .yaml or .yml")]
    #[case("tea", DECK.into(), (0, 0), "ends in .yaml or .yml")]
    #[case("tea.yaml", b"".into(), (0, 0), "there is nothing in this file")]
    #[case("tea.yaml", b"# a\0b".into(), (1, 4), "0x00")]
    #[case("tea.yaml", format!("{DECK}# a\0b").into_bytes(), (12, 4), "0x00")]
    #[case("tea.yaml", b"deck: \xff".into(), (1, 7), "not UTF-8")]
    #[case("tea.yaml", DECK.replace("level: 1", "level: 9").into_bytes(), (5, 12), "from 1 to 5")]
    fn what_is_wrong_has_its_place(
        #[case] name: &str,
        #[case] bytes: Vec<u8>,
        #[case] place: (usize, usize),
        #[case] says: &str,
    ) {
        let errors = Handed::read(name, bytes).expect_err("it is wrong");
        let mistake = &errors.mistakes[0];
        assert_eq!((mistake.line, mistake.column), place, "{errors}");
        assert!(mistake.message.contains(says), "{errors}");
    }
}
