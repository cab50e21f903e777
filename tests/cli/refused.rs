//! Starts that must not be: each says what happened, where, and what to do, and leaves no trace.

use std::net::TcpListener;

use rstest::rstest;

use crate::{
    kit::{refused, sql},
    process::{Home, Running, Said, run},
};

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
#[case::a_log("[log]\nformat = \"jsn\"", "did you mean `json`?")]
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
    for wrong in ["loud==", "inof", "info,sqlx"] {
        let Said { code, err, .. } = run(Home::new().kcard(&[]).env("KCARD_LOG", wrong));
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains("KCARD_LOG"), "{err}");
    }
}
