//! A SQLite database's file: that it is still the one that was opened, and whose it is. Reads nothing of what is in it.

use std::{
    fs::{File, Metadata, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    str::FromStr as _,
};

use sqlx::sqlite::SqliteConnectOptions;

use super::trouble::StoreError;

/// The file, and which one it was when it was opened.
pub(super) struct TheFile {
    path: PathBuf,
    identity: Identity,
}

/// Keeps a SQLite file for one `kcard run`, for as long as it lives. The system takes it back however the process ends.
#[must_use = "the file is kept for as long as this lives"]
pub struct Hold {
    _lock: Option<File>,
}

impl TheFile {
    /// The file of an address, if it names one.
    pub fn of(url: &str) -> Option<Self> {
        let path = path(url)?;
        let identity = identity(&path.metadata().ok()?);
        Some(Self { path, identity })
    }

    /// Fails where what is written now would be lost: SQLite goes on writing into a file that nobody can find any more.
    pub fn check(&self) -> io::Result<()> {
        let lost = |what: &str| {
            io::Error::new(io::ErrorKind::StaleNetworkFileHandle, format!("{} {what}", self.path.display()))
        };
        match self.path.metadata() {
            Ok(found) if identity(&found) == self.identity => Ok(()),
            Ok(_) => Err(lost("is another file now")),
            Err(error) => Err(lost(&format!("is not there: {error}"))),
        }
    }
}

impl Hold {
    /// Takes a file, which need not be there yet, for this process: by a lock on the file beside it that ends with `.lock`.
    pub(super) fn of(path: &Path) -> Result<Self, StoreError> {
        let name = ended(path, ".lock");
        let failed = |error: io::Error| {
            StoreError::Database(format!(
                "cannot lock {}: {error}; check that its folder exists, and its permissions",
                name.display()
            ))
        };
        let lock = OpenOptions::new().create(true).append(true).open(&name).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: Some(lock) }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Database(format!(
                "another kcard runs on {}; stop it first, or name another data directory or database (several kcards can \
                 share one PostgreSQL)",
                path.display()
            ))),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Where there is no file to keep.
    pub(super) fn nothing() -> Self {
        Self { _lock: None }
    }

    /// Whether a process has a file now. Leaves no trace.
    pub(super) fn is_taken(path: &Path) -> bool {
        File::open(ended(path, ".lock")).is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
    }
}

/// The SQLite file that an address names, whether it is there or not; `None` for PostgreSQL and for what is in memory.
pub(super) fn path(url: &str) -> Option<PathBuf> {
    let is_file = url.starts_with("sqlite:") && !url.contains(":memory:");
    let options = SqliteConnectOptions::from_str(url).ok().filter(|_| is_file)?;
    let path = options.get_filename().to_owned();
    // Behind a link it is the same file, and has one lock.
    let is_link = path.symlink_metadata().is_ok_and(|found| found.is_symlink());
    Some(if is_link { path.canonicalize().unwrap_or(path) } else { path })
}

/// The file beside this one whose name is this one's and this.
pub(super) fn ended(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(of: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    (of.dev(), of.ino())
}

#[cfg(not(unix))]
type Identity = Option<std::time::SystemTime>;

#[cfg(not(unix))]
fn identity(of: &Metadata) -> Identity {
    of.created().ok()
}
