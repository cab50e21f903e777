//! A copy of a SQLite database while it is in use, and the way back. PostgreSQL has its own tools for both.
//!
//! Whatever is cut off at any moment leaves the database as it was: a copy gets its name only when it is whole, sound and on disk.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf, absolute},
    str::FromStr as _,
};

use jiff::Timestamp;
use sqlx::{ConnectOptions as _, Connection as _, Row as _, sqlite::SqliteConnectOptions};

use super::{
    StoreError,
    file::{Hold, ended, path},
    schema::schema,
    trouble::Trouble,
};

/// See [`super::Store::backup`].
pub(super) async fn backup(url: &str, to: &Path) -> Result<u64, StoreError> {
    schema(url).await?.check()?;
    if to.symlink_metadata().is_ok() {
        return Err(failed(&format!("{} is there already; name a file that is not", to.display())));
    }
    if let Some(left) = beside(to).into_iter().find(|file| file.symlink_metadata().is_ok()) {
        return Err(failed(&format!(
            "{} is left of another database, whose changes SQLite would read into the copy; take it away, or name another file",
            left.display()
        )));
    }
    // One that was cut off is in nobody's way.
    let partial = ended(to, &format!(".partial-{}", std::process::id()));
    copy(url, &partial).await?;
    if to.symlink_metadata().is_ok() {
        remove(&partial);
        return Err(failed(&format!("{} is there by now; name a file that is not", to.display())));
    }
    named(&partial, to)?;
    Ok(to.metadata().map_or(0, |file| file.len()))
}

/// See [`super::Store::restore`].
pub(super) async fn restore(url: &str, from: &str, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
    let target = path(url).ok_or_else(|| failed("this is no SQLite file"))?;
    schema(from).await?.check()?;
    let _hold = Hold::of(&target)?;
    let partial = ended(&target, ".restoring");
    // A restore that was cut off left it; nobody else has it now.
    let _ = fs::remove_file(&partial);
    copy(from, &partial).await?;
    // Whoever runs kcard must be able to use it, also where root restores.
    for file in [&partial, &ended(&target, ".lock")] {
        belongs_as(file, &target);
    }
    let aside = ended(&target, &format!(".before-restore-{}", now.strftime("%Y%m%dT%H%M%SZ")));
    let kept = if target.exists() {
        Some(put_aside(&target, aside.clone()).await.inspect_err(|_| remove(&partial))?)
    } else {
        None
    };
    // Also where the database itself was moved away: SQLite would read what is left of it into the restored one.
    for (left, aside) in beside(&target).into_iter().zip(beside(&aside)) {
        if left.symlink_metadata().is_ok() {
            fs::rename(&left, &aside).map_err(|error| at(&aside, &error)).inspect_err(|_| remove(&partial))?;
        }
    }
    named(&partial, &target)?;
    Ok(kept)
}

/// What SQLite may leave beside a database, and reads into the one of that name.
fn beside(file: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|end| ended(file, end))
}

/// Copies a database into a file that must not be there, and looks whether the copy is sound. It takes away what it could not finish.
async fn copy(from: &str, to: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // What is in it is for nobody else on the machine.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(to).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => failed(&format!(
            "{} is there already: another backup writes it, or one was cut off; take it away",
            to.display()
        )),
        _ => at(to, &error),
    })?;
    let copied = async {
        let to = absolute(to).map_err(|error| at(to, &error))?;
        let name = to.to_str().ok_or_else(|| failed(&format!("{} is no UTF-8; choose another name", to.display())))?;
        vacuum(from, name).await.map_err(|error| said(&error))?;
        match problem(&to).await.map_err(|error| said(&error))? {
            Some(problem) => Err(failed(&format!("the database is damaged: {problem}; restore an earlier backup"))),
            None => file.sync_all().map_err(|error| at(&to, &error)),
        }
    };
    copied.await.inspect_err(|_| remove(to))
}

