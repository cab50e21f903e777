//! What is asked: a deck of its own, so that the players know what is right.

use std::fmt::Write as _;

/// The deck's name.
pub const NAME: &str = "colours";

/// A question of the deck.
pub struct Card {
    pub ask: &'static str,
    pub right: &'static [&'static str],
    pub wrong: &'static [&'static str],
    pub kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One option.
    Choice,
    /// Several options.
    Multiple,
    /// A word.
    Text,
}

/// All of them.
pub const CARDS: [Card; 6] = [
    Card {
        ask: "Which colour has a ripe tomato?",
        right: &["red"],
        wrong: &["blue", "grey", "violet"],
        kind: Kind::Choice,
    },
    Card {
        ask: "Which colour has the sky at noon?",
        right: &["azure"],
        wrong: &["green", "brown"],
        kind: Kind::Choice,
    },
    Card { ask: "Which colour has fresh snow?", right: &["white"], wrong: &["black", "pink"], kind: Kind::Choice },
    Card {
        ask: "Which of these are mixed of two others?",
        right: &["orange", "purple"],
        wrong: &["cyan", "scarlet"],
        kind: Kind::Multiple,
    },
    Card {
        ask: "What is the colour of coal?",
        right: &["black"],
        wrong: &["yellow", "beige", "mauve"],
        kind: Kind::Text,
    },
    Card {
        ask: "What is the colour of grass?",
        right: &["green"],
        wrong: &["silver", "beige", "maroon"],
        kind: Kind::Text,
    },
];

/// The card that a question asks.
pub fn of(text: &str) -> &'static Card {
    CARDS.iter().find(|card| text.contains(card.ask)).unwrap_or_else(|| panic!("no card of the deck is asked: {text}"))
}

/// The deck file.
pub fn file() -> String {
    let list = |texts: &[&str]| format!("[{}]", texts.join(", "));
    let card = |(number, card): (usize, &Card)| {
        let body = match card.kind {
            Kind::Choice => format!("choice: {{ answer: {}, others: {} }}", card.right[0], list(card.wrong)),
            Kind::Multiple => format!("multiple: {{ answers: {}, others: {} }}", list(card.right), list(card.wrong)),
            Kind::Text => format!("text: {{ accept: {}, wrong: {} }}", list(card.right), list(card.wrong)),
        };
        format!(
            "  - id: colour-{number}\n    level: 1\n    front: {}\n    back: So it is.\n    sources: [https://example.org/]\n    \
             questions:\n      - {body}\n",
            card.ask
        )
    };
    let mut file = format!("deck: {NAME}\ntopic: colours\ncards:\n");
    for card in CARDS.iter().enumerate().map(card) {
        file.write_str(&card).expect("a text takes it");
    }
    file
}
