//! Ending a round: closed and settled, or cancelled; each in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, tz::TimeZone};
use sqlx::AssertSqlSafe;

use super::{
    Store, StoreError,
    answers::{self, Entered},
    ask,
    database::Tx,
    outbox::{self, Kind},
    rounds::{self, Round},
    rows::{Columns as _, ms},
    seasons, standings,
    trouble::retried,
};
use crate::quiz::{
    id::{PlayerId, RoundId},
    points::{Award, Points},
    round::State,
    schedule::due::SkipReason,
    standing::{Period, PeriodKey},
    verdict::Credit,
};

/// What a player earned in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardRow {
    /// Who.
    pub player: PlayerId,
    /// How right they were.
    pub credit: Credit,
    /// What it earned.
    pub award: Award,
}

impl Store {
    /// Closes an open round in one transaction: `settle` (pure) makes the awards from what was entered; awards and standings (today, week,
    /// month, each season that counts it, all; keys by the opening moment in the space's zone `zone`) are stored; the edit of
    /// the question and the reveal go into the outbox. `None` where it was not open any more.
    pub async fn close_round<F>(
        &self,
        id: RoundId,
        zone: &TimeZone,
        now: Timestamp,
        settle: F,
    ) -> Result<Option<Round>, StoreError>
    where
        F: Fn(&Round, &[Entered]) -> Vec<AwardRow> + Send + Sync,
    {
        Ok(retried(|| self.try_close(id, zone, now, &settle)).await?)
    }

    async fn try_close<F>(
        &self,
        id: RoundId,
        zone: &TimeZone,
        now: Timestamp,
        settle: &F,
    ) -> sqlx::Result<Option<Round>>
    where
        F: Fn(&Round, &[Entered]) -> Vec<AwardRow> + Send + Sync,
    {
        let mut tx = self.db.begin().await?;
        let locked = format!("WHERE id = $1 AND state = 'open'{}", self.db.dialect.locked());
        let row = sqlx::query(rounds::select(&locked)).bind(id.0).fetch_optional(&mut *tx).await?;
        let Some(mut round) = row.as_ref().map(rounds::read).transpose()? else { return Ok(None) };
        award(&mut tx, &round, now, settle).await?;
        insert_periods(&mut tx, &round, zone, now).await?;
        standings::count(&self.db, &mut tx, &round.space, round.id, 1).await?;

        end(&mut tx, id, State::Closed, now).await?;
        outbox::put(&mut tx, &round.channel, Kind::Ending, id, now, None).await?;
        outbox::put(&mut tx, &round.channel, Kind::Reveal, id, now, None).await?;
        tx.commit().await?;
        (round.state, round.ended) = (State::Closed, Some(now));
        Ok(Some(round))
    }

