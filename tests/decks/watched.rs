//! Deck files that change while kcard runs.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use kcard::decks::{Change, Decks, Watched};
use tempfile::TempDir;

use crate::{CARD, directory};

fn deck(front: &str) -> String {
    format!("{}      - text: {{accept: [a]}}\n", CARD.replace("What is one?", front))
}

fn watched(directory: &TempDir) -> Watched {
    Watched::open(vec![directory.path().into()]).expect("right files").0
}

/// Writes a file with a time of its own, as if a while had gone by.
fn write(path: &Path, text: &str, seconds: u64) {
    fs::write(path, text).expect("a file can be written");
    touch(path, seconds);
}

fn touch(path: &Path, seconds: u64) {
    let file = fs::File::options().append(true).open(path).expect("a file can be opened");
    file.set_modified(SystemTime::now() + Duration::from_secs(seconds)).expect("a file has a time");
}

fn front(decks: &Decks) -> &str {
    let test = decks.0.values().find(|deck| deck.id.as_str() == "test").expect("the deck of the test");
    &test.cards[0].front
}

fn new(change: Change) -> Decks {
    match change {
        Change::New(decks) => decks,
        other => panic!("new decks were expected, not {other:?}"),
    }
}

#[test]
fn an_edit_gives_new_decks_and_a_touch_nothing() {
    let directory = directory(deck("Old?"));
    let path = directory.path().join("deck.yaml");
    let mut watched = watched(&directory);
    assert!(matches!(watched.look(), Change::Same));
    touch(&path, 10);
    assert!(matches!(watched.look(), Change::Same));
    write(&path, &deck("New?"), 20);
    let decks = new(watched.look());
    assert_eq!(front(&decks), "New?");
    assert!(decks.0.len() > 1, "the embedded decks stay");
    assert!(matches!(watched.look(), Change::Same));
}

#[test]
fn a_broken_edit_is_said_once_for_each_state_and_mending_it_gives_new_decks() {
    let directory = directory(deck("Old?"));
    let path = directory.path().join("deck.yaml");
    let mut watched = watched(&directory);
    write(&path, "deck: [", 10);
    assert!(matches!(watched.look(), Change::Broken(_)));
    assert!(matches!(watched.look(), Change::Same));
    touch(&path, 20);
    assert!(matches!(watched.look(), Change::Same));
    write(&path, "deck: {", 30);
    assert!(matches!(watched.look(), Change::Broken(_)));
    write(&path, &deck("Old?"), 40);
    assert_eq!(front(&new(watched.look())), "Old?");
    fs::remove_file(&path).expect("a file can be removed");
    assert!(matches!(watched.look(), Change::Broken(_)));
}

#[test]
fn files_that_come_and_go_are_seen() {
    let directory = directory(deck("Old?"));
    let mut watched = watched(&directory);
    let second = directory.path().join("second.yaml");
    write(&second, &deck("Old?").replace("id: one", "id: two"), 0);
    assert_eq!(new(watched.look()).0.values().map(|deck| deck.cards.len()).min(), Some(2));
    fs::remove_file(second).expect("a file can be removed");
    assert_eq!(new(watched.look()).0.values().map(|deck| deck.cards.len()).min(), Some(1));
}

/// Kubernetes mounts a `ConfigMap` as links to a hidden directory, and updates it by one swap of a link.
#[cfg(unix)]
#[test]
fn a_swapped_config_map_is_seen_and_read_once() {
    use std::os::unix::fs::symlink;

    let mount = tempfile::tempdir().expect("a temporary directory");
    let version = |name: &str, front: &str, seconds| {
        fs::create_dir(mount.path().join(name)).expect("a directory in it");
        write(&mount.path().join(name).join("deck.yaml"), &deck(front), seconds);
    };
    version("..1", "Old?", 0);
    symlink("..1", mount.path().join("..data")).expect("a link");
    symlink("..data/deck.yaml", mount.path().join("deck.yaml")).expect("a link");
    let mut watched = watched(&mount);
    version("..2", "New?", 10);
    symlink("..2", mount.path().join("..tmp")).expect("a link");
    fs::rename(mount.path().join("..tmp"), mount.path().join("..data")).expect("a swap");
    assert_eq!(front(&new(watched.look())), "New?");
}
