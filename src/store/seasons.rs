//! Seasons and their frozen standings.

use std::collections::BTreeSet;

use jiff::{Timestamp, tz::TimeZone};
use sqlx::{Any, AssertSqlSafe, Executor, any::AnyRow};

use super::{
    Board, Store, StoreError, outbox,
    rows::{Columns as _, json, ms, readable},
    standings,
};
use crate::quiz::{
    id::{ChannelId, PlayerId, SeasonId, SpaceId},
    season::Season,
    standing::{Period, PeriodKey, Standing},
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

/// A frozen season's podium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Podium {
    /// What the season is called.
    pub season: String,
    /// Who has the ranks 1 to 3, the best first.
    pub best: Vec<Standing>,
    /// How many players took part.
    pub players: i64,
}

/// A frozen season's standings that are shown.
const SHOWN: &str = "FROM season_standings s LEFT JOIN players p ON p.id = s.player
     WHERE s.season = $1 AND COALESCE(p.hidden + p.gone, 0) = 0";

impl Store {
    /// Adds a season. It counts rounds that close from now on.
    pub async fn add_season(
        &self,
        space: &SpaceId,
        name: &str,
        starts: Timestamp,
        ends: Timestamp,
        channels: &BTreeSet<ChannelId>,
    ) -> Result<SeasonId, SeasonError> {
        let row = sqlx::query(
            "INSERT INTO seasons (space, name, starts, ends, channels) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (space, name) DO NOTHING RETURNING id",
        )
        .bind(space.as_str())
        .bind(name)
        .bind(ms(starts))
        .bind(ms(ends))
        .bind(json(channels).map_err(StoreError::from)?)
        .fetch_optional(&self.db.write)
        .await
        .map_err(StoreError::from)?;
        let row = row.ok_or_else(|| SeasonError::NameTaken(name.to_owned()))?;
        Ok(SeasonId(row.number("id").map_err(StoreError::from)?))
    }

    /// The seasons of a space, newest first.
    pub async fn seasons(&self, space: &SpaceId) -> Result<Vec<Season>, StoreError> {
        Ok(of_space(&self.db.read, space).await?)
    }

