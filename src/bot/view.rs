//! What a page beside the chat shows: the standings, and when the next questions come. Reads only.

use jiff::Timestamp;

use super::Bot;
use crate::{
    chat::command::BoardPeriod,
    quiz::id::{ChannelId, PlayerId, SpaceId},
    store::{Board, StoreError},
};

/// A schedule as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upcoming {
    /// The schedule's name.
    pub name: String,
    /// Where it asks.
    pub channel: ChannelId,
    /// When, as it was written: `weekdays 09:00`.
    pub at: String,
    /// The zone that `at` is meant in.
    pub timezone: String,
    /// The next firing time; `None` while paused without an end, or where there is none.
    pub next: Option<Timestamp>,
}

impl Bot {
    /// The first `limit` standings of a period, and the player's own. The running season's for [`BoardPeriod::Season`]; empty where
    /// none runs.
    pub async fn board(
        &self,
        space: &SpaceId,
        period: BoardPeriod,
        limit: i64,
        own: &PlayerId,
    ) -> Result<Board, StoreError> {
        let _ = (space, period, limit, own);
        todo!()
    }

    /// The schedules of a space, by name.
    pub async fn upcoming(&self, space: &SpaceId) -> Result<Vec<Upcoming>, StoreError> {
        let _ = space;
        todo!()
    }
}
