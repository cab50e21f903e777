//! What a verdict earns. Integers only.

use serde::{Deserialize, Serialize};

use super::{deck::Level, verdict::Credit};

/// Points, an integer; a plain right answer earns 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(pub i64);

/// What adds to the points; all off unless a schedule turns it on, so that remote time zones compete as equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// A card of level n earns n times the points.
    pub level: bool,
    /// Up to half as much again, falling evenly over the window from its start to its end.
    pub speed: bool,
    /// One point more for each round in a row answered fully right in this schedule, up to 5.
    pub streak: bool,
}

/// What the points depend on beside the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merit {
    /// How right the answer is.
    pub credit: Credit,
    /// The card's level.
    pub level: Level,
    /// Milliseconds from the opening to what counts.
    pub taken_ms: i64,
    /// The round's window, milliseconds.
    pub window_ms: i64,
    /// Rounds of this schedule answered fully right in a row before this one.
    pub streak: u32,
}

/// What a verdict earned, with the reason that is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// The sum.
    pub points: Points,
    /// For example `credit 0.5: 5; level 3: x3; speed: +2`.
    pub reason: String,
}

/// Credit (ten-thousandths) times 10, rounded half up, then the weights that are on.
pub fn award(merit: &Merit, weights: Weights) -> Award {
    let _ = (merit, weights);
    todo!()
}
