//! Which schema a database has, and whether this kcard knows it. Looks, and changes nothing.

use std::cmp::Ordering;

use sqlx::{AnyConnection, Connection as _};

use super::{
    StoreError,
    database::{cannot_open, connect, tell},
    dialect::Dialect,
    rows::Columns as _,
};

/// What a database's schema is to this kcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// No kcard has made one.
    None,
    /// An earlier kcard's; `kcard run` brings it up to date.
    Earlier {
        /// The last migration that it has.
        has: i64,
        /// The last one that this kcard knows.
        known: i64,
    },
    /// This kcard's: the last migration.
    Current(i64),
    /// A later kcard's.
    Later {
        /// The last migration that it has.
        has: i64,
        /// The last one that this kcard knows.
        known: i64,
    },
    /// This migration of it is not the one that this kcard knows: another build made it.
    Other(i64),
}

/// The schema of the database at an address; a SQLite file that is not there is an error.
pub(super) async fn schema(url: &str) -> Result<Schema, StoreError> {
    let dialect = Dialect::of(url)?;
    let mut connection = connect(url, dialect, false).await?;
    let schema = async {
        tell(&mut connection, dialect.reader()).await?;
        read(&mut connection, dialect).await
    };
    let schema = schema.await.map_err(|error| cannot_open(url, dialect, &error));
    connection.close().await?;
    schema
}

async fn read(connection: &mut AnyConnection, dialect: Dialect) -> sqlx::Result<Schema> {
    if sqlx::query(dialect.has_migrations()).fetch_one(&mut *connection).await?.number("found")? == 0 {
        return Ok(Schema::None);
    }
    let applied = sqlx::query("SELECT version, checksum FROM _sqlx_migrations ORDER BY version");
    let applied = applied.fetch_all(&mut *connection).await?;
    let known = dialect.migrator();
    let last_known = dialect.last_migration();
    let mut has = 0;
    for row in &applied {
        has = row.number("version")?;
        let Some(ours) = known.iter().find(|migration| migration.version == has) else { continue };
        if *ours.checksum != *row.bytes("checksum")? {
            return Ok(Schema::Other(has));
        }
    }
    Ok(match has.cmp(&last_known) {
        _ if applied.is_empty() => Schema::None,
        Ordering::Less => Schema::Earlier { has, known: last_known },
        Ordering::Equal => Schema::Current(has),
        Ordering::Greater => Schema::Later { has, known: last_known },
    })
}

impl Schema {
    /// Fails where this kcard cannot work with it, and says what to do.
    pub fn check(self) -> Result<(), StoreError> {
        match self {
            Self::Earlier { .. } | Self::Current(_) => Ok(()),
            Self::None => Err(StoreError::Database("this database holds nothing of kcard's; name another one".into())),
            Self::Later { has, known } => Err(later(has, known)),
            Self::Other(version) => Err(other(version)),
        }
    }
}

/// A later kcard's database.
pub(super) fn later(has: i64, known: i64) -> StoreError {
    StoreError::Database(format!(
        "this database is newer than this kcard: it has migration {has}, and this version knows them up to {known}. Start the kcard \
         that made it or a later one, or name another database"
    ))
}

/// Another build's database.
pub(super) fn other(version: i64) -> StoreError {
    StoreError::Database(format!(
        "migration {version} of this database is not the one that this kcard knows: it was made by another build. Start that build, \
         or name another database"
    ))
}
