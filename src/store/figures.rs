//! Figures for whoever looks after kcard: how much waits, how large the database is. Nothing of the game depends on them.

use jiff::Timestamp;

use super::{Store, StoreError, rows::Columns as _};

impl Store {
    /// How many answers wait to be stored.
    pub fn answers_waiting(&self) -> usize {
        self.queue.waiting()
    }

    /// How many messages wait in the outbox, and since when the oldest does. An edit that names others in an old reveal counts as
    /// waiting, and not as old.
    pub async fn posts_waiting(&self) -> Result<(i64, Option<Timestamp>), StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS posts, MIN(CASE WHEN kind <> 'amended' THEN since END) AS oldest FROM outbox
             WHERE settled IS NULL",
        )
        .fetch_one(&self.db.read)
        .await?;
        Ok((row.number("posts")?, row.maybe_at("oldest")?))
    }

    /// The size of the database, in bytes.
    pub async fn bytes(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query(self.db.dialect.size()).fetch_one(&self.db.read).await?.number("bytes")?)
    }

    /// When the newest round was made.
    pub async fn newest_round(&self) -> Result<Option<Timestamp>, StoreError> {
        let row = sqlx::query("SELECT MAX(created) AS newest FROM rounds").fetch_one(&self.db.read).await?;
        Ok(row.maybe_at("newest")?)
    }
}
