//! The collection as a database in memory that can do nothing but hold tables.

use rusqlite::{Connection, config::DbConfig, limits::Limit};

use super::broken;
use crate::decks::import::Refused;

/// The longest value of a row, in bytes. The description of all note types is one value in the old form.
const MAX_VALUE: i32 = 16_000_000;
/// Where a SQLite file says how it is written, and the value for "in place".
const WRITE_VERSIONS: std::ops::Range<usize> = 18..20;
const IN_PLACE: u8 = 1;

/// Opens a collection's bytes.
pub(super) fn open(mut bytes: Vec<u8>) -> Result<Connection, Refused> {
    // A file in WAL mode is whole when its log is empty, as an exported one is; in memory there is no log.
    if let Some(versions) = bytes.get_mut(WRITE_VERSIONS) {
        versions.fill(IN_PLACE);
    }
    connect(&bytes).map_err(broken)
}

fn connect(bytes: &[u8]) -> rusqlite::Result<Connection> {
    let mut database = Connection::open_in_memory()?;
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
    ] {
        database.set_db_config(setting, on)?;
    }
    database.set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE)?;
    database.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    database.deserialize_read_exact("main", bytes, bytes.len(), true)?;
    Ok(database)
}

/// Whether there is a table of that name: no view, and none that code makes up.
pub(super) fn has_table(database: &Connection, name: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1 AND rootpage > 0";
    database.query_row(sql, [name], |row| row.get::<_, i64>(0)).map(|count| count == 1)
}
