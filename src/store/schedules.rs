//! Schedules, from the file or made in chat, and how far their slots are settled.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, any::AnyRow};

use super::{
    Store, StoreError,
    database::Tx,
    rows::{Columns as _, json, moment, ms, readable, word},
};
use crate::quiz::{
    id::{ScheduleId, SpaceId},
    schedule::{Plan, due::SkipReason},
};

/// A stored schedule.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// The store's number; kept for ever, also over restarts and edits.
    pub id: ScheduleId,
    /// The space of its channel.
    pub space: SpaceId,
    /// What it asks, and when.
    pub plan: Plan,
    /// Where it is defined.
    pub source: Source,
    /// Slots before this are not asked; `Timestamp::MAX` is "until resumed".
    pub paused_until: Option<Timestamp>,
    /// Slots up to this are settled: asked or skipped.
    pub settled: Timestamp,
    /// What keeps it from asking, in words for an admin.
    pub problem: Option<String>,
}

/// Where a schedule is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// In the configuration file; chat cannot change it.
    File,
    /// By this command in chat.
    Chat,
}

/// The turn of whoever gives schedules their names.
const NAMES: &str = "names of schedules";

impl Store {
    /// Adds a schedule made in chat. Slots up to `now` are settled. `None` where the name is taken in the space.
    pub async fn add_schedule(
        &self,
        space: &SpaceId,
        plan: &Plan,
        now: Timestamp,
    ) -> Result<Option<ScheduleId>, StoreError> {
        let mut tx = self.db.begin().await?;
        self.db.turn(&mut tx, NAMES).await?;
        let id = insert(&mut tx, space, plan, Source::Chat, now).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Makes the stored file schedules the ones given: new ones are added (slots up to `now` settled), known ones (by space and name)
    /// keep their number, history and settled slots, others are retired. One that was retired and is in the file again is the same one;
    /// what would have been asked meanwhile is settled. One made in chat whose name the file takes is the file's from then on.
    pub async fn sync_file_schedules(&self, plans: &[(SpaceId, Plan)], now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        // Of two that start together the second has to see what the first has made, or it would retire that.
        self.db.turn(&mut tx, NAMES).await?;
        let mut kept = BTreeSet::new();
        for (space, plan) in plans {
            kept.insert(match known(&mut tx, space, &plan.name).await? {
                Some(row) => update(&mut tx, &row, plan, now).await?,
                None => insert(&mut tx, space, plan, Source::File, now).await?.map(|id| id.0),
            });
        }
        let rows = sqlx::query("SELECT id FROM schedules WHERE source = 'file' AND retired = 0").fetch_all(&mut *tx);
        for row in rows.await? {
            let id = row.number("id")?;
            if !kept.contains(&Some(id)) {
                sqlx::query("UPDATE schedules SET retired = 1 WHERE id = $1").bind(id).execute(&mut *tx).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// The live schedules, of one space or of all, by name.
    pub async fn schedules(&self, space: Option<&SpaceId>) -> Result<Vec<Schedule>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, space, plan, source, paused_until, settled, problem FROM schedules
             WHERE retired = 0 AND ($1 IS NULL OR space = $1) ORDER BY name, space",
        )
        .bind(space.map(SpaceId::as_str))
        .fetch_all(&self.db.read)
        .await?;
        Ok(readable("schedules", &rows, read)?)
    }

    /// Pauses until a moment, or resumes with `None`.
    pub async fn pause_schedule(&self, id: ScheduleId, until: Option<Timestamp>) -> Result<(), StoreError> {
        sqlx::query("UPDATE schedules SET paused_until = $2 WHERE id = $1")
            .bind(id.0)
            .bind(until.map(ms))
            .execute(&self.db.write)
            .await?;
        Ok(())
    }

    /// Adds a skip date.
    pub async fn skip_date(&self, id: ScheduleId, date: Date) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        let select = format!("SELECT plan FROM schedules WHERE id = $1{}", self.db.dialect.locked());
        if let Some(row) = sqlx::query(AssertSqlSafe(select)).bind(id.0).fetch_optional(&mut *tx).await? {
            let mut plan: Plan = row.json("plan")?;
            if !plan.skip.contains(&date) {
                plan.skip.push(date);
                plan.skip.sort_unstable();
                sqlx::query("UPDATE schedules SET plan = $2 WHERE id = $1")
                    .bind(id.0)
                    .bind(json(&plan)?)
                    .execute(&mut *tx)
                    .await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// Retires a schedule; its history stays.
    pub async fn remove_schedule(&self, id: ScheduleId) -> Result<(), StoreError> {
        sqlx::query("UPDATE schedules SET retired = 1 WHERE id = $1").bind(id.0).execute(&self.db.write).await?;
        Ok(())
    }

    /// Notes what keeps a schedule from asking, or that nothing does any more. True where this is news.
    pub async fn set_problem(&self, id: ScheduleId, problem: Option<&str>) -> Result<bool, StoreError> {
        let changed = sqlx::query("UPDATE schedules SET problem = $2 WHERE id = $1 AND problem IS DISTINCT FROM $2")
            .bind(id.0)
            .bind(problem)
            .execute(&self.db.write)
            .await?;
        Ok(changed.rows_affected() > 0)
    }

    /// Stores slots as skipped (those not settled yet) and moves `settled` on, in one transaction.
    pub async fn skip_slots(
        &self,
        id: ScheduleId,
        skipped: &[(Timestamp, SkipReason)],
        settled: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        for (slot, reason) in skipped {
            sqlx::query("INSERT INTO slots (schedule, slot, skipped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                .bind(id.0)
                .bind(ms(*slot))
                .bind(word(reason)?)
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query("UPDATE schedules SET settled = $2 WHERE id = $1 AND settled < $2")
            .bind(id.0)
            .bind(ms(settled))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The latest settled slots of a schedule, newest first: asked (`None`) or skipped with the reason. Without the one that
    /// `ask_on_start` asks.
    pub async fn slots(&self, id: ScheduleId, limit: u32) -> Result<Vec<(Timestamp, Option<SkipReason>)>, StoreError> {
        let rows = sqlx::query(
            "SELECT slot, skipped FROM slots WHERE schedule = $1 AND slot <> 0 ORDER BY slot DESC LIMIT $2",
        )
        .bind(id.0)
        .bind(i64::from(limit))
        .fetch_all(&self.db.read)
        .await?;
        let read = |row: &AnyRow| {
            let reason = row.maybe_text("skipped")?.map(|_| row.word("skipped")).transpose()?;
            Ok((moment(row.number("slot")?)?, reason))
        };
        Ok(rows.iter().map(read).collect::<sqlx::Result<_>>()?)
    }
}

fn read(row: &AnyRow) -> sqlx::Result<Schedule> {
    Ok(Schedule {
        id: ScheduleId(row.number("id")?),
        space: SpaceId::new(row.text("space")?),
        plan: row.json("plan")?,
        source: row.word("source")?,
        paused_until: row.maybe_at("paused_until")?,
        settled: row.at("settled")?,
        problem: row.maybe_text("problem")?,
    })
}

/// Adds a schedule, unless a live one of the space has its name.
async fn insert(
    tx: &mut Tx,
    space: &SpaceId,
    plan: &Plan,
    source: Source,
    now: Timestamp,
) -> sqlx::Result<Option<ScheduleId>> {
    let row = sqlx::query(
        "INSERT INTO schedules (space, name, plan, source, settled) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING RETURNING id",
    )
    .bind(space.as_str())
    .bind(plan.name.as_str())
    .bind(json(plan)?)
    .bind(word(&source)?)
    .bind(ms(now))
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| row.number("id").map(ScheduleId)).transpose()
}

/// The schedule that a name in the file means: the live one, else the file's newest retired one.
async fn known(tx: &mut Tx, space: &SpaceId, name: &str) -> sqlx::Result<Option<AnyRow>> {
    sqlx::query(
        "SELECT id, retired FROM schedules WHERE space = $1 AND name = $2 AND (retired = 0 OR source = 'file')
         ORDER BY retired, id DESC LIMIT 1",
    )
    .bind(space.as_str())
    .bind(name)
    .fetch_optional(&mut **tx)
    .await
}

async fn update(tx: &mut Tx, known: &AnyRow, plan: &Plan, now: Timestamp) -> sqlx::Result<Option<i64>> {
    let id = known.number("id")?;
    sqlx::query("UPDATE schedules SET plan = $2, source = 'file', retired = 0 WHERE id = $1")
        .bind(id)
        .bind(json(plan)?)
        .execute(&mut **tx)
        .await?;
    if known.flag("retired")? {
        sqlx::query(
            "UPDATE schedules SET settled = $2, paused_until = NULL, problem = NULL WHERE id = $1 AND settled < $2",
        )
        .bind(id)
        .bind(ms(now))
        .execute(&mut **tx)
        .await?;
    }
    Ok(Some(id))
}
