//! `/kquiz deck …`.

use super::{OPEN, PAGE, named, optional, required};
use crate::chat::{
    Upload,
    command::{
        Command,
        definition::{
            Known, Opt,
            OptKind::{self, Known as K, Pasted},
            Spec, Who,
        },
    },
};

const DECK_FILE: &[Opt] = &[
    named("file", OptKind::File, "The deck file: YAML, at most 2 MB"),
    named("text", Pasted, "Its text, pasted: for a short deck; a long one comes as a file"),
];

/// `/kquiz deck add`.
pub const ADD: Spec = Spec {
    words: &["kquiz", "deck", "add"],
    about: "Add a deck for this space from a file, or a new version of one",
    who: Who::Host,
    options: DECK_FILE,
    form: Some("Add a deck"),
    example: "/kquiz deck add",
    make: |args| Command::DeckAdd(args.text("text").map(Upload::pasted)),
};

/// `/kquiz deck check`.
pub const CHECK: Spec = Spec {
    words: &["kquiz", "deck", "check"],
    about: "Say what is wrong with a deck file; changes nothing",
    who: Who::Host,
    options: DECK_FILE,
    form: Some("Check a deck"),
    example: "/kquiz deck check",
    make: |args| Command::DeckCheck(args.text("text").map(Upload::pasted)),
};

/// `/kquiz deck remove`.
pub const REMOVE: Spec = Spec {
    words: &["kquiz", "deck", "remove"],
    about: "Remove a deck of this space; what it asked stays in the standings",
    who: Who::Host,
    options: &[required("deck", K(Known::OwnDeck), "Which deck")],
    example: "/kquiz deck remove team-basics",
    make: |args| Command::DeckRemove { deck: args.must("deck") },
    ..OPEN
};

/// `/kquiz deck list`.
pub const LIST: Spec = Spec {
    words: &["kquiz", "deck", "list"],
    about: "The decks, and who added which",
    example: "/kquiz deck list",
    make: |_| Command::DeckList,
    ..OPEN
};

/// `/kquiz deck show`.
pub const SHOW: Spec = Spec {
    words: &["kquiz", "deck", "show"],
    about: "The cards of a deck, without answers",
    options: &[
        required("deck", K(Known::Deck), "Which deck"),
        optional("topic", K(Known::Topic), "Only this topic"),
        PAGE,
    ],
    example: "/kquiz deck show kubernetes",
    make: |args| Command::DeckShow {
        deck: args.must("deck"),
        topic: args.text("topic"),
        page: args.number("page").unwrap_or(1),
    },
    ..OPEN
};
