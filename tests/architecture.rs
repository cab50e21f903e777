//! Who may know whom (ARCHITECTURE.md): reads the paths that stand in the source and fails where one leaves its room by a door
//! that the room does not have.

#[path = "architecture/reader.rs"]
mod reader;

use std::path::Path;

use reader::{Call, Mention, Sources};
use rstest::rstest;

/// A room, the rooms it may use, and the crates it may use beside [`EVERYWHERE`].
struct Room {
    name: &'static str,
    rooms: &'static [&'static str],
    crates: &'static [&'static str],
}

/// What does no I/O and has no opinion: fine in every room.
const EVERYWHERE: &[&str] = &["std", "core", "jiff", "serde", "serde_json", "sha2", "thiserror"];
/// What the tests of any room may use beside it.
const IN_TESTS: &[&str] = &[
    "futures_util",
    "insta",
    "jsonschema",
    "proptest",
    "pulldown_cmark",
    "rand",
    "reqwest",
    "rstest",
    "tempfile",
    "tokio",
];

const HOUSE: &[Room] = &[
    Room {
        name: "quiz",
        rooms: &[],
        crates: &["caseless", "croner", "rand", "shlex", "strsim", "unicode_normalization"],
    },
    Room { name: "clock", rooms: &[], crates: &[] },
    Room {
        name: "decks",
        rooms: &["decks/anki", "quiz"],
        crates: &[
            "annotate_snippets",
            "csv",
            "pulldown_cmark",
            "rand",
            "regex_lite",
            "rust_embed",
            "schemars",
            "serde_saphyr",
        ],
    },
    // A package of Anki is a SQLite file in a zip: a form of file, not kcard's memory.
    Room {
        name: "decks/anki",
        rooms: &["decks", "quiz"],
        crates: &["flate2", "prost", "pulldown_cmark", "rawzip", "rusqlite", "zstd"],
    },
    Room { name: "measure", rooms: &[], crates: &["metrics", "metrics_exporter_prometheus"] },
    Room { name: "store", rooms: &["quiz", "measure"], crates: &["futures_util", "rand", "sqlx", "tokio", "tracing"] },
    Room { name: "chat", rooms: &["quiz"], crates: &["async_trait", "shlex", "strsim"] },
    Room {
        name: "chat/web",
        rooms: &["chat", "bot", "quiz", "clock", "measure", "store"],
        crates: &[
            "async_trait",
            "axum",
            "base64",
            "caseless",
            "futures_util",
            "governor",
            "pulldown_cmark",
            "rand",
            "rust_embed",
            "subtle",
            "tokio",
            "tokio_stream",
            "tokio_util",
            "tower_http",
            "tracing",
            "unicode_normalization",
            "unicode_script",
        ],
    },
    Room {
        name: "chat/discord",
        rooms: &["chat", "bot", "quiz", "clock", "measure"],
        crates: &[
            "async_trait",
            "backon",
            "futures_util",
            "governor",
            "percent_encoding",
            "rand",
            "reqwest",
            "secrecy",
            "serenity",
            "tokio",
            "tokio_tungstenite",
            "tokio_util",
            "tracing",
        ],
    },
    Room {
        name: "chat/slack",
        rooms: &["chat", "bot", "quiz", "clock", "measure"],
        crates: &[
            "async_trait",
            "axum",
            "futures_util",
            "governor",
            "hmac",
            "hyper_rustls",
            "hyper_util",
            "pulldown_cmark",
            "reqwest",
            "secrecy",
            "slack_morphism",
            "slack_tungstenite",
            "subtle",
            "tokio",
            "tokio_util",
            "tracing",
            "url",
        ],
    },
    Room {
        name: "bot",
        rooms: &["quiz", "decks", "store", "chat", "clock", "measure"],
        crates: &["async_trait", "futures_util", "rand", "tokio", "tokio_util", "tracing"],
    },
    Room {
        name: "http",
        rooms: &["bot"],
        crates: &[
            "axum",
            "hyper",
            "hyper_util",
            "tokio",
            "tokio_io_timeout",
            "tokio_util",
            "tower",
            "tower_http",
            "tracing",
        ],
    },
    // The settings of the rooms, which are the rules' own types; no behaviour.
    Room { name: "config", rooms: &["quiz"], crates: &["annotate_snippets", "secrecy", "toml"] },
    Room {
        name: "cli",
        rooms: &[
            "quiz",
            "clock",
            "decks",
            "store",
            "chat",
            "chat/discord",
            "chat/slack",
            "chat/web",
            "bot",
            "http",
            "config",
            "measure",
        ],
        crates: &[
            "anyhow",
            "backon",
            "clap",
            "clap_complete",
            "comfy_table",
            "fs4",
            "futures_util",
            "rand",
            "reqwest",
            "tokio",
            "tokio_util",
            "tracing",
            "tracing_subscriber",
        ],
    },
    Room { name: "main", rooms: &["cli"], crates: &[] },
];
/// What of the store the web room may know: its own memory.
const WEB_OF_STORE: &[&str] = &["Account", "Board", "RoomMessage", "Store", "StoreError"];

