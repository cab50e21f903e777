//! What those who look after kcard see of it: the doctor's report, figures, probes, the log as JSON.

use std::{collections::BTreeMap, net::TcpListener};

use rstest::rstest;
use serde_json::Value;

use crate::{
    guests::{Guest, home, option, run_in},
    kit::{Holding, sql, texts},
    process::{Home, Running, Said, get, run, until},
};

/// What the doctor says of each thing, by its name.
fn doctor(home: &Home, words: &[&str]) -> (Option<i32>, String) {
    let before = home.names();
    let Said { code, out, err } = run(&mut home.kcard(&[&["doctor"], words].concat()));
    assert_eq!((err.as_str(), home.names()), ("", before), "a doctor leaves nothing behind");
    (code, out)
}

#[test]
fn a_doctor_finds_a_new_home_fit_to_begin() {
    let (code, out) = doctor(&Home::new(), &[]);
    assert_eq!(code, Some(0), "{out}");
    for part in [
        "configuration",
        "data directory",
        "kcard-data is not there yet",
        "free space",
        "is free",
        "clock",
        "time zones",
    ] {
        assert!(out.contains(part), "no `{part}` in {out}");
    }
}

#[test]
fn a_doctor_finds_the_kcard_that_runs() {
    let home = Home::new();
    let running = Running::start(&mut home.kcard(&["--data", "data"]));
    let (code, out) = doctor(&home, &["--data", "data", "--listen", &running.address().to_string()]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("a kcard runs on it") && out.contains("and is ready"), "{out}");
}

#[rstest]
#[case::the_configuration("listn = 1", "", "did you mean `listen`?")]
#[case::a_deck("decks = [\"nowhere\"]", "", "nowhere")]
#[case::the_database("", "UPDATE _sqlx_migrations SET version = 9999 WHERE version = 1", "newer than this kcard")]
#[case::the_clock(
    "",
    "INSERT INTO rounds (space, channel, deck, card, number, cycle, topic, asked, rules, created, state) \
    VALUES ('web', 'web:a', 'd', 'c', 0, 0, 't', '{}', '{}', 9999999999999, 'open')",
    "the database knows a question of 2286-11-20"
)]
fn a_doctor_finds_what_is_wrong(#[case] config: &str, #[case] damage: &'static str, #[case] says: &str) {
    let home = Home::new();
    Running::start(&mut home.kcard(&["--data", "data"])).stop("TERM");
    if !damage.is_empty() {
        sql(&home, damage);
    }
    home.write("kcard.toml", config);
    let (code, out) = doctor(&home, &["--data", "data", "--config", "kcard.toml"]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("WRONG") && out.split_whitespace().collect::<Vec<_>>().join(" ").contains(says), "{out}");
}

#[test]
fn a_doctor_finds_an_address_that_another_program_has_and_a_file_in_the_way() {
    let home = Home::new();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap().to_string();
    std::thread::spawn(move || while other.accept().is_ok() {});
    let (code, out) = doctor(&home, &["--listen", &address]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("another program listens on"), "{out}");
    home.write("data/kcard.db", &"no database ".repeat(1_000));
    let (code, out) = doctor(&home, &["--data", "data"]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("WRONG") && out.contains("not a SQLite database"), "{out}");
}

/// The figures of a kcard that runs: each sample's name with its labels, and its value.
fn figures(running: &Running) -> BTreeMap<String, f64> {
    let (_, text) = running.get("/metrics");
    let samples = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    samples
        .map(|line| line.rsplit_once(' ').unwrap())
        .map(|(name, value)| (name.to_owned(), value.parse().unwrap()))
        .collect()
}

