//! What a verdict earns. Integers only.

#[cfg(test)]
mod tests;

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

/// The highest streak bonus.
const LONGEST_STREAK: u32 = 5;

/// Credit (ten-thousandths) times 10, rounded half up, then the weights that are on, in this order: the level multiplies; speed adds
/// up to half of that, rounded half up; a streak adds to a fully right answer only.
pub fn award(merit: &Merit, weights: Weights) -> Award {
    let credit = i64::from(merit.credit.get());
    let mut points = (credit * 10 + 5_000) / 10_000;
    let mut reasons = vec![format!("credit {}: {points}", decimal(merit.credit))];
    if weights.level {
        points *= i64::from(merit.level.get());
        reasons.push(format!("level {0}: x{0}", merit.level.get()));
    }
    if weights.speed {
        let bonus = speed(points, merit.taken_ms, merit.window_ms);
        points += bonus;
        reasons.push(format!("speed: +{bonus}"));
    }
    if weights.streak {
        let bonus = if merit.credit == Credit::FULL { i64::from(merit.streak.min(LONGEST_STREAK)) } else { 0 };
        points += bonus;
        reasons.push(format!("streak {}: +{bonus}", merit.streak));
    }
    Award { points: Points(points), reason: reasons.join("; ") }
}

/// Half of the points at the opening, nothing at the end of the window, evenly between, rounded half up.
fn speed(points: i64, taken_ms: i64, window_ms: i64) -> i64 {
    if window_ms <= 0 {
        return 0;
    }
    let (window, left) = (i128::from(window_ms), i128::from(window_ms - taken_ms.clamp(0, window_ms)));
    let bonus = (i128::from(points) * left + window) / (2 * window);
    i64::try_from(bonus).unwrap_or(0)
}

/// The credit as a decimal fraction without idle zeros: `0.5`, `1`, `0.3333`.
fn decimal(credit: Credit) -> String {
    let text = format!("{}.{:04}", credit.get() / 10_000, credit.get() % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
