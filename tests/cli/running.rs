//! A kcard that runs: how it stops, how it is found well, what it keeps.

use rstest::rstest;

use crate::{
    kit::{DECK, home_with_deck, sql},
    process::{Home, Running, Said, run, until},
};

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
fn a_database_that_never_answers_does_not_keep_it_from_stopping() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://kcard@{}/kcard", silent.local_addr().unwrap());
    let home = Home::new();
    let starting = Running::starting(home.kcard(&[]).env("DATABASE_URL", url));
    let _connection = silent.accept().unwrap();
    let Said { code, err, .. } = starting.stop("TERM");
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
    let Said { code, out, err } = run(&mut home.kcard(&["store", "verify", "--data", "data"]));
    assert_eq!(code, Some(0), "{out}{err}");
}

#[test]
fn a_broken_edit_of_a_deck_is_said_and_stops_nothing() {
    let home = home_with_deck(DECK);
    let mut command = home.shell("exec \"$0\" --config kcard.toml --data data 2>log");
    let running = Running::start(&mut command);
    let log = |words: &str| std::fs::read_to_string(home.path("log")).unwrap().contains(words);
    home.write("decks/soup.yaml", &DECK.replace("level: 1", "level: 9"));
    until(|| log("the last good ones stay") && log("soup.yaml:"));
    assert_eq!(running.get("/readyz").0, "HTTP/1.1 200 OK");
    home.write("decks/soup.yaml", &DECK.replace("level: 1", "level: 2"));
    until(|| log("read again"));
    assert_eq!(running.stop("TERM").code, Some(0));
}

#[test]
fn one_kcard_keeps_a_file_and_leaves_it_however_it_ends() {
    let home = Home::new();
    let first = Running::start(&mut home.kcard(&["--data", "data"]));
    let Said { code, err, .. } = run(&mut home.kcard(&["--data", "data"]));
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("another kcard runs on"), "{err}");
    assert_eq!(run(&mut home.kcard(&["store", "verify", "--data", "data"])).code, Some(0), "it may be looked into");
    // Dropped, it is killed.
    drop(first);
    assert_eq!(Running::start(&mut home.kcard(&["--data", "data"])).get("/readyz").0, "HTTP/1.1 200 OK");
}
