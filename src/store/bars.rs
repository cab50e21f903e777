//! Players whose answers are not taken. A bar is known by a hash of the player, so that who deletes their data stays barred.

use jiff::Timestamp;

use super::{
    Store, StoreError,
    database::Tx,
    forget, notices,
    rows::{Columns as _, ms},
};
use crate::quiz::id::PlayerId;

impl Store {
    /// Takes no answers and no disputes from a player from now on, and notes what they are told. False where they were barred before.
    pub async fn bar(
        &self,
        player: &PlayerId,
        by: &PlayerId,
        reason: &str,
        telling: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let barred = sqlx::query(
            "INSERT INTO bars (hash, player, barred_by, reason, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        )
        .bind(hash(player))
        .bind(player.as_str())
        .bind(by.as_str())
        .bind(reason)
        .bind(ms(now))
        .execute(&mut *tx)
        .await?;
        if barred.rows_affected() > 0 {
            notices::put(&mut tx, player, telling, now).await?;
        }
        tx.commit().await?;
        Ok(barred.rows_affected() > 0)
    }

    /// Takes a player's answers again, and notes what they are told. False where they were not barred.
    pub async fn unbar(&self, player: &PlayerId, telling: &str, now: Timestamp) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let lifted = sqlx::query("DELETE FROM bars WHERE hash = $1").bind(hash(player)).execute(&mut *tx).await?;
        if lifted.rows_affected() > 0 {
            notices::put(&mut tx, player, telling, now).await?;
        }
        tx.commit().await?;
        Ok(lifted.rows_affected() > 0)
    }

    /// Why a player is barred, if they are.
    pub async fn barred(&self, player: &PlayerId) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT reason FROM bars WHERE hash = $1")
            .bind(hash(player))
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.map(|row| row.text("reason")).transpose()?)
    }
}

/// Why a player is barred, if they are.
pub(super) async fn reason(tx: &mut Tx, player: &PlayerId) -> sqlx::Result<Option<String>> {
    let row =
        sqlx::query("SELECT reason FROM bars WHERE hash = $1").bind(hash(player)).fetch_optional(&mut **tx).await?;
    row.map(|row| row.text("reason")).transpose()
}

/// By what a bar knows a player.
pub(super) fn hash(player: &PlayerId) -> String {
    // In the room, where names can be picked anew, another case of letters is the same name.
    let player = if player.face() == "web" { player.as_str().to_lowercase() } else { player.to_string() };
    forget::hash(&format!("bar/{player}"))
}
