//! The `kcard` command, played as people use it: what it says, how it ends, what it leaves behind.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may end here")]

#[path = "cli/process.rs"]
mod process;

use std::net::TcpListener;

use process::{Home, Running, Said, run, run_with, until};
use rstest::rstest;
use serde_json::{Value, json};
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};

const DECK: &str = "deck: soup
topic: stock
cards:
  - id: stock-parts
    level: 1
    front: What goes into a plain stock?
    back: Water, bones and onions.
    sources: [https://example.org/stock]
    questions:
      - choice: { ask: What goes in last?, answer: Salt, others: [Water, Bones] }
      - list: { items: [[Water], [Bones], [Onions, Onion]], wrong: [Salt, Sugar] }
";

/// A home with a deck, and a configuration that takes it up.
fn home_with_deck(deck: &str) -> Home {
    let home = Home::new();
    home.write("decks/soup.yaml", deck);
    home.write("kcard.toml", "decks = [\"decks\"]\n");
    home
}

/// What a start that must fail said; it must leave no trace.
fn refused(home: &Home, words: &[&str]) -> String {
    let before = home.names();
    let Said { code, out, err } = run(&mut home.kcard(words));
    assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
    assert_eq!(home.names(), before, "a start that was refused left something behind");
    err
}

#[rstest]
#[case::a_typo("listn = \"127.0.0.1:0\"", "did you mean `listen`?")]
#[case::a_zone("timezone = \"Europe/Belrin\"", "did you mean `Europe/Berlin`?")]
#[case::never("[[schedule]]\nname = \"a\"\nchannel = \"web:a\"\ncron = \"0 0 30 2 *\"", "never fires")]
#[case::a_deck(
    "[[schedule]]\nname = \"a\"\nchannel = \"web:a\"\nat = \"daily 9:00\"\ndeck = \"kubernetse\"",
    "did you mean `kubernetes`?"
)]
#[case::a_topic(
    "[[schedule]]\nname = \"a\"\nchannel = \"web:a\"\nat = \"daily 9:00\"\ntopic = \"architectura\"",
    "has no topic `architectura`"
)]
#[case::no_decks("decks = [\"nowhere\"]", "nowhere")]
fn a_mistake_in_the_configuration_stops_the_start(#[case] text: &str, #[case] says: &str) {
    let home = Home::new();
    home.write("kcard.toml", text);
    let err = refused(&home, &["--config", "kcard.toml"]);
    assert!(err.contains(says), "{err}");
}

#[test]
fn a_missing_configuration_is_named() {
    let err = refused(&Home::new(), &["--config", "kcard.toml"]);
    assert!(err.contains("kcard.toml") && err.contains("KCARD_CONFIG"), "{err}");
}

#[rstest]
#[case::no_wrong_option("others: [Water, Bones]", "others: []")]
#[case::ten_options("others: [Water, Bones]", "others: [A, B, C, D, E, F, G, H, I]")]
#[case::a_duplicate(
    "  - id: stock-parts\n",
    "  - id: stock-parts\n    level: 1\n    front: A?\n    back: A.\n    sources: [https://example.org/]\n    questions: [{ text: { accept: [A] } }]\n  - id: stock-parts\n"
)]
#[case::no_yaml("cards:", "cards: [")]
fn a_mistake_in_a_deck_is_said_at_its_line(#[case] right: &str, #[case] wrong: &str) {
    let home = home_with_deck(&DECK.replacen(right, wrong, 1));
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "check", "decks"]));
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("soup.yaml:"), "{err}");
    let err = refused(&home, &["--config", "kcard.toml"]);
    assert!(err.contains("soup.yaml:"), "{err}");
}

#[test]
fn a_good_deck_passes_and_the_schema_is_current() {
    let home = home_with_deck(DECK);
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "check", "decks/soup.yaml"]));
    assert_eq!(code, Some(0), "{err}");
    let Said { code, out, .. } = run(&mut home.kcard(&["deck", "check", "--config", "kcard.toml"]));
    assert_eq!(code, Some(0));
    assert!(out.contains("soup: ") && out.contains("kubernetes: "), "{out}");
    let Said { code, out, .. } = run(&mut home.kcard(&["deck", "schema"]));
    assert_eq!((code, out.as_str()), (Some(0), include_str!("../deck.schema.json")));
}

#[test]
fn a_port_in_use_is_said() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let err = refused(&Home::new(), &["run", "--listen", &other.local_addr().unwrap().to_string()]);
    assert!(err.contains("another program does") && err.contains("KCARD_LISTEN"), "{err}");
}