async fn vacuum(from: &str, to: &str) -> sqlx::Result<()> {
    let mut source = SqliteConnectOptions::from_str(from)?.create_if_missing(false).connect().await?;
    sqlx::query("VACUUM INTO $1").bind(to).execute(&mut source).await?;
    source.close().await
}

/// What is damaged in the SQLite file of an address, as far as a quick look shows.
pub(super) async fn damage(url: &str) -> Result<Option<String>, StoreError> {
    let Some(file) = path(url).filter(|file| file.exists()) else { return Ok(None) };
    let look = async {
        let mut file = SqliteConnectOptions::new().filename(&file).read_only(true).connect().await?;
        let found: String = sqlx::query("PRAGMA quick_check(1)").fetch_one(&mut file).await?.try_get(0)?;
        file.close().await?;
        sqlx::Result::Ok((found != "ok").then_some(found))
    };
    look.await.map_err(|error| said(&error))
}

/// What is broken in a database, if anything is.
async fn problem(copy: &Path) -> sqlx::Result<Option<String>> {
    let mut copy = SqliteConnectOptions::new().filename(copy).read_only(true).connect().await?;
    let found: String = sqlx::query("PRAGMA integrity_check(1)").fetch_one(&mut copy).await?.try_get(0)?;
    let dangling = sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut copy).await?;
    copy.close().await?;
    Ok(match dangling {
        _ if found != "ok" => Some(found),
        Some(row) => Some(format!("{} names what is not there", row.try_get::<String, _>(0)?)),
        None => None,
    })
}

/// Gives the database that a restore replaces another name, with all that belongs to it, and leaves it in its place as well. One that
/// can be read has nothing in its log after this, so that its file alone is all of it.
async fn put_aside(target: &Path, kept: PathBuf) -> Result<PathBuf, StoreError> {
    let log = ended(target, "-wal");
    let is_read = flush(target).await.is_ok();
    if is_read && log.metadata().is_ok_and(|log| log.len() > 0) {
        return Err(failed(&format!("another program reads {}; end it first", target.display())));
    }
    if kept.symlink_metadata().is_ok() {
        return Err(failed(&format!("{} is there already; try again in a second", kept.display())));
    }
    fs::hard_link(target, &kept)
        .or_else(|_| fs::copy(target, &kept).and_then(|_| File::open(&kept)?.sync_all()))
        .map_err(|error| at(&kept, &error))?;
    Ok(kept)
}

/// Writes a database's log into its file.
async fn flush(target: &Path) -> sqlx::Result<()> {
    let mut connection = SqliteConnectOptions::new().filename(target).connect().await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
    connection.close().await
}

/// Gives a file its name, for good.
fn named(partial: &Path, name: &Path) -> Result<(), StoreError> {
    fs::rename(partial, name).map_err(|error| at(name, &error)).inspect_err(|_| remove(partial))?;
    // Some systems cannot; there it is on disk a little later.
    let _ = File::open(folder(name)).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Gives a file to whom another belongs, or its folder where that is not there. Only root can, and only root has to.
#[cfg(unix)]
fn belongs_as(file: &Path, other: &Path) {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let owner = other.metadata().or_else(|_| folder(other).metadata());
    if let Ok(owner) = owner {
        let _ = chown(file, Some(owner.uid()), Some(owner.gid()));
    }
}

#[cfg(not(unix))]
fn belongs_as(_: &Path, _: &Path) {}

fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn remove(file: &Path) {
    // What cannot be taken away is in nobody's way but that of the next try, which says so.
    let _ = fs::remove_file(file);
}

fn at(path: &Path, error: &io::Error) -> StoreError {
    failed(&format!("cannot write {}: {error}; check the folder, its permissions and its free space", path.display()))
}

/// What went wrong in a database, and what to do.
fn said(error: &sqlx::Error) -> StoreError {
    match Trouble::of(error) {
        Trouble::Stuck(what_to_do) => failed(&format!("{what_to_do} ({error})")),
        Trouble::Clash | Trouble::Fault => error.into(),
    }
}

fn failed(why: &str) -> StoreError {
    StoreError::Database(why.to_owned())
}
