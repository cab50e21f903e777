//! The connections: opened, migrated, closed. Knows no table.

#[cfg(test)]
mod tests;

use std::{str::FromStr as _, sync::Arc, time::Duration};

use sqlx::{
    Any, AnyConnection, AnyPool, Connection as _, Executor as _, Transaction,
    any::{AnyConnectOptions, AnyPoolOptions},
    migrate::MigrateError,
    sqlite::SqliteConnectOptions,
};

use super::{
    dialect::Dialect,
    file::TheFile,
    schema,
    trouble::{StoreError, Trouble},
};

/// A transaction; what is not committed is rolled back when it is dropped.
pub(super) type Tx = Transaction<'static, Any>;

/// The connections to one database.
#[derive(Clone)]
pub(super) struct Database {
    /// What differs.
    pub dialect: Dialect,
    /// For what changes something; one connection on SQLite.
    pub write: AnyPool,
    /// For what only reads.
    pub read: AnyPool,
    /// Where it is one.
    pub file: Option<Arc<TheFile>>,
}

/// How long a call waits for a connection.
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections that read.
const READERS: u32 = 4;

impl Database {
    /// Connects and migrates; makes a SQLite file that is missing.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let dialect = Dialect::of(url)?;
        let mut first = connect(url, dialect, true).await?;
        tell(&mut first, dialect.writer()).await.map_err(|error| cannot_open(url, dialect, &error))?;
        migrate(dialect, &mut first).await?;
        first.close().await?;
        Self::of(url, dialect)
    }

    /// The pools, which connect when they are used. The file is there: one that vanishes must not be made anew, and empty.
    pub fn of(url: &str, dialect: Dialect) -> Result<Self, StoreError> {
        let options = options(url, dialect, false)?;
        let write = pool(dialect.writers(), dialect.writer());
        let write = match dialect {
            Dialect::Sqlite => write.before_acquire(|connection, _| Box::pin(async { Ok(usable(connection).await) })),
            Dialect::Postgres => write,
        };
        let file = match dialect {
            Dialect::Sqlite => TheFile::of(url).map(Arc::new),
            Dialect::Postgres => None,
        };
        let read = pool(READERS, dialect.reader()).connect_lazy_with(options.clone());
        Ok(Self { dialect, write: write.connect_lazy_with(options), read, file })
    }

    /// Begins a transaction that writes.
    pub async fn begin(&self) -> sqlx::Result<Tx> {
        if let Some(file) = &self.file {
            file.check()?;
        }
        self.write.begin_with(self.dialect.begin()).await
    }

    /// Begins a transaction whose reads all see the same moment.
    pub async fn snapshot(&self) -> sqlx::Result<Tx> {
        self.read.begin_with(self.dialect.snapshot()).await
    }

    /// Waits until nobody else has the turn that this text names, and has it until the transaction ends. On SQLite whoever writes has
    /// every turn.
    pub async fn turn(&self, tx: &mut Tx, name: &str) -> sqlx::Result<()> {
        if let Some(statement) = self.dialect.turn() {
            sqlx::query(statement).bind(name).execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// Waits until all connections are given back, and closes them.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// Whether a transaction can begin on a connection that comes back. On a full disk SQLite rolls back by itself, and sqlx then believes
/// for ever that a transaction is under way.
async fn usable(connection: &mut AnyConnection) -> bool {
    match connection.begin_with("BEGIN").await {
        Ok(tx) => tx.rollback().await.is_ok(),
        Err(_) => false,
    }
}

fn pool(size: u32, session: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(PATIENCE)
        .after_connect(move |connection, _| Box::pin(tell(connection, session)))
}

/// Connects, not by a pool: that would try again and again, and in the end not know why it failed.
pub(super) async fn connect(url: &str, dialect: Dialect, create: bool) -> Result<AnyConnection, StoreError> {
    let options = options(url, dialect, create)?;
    AnyConnection::connect_with(&options).await.map_err(|error| cannot_open(url, dialect, &error))
}

fn options(url: &str, dialect: Dialect, create: bool) -> Result<AnyConnectOptions, StoreError> {
    sqlx::any::install_default_drivers();
    AnyConnectOptions::from_str(&dialect.address(url, create))
        .map_err(|error| StoreError::Database(format!("the database's address cannot be read: {error}")))
}

/// Tells a connection what it has to know first.
pub(super) async fn tell(connection: &mut AnyConnection, session: &'static str) -> sqlx::Result<()> {
    connection.execute(sqlx::raw_sql(session)).await?;
    Ok(())
}

/// Brings the schema up to date; each step whole or not at all. On SQLite under the write lock, so that two processes that start
/// together do not both try; PostgreSQL's migrator holds a lock of its own.
async fn migrate(dialect: Dialect, connection: &mut AnyConnection) -> Result<(), StoreError> {
    let run = async {
        match dialect {
            Dialect::Sqlite => {
                let mut tx = connection.begin_with(dialect.begin()).await?;
                dialect.migrator().run_direct(None, &mut *tx, false).await?;
                // Changes nothing, and fails where nothing can be changed.
                tx.execute("UPDATE _sqlx_migrations SET success = 1 WHERE version = 0").await?;
                tx.commit().await?;
            }
            Dialect::Postgres => dialect.migrator().run_direct(None, connection, false).await?,
        }
        Ok(())
    };
    run.await.map_err(|error| match error {
        MigrateError::VersionMissing(has) => schema::later(has, dialect.last_migration()),
        MigrateError::VersionMismatch(version) => schema::other(version),
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => match Trouble::of(&error) {
            Trouble::Stuck(what_to_do) => StoreError::Database(format!("{what_to_do} ({error})")),
            _ => StoreError::Database(format!("the schema cannot be made: {error}")),
        },
        error => StoreError::Database(format!("the database cannot be brought up to date: {error}")),
    })
}

/// What to do about a database that cannot be opened. Which one it is, the caller knows: an address may hold a password.
pub(super) fn cannot_open(url: &str, dialect: Dialect, error: &sqlx::Error) -> StoreError {
    if dialect == Dialect::Postgres {
        return StoreError::Database(format!(
            "cannot connect to PostgreSQL: {error}. Check the address, and that the server runs and lets kcard in"
        ));
    }
    let options = SqliteConnectOptions::from_str(url).unwrap_or_default();
    let path = options.get_filename();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    StoreError::Database(match (folder, Trouble::of(error)) {
        (Some(folder), _) if !folder.is_dir() => {
            format!("its folder {} does not exist; make it first", folder.display())
        }
        _ if !path.exists() => format!("there is no file {}; `kcard run` makes it", path.display()),
        _ if path.is_dir() => format!("{} is a folder; name a file in it", path.display()),
        (_, Trouble::Stuck(what_to_do)) => format!("{what_to_do} ({error})"),
        _ => format!("{error}; name a SQLite file, or one that does not exist yet"),
    })
}