#[test]
fn every_room_knows_only_whom_it_may() {
    let sources = Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let broken = check(&sources);
    assert!(
        broken.is_empty(),
        "the house's table (tests/architecture.rs, ARCHITECTURE.md) is broken:\n{}",
        broken.join("\n")
    );
}

/// Everything that breaks the table, a line each.
fn check(sources: &Sources) -> Vec<String> {
    let (mentions, calls) = sources.walk();
    let crates = dependencies();
    let paths = mentions.iter().filter_map(|mention| {
        let why = wrong(mention, &crates)?;
        Some(format!("src/{}:{}: `{}`: {why}", mention.file.display(), mention.line, mention.path.join("::")))
    });
    let calls = calls.iter().filter(|call| is_foreign(call)).map(|call| {
        format!(
            "src/{}:{}: chat/web may call only the store's `room_…`, not `{}`",
            call.file.display(),
            call.line,
            call.method
        )
    });
    paths.chain(calls).collect()
}

fn wrong(mention: &Mention, crates: &[String]) -> Option<String> {
    // The root is the map of the house and knows nobody.
    let room = mention.module.first().map(|_| room_of(&mention.module))?;
    let Some(here) = HOUSE.iter().find(|house| house.name == room) else {
        return Some(format!("there is no room `{room}` in the table"));
    };
    let path = &mention.path;
    if path[0] != "crate" {
        let known = |list: &[&str]| list.contains(&path[0].as_str());
        let ours = !crates.contains(&path[0]) || known(EVERYWHERE) || known(here.crates);
        let fits = ours || (mention.test && known(IN_TESTS));
        return (!fits).then(|| format!("{room} may not use the crate {}", path[0]));
    }
    if path.len() < 2 || path[1] == "*" {
        return Some("the whole crate is nobody's to use".to_owned());
    }
    let there = room_of(&path[1..]);
    if there == room || !HOUSE.iter().any(|house| house.name == there) {
        return None;
    }
    if !here.rooms.contains(&there.as_str()) {
        return Some(format!("{room} may not know {there}"));
    }
    let foreign = room == "chat/web"
        && there == "store"
        && !path.get(2).is_some_and(|name| WEB_OF_STORE.contains(&name.as_str()));
    foreign.then(|| "chat/web may know only its own messages of the store".to_owned())
}

fn is_foreign(call: &Call) -> bool {
    let web = call.module.starts_with(&["chat".to_owned(), "web".to_owned()]);
    web && call.receiver == "store" && !call.method.starts_with("room_") && call.method != "clone"
}

/// The room of a module or of a path below `crate`.
fn room_of(path: &[String]) -> String {
    match path {
        [decks, anki, ..] if decks == "decks" && anki == "anki" => "decks/anki".to_owned(),
        [chat, face, ..] if chat == "chat" && ["web", "discord", "slack"].contains(&face.as_str()) => {
            format!("chat/{face}")
        }
        [room, ..] => room.clone(),
        [] => String::new(),
    }
}

