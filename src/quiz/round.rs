//! A round: one question asked in one channel, from its post to its close. Here are its rules and its states.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{answer::Way, points::Weights, question::Kind};

/// How a round is played; stored with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Whether players see each other's answers.
    pub style: Style,
    /// The open ways to answer.
    pub ways: Ways,
    /// Attempts for typed answers, at least 1.
    pub attempts: u8,
    /// What is told before the close.
    pub feedback: Feedback,
    /// How long it is open, milliseconds from the moment the message's reference is known.
    pub window_ms: i64,
    /// What adds to the points.
    pub weights: Weights,
    /// Whether a thread is opened on the question. Never in a contest: all read it.
    #[serde(default)]
    pub thread: bool,
    /// A role or group that the question mentions, by its whole id: `discord:ROLE`, `slack:GROUP`.
    #[serde(default)]
    pub mention: Option<String>,
    /// Where the reveal is seen, on a face that puts it into its question's thread.
    #[serde(default)]
    pub reveal: Reveal,
}

/// Whether players see each other's answers before the close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// Reactions and replies, seen by all; buttons may be added.
    #[default]
    Social,
    /// Buttons and forms only; nobody sees another's answer before the close.
    Contest,
}

impl Style {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Social, Self::Contest];

    /// The word for it in settings and commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Social => "social",
            Self::Contest => "contest",
        }
    }
}

/// What a player hears before the close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Feedback {
    /// Only that it is in, and how many tries are left.
    #[default]
    Close,
    /// Right or wrong and the credit, never what is missing.
    Instant,
}

impl Feedback {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Close, Self::Instant];

    /// The word for it in settings and commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Instant => "instant",
        }
    }
}

/// Where a reveal is seen, on a face that puts it into its question's thread. The others post it into the channel in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reveal {
    /// In the thread.
    #[default]
    Thread,
    /// In the channel as well.
    Channel,
}

impl Reveal {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Thread, Self::Channel];

    /// The word for it in settings and commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Thread => "thread",
            Self::Channel => "channel",
        }
    }
}

/// A way to answer that an admin can open: buttons stand for buttons, menus and forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OpenWay {
    /// Number reactions.
    Reactions,
    /// Replies to the question.
    Replies,
    /// Buttons, menus and forms.
    Buttons,
}

impl OpenWay {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Reactions, Self::Replies, Self::Buttons];

    /// The word for it in settings and commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reactions => "reactions",
            Self::Replies => "replies",
            Self::Buttons => "buttons",
        }
    }
}

/// The open ways of a schedule or a round, never none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ways(pub BTreeSet<OpenWay>);

/// Why a set of ways cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WaysError {
    /// No way is open.
    #[error("no way to answer is open: name at least one of reactions, replies, buttons")]
    None,
    /// A contest is secret; reactions and replies are seen by all.
    #[error(
        "a contest keeps answers secret until the close, and {0} are seen by all: leave only buttons, or make it social"
    )]
    Seen(&'static str),
    /// Only reactions are open and nothing can be asked that has options.
    #[error(
        "only reactions are open, and no card that the schedule may ask has options to react to: open replies or buttons too"
    )]
    NothingToReactTo,
}

impl Ways {
    /// The default of a style: reactions, replies and buttons for social; buttons for contest.
    pub fn default_for(style: Style) -> Self {
        match style {
            Style::Social => Self(BTreeSet::from([OpenWay::Reactions, OpenWay::Replies, OpenWay::Buttons])),
            Style::Contest => Self(BTreeSet::from([OpenWay::Buttons])),
        }
    }

    /// Refuses what cannot be: none at all, or a secret contest with ways that all can see.
    pub fn check(&self, style: Style) -> Result<(), WaysError> {
        if self.0.is_empty() {
            return Err(WaysError::None);
        }
        match (style, self.0.contains(&OpenWay::Reactions), self.0.contains(&OpenWay::Replies)) {
            (Style::Social, ..) | (Style::Contest, false, false) => Ok(()),
            (Style::Contest, true, false) => Err(WaysError::Seen("reactions")),
            (Style::Contest, false, true) => Err(WaysError::Seen("replies")),
            (Style::Contest, true, true) => Err(WaysError::Seen("reactions and replies")),
        }
    }

    /// Whether this open way lets `way` in.
    pub fn let_in(&self, way: Way) -> bool {
        self.0.contains(&match way {
            Way::Reaction => OpenWay::Reactions,
            Way::Reply => OpenWay::Replies,
            Way::Button | Way::Menu | Way::Form => OpenWay::Buttons,
        })
    }

    /// Whether a question of this kind can be answered by the open ways (a typed one needs replies or buttons).
    pub fn can_answer(&self, kind: Kind) -> bool {
        self.0.iter().any(|way| *way != OpenWay::Reactions || kind.has_options())
    }
}

/// Where a round stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Drawn and stored; its message's reference is not known yet.
    Posting,
    /// Its message stands, and answers count.
    Open,
    /// Settled; the reveal is in the outbox or out.
    Closed,
    /// Counts for nothing: withdrawn by a host, or its post could not be made in time.
    Cancelled,
}

impl Rules {
    /// How long the round is open.
    pub fn window(&self) -> SignedDuration {
        SignedDuration::from_millis(self.window_ms)
    }
}
