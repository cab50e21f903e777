//! Leaderboards, from sums of awards.

use super::{Store, StoreError};
use crate::quiz::{
    id::{PlayerId, SpaceId},
    standing::{PeriodKey, Standing},
};

/// A page of a leaderboard.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Board {
    /// The page, best first; hidden players and those who left are not in it, and take no rank.
    pub rows: Vec<Standing>,
    /// How many players there are in all.
    pub players: i64,
    /// The asking player's own standing (also when hidden: as it would be).
    pub own: Option<Standing>,
}

impl Store {
    /// `limit` standings from `offset`, with `own`'s place.
    pub async fn board(
        &self,
        space: &SpaceId,
        period: &PeriodKey,
        offset: i64,
        limit: i64,
        own: Option<&PlayerId>,
    ) -> Result<Board, StoreError> {
        let _ = (space, period, offset, limit, own);
        todo!()
    }
}
