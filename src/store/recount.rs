//! Counting a frozen season anew: its board as it would stand with what was corrected since. Nothing does that but a host.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use super::{
    Store, StoreError,
    corrections::{self, Of},
    database::Tx,
    outbox,
    rows::{Columns as _, places},
    seasons::{self, read_frozen},
    standings,
    trouble::retried,
};
use crate::quiz::{
    id::{ChannelId, PlayerId, SeasonId, SpaceId},
    standing::{Standing, rank},
};

/// Rows that one statement inserts.
const ROWS: usize = 256;

impl Store {
    /// Counts a frozen season anew and, where that changes its board, puts `announcement` (made from the new podium and the number of
    /// players) into the outbox of each channel. Sums of players whose data was deleted stay as they were frozen. False where nothing
    /// changes, or it is not frozen.
    pub async fn recount_season<F>(
        &self,
        id: SeasonId,
        by: &PlayerId,
        channels: &[ChannelId],
        now: Timestamp,
        announcement: F,
    ) -> Result<bool, StoreError>
    where
        F: Fn(&[Standing], i64) -> String + Send + Sync,
    {
        Ok(retried(|| self.try_recount(id, by, channels, now, &announcement)).await?)
    }

    async fn try_recount<F>(
        &self,
        id: SeasonId,
        by: &PlayerId,
        channels: &[ChannelId],
        now: Timestamp,
        announcement: &F,
    ) -> sqlx::Result<bool>
    where
        F: Fn(&[Standing], i64) -> String + Send + Sync,
    {
        let mut tx = self.db.begin().await?;
        let locked =
            format!("SELECT space FROM seasons WHERE id = $1 AND frozen IS NOT NULL{}", self.db.dialect.locked());
        let row = sqlx::query(AssertSqlSafe(locked)).bind(id.0).fetch_optional(&mut *tx).await?;
        let Some(row) = row else { return Ok(false) };
        let space = row.text("space")?;
        standings::turn(&self.db, &mut tx, &SpaceId::new(space.clone())).await?;
        let before = frozen(&mut tx, id).await?;
        // Whose data was deleted has no sums any more but these.
        let (mut after, known): (Vec<_>, Vec<_>) =
            before.iter().cloned().partition(|standing| standing.player.as_str().is_empty());
        let on_board: BTreeSet<PlayerId> = known.into_iter().map(|standing| standing.player).collect();
        after.extend(live(&mut tx, &space, id, &on_board).await?);
        let mut same = before;
        rank(&mut same);
        rank(&mut after);
        if after == same {
            return Ok(false);
        }
        store(&mut tx, id, &after).await?;
        let number =
            corrections::log(&mut tx, &SpaceId::new(space), Of::Season(id), "counted anew", by, "", now).await?;
        let podium: Vec<Standing> = after.iter().take_while(|standing| standing.rank <= 3).cloned().collect();
        let markdown = announcement(&podium, i64::try_from(after.len()).unwrap_or(i64::MAX));
        for channel in channels {
            let once = format!("correction {number} in {channel}");
            outbox::put_note(&mut tx, channel, &markdown, &once, now).await?;
        }
        outbox::amend_podiums(&mut tx, outbox::Podiums::In(id)).await?;
        tx.commit().await?;
        Ok(true)
    }
}

async fn frozen(tx: &mut Tx, id: SeasonId) -> sqlx::Result<Vec<Standing>> {
    let rows = sqlx::query(
        "SELECT rank, player, name, points, credit, answered FROM season_standings WHERE season = $1 ORDER BY place",
    )
    .bind(id.0)
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(read_frozen).collect()
}

/// The sums as they stand now of all who may be seen on the board, or were on it: what a hidden player earned keeps its place.
async fn live(tx: &mut Tx, space: &str, id: SeasonId, on_board: &BTreeSet<PlayerId>) -> sqlx::Result<Vec<Standing>> {
    let rows = sqlx::query(
        "SELECT player, name, hidden, points, credit, answered FROM standings WHERE space = $1 AND period = $2",
    )
    .bind(space)
    .bind(seasons::key(id).as_str())
    .fetch_all(&mut **tx)
    .await?;
    let mut standings = Vec::with_capacity(rows.len());
    for row in rows {
        let standing = standings::read(&row)?;
        if !row.flag("hidden")? || on_board.contains(&standing.player) {
            standings.push(standing);
        }
    }
    Ok(standings)
}

async fn store(tx: &mut Tx, id: SeasonId, board: &[Standing]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM season_standings WHERE season = $1").bind(id.0).execute(&mut **tx).await?;
    let placed: Vec<(i64, &Standing)> = (1..).zip(board).collect();
    for chunk in placed.chunks(ROWS) {
        let insert = format!(
            "INSERT INTO season_standings (season, place, rank, player, name, points, credit, answered) VALUES {}",
            places(0, chunk.len(), 8)
        );
        let mut query = sqlx::query(AssertSqlSafe(insert)).persistent(false);
        for (place, standing) in chunk {
            query = query
                .bind(id.0)
                .bind(*place)
                .bind(standing.rank)
                .bind(standing.player.as_str())
                .bind(standing.name.as_str())
                .bind(standing.points.0)
                .bind(standing.credit)
                .bind(standing.answered);
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}
