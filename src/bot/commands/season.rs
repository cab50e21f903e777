//! `/kquiz season …`. Several may run at once; each counts the rounds that open in its channels while it runs.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::schedule::start_of;
use crate::{
    bot::{Inner, commands::named::Stop},
    chat::{Caller, Reply, words},
    quiz::{
        id::ChannelId,
        season::{Phase, Season, podium},
    },
    store::{SeasonError, StoreError},
};

/// Standings read to find the podium; more than this many never share it.
const TOP: i64 = 50;

impl Inner {
    pub(super) async fn season_start(
        &self,
        caller: &Caller,
        name: &str,
        ends: Date,
        channels: Vec<ChannelId>,
    ) -> Result<Reply, Stop> {
        let name = name.trim();
        if !(1..=40).contains(&name.chars().count()) {
            return Err(words::seasons::bad_name().into());
        }
        for channel in &channels {
            self.own_channel(caller, channel).await?;
        }
        let now = self.clock.now();
        let zone = self.memory.zone(&caller.space);
        // The last date counts whole.
        let over = ends.tomorrow().ok().and_then(|day| start_of(day, &zone));
        let Some(over) = over.filter(|over| *over > now) else { return Err(words::seasons::ends_too_early().into()) };
        let channels: BTreeSet<ChannelId> = channels.into_iter().collect();
        let id = match self.store.add_season(&caller.space, name, now, over, &channels).await {
            Ok(id) => id,
            Err(SeasonError::NameTaken(name)) => return Err(words::seasons::name_taken(&name).into()),
            Err(SeasonError::Store(error)) => return Err(error.into()),
        };
        tracing::info!(season = id.0, space = %caller.space, by = %caller.player, "started a season");
        let seasons = self.store.seasons(&caller.space).await?;
        self.memory.set_seasons(&caller.space, &seasons);
        let season = Season {
            id,
            space: caller.space.clone(),
            name: name.to_owned(),
            starts: now,
            ends: over,
            channels,
            frozen: None,
        };
        Ok(words::seasons::started(&season, &zone))
    }

    pub(super) async fn season_end(&self, caller: &Caller, name: &str) -> Result<Reply, Stop> {
        let season = self.season(caller, name).await?;
        let now = self.clock.now();
        if season.phase(now) == Phase::Ended {
            return Ok(words::seasons::over(name));
        }
        self.store.end_season(season.id, now).await?;
        tracing::info!(season = season.id.0, by = %caller.player, "ended a season");
        self.wakes.tick.notify_one();
        Ok(words::seasons::ended(name))
    }

    /// A closed season's board follows what was corrected since, because a host says so.
    pub(super) async fn season_recount(&self, caller: &Caller, name: &str) -> Result<Reply, Stop> {
        let season = self.season(caller, name).await?;
        if season.frozen.is_none() {
            return Ok(words::seasons::not_closed(name));
        }
        let channels = self.channels_of(&season).await?;
        let announcement = |podium: &[_], players| words::seasons::recounted_for_all(&season.name, podium, players);
        let now = self.clock.now();
        let changed = self.store.recount_season(season.id, &caller.player, &channels, now, announcement).await?;
        tracing::info!(season = season.id.0, by = %caller.player, changed, "a host counts a closed season anew");
        self.wakes.outbox.notify_one();
        Ok(if changed { words::seasons::recounted(name) } else { words::seasons::as_counted(name) })
    }

    pub(super) async fn season_list(&self, caller: &Caller) -> Result<Reply, Stop> {
        let seasons = self.store.seasons(&caller.space).await?;
        Ok(words::seasons::list(&seasons, &self.memory.zone(&caller.space), self.clock.now()))
    }

    pub(super) async fn season_show(&self, caller: &Caller, name: Option<&str>) -> Result<Reply, Stop> {
        let season = match name {
            Some(name) => self.season(caller, name).await?,
            None => self.running_season(&caller.space).await?.ok_or_else(words::board::no_season)?,
        };
        let read = async || {
            let board = self.season_board(caller, &season, 0, TOP).await?;
            let best: Vec<_> = podium(&board.rows).into_iter().cloned().collect();
            Ok::<_, StoreError>((board, best))
        };
        let (mut board, mut best) = read().await?;
        if self.look_for(caller, &best).await? {
            (board, best) = read().await?;
        }
        let zone = self.memory.zone(&caller.space);
        Ok(words::seasons::show(&season, &best, board.players, &zone, self.clock.now()))
    }
}
