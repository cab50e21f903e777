//! Seasons and their frozen standings.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Store, StoreError};
use crate::quiz::{
    id::{ChannelId, SeasonId, SpaceId},
    season::Season,
    standing::Standing,
};

/// Why a season cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum SeasonError {
    /// The name was used in this space.
    #[error("a season named `{0}` exists already")]
    NameTaken(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Adds a season.
    pub async fn add_season(
        &self,
        space: &SpaceId,
        name: &str,
        starts: Timestamp,
        ends: Timestamp,
        channels: &BTreeSet<ChannelId>,
    ) -> Result<SeasonId, SeasonError> {
        let _ = (space, name, starts, ends, channels);
        todo!()
    }

    /// The seasons of a space, newest first.
    pub async fn seasons(&self, space: &SpaceId) -> Result<Vec<Season>, StoreError> {
        let _ = space;
        todo!()
    }

    /// The seasons of all spaces that are over at `now`, have no round still posting or open that counts for them, and are not frozen.
    pub async fn seasons_to_freeze(&self, now: Timestamp) -> Result<Vec<Season>, StoreError> {
        let _ = now;
        todo!()
    }

    /// Ends a season early: its end becomes `now`.
    pub async fn end_season(&self, id: SeasonId, now: Timestamp) -> Result<(), StoreError> {
        let _ = (id, now);
        todo!()
    }

    /// Freezes a season's standings and, in the same transaction, puts `announcement` (made from the podium and the number of players) into
    /// the outbox of each channel. False where it was frozen before.
    pub async fn freeze_season<F>(
        &self,
        id: SeasonId,
        channels: &[ChannelId],
        now: Timestamp,
        announcement: F,
    ) -> Result<bool, StoreError>
    where
        F: FnOnce(&[Standing], i64) -> String + Send,
    {
        let _ = (id, channels, now, announcement);
        todo!()
    }

    /// A frozen season's standings: `limit` from `offset`.
    pub async fn frozen(&self, id: SeasonId, offset: i64, limit: i64) -> Result<Vec<Standing>, StoreError> {
        let _ = (id, offset, limit);
        todo!()
    }
}