#[test]
fn an_address_that_is_none_is_said() {
    let err = refused(&Home::new(), &["--listen", "8420"]);
    assert!(err.contains("write an address and a port"), "{err}");
}

#[test]
fn a_data_directory_that_cannot_be_made_is_said() {
    let home = Home::new();
    home.write("data", "a file");
    let err = refused(&home, &["--data", "data/kcard"]);
    assert!(err.contains("data/kcard") && err.contains("KCARD_DATA"), "{err}");
}

#[test]
fn a_database_of_a_later_kcard_is_left_alone() {
    let home = Home::new();
    Running::start(&mut home.kcard(&["--data", "data"])).stop("TERM");
    sql(
        &home,
        "UPDATE _sqlx_migrations SET version = 99999999 WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)",
    );
    let before = std::fs::read(home.path("data/kcard.db")).unwrap();
    let err = refused(&home, &["--data", "data"]);
    assert!(err.contains("newer than this kcard"), "{err}");
    assert!(std::fs::read(home.path("data/kcard.db")).unwrap() == before, "the database was changed");
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let home = Home::new();
    home.write("data/kcard.db", &"not a database ".repeat(1000));
    let err = refused(&home, &["--data", "data"]);
    assert!(err.contains("data/kcard.db"), "{err}");
    assert_eq!(std::fs::read_to_string(home.path("data/kcard.db")).unwrap(), "not a database ".repeat(1000));
}

#[test]
fn a_full_disk_is_said() {
    let home = Home::new();
    // No file may grow past 16 blocks of 512 bytes; without the trap the process would be killed for trying.
    let Said { code, err, .. } = run(&mut home.shell("trap '' XFSZ; ulimit -f 16; exec \"$0\" --data data"));
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("disk is full"), "{err}");
    let running = Running::start(&mut home.kcard(&["--data", "data"]));
    assert_eq!(running.stop("TERM").code, Some(0), "what the full disk left behind is in the way");
}

#[test]
fn a_password_is_never_said() {
    let home = Home::new();
    let mut command = home.kcard(&[]);
    let Said { code, err, .. } = run(command.env("DATABASE_URL", "postgres://kcard:secret@127.0.0.1:1/kcard"));
    assert_eq!(code, Some(2));
    assert!(err.contains("postgres://kcard:***@127.0.0.1:1/kcard") && !err.contains("secret"), "{err}");
    let Said { code, err, .. } = run(command.env("DATABASE_URL", "mysql://kcard:secret@127.0.0.1/kcard"));
    assert_eq!(code, Some(2));
    assert!(err.contains("DATABASE_URL") && !err.contains("secret"), "{err}");
}

#[test]
fn a_log_level_that_is_none_is_said() {
    let Said { code, err, .. } = run(Home::new().kcard(&[]).env("KCARD_LOG", "loud=="));
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("KCARD_LOG"), "{err}");
}

#[rstest]
#[case("TERM")]
#[case("INT")]
fn a_signal_stops_it_well(#[case] signal: &str) {
    let home = Home::new();
    let running = Running::start(&mut home.kcard(&["--data", "data"]));
    assert_eq!(running.get("/healthz").0, "HTTP/1.1 200 OK");
    assert_eq!(running.get("/readyz").0, "HTTP/1.1 200 OK");
    assert!(running.admin_link.starts_with(&running.link) && running.admin_link != running.link);
    let Said { code, err, .. } = running.stop(signal);
    assert_eq!(code, Some(0), "{err}");
}

#[test]
fn an_open_stream_does_not_delay_the_stop() {
    let home = Home::new();
    let running = Running::start(&mut home.kcard(&["--data", "data"]));
    let _idle = std::net::TcpStream::connect(running.address()).unwrap();
    assert_eq!(running.stop("TERM").code, Some(0));
}

#[test]
fn a_log_that_nobody_reads_any_more_does_not_keep_it_from_stopping() {
    let home = Home::new();
    let running = Running::start(&mut home.kcard(&["--data", "data"])).unread();
    assert_eq!(running.stop("TERM").code, Some(0));
}

#[test]
fn health_asks_the_kcard_that_runs() {
    let home = Home::new();
    let running = Running::start(&mut home.kcard(&["--data", "data"]));
    let address = running.address().to_string();
    assert_eq!(run(&mut home.kcard(&["health", "--listen", &address])).code, Some(0));
    running.stop("TERM");
    let Said { code, err, .. } = run(&mut home.kcard(&["health", "--listen", &address]));
    assert_eq!(code, Some(1));
    assert!(err.contains("nothing answers"), "{err}");
}

