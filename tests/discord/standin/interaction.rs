//! An interaction: what a person asked for, and how the bot answered.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::Value;

use super::id::Id;

/// Discord's types of interactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Command = 2,
    Component = 3,
    Completion = 4,
    Form = 5,
}

/// Discord's types of first answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    Message = 4,
    Deferred = 5,
    DeferredUpdate = 6,
    Update = 7,
    Choices = 8,
    Form = 9,
}

impl Answered {
    pub fn of(number: u64) -> Option<Self> {
        let known = [Self::Message, Self::Deferred, Self::DeferredUpdate, Self::Update, Self::Choices, Self::Form];
        known.into_iter().find(|known| *known as u64 == number)
    }
}

/// The first answer.
#[derive(Debug, Clone)]
pub struct First {
    pub kind: Answered,
    /// How long it took, in real time.
    pub after: Duration,
    pub ephemeral: bool,
    /// As it came.
    pub data: Value,
}

/// The token of an interaction, which is easily traced back to it.
pub fn token(id: Id) -> String {
    format!("{TOKEN}{id}")
}

/// The interaction of a token.
pub fn of_token(token: &str) -> Option<Id> {
    token.strip_prefix(TOKEN).and_then(Id::parse)
}

const TOKEN: &str = "aW50ZXJhY3Rpb246";

pub struct Interaction {
    pub id: Id,
    pub token: String,
    pub asked: Asked,
    pub person: Id,
    pub channel: Id,
    /// The message whose component it was.
    pub source: Option<Id>,
    /// The custom id, or the command as typed; for complaints.
    pub what: String,
    pub began: Instant,
    pub at: Timestamp,
    pub first: Option<First>,
    /// What `@original` means.
    pub original: Option<Id>,
    pub follow_ups: Vec<Id>,
    /// How often `@original` was edited.
    pub edits: usize,
}
