//! Anki's packages: a zip with a SQLite file in it, in its old form and in its current one (compressed, with protobuf). The one
//! room beside the store that knows SQLite, as that is what the file is; it is read and made in memory, and no file is written.

mod collection;
mod notes;
mod package;
mod render;
mod write;

pub(super) use write::write;

use super::import::{Found, Refused};

/// Whether this is a zip, as a package is.
pub(super) fn is_package(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The cards of a package.
pub(super) fn read(bytes: &[u8]) -> Result<Found, Refused> {
    let collection = package::collection(bytes)?;
    let database = collection::open(collection)?;
    notes::read(&database)
}

/// A package that is not as Anki makes it.
fn broken(what: impl std::fmt::Display) -> Refused {
    Refused::new(format!("this is no Anki package, or a broken one ({what})"), "export it from Anki anew, as .apkg")
}
