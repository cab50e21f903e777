//! What is due: after an outage only the newest slot is asked, if within `catch_up`; each older one is stored as skipped,
//! with the reason. Never two questions for one slot, never a burst.

#[cfg(test)]
mod tests;

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::Plan;

/// What has to happen to the slots between the last one settled and now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Due {
    /// The slot to ask for.
    pub ask: Option<Timestamp>,
    /// The slots to store as skipped, oldest first, at most [`MOST`] at once (call again for the rest).
    pub skipped: Vec<(Timestamp, SkipReason)>,
}

/// Slots settled by one call at most; an outage of years goes in several steps.
pub const MOST: usize = 1_000;

/// Why a slot was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// A newer slot was due as well.
    Newer,
    /// Older than `catch_up` when the bot came to it.
    TooLate,
    /// Its local date is a skip date.
    SkipDate,
    /// The schedule was paused.
    Paused,
    /// No card passes the filter and can be answered by the open ways.
    NoCard,
    /// The channel cannot be posted to (gone, or permission missing).
    Channel,
    /// kcard itself failed at it, time and again.
    Failed,
    /// A host cancelled the question before it was posted.
    Cancelled,
}

/// What has to happen to the slots after `settled` and up to `now`. `paused_until`: slots before it are skipped as paused
/// (`Timestamp::MAX` for "until resumed").
///
/// Of several reasons to skip a slot the first of these is given: paused, skip date, newer, too late. Nothing is asked before all
/// older slots are skipped, so where [`MOST`] are, the caller stores them, moves `settled` to the last of them, and calls again.
pub fn due(plan: &Plan, zone: &TimeZone, settled: Timestamp, paused_until: Option<Timestamp>, now: Timestamp) -> Due {
    let next = |after| plan.pattern.next(after, zone).filter(|slot| *slot <= now);
    let mut due = Due::default();
    let mut upcoming = next(settled);
    while let Some(slot) = upcoming {
        if due.skipped.len() == MOST {
            break;
        }
        upcoming = next(slot);
        let reason = if paused_until.is_some_and(|until| slot < until) {
            SkipReason::Paused
        } else if plan.skip.contains(&zone.to_datetime(slot).date()) {
            SkipReason::SkipDate
        } else if upcoming.is_some() {
            SkipReason::Newer
        } else if now.duration_since(slot) > plan.catch_up() {
            SkipReason::TooLate
        } else {
            due.ask = Some(slot);
            break;
        };
        due.skipped.push((slot, reason));
    }
    due
}