#[test]
fn what_is_played_is_counted() {
    let home = home();
    let running = run_in(&home);
    let (ana, bo) = (Guest::looks_after(&running, "ana"), Guest::enters(&running, "bo"));
    let question = ana.question();
    ana.reacts(&question, option(&question, "Salt")).unwrap();
    bo.says("Bones", Some(&question));
    ana.says("/kquiz round close", None);
    until(|| figures(&running).get("kcard_outbox_waiting") == Some(&0.0));
    let figures = figures(&running);
    for (name, value) in [
        ("kcard_ready", 1.0),
        ("kcard_connected{face=\"web\"}", 1.0),
        ("kcard_rounds_total{face=\"web\",state=\"asked\"}", 1.0),
        ("kcard_rounds_total{face=\"web\",state=\"open\"}", 1.0),
        ("kcard_rounds_total{face=\"web\",state=\"closed\"}", 1.0),
        ("kcard_answers_total{face=\"web\",way=\"reaction\",verdict=\"right\"}", 1.0),
        ("kcard_answers_total{face=\"web\",way=\"reply\",verdict=\"wrong\"}", 1.0),
        ("kcard_commands_total{face=\"web\"}", 1.0),
        ("kcard_posts_total{face=\"web\",state=\"given_up\"}", 0.0),
        ("kcard_limits_met_total{face=\"web\"}", 0.0),
        ("kcard_acknowledge_seconds_count{face=\"web\"}", 3.0),
        ("kcard_outbox_oldest_seconds", 0.0),
        ("kcard_store_queue", 0.0),
    ] {
        assert_eq!(figures.get(name), Some(&value), "{name} in {figures:#?}");
    }
    // The question, its ending and its reveal.
    assert!(figures["kcard_posts_total{face=\"web\",state=\"sent\"}"] >= 3.0);
    assert!(figures["kcard_store_commit_seconds_count"] >= 2.0);
    assert!(figures["kcard_disk_free_bytes"] > 0.0 && figures["kcard_database_bytes"] > 0.0);
    known(&running.get("/metrics").1);
    assert_eq!(running.stop("TERM").code, Some(0));
}

/// All that is shown is described in `measure`, with its labels and no others.
fn known(text: &str) {
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let name = line.split(['{', ' ']).next().unwrap();
        let whole = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        let metric = kcard::measure::ALL.iter().find(|metric| metric.name == whole || metric.name == name);
        let metric = metric.unwrap_or_else(|| panic!("{name} is not described"));
        let labels = line.split_once('{').map_or("", |(_, rest)| rest.rsplit_once('}').unwrap().0);
        let labels: Vec<&str> =
            labels.split(',').filter_map(|label| label.split_once('=')).map(|(label, _)| label).collect();
        let labels: Vec<&str> = labels.into_iter().filter(|label| *label != "le").collect();
        assert_eq!(labels, metric.labels, "{line}");
        assert!(text.contains(&format!("# HELP {} {}", metric.name, metric.help)), "{} is not explained", metric.name);
    }
}

/// A platform that takes connections and says nothing.
#[rstest]
#[case::discord("discord", &[("DISCORD_TOKEN", "MTIz.GabcD_.secretpart"), ("DISCORD_API_URL", "http://ADDRESS")])]
#[case::slack("slack", &[("SLACK_BOT_TOKEN", "xoxb-secretpart"), ("SLACK_APP_TOKEN", "xapp-secretpart"), ("SLACK_API_URL", "http://ADDRESS/api")])]
fn a_platform_that_never_answers_is_waited_for_and_holds_up_no_stop(
    #[case] face: &str,
    #[case] settings: &[(&str, &str)],
) {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let home = Home::new();
    // A port that nobody has: this kcard is asked before it says where it is.
    let listen = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = home.kcard(&["--data", "data", "--listen", &listen.to_string()]);
    for (name, value) in settings {
        command.env(name, value.replace("ADDRESS", &address));
    }
    let starting = std::thread::spawn(move || Running::start(&mut command));
    until(|| std::net::TcpStream::connect(listen).is_ok());
    assert_eq!(get(listen, "/healthz").0, "HTTP/1.1 200 OK", "it lives");
    let (status, body) = get(listen, "/readyz");
    assert_eq!(
        (status.as_str(), body.as_str()),
        ("HTTP/1.1 503 Service Unavailable", "not ready: the database is being opened\n")
    );
    let running = starting.join().unwrap();
    let (status, body) = running.get("/readyz");
    assert_eq!(
        (status.as_str(), body),
        ("HTTP/1.1 503 Service Unavailable", format!("not ready: {face} is not connected yet\n"))
    );
    let figures = figures(&running);
    assert_eq!(figures.get("kcard_ready"), Some(&0.0));
    assert_eq!(figures.get(&format!("kcard_connected{{face=\"{face}\"}}")), Some(&0.0));
    assert!(running.get("/").0.contains("200"), "the room on this machine waits for no platform");
    let Said { code, err, .. } = running.stop("TERM");
    assert_eq!(code, Some(0), "{err}");
    assert!(!err.contains("secretpart"), "{err}");
}

