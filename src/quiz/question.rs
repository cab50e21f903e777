//! The ways to ask a card.

use serde::{Deserialize, Serialize};

/// One way to ask a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The wording; the card's front where it is `None`.
    pub ask: Option<String>,
    /// Why the nearest wrong answer is wrong; Markdown, shown at the close.
    pub why: Option<String>,
    /// What is asked for, and what is right.
    pub body: Body,
}

/// What a question asks for, and what is right. Every list of terms has the form shown first, then other accepted ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// One right option of 2 to 9.
    Choice {
        /// The right option.
        answer: String,
        /// The wrong options, 1 to 8.
        others: Vec<String>,
    },
    /// All right options of 2 to 9; a wrong one costs.
    Multiple {
        /// The right options, at least one.
        answers: Vec<String>,
        /// The wrong options.
        others: Vec<String>,
    },
    /// Name the items, in any order.
    List {
        /// What to name.
        items: Vec<Term>,
        /// Where sides are compared: which, in the order of their items. None where the items are not said of anything.
        sides: Vec<Side>,
        /// Wrong items that people name; each costs one.
        wrong: Vec<Term>,
    },
    /// A typed answer.
    Text {
        /// The accepted answer with its aliases.
        accept: Term,
        /// Wrong answers that look like the right one; never accepted as a typo of it.
        wrong: Vec<Term>,
    },
    /// A shell command, compared by meaning.
    Command {
        /// Accepted commands; the first is shown.
        accept: Vec<String>,
    },
}

/// Something that can be named in more than one way: the form shown first, then the others that are accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term(pub Vec<String>);

impl Term {
    /// The form that is shown.
    pub fn shown(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// Every accepted form, the shown one first.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// A side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// What answers call it.
    pub name: Term,
    /// How many of the list's items are to be said of it: those that follow the items of the sides before it.
    pub items: usize,
}

/// The items of a list in the words that are shown, with the side of which each is said: `StatefulSet: stable identity`.
pub fn shown(items: &[Term], sides: &[Side]) -> Vec<String> {
    let of = sides.iter().flat_map(|side| std::iter::repeat_n(Some(side.name.shown()), side.items));
    let shown = |(item, of): (&Term, Option<&str>)| match of {
        Some(side) => format!("{side}: {}", item.shown()),
        None => item.shown().to_owned(),
    };
    items.iter().zip(of.chain(std::iter::repeat(None))).map(shown).collect()
}

/// The five kinds of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One right option.
    Choice,
    /// All right options.
    Multiple,
    /// Name the items.
    List,
    /// A typed answer.
    Text,
    /// A shell command.
    Command,
}

impl Kind {
    /// All kinds, in the order in which they are listed to people.
    pub const ALL: [Self; 5] = [Self::Choice, Self::Multiple, Self::List, Self::Text, Self::Command];

    /// The word for it in deck files, settings and commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Multiple => "multiple",
            Self::List => "list",
            Self::Text => "text",
            Self::Command => "command",
        }
    }

    /// Whether it is answered by picking from options that are shown.
    pub fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::Multiple)
    }
}

impl Body {
    /// Which kind it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Choice { .. } => Kind::Choice,
            Self::Multiple { .. } => Kind::Multiple,
            Self::List { .. } => Kind::List,
            Self::Text { .. } => Kind::Text,
            Self::Command { .. } => Kind::Command,
        }
    }
}
