//! What one player has given to one round: changes, withdrawals, attempts, and which of it counts.
//!
//! A choice may be changed until the close and the last one counts; taking a reaction away withdraws it; two standing
//! reactions whose order nobody knows count as none. Typed answers have attempts, and the best counts.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{asked::Asked, round::Rules, verdict::Verdict};

/// By which way an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// A number reaction on the question.
    Reaction,
    /// A reply to the question.
    Reply,
    /// A button under the question.
    Button,
    /// A menu under the question.
    Menu,
    /// A form that the question opens.
    Form,
}

/// One thing that a player did to a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// This is my answer now (a button, a menu, a form, a reply).
    Set(Input),
    /// A reaction with this option's number (1 to 9) was put there.
    Add(u8),
    /// The reaction with this option's number was taken away.
    Remove(u8),
    /// A read-back found exactly these reactions standing. What was known keeps its order; one new reaction came after all
    /// that was known; two new ones are of unknown order.
    Standing(BTreeSet<u8>),
}

/// What was picked or typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Input {
    /// Option numbers, from 1.
    Options(BTreeSet<u8>),
    /// A typed text, as typed.
    Text(String),
}

/// What a player has given to a round so far. Stored whole beside the answers it came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// For questions with options: what stands, oldest first.
    pub marks: Vec<Mark>,
    /// For typed questions: the attempts, oldest first.
    pub tries: Vec<Try>,
}

/// One standing pick of options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Whether it stands as a reaction (and can be taken away) or was set directly.
    pub reaction: bool,
    /// What it picks: one number for a reaction or a choice.
    pub options: BTreeSet<u8>,
    /// Whether it is known to have come after the marks before it.
    pub ordered: bool,
}

/// One typed attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    /// As typed.
    pub text: String,
    /// How it was marked.
    pub verdict: Verdict,
}

/// What became of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is in. `tries_left` is `None` where the answer may be changed until the close. `verdict` is what would count
    /// if the round closed now.
    In {
        /// Attempts left, for typed answers.
        tries_left: Option<u8>,
        /// How the attempt (typed) or what stands now (options) is marked.
        verdict: Verdict,
    },
    /// Nothing stands any more: the answer was withdrawn, or what stands is ambiguous (`two` is true).
    Nothing {
        /// Two reactions stand and nobody knows which came last.
        two: bool,
    },
    /// It could not be taken; nothing has changed.
    Refused(Refused),
}

/// Why a change could not be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// This round does not take answers by this way.
    Way(Way),
    /// All attempts are used.
    NoTriesLeft,
    /// It names no option, or says nothing: the player gets a hint.
    Unreadable,
}

impl Entry {
    /// Takes one change. Pure and deterministic: the same changes in the same order give the same entry.
    pub fn take(&mut self, asked: &Asked, rules: &Rules, way: Way, change: &Change) -> Taken {
        let _ = (asked, rules, way, change);
        todo!()
    }

    /// What counts if the round closed now; `None` where nothing stands.
    pub fn verdict(&self, asked: &Asked) -> Option<Verdict> {
        let _ = asked;
        todo!()
    }

    /// What counts, in words that can be shown to the player (option texts, or the best attempt as typed).
    pub fn shown(&self, asked: &Asked) -> Option<String> {
        let _ = asked;
        todo!()
    }
}
