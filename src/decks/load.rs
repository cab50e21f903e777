//! Deck files from disk: which there are, and their texts, bounded. Knows nothing of what is in them.

use std::{
    collections::HashSet,
    fs, io,
    io::Read,
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::report::Source;

/// The largest deck file, in bytes.
pub(super) const MAX_BYTES: u64 = 1_000_000;
/// The most files of all paths together.
const MAX_FILES: usize = 1_000;
/// How many directories deep files are looked for, which also ends a circle of links.
const MAX_DEPTH: usize = 8;

/// What is seen of a file without reading it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    path: PathBuf,
    size_and_time: Option<(u64, Option<SystemTime>)>,
}

/// The deck files of these paths as they stand now, unread. Links are followed, so that a mounted `ConfigMap`'s swap shows.
pub(super) fn stamps(paths: &[PathBuf]) -> Vec<Stamp> {
    let stamp = |path: PathBuf| {
        let seen = fs::metadata(&path).ok();
        Stamp { size_and_time: seen.map(|seen| (seen.len(), seen.modified().ok())), path }
    };
    files(paths).into_iter().map(stamp).collect()
}

/// The texts of the deck files of these paths: each path's in turn, a directory's by name.
pub(super) fn sources(paths: &[PathBuf]) -> Vec<Source> {
    let mut files = files(paths);
    let surplus = files.get(MAX_FILES).cloned();
    files.truncate(MAX_FILES);
    let too_many =
        || (format!("more than {MAX_FILES} deck files, this is the first of the others"), "name fewer paths");
    let surplus = surplus.map(|path| Source { name: name(&path), text: String::new(), unread: Some(too_many()) });
    files.iter().map(|path| source(path)).chain(surplus).collect()
}

/// The files of these paths in order, each once. A path that leads to none is among them, so that reading it says why.
fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        gather(path, MAX_DEPTH, &mut found);
        if found.len() == before {
            found.push(path.clone());
        }
    }
    let mut seen = HashSet::new();
    found.retain(|path| seen.insert(path.clone()));
    found
}

/// The deck files of a directory and of those in it. Hidden ones are passed over: a mounted
/// `ConfigMap` keeps its versions there.
fn gather(directory: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries
        .filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    for path in paths {
        if found.len() > MAX_FILES {
            return;
        }
        if !path.is_dir() {
            let is_yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
            found.extend(is_yaml.then_some(path));
        } else if depth > 0 {
            gather(&path, depth - 1, found);
        }
    }
}

/// The text of a file, or why it could not be read.
fn source(path: &Path) -> Source {
    let bytes = match bytes(path) {
        Ok(bytes) => bytes,
        Err(unread) => return Source { name: name(path), text: String::new(), unread: Some(unread) },
    };
    decoded(name(path), bytes)
}

/// The text of these bytes, up to where they are no UTF-8.
pub(super) fn decoded(name: String, mut bytes: Vec<u8>) -> Source {
    const SAVE: &str = "save it as UTF-8";
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Source { name, text: String::new(), unread: Some(("this is UTF-16".into(), SAVE)) };
    }
    // The mark that some editors put before UTF-8 says nothing.
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Source { name, text, unread: None },
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let wrong = format!("the byte 0x{:02X} here is not UTF-8", bytes[valid]);
            let text = String::from_utf8_lossy(&bytes[..valid]).into_owned();
            Source { name, text, unread: Some((wrong, SAVE)) }
        }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, (String, &'static str)> {
    let unread = |error: io::Error| (format!("this cannot be read: {error}"), "check the path and its permissions");
    let seen = fs::metadata(path).map_err(unread)?;
    if seen.is_dir() {
        return Err(("there is no deck file in this directory".into(), "deck files end in .yaml or .yml"));
    }
    if !seen.is_file() {
        return Err(("this is not a file".into(), "name a deck file or a directory of them"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(unread)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err((
            format!("this file has more than {MAX_BYTES} bytes"),
            "split it: several files can make one deck",
        ));
    }
    Ok(bytes)
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
