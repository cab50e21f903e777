//! The decks that hosts gave a space. What is in a file is not known here.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::{
    Store, StoreError,
    database::Tx,
    rows::{Columns as _, ms},
};
use crate::quiz::id::{DeckId, PlayerId, SpaceId};

/// A deck that a space has of its own, without its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceDeck {
    /// Whose.
    pub space: SpaceId,
    /// Its name, unique in the space.
    pub name: DeckId,
    /// From 1; each file under this name is the next one, also after a removal.
    pub version: i64,
    /// Who added this version; `None` where they deleted their data.
    pub added_by: Option<PlayerId>,
    /// When.
    pub added_at: Timestamp,
}

/// What became of a deck that was to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeckAdded {
    /// It is stored as this version.
    Version(i64),
    /// This version is the same file, and stays.
    Same(i64),
    /// The space has as many decks as it may have.
    Full,
}

impl Store {
    /// Stores a deck's file as the next version of its name, if the space has fewer than `most` others.
    pub async fn add_deck(
        &self,
        space: &SpaceId,
        name: &DeckId,
        file: &str,
        by: &PlayerId,
        now: Timestamp,
        most: i64,
    ) -> Result<DeckAdded, StoreError> {
        let mut tx = self.db.begin().await?;
        // Two that are added together must not both be the last that there is room for.
        self.db.turn(&mut tx, &format!("decks of {space}")).await?;
        let outcome = match room(&mut tx, space, name, file, most).await? {
            Some(outcome) => outcome,
            None => DeckAdded::Version(insert(&mut tx, space, name, file, by, now).await?),
        };
        tx.commit().await?;
        Ok(outcome)
    }

    /// Takes a deck's file away; the name's versions count on. Whether there was one.
    pub async fn remove_deck(&self, space: &SpaceId, name: &DeckId) -> Result<bool, StoreError> {
        let removed =
            sqlx::query("UPDATE decks SET content = NULL WHERE space = $1 AND name = $2 AND content IS NOT NULL")
                .bind(space.as_str())
                .bind(name.as_str())
                .execute(&self.db.write)
                .await?;
        Ok(removed.rows_affected() > 0)
    }

    /// The decks of all spaces, by space and name.
    pub async fn decks(&self) -> Result<Vec<SpaceDeck>, StoreError> {
        let rows = sqlx::query(
            "SELECT space, name, version, added_by, added_at FROM decks WHERE content IS NOT NULL ORDER BY space, name",
        )
        .fetch_all(&self.db.read)
        .await?;
        Ok(rows.iter().map(read).collect::<sqlx::Result<_>>()?)
    }

    /// The file of this version of a deck; `None` where it is no longer the one in force.
    pub async fn deck_file(&self, deck: &SpaceDeck) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT content FROM decks WHERE space = $1 AND name = $2 AND version = $3")
            .bind(deck.space.as_str())
            .bind(deck.name.as_str())
            .bind(deck.version)
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.map(|row| row.maybe_text("content")).transpose()?.flatten())
    }
}

fn read(row: &AnyRow) -> sqlx::Result<SpaceDeck> {
    Ok(SpaceDeck {
        space: SpaceId::new(row.text("space")?),
        name: DeckId::new(row.text("name")?),
        version: row.number("version")?,
        added_by: Some(row.text("added_by")?).filter(|by| !by.is_empty()).map(PlayerId::new),
        added_at: row.at("added_at")?,
    })
}

/// Why a deck need not or cannot be stored; `None` where there is room for it.
async fn room(tx: &mut Tx, space: &SpaceId, name: &DeckId, file: &str, most: i64) -> sqlx::Result<Option<DeckAdded>> {
    let same = sqlx::query("SELECT version FROM decks WHERE space = $1 AND name = $2 AND content = $3")
        .bind(space.as_str())
        .bind(name.as_str())
        .bind(file)
        .fetch_optional(&mut **tx)
        .await?;
    if let Some(row) = same {
        return Ok(Some(DeckAdded::Same(row.number("version")?)));
    }
    let others =
        sqlx::query("SELECT COUNT(*) AS others FROM decks WHERE space = $1 AND name <> $2 AND content IS NOT NULL")
            .bind(space.as_str())
            .bind(name.as_str())
            .fetch_one(&mut **tx)
            .await?
            .number("others")?;
    Ok((others >= most).then_some(DeckAdded::Full))
}

async fn insert(
    tx: &mut Tx,
    space: &SpaceId,
    name: &DeckId,
    file: &str,
    by: &PlayerId,
    now: Timestamp,
) -> sqlx::Result<i64> {
    let row = sqlx::query(
        "INSERT INTO decks (space, name, version, added_by, added_at, content) VALUES ($1, $2, 1, $3, $4, $5)
         ON CONFLICT (space, name) DO UPDATE SET version = decks.version + 1, added_by = excluded.added_by,
             added_at = excluded.added_at, content = excluded.content
         RETURNING version",
    )
    .bind(space.as_str())
    .bind(name.as_str())
    .bind(by.as_str())
    .bind(ms(now))
    .bind(file)
    .fetch_one(&mut **tx)
    .await?;
    row.number("version")
}