    /// Cancels a round that is posting or open: it counts for nothing. Its question's message is edited through the outbox. False where
    /// it had ended before.
    pub async fn cancel_round(&self, id: RoundId, now: Timestamp) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let locked = format!("WHERE id = $1 AND state IN ('posting', 'open'){}", self.db.dialect.locked());
        let row = sqlx::query(rounds::select(&locked)).bind(id.0).fetch_optional(&mut *tx).await?;
        let Some(round) = row.as_ref().map(rounds::read).transpose()? else { return Ok(false) };
        end(&mut tx, id, State::Cancelled, now).await?;
        if outbox::drop_waiting(&mut tx, id, Kind::Question, now).await? {
            ask::skip(&mut tx, id, SkipReason::Cancelled).await?;
        } else {
            outbox::put(&mut tx, &round.channel, Kind::Ending, id, now, None).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// The awards of a closed round, most points first, then by name; hidden players and those who left are left out.
    pub async fn awards(&self, id: RoundId) -> Result<Vec<(AwardRow, String)>, StoreError> {
        let rows = sqlx::query(
            "SELECT a.player, a.credit, a.points, a.reason, p.name FROM awards a JOIN players p ON p.id = a.player
             WHERE a.round = $1 AND p.hidden + p.gone = 0 ORDER BY a.points DESC, p.name, a.player",
        )
        .bind(id.0)
        .fetch_all(&self.db.read)
        .await?;
        let read = |row: &sqlx::any::AnyRow| {
            let award = Award { points: Points(row.number("points")?), reason: row.text("reason")? };
            let credit = Credit::of(row.number("credit")?, i64::from(Credit::FULL.get()));
            Ok((AwardRow { player: PlayerId::new(row.text("player")?), credit, award }, row.text("name")?))
        };
        Ok(rows.iter().map(read).collect::<sqlx::Result<_>>()?)
    }
}

/// The round takes no answers from here on, so nobody who deleted their data can come back to it.
async fn end(tx: &mut Tx, id: RoundId, state: State, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("UPDATE rounds SET state = $2, ended = $3 WHERE id = $1")
        .bind(id.0)
        .bind(super::rows::word(&state)?)
        .bind(ms(now))
        .execute(&mut **tx)
        .await?;
    sqlx::query("DELETE FROM tombstones WHERE round = $1").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Stores what everyone earned whose answer stands and was not voided.
pub(super) async fn award<F>(tx: &mut Tx, round: &Round, at: Timestamp, settle: &F) -> sqlx::Result<()>
where
    F: Fn(&Round, &[Entered]) -> Vec<AwardRow>,
{
    let mut entered = answers::entered(tx, round).await?;
    entered.retain(|one| !one.voided);
    if round.rules.weights.streak {
        streaks(tx, round, &mut entered).await?;
    }
    insert_awards(tx, round, &settle(round, &entered), at).await
}

/// Counts for each player the rounds of the schedule answered fully right in a row before this one, newest first, for as long as
/// anybody's row lasts.
async fn streaks(tx: &mut Tx, round: &Round, entered: &mut [Entered]) -> sqlx::Result<()> {
    let Some(schedule) = round.schedule else { return Ok(()) };
    let mut streaks: BTreeMap<String, u32> = BTreeMap::new();
    let mut lasting: Option<BTreeSet<String>> = None;
    let mut before = round.id.0;
    loop {
        let earlier = "SELECT MAX(id) AS id FROM rounds WHERE schedule = $1 AND id < $2 AND state = 'closed'";
        let row = sqlx::query(earlier).bind(schedule.0).bind(before).fetch_one(&mut **tx).await?;
        let Some(earlier) = row.maybe_number("id")? else { break };
        let rows = sqlx::query("SELECT player FROM awards WHERE round = $1 AND credit = $2")
            .bind(earlier)
            .bind(i64::from(Credit::FULL.get()))
            .fetch_all(&mut **tx)
            .await?;
        let right = rows.iter().map(|row| row.text("player")).collect::<sqlx::Result<BTreeSet<_>>>()?;
        let still = match &lasting {
            None => entered.iter().map(|one| one.player.to_string()).filter(|player| right.contains(player)).collect(),
            Some(lasting) => lasting.intersection(&right).cloned().collect::<BTreeSet<_>>(),
        };
        if still.is_empty() {
            break;
        }
        for player in &still {
            *streaks.entry(player.clone()).or_default() += 1;
        }
        (lasting, before) = (Some(still), earlier);
    }
    for one in entered {
        one.streak = streaks.get(one.player.as_str()).copied().unwrap_or(0);
    }
    Ok(())
}

async fn insert_awards(tx: &mut Tx, round: &Round, awards: &[AwardRow], now: Timestamp) -> sqlx::Result<()> {
    for chunk in awards.chunks(ROWS) {
        let insert = format!(
            "INSERT INTO awards (round, player, points, credit, reason, at) VALUES {}",
            super::rows::places(0, chunk.len(), 6)
        );
        let mut query = sqlx::query(AssertSqlSafe(insert)).persistent(false);
        for row in chunk {
            query = query
                .bind(round.id.0)
                .bind(row.player.as_str())
                .bind(row.award.points.0)
                .bind(i64::from(row.credit.get()))
                .bind(row.award.reason.as_str())
                .bind(ms(now));
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Awards that one statement inserts.
const ROWS: usize = 256;

/// Stores in which periods the round counts: by the day it opened, in the space's zone.
async fn insert_periods(tx: &mut Tx, round: &Round, zone: &TimeZone, now: Timestamp) -> sqlx::Result<()> {
    let opened = round.opened.unwrap_or(now);
    let seasons = seasons::of_space(&mut **tx, &round.space).await?;
    let seasons =
        seasons.iter().filter(|season| season.counts(&round.channel, opened)).map(|season| Period::Season(season.id));
    let periods = [Period::Today, Period::Week, Period::Month, Period::All].into_iter().chain(seasons);
    let keys: BTreeSet<PeriodKey> = periods.map(|period| period.key(opened, zone)).collect();
    for key in keys {
        sqlx::query("INSERT INTO counted (round, period) VALUES ($1, $2)")
            .bind(round.id.0)
            .bind(key.as_str())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
