//! What players are to be told, kept until they were: by a word of its own where the platform has one, else with the next reply.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::{
    Store, StoreError,
    database::Tx,
    rows::{Columns as _, ms},
};
use crate::quiz::id::{CaseId, PlayerId};

/// Something that a player is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The store's number.
    pub id: i64,
    /// Who.
    pub player: PlayerId,
    /// What, as Markdown.
    pub text: String,
}

impl Store {
    /// Notes what hosts are to be told of a case.
    pub async fn tell_of_case(
        &self,
        hosts: &[PlayerId],
        case: CaseId,
        text: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        for host in hosts {
            insert(&mut tx, host, text, Some(case), now).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Who is still to be told something.
    pub async fn awaiting_notice(&self) -> Result<BTreeSet<PlayerId>, StoreError> {
        let rows = sqlx::query("SELECT DISTINCT player FROM notices").fetch_all(&self.db.read).await?;
        rows.iter().map(|row| Ok(PlayerId::new(row.text("player")?))).collect()
    }

    /// What a player is still to be told, the oldest first.
    pub async fn notices(&self, player: &PlayerId) -> Result<Vec<Notice>, StoreError> {
        let rows = sqlx::query("SELECT id, player, text FROM notices WHERE player = $1 ORDER BY id")
            .bind(player.as_str())
            .fetch_all(&self.db.read)
            .await?;
        let read = |row: &AnyRow| {
            Ok(Notice { id: row.number("id")?, player: PlayerId::new(row.text("player")?), text: row.text("text")? })
        };
        rows.iter().map(read).collect()
    }

    /// A player was told this. False where somebody else told them before.
    pub async fn told(&self, notice: &Notice) -> Result<bool, StoreError> {
        let told = sqlx::query("DELETE FROM notices WHERE id = $1").bind(notice.id).execute(&self.db.write).await?;
        Ok(told.rows_affected() > 0)
    }
}

/// Notes what a player is to be told.
pub(super) async fn put(tx: &mut Tx, player: &PlayerId, text: &str, now: Timestamp) -> sqlx::Result<()> {
    insert(tx, player, text, None, now).await
}

async fn insert(tx: &mut Tx, player: &PlayerId, text: &str, case: Option<CaseId>, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO notices (player, text, at, of_case) VALUES ($1, $2, $3, $4)")
        .bind(player.as_str())
        .bind(text)
        .bind(ms(now))
        .bind(case.map(|case| case.0))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