#[test]
fn who_listens_to_all_networks_is_warned() {
    let home = Home::new();
    let running = Running::start(&mut home.kcard(&["--listen", "0.0.0.0:0"]));
    let Said { err, .. } = running.stop("TERM");
    assert!(err.contains("whoever reaches this address can play"), "{err}");
}

#[test]
fn an_ipv6_address_will_do() {
    let home = Home::new();
    let running = Running::start(&mut home.kcard(&["--listen", "[::1]:0"]));
    assert_eq!(running.get("/healthz").0, "HTTP/1.1 200 OK");
}

#[test]
fn the_first_question_is_asked_once_ever() {
    let home = Home::new();
    for _ in 0..2 {
        let running = Running::start(&mut home.kcard(&["--data", "data"]));
        until(|| sql(&home, "SELECT COUNT(*) FROM rounds WHERE state = 'open'") > 0);
        assert_eq!(running.stop("TERM").code, Some(0));
    }
    assert_eq!(sql(&home, "SELECT COUNT(*) FROM rounds"), 1);
}

#[test]
fn grade_marks_and_explains() {
    let home = home_with_deck(DECK);
    let Said { code, out, err } =
        run(&mut home.kcard(&["grade", "--config", "kcard.toml", "stock-parts", "water, onion and salt"]));
    assert_eq!(code, Some(0), "{err}");
    insta::assert_snapshot!(out, @"
    What goes into a plain stock?
    list answer: credit 0.3333
    found: Water, Onions
    missing: Bones
    wrong: Salt
    ");
    let Said { code, err, .. } = run(&mut home.kcard(&["grade", "--config", "kcard.toml", "stok-parts", "water"]));
    assert_eq!(code, Some(2));
    assert!(err.contains("did you mean `stock-parts`?"), "{err}");
}

#[test]
fn grade_marks_line_by_line_and_says_which_line_is_bad() {
    let home = home_with_deck(DECK);
    let input = [
        r#"{"card": "stock-parts", "answer": "Bones, water, onions"}"#,
        "",
        "not JSON",
        r#"{"card": "stok-parts", "answer": "water"}"#,
        r#"{"answer": "water", "card": "stock-parts"}"#,
        r#"{"card": "stock-parts", "answer": ""}"#,
    ];
    let mut command = home.kcard(&["grade", "--jsonl", "--config", "kcard.toml"]);
    let Said { code, out, err } = run_with(&mut command, &input.join("\n"));
    assert_eq!((code, err.as_str()), (Some(1), ""));
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [all, bad, unknown, one, nothing] = lines.as_slice() else { panic!("{out}") };
    assert_eq!(
        *all,
        json!({
            "card": "stock-parts", "answer": "Bones, water, onions", "credit": 1.0,
            "found": ["Water", "Bones", "Onions"], "missing": [], "wrong": [],
        })
    );
    assert_eq!(bad["line"], 3);
    assert_eq!(*unknown, json!({ "error": "there is no card `stok-parts`; did you mean `stock-parts`?", "line": 4 }));
    assert_eq!((&one["credit"], &one["missing"]), (&json!(0.3333), &json!(["Bones", "Onions"])));
    assert_eq!((&nothing["credit"], &nothing["missing"]), (&json!(0.0), &json!(["Water", "Bones", "Onions"])));
}

#[test]
fn an_output_that_nobody_reads_is_no_failure() {
    let Said { code, err, .. } = run(&mut Home::new().shell("\"$0\" deck schema | true"));
    assert_eq!((code, err.as_str()), (Some(0), ""));
}

#[rstest]
#[case("bash")]
#[case("fish")]
#[case("zsh")]
fn completions_know_the_commands(#[case] shell: &str) {
    let Said { code, out, .. } = run(&mut Home::new().kcard(&["completions", shell]));
    assert_eq!(code, Some(0));
    assert!(["grade", "schema"].iter().all(|word| out.contains(word)), "{out}");
}

/// The first number that a statement gives, 0 where it gives none.
fn sql(home: &Home, statement: &'static str) -> i64 {
    let options = SqliteConnectOptions::new().filename(home.path("data/kcard.db"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut database: SqliteConnection = options.connect().await.unwrap();
        let row = sqlx::query(statement).fetch_optional(&mut database).await.unwrap();
        database.close().await.unwrap();
        row.map_or(0, |row| row.get(0))
    })
}
