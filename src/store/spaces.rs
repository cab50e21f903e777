//! Spaces and their settings.

use sqlx::any::AnyRow;

use super::{
    Store, StoreError,
    rows::{Columns as _, json},
};
use crate::quiz::id::SpaceId;

/// A space's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// Which.
    pub id: SpaceId,
    /// Its IANA zone; `None` where nobody set one (the configuration's default holds).
    pub timezone: Option<String>,
    /// Player ids (`web:ana`) and the platform's role or group ids that are hosts.
    pub hosts: Vec<String>,
}

impl Store {
    /// A space's settings; the defaults where it is not known yet.
    pub async fn space(&self, id: &SpaceId) -> Result<Space, StoreError> {
        let row = sqlx::query("SELECT id, timezone, hosts FROM spaces WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.db.read)
            .await?;
        let known = row.as_ref().map(read).transpose()?;
        Ok(known.unwrap_or_else(|| Space { id: id.clone(), timezone: None, hosts: Vec::new() }))
    }

    /// Stores a space's settings.
    pub async fn save_space(&self, space: &Space) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO spaces (id, timezone, hosts) VALUES ($1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET timezone = excluded.timezone, hosts = excluded.hosts",
        )
        .bind(space.id.as_str())
        .bind(space.timezone.as_deref())
        .bind(json(&space.hosts)?)
        .execute(&self.db.write)
        .await?;
        Ok(())
    }

    /// All spaces that were ever saved.
    pub async fn spaces(&self) -> Result<Vec<Space>, StoreError> {
        let rows = sqlx::query("SELECT id, timezone, hosts FROM spaces ORDER BY id").fetch_all(&self.db.read).await?;
        Ok(rows.iter().map(read).collect::<sqlx::Result<_>>()?)
    }
}

fn read(row: &AnyRow) -> sqlx::Result<Space> {
    Ok(Space { id: SpaceId::new(row.text("id")?), timezone: row.maybe_text("timezone")?, hosts: row.json("hosts")? })
}
