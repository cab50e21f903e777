//! What a page beside the chat shows: the standings, and when the next questions come. Reads only.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    Bot,
    commands::{leaderboard::rounds_of, schedule::next_slot},
};
use crate::{
    chat::command::BoardPeriod,
    quiz::{
        id::{ChannelId, PlayerId, SpaceId},
        round::{OpenWay, Ways},
        standing::Period,
    },
    store::{Board, Schedule, StoreError},
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
        let inner = &self.0;
        let rounds = match period {
            BoardPeriod::Season => match inner.running_season(space).await? {
                Some(season) => Period::Season(season.id),
                None => return Ok(Board::default()),
            },
            other => rounds_of(other),
        };
        let key = rounds.key(inner.clock.now(), &inner.memory.zone(space));
        inner.store.board(space, &key, 0, limit, Some(own)).await
    }

    /// The ways to answer that the live schedules and the open rounds of a face have open: what it has to listen to. A schedule that
    /// names no ways has those of its style.
    pub async fn open_ways(&self, face: &str) -> Result<BTreeSet<OpenWay>, StoreError> {
        let store = &self.0.store;
        let (schedules, rounds) = (store.schedules(None).await?, store.open_rounds(None).await?);
        let planned = schedules.into_iter().map(|schedule| schedule.plan).filter(|plan| plan.channel.face() == face);
        let planned =
            planned.map(|plan| plan.ways.unwrap_or_else(|| Ways::default_for(plan.style.unwrap_or_default())));
        let asked = rounds.into_iter().filter(|round| round.channel.face() == face).map(|round| round.rules.ways);
        Ok(planned.chain(asked).flat_map(|ways| ways.0).collect())
    }

    /// The schedules of a space, by name.
    pub async fn upcoming(&self, space: &SpaceId) -> Result<Vec<Upcoming>, StoreError> {
        let inner = &self.0;
        let now = inner.clock.now();
        let upcoming = |Schedule { plan, paused_until, .. }: Schedule| {
            let zone = inner.zone_of(space, &plan);
            Upcoming {
                at: plan.pattern.as_str().to_owned(),
                next: next_slot(&plan, paused_until, &zone, now),
                timezone: zone.iana_name().unwrap_or("UTC").to_owned(),
                name: plan.name,
                channel: plan.channel,
            }
        };
        Ok(inner.store.schedules(Some(space)).await?.into_iter().map(upcoming).collect())
    }
}
