//! The log of what hosts changed afterwards: written with the change, and never changed itself.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::{
    Store, StoreError,
    database::Tx,
    rows::{Columns as _, ms},
};
use crate::quiz::id::{PlayerId, RoundId, SeasonId, SpaceId};

/// Something that a host changed afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What.
    pub what: String,
    /// What the host is called, or their id where they never played; `None` where they deleted their data.
    pub by: Option<String>,
    /// Why; empty where they did not say.
    pub why: String,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// What was changed of a round, the oldest first.
    pub async fn corrections(&self, round: RoundId) -> Result<Vec<Correction>, StoreError> {
        let rows = sqlx::query(
            "SELECT c.what, COALESCE(p.name, c.corrected_by) AS name, c.why, c.at FROM corrections c
             LEFT JOIN players p ON p.id = c.corrected_by WHERE c.round = $1 ORDER BY c.id",
        )
        .bind(round.0)
        .fetch_all(&self.db.read)
        .await?;
        let read = |row: &AnyRow| {
            Ok(Correction {
                what: row.text("what")?,
                by: Some(row.text("name")?).filter(|by| !by.is_empty()),
                why: row.text("why")?,
                at: row.at("at")?,
            })
        };
        Ok(rows.iter().map(read).collect::<sqlx::Result<_>>()?)
    }
}

/// What a correction is about.
pub(super) enum Of {
    Round(RoundId),
    Season(SeasonId),
}

/// Puts a correction into the log; its number there.
pub(super) async fn log(
    tx: &mut Tx,
    space: &SpaceId,
    of: Of,
    what: &str,
    by: &PlayerId,
    why: &str,
    now: Timestamp,
) -> sqlx::Result<i64> {
    let (round, season) = match of {
        Of::Round(round) => (Some(round.0), None),
        Of::Season(season) => (None, Some(season.0)),
    };
    let row = sqlx::query(
        "INSERT INTO corrections (space, round, season, what, corrected_by, why, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
    )
    .bind(space.as_str())
    .bind(round)
    .bind(season)
    .bind(what)
    .bind(by.as_str())
    .bind(why)
    .bind(ms(now))
    .fetch_one(&mut **tx)
    .await?;
    row.number("id")
}