/// The crates that Cargo.toml names, as code names them.
fn dependencies() -> Vec<String> {
    let manifest = toml::de::DeTable::parse(include_str!("../Cargo.toml")).expect("Cargo.toml is TOML");
    let tables = ["dependencies", "dev-dependencies"].map(|table| manifest.get_ref()[table].get_ref().as_table());
    tables.into_iter().flatten().flat_map(|table| table.keys()).map(|name| name.get_ref().replace('-', "_")).collect()
}

/// The table must be able to say no.
#[rstest]
#[case::a_use("quiz/points.rs", "use sqlx::Row;", "quiz may not use the crate sqlx")]
#[case::a_use_in_a_group("bot/ask.rs", "use std::{fmt, io}; use {axum::Router};", "bot may not use the crate axum")]
#[case::a_room("store/mod.rs", "use crate::{quiz::id::RoundId, bot::Bot};", "store may not know bot")]
#[case::a_renamed_room("quiz/mod.rs", "use crate::store as memory;", "quiz may not know store")]
#[case::super_out_of_the_room("quiz/grade/mod.rs", "use super::super::chat::Post;", "quiz may not know chat")]
#[case::a_face_from_the_port("chat/port.rs", "use super::web::Web;", "chat may not know chat/web")]
#[case::a_path_in_a_body("clock.rs", "fn f() { let _ = tokio::spawn(async {}); }", "clock may not use the crate tokio")]
#[case::a_path_in_a_type("decks/mod.rs", "struct S(Vec<crate::store::Store>);", "decks may not know store")]
#[case::a_use_in_a_body("decks/mod.rs", "fn f() { use crate::chat::Post; }", "decks may not know chat")]
#[case::a_path_in_a_macro("bot/x.rs", "fn f() { vec![sqlx::query(\"\")]; }", "bot may not use the crate sqlx")]
#[case::a_macro("quiz/x.rs", "fn f() { tracing::info!(\"\"); }", "quiz may not use the crate tracing")]
#[case::an_attribute("quiz/x.rs", "#[derive(clap::Parser)] struct S;", "quiz may not use the crate clap")]
#[case::everything("chat/x.rs", "use crate::*;", "the whole crate is nobody's to use")]
#[case::in_tests("quiz/x.rs", "#[cfg(test)] mod tests { use sqlx::Row; }", "quiz may not use the crate sqlx")]
#[case::not_only_tests("quiz/x.rs", "mod tests { use proptest::prelude::*; }", "quiz may not use the crate proptest")]
#[case::foreign_rows(
    "chat/web/x.rs",
    "use crate::store::Round;",
    "chat/web may know only its own messages of the store"
)]
#[case::foreign_calls("chat/web/x.rs", "fn f(s: S) { s.store.entries(1); }", "not `entries`")]
#[case::a_new_room("lobby/mod.rs", "use std::fmt;", "there is no room `lobby` in the table")]
fn a_line_that_breaks_the_table_is_found(#[case] file: &str, #[case] line: &str, #[case] why: &str) {
    let mut sources = Sources::default();
    for neighbour in ["chat/web/mod.rs", "quiz/mod.rs", "store/mod.rs"] {
        sources.add(Path::new(neighbour), "");
    }
    sources.add(Path::new(file), line);
    let broken = check(&sources);
    assert!(broken.len() == 1 && broken[0].contains(why), "{line}: {broken:?}");
}

#[rstest]
#[case(
    "quiz/grade/mod.rs",
    "use super::id::CardId; use crate::quiz::deck::Deck; fn f() { unicode_normalization::is_nfkc(\"\"); }"
)]
#[case("quiz/x.rs", "#[cfg(test)] mod tests { use proptest::prelude::*; use super::*; }")]
#[case("chat/web/x.rs", "use crate::{bot::Bot, store::{Store, RoomMessage}}; fn f(s: S) { s.store.room_find(\"\"); }")]
#[case("cli/run.rs", "use crate::{bot::Bot, chat::web::Web, store::Store}; fn f() { tracing::info!(\"\"); }")]
fn a_line_within_the_table_passes(#[case] file: &str, #[case] line: &str) {
    let mut sources = Sources::default();
    sources.add(Path::new(file), line);
    assert_eq!(check(&sources), Vec::<String>::new());
}
