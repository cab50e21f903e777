//! A question as it was asked: the snapshot that is stored with its round. Marking needs nothing else, so a round is
//! marked the same way for ever, whatever becomes of the deck.

use std::collections::BTreeSet;

use rand::Rng;
use serde::{Deserialize, Serialize};

use super::{
    deck::{Card, Deck, Level},
    id::{CardId, DeckId},
    question::{Kind, Question, Term},
};

/// A question as asked, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The deck it came from.
    pub deck: DeckId,
    /// The card it asks for.
    pub card: CardId,
    /// The card's topic.
    pub topic: String,
    /// The card's level.
    pub level: Level,
    /// Which of the card's questions, from 0.
    pub number: u16,
    /// The wording as shown.
    pub ask: String,
    /// The card's explanation, Markdown.
    pub back: String,
    /// Why the nearest wrong answer is wrong, Markdown.
    pub why: Option<String>,
    /// Where it is written.
    pub sources: Vec<String>,
    /// What is asked for, with options in the order shown.
    pub form: Form,
}

/// What is asked for, with options in the order shown; options are numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Form {
    /// One right option.
    Choice {
        /// As shown.
        options: Vec<String>,
        /// The number of the right one.
        right: u8,
    },
    /// All right options.
    Multiple {
        /// As shown.
        options: Vec<String>,
        /// The numbers of the right ones.
        right: BTreeSet<u8>,
    },
    /// Name the items.
    List {
        /// What to name.
        items: Vec<Term>,
        /// What costs one.
        wrong: Vec<Term>,
        /// Other known terms that stand so near to an accepted one that a typo could turn one into the other.
        near: Vec<String>,
    },
    /// A typed answer.
    Text {
        /// What is right.
        accept: Term,
        /// What is known to be wrong.
        wrong: Vec<Term>,
        /// As for a list.
        near: Vec<String>,
    },
    /// A shell command.
    Command {
        /// Accepted commands; the first is shown.
        accept: Vec<String>,
    },
}

impl Asked {
    /// Makes the snapshot of question `number` of `card`: options shuffled by `rng`, and the deck's known terms that
    /// stand near the accepted ones noted.
    ///
    /// # Panics
    /// Never: the loader has checked option counts.
    pub fn new(deck: &Deck, card: &Card, number: u16, question: &Question, rng: &mut impl Rng) -> Self {
        let _ = (deck, card, number, question, rng);
        todo!()
    }

    /// Which kind of question it is.
    pub fn kind(&self) -> Kind {
        match self.form {
            Form::Choice { .. } => Kind::Choice,
            Form::Multiple { .. } => Kind::Multiple,
            Form::List { .. } => Kind::List,
            Form::Text { .. } => Kind::Text,
            Form::Command { .. } => Kind::Command,
        }
    }

    /// The options as shown; none where the answer is typed.
    pub fn options(&self) -> &[String] {
        match &self.form {
            Form::Choice { options, .. } | Form::Multiple { options, .. } => options,
            Form::List { .. } | Form::Text { .. } | Form::Command { .. } => &[],
        }
    }

    /// What is right, in the words that are shown, one entry an option, item or command.
    pub fn right(&self) -> Vec<&str> {
        todo!()
    }
}