#[test]
fn a_store_that_is_stuck_is_not_ready_and_holds_up_no_stop() {
    let home = home();
    let running = run_in(&home);
    let other = Holding::the_lock_of(&home);
    let (status, body) = running.get("/readyz");
    assert_eq!(status, "HTTP/1.1 503 Service Unavailable");
    assert!(
        ["not ready: no answer within 2 s\n", "not ready: the database does not answer\n"].contains(&body.as_str()),
        "{body}"
    );
    drop(other);
    until(|| running.get("/readyz").0 == "HTTP/1.1 200 OK");
    let _other = Holding::the_lock_of(&home);
    assert_eq!(running.stop("TERM").code, Some(0));
}

#[test]
fn a_log_as_json_has_an_object_a_line_and_no_answer_in_it() {
    let home = home();
    let running =
        Running::start(home.kcard(&["--config", "kcard.toml", "--data", "data"]).env("KCARD_LOG_FORMAT", "json"));
    let ana = Guest::looks_after(&running, "ana");
    let question = ana.question();
    let secret = running.admin_link.split_once("admin=").unwrap().1.to_owned();
    ana.says("Bones", Some(&question));
    ana.reacts(&question, option(&question, "Water")).unwrap();
    let control = &question["controls"][option(&question, "Salt") - 1]["id"];
    ana.does("press", &serde_json::json!({ "key": "p", "channel": "daily-quiz", "control": control })).unwrap();
    ana.says("/kquiz round close", None);
    until(|| sql(&home, "SELECT COUNT(*) FROM outbox WHERE settled IS NULL") == 0);
    let Said { code, err, .. } = running.stop("TERM");
    assert_eq!(code, Some(0), "{err}");
    let lines: Vec<Value> =
        err.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect();
    assert!(
        lines
            .iter()
            .all(|line| line["level"].is_string() && line["timestamp"].is_string() && line["message"].is_string())
    );
    let said = |message: &str| lines.iter().filter(|line| line["message"] == message).collect::<Vec<_>>();
    let answers = said("an answer");
    assert_eq!(answers.len(), 3, "{err}");
    assert!(answers.iter().all(|line| line["round"] == 1 && line["player"] == "web:ana"), "{answers:?}");
    assert_eq!(
        (said("a round is open").len(), said("closed a round").len(), said("stopping").len()),
        (1, 1, 1),
        "{err}"
    );
    for hidden in ["Bones", "Water", "Salt", secret.as_str()] {
        assert!(!err.contains(hidden), "{hidden} in {err}");
    }
}

#[test]
fn a_log_of_another_format_is_refused() {
    let Said { code, err, .. } = run(Home::new().kcard(&[]).env("KCARD_LOG_FORMAT", "xml"));
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("KCARD_LOG_FORMAT is `xml`: write text or json"), "{err}");
}

/// While answers pour in: what somebody was told is in, is in.
#[test]
fn a_stop_while_answers_pour_in_loses_none_that_was_told_in() {
    let home = home();
    let running = run_in(&home);
    let question = Guest::enters(&running, "ana").question();
    let players: Vec<_> = (0..6).map(|player| Guest::enters(&running, &format!("p{player}"))).collect();
    let pouring: Vec<_> = players
        .into_iter()
        .map(|player| {
            let question = question.clone();
            // Until nobody answers any more.
            std::thread::spawn(move || {
                let options = (1..=3).cycle();
                let answers = options.map_while(|option| player.reacts(&question, option));
                answers.filter_map(|(key, is_in)| is_in.then_some(key)).collect::<Vec<_>>()
            })
        })
        .collect();
    until(|| sql(&home, "SELECT COUNT(*) FROM answers") > 100);
    let Said { code, err, .. } = running.stop("TERM");
    assert_eq!(code, Some(0), "{err}");
    let told: Vec<String> = pouring.into_iter().flat_map(|one| one.join().unwrap()).collect();
    let stored = texts(&home, "SELECT key FROM answers");
    assert!(told.len() > 100);
    let lost: Vec<_> = told.iter().filter(|key| !stored.contains(*key)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert_eq!(run(&mut home.kcard(&["store", "verify", "--data", "data"])).code, Some(0));
}
