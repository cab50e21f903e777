//! What can go wrong in the store, and what to do about it, in words. Knows the codes of both databases.

use sqlx::Error;

/// What can go wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be opened, is newer than this binary, or a statement failed.
    #[error("{0}")]
    Database(String),
    /// The store is full, read-only or stuck; nothing of this call was stored.
    #[error("the store is busy, try again: {0}")]
    Busy(String),
}

/// What kind of trouble an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Two transactions were in each other's way: the same again may well succeed.
    Clash,
    /// The database as a whole cannot work now, whatever it is asked; what to do.
    Stuck(&'static str),
    /// This call cannot succeed.
    Fault,
}

impl Trouble {
    /// Which kind `error` is.
    pub fn of(error: &Error) -> Self {
        match error {
            Error::Database(error) if error.is_unique_violation() => Self::Clash,
            Error::Database(error) => error.code().map_or(Self::Fault, |code| Self::of_code(&code)),
            Error::PoolTimedOut => Self::Stuck("no connection became free in time"),
            Error::PoolClosed => Self::Stuck("it is being closed"),
            Error::Io(_) | Error::WorkerCrashed => {
                Self::Stuck("the connection broke; check that the database runs and can be reached")
            }
            _ => Self::Fault,
        }
    }

    /// PostgreSQL's codes have five characters (SQLSTATE); SQLite's are numbers whose lowest byte is the primary result code.
    fn of_code(code: &str) -> Self {
        match code {
            "40001" | "40P01" => return Self::Clash,
            "55P03" => return Self::Stuck("another transaction holds what this one needs"),
            "53100" => return Self::Stuck(FULL),
            "25006" => return Self::Stuck(READ_ONLY),
            _ if code.len() == 5 && (code.starts_with("53") || code.starts_with("57") || code.starts_with("08")) => {
                return Self::Stuck("PostgreSQL takes no work now; look into its log");
            }
            _ if code.len() == 5 => return Self::Fault,
            _ => {}
        }
        match code.parse::<u32>().unwrap_or(0) & 0xff {
            5 | 6 => Self::Stuck("another process holds the database's lock; only one kcard may use a SQLite file"),
            8 => Self::Stuck(READ_ONLY),
            10 => Self::Stuck(
                "the disk is full, or a file may not grow, or it is broken; free some space, or look into the system's log",
            ),
            13 => Self::Stuck(FULL),
            14 => Self::Stuck(
                "the file or its folder cannot be opened or written; check that it exists, and its permissions",
            ),
            _ => Self::Fault,
        }
    }
}

const FULL: &str = "the disk is full; free some space";
const READ_ONLY: &str = "the database is read-only; make the file and its folder writable for kcard";

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl From<&Error> for StoreError {
    fn from(error: &Error) -> Self {
        match Trouble::of(error) {
            Trouble::Clash => Self::Busy(format!("two changes were in each other's way ({error})")),
            Trouble::Stuck(what_to_do) => Self::Busy(format!("{what_to_do} ({error})")),
            Trouble::Fault if matches!(error, Error::Decode(_) | Error::ColumnDecode { .. }) => {
                Self::Database(format!("what is stored cannot be read: {error}"))
            }
            Trouble::Fault => Self::Database(format!("the database refused a statement: {error}")),
        }
    }
}

/// Runs a transaction again where another was in its way.
pub(super) async fn retried<T, F>(mut work: impl FnMut() -> F) -> sqlx::Result<T>
where
    F: Future<Output = sqlx::Result<T>>,
{
    for _ in 1..TRIES {
        match work().await {
            Err(error) if Trouble::of(&error) == Trouble::Clash => {}
            done => return done,
        }
    }
    work().await
}

/// How often a transaction is tried that others get in the way of.
const TRIES: u32 = 4;
