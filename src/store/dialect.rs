//! What must differ between SQLite and PostgreSQL, and nothing else: how a database is opened and migrated, how a transaction
//! begins, how rows are locked.

use sqlx::migrate::Migrator;

use super::trouble::StoreError;

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// One writer; readers beside it.
    Sqlite,
    /// Many writers, so rows are locked.
    Postgres,
}

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

impl Dialect {
    /// By the address's scheme.
    pub fn of(url: &str) -> Result<Self, StoreError> {
        match url.split_once(':') {
            Some(("sqlite", _)) => Ok(Self::Sqlite),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres),
            _ => Err(StoreError::Database(
                "cannot tell which database to open: the address must begin with `sqlite://` or `postgres://`".into(),
            )),
        }
    }

    /// The address to connect to: it says whether a missing SQLite file is made, unless it says so already.
    pub fn address(self, url: &str, create: bool) -> String {
        match self {
            Self::Sqlite if !url.contains('?') => format!("{url}?mode={}", if create { "rwc" } else { "rw" }),
            Self::Sqlite | Self::Postgres => url.to_owned(),
        }
    }

    /// How many connections write at most.
    pub fn writers(self) -> u32 {
        match self {
            Self::Sqlite => 1,
            Self::Postgres => 10,
        }
    }

    /// What every writing connection is told first.
    pub fn writer(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"
            }
            Self::Postgres => "SET lock_timeout = '5s'",
        }
    }

    /// What every reading connection is told first.
    pub fn reader(self) -> &'static str {
        match self {
            Self::Sqlite => "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON",
            Self::Postgres => "SET default_transaction_read_only = on",
        }
    }

    /// Begins a transaction that writes. SQLite takes the lock at once: a lock taken later could fail.
    pub fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Begins a transaction whose reads all see the same moment.
    pub fn snapshot(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Ends a SELECT whose rows nobody else may change until the transaction ends.
    pub fn locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }

    /// Ends a SELECT of due work, so that replicas share it: what another has taken is left out.
    pub fn claimed(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// The statement that waits for the turn that a text names, and has it until the transaction ends.
    pub fn turn(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"),
        }
    }

    /// How large the database is, in bytes.
    pub fn size(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()",
            Self::Postgres => "SELECT pg_database_size(current_database()) AS bytes",
        }
    }

    /// The last migration that this kcard knows.
    pub fn last_migration(self) -> i64 {
        self.migrator().iter().map(|migration| migration.version).max().unwrap_or_default()
    }

    /// How many tables of migrations there are, none or one.
    pub fn has_migrations(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT COUNT(*) AS found FROM sqlite_master WHERE name = '_sqlx_migrations'",
            Self::Postgres => "SELECT COUNT(*) AS found FROM pg_class WHERE oid = to_regclass('_sqlx_migrations')",
        }
    }

    /// The embedded migrations.
    pub fn migrator(self) -> &'static Migrator {
        match self {
            Self::Sqlite => &SQLITE,
            Self::Postgres => &POSTGRES,
        }
    }
}
