//! What is due: after an outage only the newest slot is asked, if within `catch_up`; each older one is stored as skipped,
//! with the reason. Never two questions for one slot, never a burst.

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
}

/// Slots after `settled` and up to `now`. `paused_until`: slots before it are skipped as paused (`Timestamp::MAX` for "until
/// resumed").
pub fn due(plan: &Plan, zone: &TimeZone, settled: Timestamp, paused_until: Option<Timestamp>, now: Timestamp) -> Due {
    let _ = (plan, zone, settled, paused_until, now);
    todo!()
}
