//! `/kquiz leaderboard`: a page of places, and the caller's own.

use crate::{
    bot::{Inner, commands::named::Stop},
    chat::{
        Caller, Reply,
        command::BoardPeriod,
        words::{
            self,
            board::{BoardView, PAGE},
        },
    },
    quiz::{
        id::SpaceId,
        season::{Phase, Season},
        standing::Period,
    },
    store::{Board, StoreError},
};

impl Inner {
    pub(super) async fn leaderboard(
        &self,
        caller: &Caller,
        period: Option<BoardPeriod>,
        season: Option<String>,
        page: u32,
    ) -> Result<Reply, Stop> {
        let season = match (season, period) {
            (Some(name), _) => Some(self.season(caller, &name).await?),
            (None, Some(BoardPeriod::Season)) => {
                Some(self.running_season(&caller.space).await?.ok_or_else(words::board::no_season)?)
            }
            (None, _) => None,
        };
        let period = if season.is_some() { BoardPeriod::Season } else { period.unwrap_or(BoardPeriod::All) };
        let (offset, limit) = (i64::from(page.saturating_sub(1)) * i64::from(PAGE), i64::from(PAGE));
        let read = async || {
            if let Some(season) = &season {
                return self.season_board(caller, season, offset, limit).await;
            }
            let key = rounds_of(period).key(self.clock.now(), &self.memory.zone(&caller.space));
            self.store.board(&caller.space, &key, offset, limit, Some(&caller.player)).await
        };
        let mut board = read().await?;
        if self.look_for(caller, &board.rows).await? {
            board = read().await?;
        }
        let hidden = self.store.person(&caller.player).await?.is_some_and(|person| person.hidden);
        Ok(words::board::leaderboard(&BoardView {
            period,
            season: season.as_ref().map(|season| season.name.as_str()),
            rows: &board.rows,
            players: board.players,
            own: board.own.as_ref(),
            hidden,
            page: page.max(1),
        }))
    }

    /// A season's standings: as they are, or as they were frozen.
    pub(super) async fn season_board(
        &self,
        caller: &Caller,
        season: &Season,
        offset: i64,
        limit: i64,
    ) -> Result<Board, StoreError> {
        if season.frozen.is_some() {
            return self.store.frozen_board(season.id, offset, limit, Some(&caller.player)).await;
        }
        let key = Period::Season(season.id).key(self.clock.now(), &self.memory.zone(&season.space));
        self.store.board(&season.space, &key, offset, limit, Some(&caller.player)).await
    }

    /// The season that runs in a space; of several the one started last.
    pub(in crate::bot) async fn running_season(&self, space: &SpaceId) -> Result<Option<Season>, StoreError> {
        let now = self.clock.now();
        let seasons = self.store.seasons(space).await?;
        Ok(seasons.into_iter().find(|season| season.phase(now) == Phase::Running))
    }
}

/// The period of that word; a season needs its number and is looked up elsewhere.
pub(in crate::bot) fn rounds_of(period: BoardPeriod) -> Period {
    match period {
        BoardPeriod::Today => Period::Today,
        BoardPeriod::Week => Period::Week,
        BoardPeriod::Month => Period::Month,
        BoardPeriod::All | BoardPeriod::Season => Period::All,
    }
}