    /// The seasons of all spaces that are over at `now`, have no round still posting or open that counts for them, and are not frozen.
    pub async fn seasons_to_freeze(&self, now: Timestamp) -> Result<Vec<Season>, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let rows = sqlx::query(select("WHERE frozen IS NULL AND ends <= $1 ORDER BY id"))
            .bind(ms(now))
            .fetch_all(&mut *tx)
            .await?;
        let mut over = readable("seasons", &rows, read)?;
        if over.is_empty() {
            return Ok(over);
        }
        let live =
            "SELECT space, channel, COALESCE(opened, created) AS since FROM rounds WHERE state IN ('posting', 'open')";
        for row in sqlx::query(live).fetch_all(&mut *tx).await? {
            let (space, channel) = (SpaceId::new(row.text("space")?), ChannelId::new(row.text("channel")?));
            let since = row.at("since")?;
            over.retain(|season| season.space != space || !season.counts(&channel, since));
        }
        Ok(over)
    }

    /// Ends a season early: its end becomes `now`.
    pub async fn end_season(&self, id: SeasonId, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE seasons SET ends = $2 WHERE id = $1 AND ends > $2 AND frozen IS NULL")
            .bind(id.0)
            .bind(ms(now))
            .execute(&self.db.write)
            .await?;
        Ok(())
    }

    /// Freezes a season's standings and, in the same transaction, puts its podium into the outbox of each channel. False where it was
    /// frozen before.
    pub async fn freeze_season(
        &self,
        id: SeasonId,
        channels: &[ChannelId],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let row = sqlx::query("UPDATE seasons SET frozen = $2 WHERE id = $1 AND frozen IS NULL RETURNING space")
            .bind(id.0)
            .bind(ms(now))
            .fetch_optional(&mut *tx)
            .await?;
        let Some(row) = row else { return Ok(false) };
        let space = SpaceId::new(row.text("space")?);
        // Who deletes their data meanwhile is on the board by then, or never.
        standings::turn(&self.db, &mut tx, &space).await?;
        sqlx::query(
            "INSERT INTO season_standings (season, place, rank, player, name, points, credit, answered)
             SELECT $1, ROW_NUMBER() OVER (ORDER BY points DESC, rate DESC, name, player),
                    RANK() OVER (ORDER BY points DESC, rate DESC), player, name, points, credit, answered
             FROM standings WHERE space = $2 AND period = $3 AND hidden = 0",
        )
        .bind(id.0)
        .bind(space.as_str())
        .bind(key(id).as_str())
        .execute(&mut *tx)
        .await?;
        for channel in channels {
            outbox::put_podium(&mut tx, channel, id, now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Who stands on a frozen season's podium now. Who is hidden or left is not named and keeps their place.
    pub async fn podium(&self, id: SeasonId) -> Result<Option<Podium>, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let season = sqlx::query(
            "SELECT name, (SELECT COUNT(*) FROM season_standings WHERE season = $1) AS players FROM seasons WHERE id = $1",
        )
        .bind(id.0)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(season) = season else { return Ok(None) };
        let best = format!(
            "SELECT s.rank, s.player, s.name, s.points, s.credit, s.answered {SHOWN} AND s.rank <= 3 ORDER BY s.place"
        );
        let best = sqlx::query(AssertSqlSafe(best)).bind(id.0).fetch_all(&mut *tx).await?;
        Ok(Some(Podium {
            season: season.text("name")?,
            best: best.iter().map(read_frozen).collect::<sqlx::Result<_>>()?,
            players: season.number("players")?,
        }))
    }

    /// A frozen season's standings: `limit` from `offset`. Who is hidden now, or left, is left out and keeps their rank; whose data was deleted
    /// has neither id nor name.
    /// All of it is as it was frozen, `own` too, whatever became of the players since.
    pub async fn frozen_board(
        &self,
        id: SeasonId,
        offset: i64,
        limit: i64,
        own: Option<&PlayerId>,
    ) -> Result<Board, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let page = format!(
            "SELECT s.rank, s.player, s.name, s.points, s.credit, s.answered {SHOWN} ORDER BY s.place LIMIT $2 OFFSET $3"
        );
        let rows = sqlx::query(AssertSqlSafe(page))
            .bind(id.0)
            .bind(limit.max(0))
            .bind(offset.max(0))
            .fetch_all(&mut *tx)
            .await?;
        let players = format!("SELECT COUNT(*) AS players {SHOWN}");
        let players = sqlx::query(AssertSqlSafe(players)).bind(id.0).fetch_one(&mut *tx).await?;
        let own = sqlx::query(
            "SELECT rank, player, name, points, credit, answered FROM season_standings
             WHERE season = $1 AND player = $2 AND player <> ''",
        )
        .bind(id.0)
        .bind(own.map(PlayerId::as_str))
        .fetch_optional(&mut *tx)
        .await?;
        Ok(Board {
            rows: rows.iter().map(read_frozen).collect::<sqlx::Result<_>>()?,
            players: players.number("players")?,
            own: own.as_ref().map(read_frozen).transpose()?,
        })
    }

    /// A frozen season's standings alone.
    pub async fn frozen(&self, id: SeasonId, offset: i64, limit: i64) -> Result<Vec<Standing>, StoreError> {
        Ok(self.frozen_board(id, offset, limit, None).await?.rows)
    }
}

/// The seasons of a space, newest first.
pub(super) async fn of_space<'e>(
    executor: impl Executor<'e, Database = Any>,
    space: &SpaceId,
) -> sqlx::Result<Vec<Season>> {
    let rows = sqlx::query(select("WHERE space = $1 ORDER BY starts DESC, id DESC"))
        .bind(space.as_str())
        .fetch_all(executor)
        .await?;
    readable("seasons", &rows, read)
}

/// The key of a season's standings, which no moment and no zone changes.
pub(super) fn key(id: SeasonId) -> PeriodKey {
    Period::Season(id).key(Timestamp::UNIX_EPOCH, &TimeZone::UTC)
}

fn select(rest: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("SELECT id, space, name, starts, ends, channels, frozen FROM seasons {rest}"))
}

fn read(row: &AnyRow) -> sqlx::Result<Season> {
    Ok(Season {
        id: SeasonId(row.number("id")?),
        space: SpaceId::new(row.text("space")?),
        name: row.text("name")?,
        starts: row.at("starts")?,
        ends: row.at("ends")?,
        channels: row.json("channels")?,
        frozen: row.maybe_at("frozen")?,
    })
}

/// Reads a frozen standing.
pub(super) fn read_frozen(row: &AnyRow) -> sqlx::Result<Standing> {
    Ok(Standing { rank: row.number("rank")?, ..standings::read(row)? })
}
