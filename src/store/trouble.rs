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
            Error::PoolTimedOut => {
                Self::Stuck("no connection became free in time; check that the database runs and can be reached")
            }
            Error::PoolClosed => Self::Stuck("it is being closed"),
            Error::Io(error) if error.kind() == std::io::ErrorKind::StaleNetworkFileHandle => Self::Stuck(
                "the database's file was taken away or replaced while kcard runs; put it back, or restart kcard",
            ),
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
            11 => Self::Stuck("the file is damaged; put a backup in its place"),
            13 => Self::Stuck(FULL),
            14 => Self::Stuck(
                "the file or its folder cannot be opened or written; check that it exists, and its permissions",
            ),
            26 => Self::Stuck("it is not a SQLite database; name a SQLite file, or one that does not exist yet"),
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::sqlite_busy("5", Some("lock"))]
    #[case::sqlite_busy_recovery("261", Some("lock"))]
    #[case::sqlite_read_only("8", Some("read-only"))]
    #[case::sqlite_read_only_moved("1032", Some("read-only"))]
    #[case::sqlite_full("13", Some("disk is full"))]
    #[case::sqlite_cannot_open("14", Some("permissions"))]
    #[case::sqlite_syntax("1", None)]
    #[case::sqlite_foreign_key("787", None)]
    #[case::postgres_full("53100", Some("disk is full"))]
    #[case::postgres_connections("53300", Some("its log"))]
    #[case::postgres_shutdown("57P01", Some("its log"))]
    #[case::postgres_read_only("25006", Some("read-only"))]
    #[case::postgres_lock_timeout("55P03", Some("another transaction"))]
    #[case::postgres_no_table("42P01", None)]
    fn what_is_stuck_says_what_to_do(#[case] code: &str, #[case] says: Option<&str>) {
        match (Trouble::of_code(code), says) {
            (Trouble::Stuck(what_to_do), Some(says)) => assert!(what_to_do.contains(says), "{what_to_do}"),
            (trouble, says) => assert_eq!((trouble, says), (Trouble::Fault, None)),
        }
    }

    #[rstest]
    #[case("40001", 3, Ok(()))]
    #[case("40P01", 9, Err(()))]
    #[tokio::test]
    async fn a_clash_is_tried_again_but_not_for_ever(
        #[case] code: &'static str,
        #[case] clashes: u32,
        #[case] expected: Result<(), ()>,
    ) {
        assert_eq!(Trouble::of_code(code), Trouble::Clash);
        let tried = Cell::new(0);
        let done = retried(async || {
            tried.set(tried.get() + 1);
            if tried.get() <= clashes { Err(Error::Database(Box::new(Clash(code)))) } else { Ok(()) }
        });
        assert_eq!(done.await.map_err(|_| ()), expected);
        assert_eq!(tried.get(), TRIES);
    }

    /// An error of a code.
    #[derive(Debug, thiserror::Error)]
    #[error("a clash")]
    struct Clash(&'static str);

    impl sqlx::error::DatabaseError for Clash {
        fn message(&self) -> &'static str {
            "a clash"
        }

        fn code(&self) -> Option<std::borrow::Cow<'_, str>> {
            Some(self.0.into())
        }

        fn as_error(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn std::error::Error + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn std::error::Error + Send + Sync + 'static> {
            self
        }

        fn kind(&self) -> sqlx::error::ErrorKind {
            sqlx::error::ErrorKind::Other
        }
    }
}
