use std::path::Path;

use insta::assert_snapshot;
use jiff::{SignedDuration, civil::date};
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::quiz::{
    id::ChannelId,
    question::Kind,
    round::{Feedback, OpenWay, Reveal, Style},
};

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, Path::new("etc/kcard.toml"), Over::default())
}

fn mistakes(text: &str) -> String {
    parse(text).expect_err("the text has mistakes").to_string()
}

#[test]
fn nothing_said_asks_about_kubernetes_in_the_web_room() {
    let config = parse("").unwrap();
    assert_eq!(
        (config.data.as_path(), config.listen.to_string().as_str()),
        (Path::new("kcard-data"), "127.0.0.1:8420")
    );
    assert_eq!(config.database.expose(), "sqlite://kcard-data/kcard.db");
    let [plan] = config.schedules.as_slice() else { panic!("one schedule: {:?}", config.schedules) };
    assert_eq!((plan.name.as_str(), plan.pattern.as_str(), plan.ask_on_start), ("daily-quiz", "weekdays 09:00", true));
    assert_eq!((&plan.channel, plan.deck.as_str()), (&ChannelId::new("web:daily-quiz"), "kubernetes"));
    plan.check().unwrap();
}

#[test]
fn no_schedule_at_all_can_be_said() {
    assert_eq!(parse("schedule = []").unwrap().schedules, []);
}

#[test]
fn a_full_schedule_is_read() {
    let text = r#"
        [[schedule]]
        name = "exam-friday"
        channel = "slack:C0123"
        deck = "cooking"
        topic = "soup"
        exam = "kcna"
        level = 2
        kinds = ["choice", "list"]
        cron = "0 9 * * 5"
        timezone = "Asia/Tokyo"
        window = "20s"
        style = "contest"
        answers = ["buttons"]
        attempts = 1
        feedback = "instant"
        catch_up = "1h30m"
        skip = [2026-12-25, "2027-01-01"]
        ask_on_start = true
        mention = "slack:S0614TZR7"
        reveal = "channel"
        weights = { level = true, streak = true }
    "#;
    let plan = parse(text).unwrap().schedules.remove(0);
    assert_eq!((plan.name.as_str(), plan.channel.face(), plan.deck.as_str()), ("exam-friday", "slack", "cooking"));
    assert_eq!((plan.filter.topic.as_deref(), plan.filter.exam.as_deref()), (Some("soup"), Some("kcna")));
    assert_eq!((plan.filter.level, plan.filter.kinds.as_slice()), (Some(2), [Kind::Choice, Kind::List].as_slice()));
    assert_eq!((plan.pattern.as_str(), plan.timezone.as_deref()), ("0 9 * * 5", Some("Asia/Tokyo")));
    assert_eq!((plan.window_ms, plan.catch_up()), (Some(20_000), SignedDuration::from_mins(90)));
    assert_eq!((plan.style, plan.feedback, plan.attempts), (Some(Style::Contest), Feedback::Instant, 1));
    assert_eq!(plan.ways.unwrap().0.into_iter().collect::<Vec<_>>(), [OpenWay::Buttons]);
    assert_eq!(plan.skip, [date(2026, 12, 25), date(2027, 1, 1)]);
    assert_eq!((plan.weights.level, plan.weights.speed, plan.weights.streak), (true, false, true));
    assert!(plan.ask_on_start);
    assert_eq!((plan.thread, plan.mention.as_deref()), (false, Some("slack:S0614TZR7")));
    assert_eq!(plan.reveal, Reveal::Channel);
}

#[test]
fn the_environment_wins_over_the_file() {
    let text = "data = \"there\"\ndatabase_url = \"postgres://there/kcard\"\nlisten = \"[::1]:1\"";
    let over = Over {
        data: Some("here".into()),
        database_url: Some("postgres://here/kcard".to_owned()),
        listen: Some("[::1]:2".parse().unwrap()),
        ..Over::default()
    };
    let config = Config::parse(text, Path::new("etc/kcard.toml"), over).unwrap();
    assert_eq!((config.data.as_path(), config.listen.port()), (Path::new("here"), 2));
    assert_eq!(config.database.expose(), "postgres://here/kcard");
    let config = parse(text).unwrap();
    assert_eq!((config.data.as_path(), config.listen.port()), (Path::new("etc/there"), 1));
    assert_eq!(config.database.expose(), "postgres://there/kcard");
}

#[test]
fn paths_stand_beside_the_file() {
    let config = parse("decks = [\"decks\", \"/srv/decks\"]").unwrap();
    assert_eq!(config.decks, [Path::new("etc/decks"), Path::new("/srv/decks")]);
}

#[test]
fn every_mistake_is_said_at_its_line() {
    let text = r#"listn = "127.0.0.1:8420"
timezone = "Europe/Belrin"

[[schedule]]
name = "daily"
channel = "wbe:daily-quiz"
at = "0 0 30 2 *"
kinds = ["choise"]
window = "a while"
feedbak = "instant"
"#;
    assert_snapshot!(mistakes(text), @r#"
    error: there is no setting `listn` in the configuration; did you mean `listen`?
     --> etc/kcard.toml:1:1
      |
    1 | listn = "127.0.0.1:8420"
      | ^^^^^

    error: `Europe/Belrin` is no time zone: write an IANA name such as `Europe/Berlin` or `UTC`; did you mean `Europe/Berlin`?
     --> etc/kcard.toml:2:12
      |
    2 | timezone = "Europe/Belrin"
      |            ^^^^^^^^^^^^^^^

    error: there is no face `wbe`; did you mean `web:daily-quiz`?
     --> etc/kcard.toml:6:11
      |
    6 | channel = "wbe:daily-quiz"
      |           ^^^^^^^^^^^^^^^^

    error: `0 0 30 2 *` never fires: no day is on the calendar for it; `0 9 * * 1-5` fires on weekdays at 09:00
     --> etc/kcard.toml:7:6
      |
    7 | at = "0 0 30 2 *"
      |      ^^^^^^^^^^^^

    error: `choise` is none of `choice`, `multiple`, `list`, `text`, `command`; did you mean `choice`?
     --> etc/kcard.toml:8:10
      |
    8 | kinds = ["choise"]
      |          ^^^^^^^^

    error: cannot read `a while` as a duration: write `20s`, `30m`, `8h`, `1h30m` or `2d`
     --> etc/kcard.toml:9:10
      |
    9 | window = "a while"
      |          ^^^^^^^^^

    error: there is no setting `feedbak` in [[schedule]]; did you mean `feedback`?
      --> etc/kcard.toml:10:1
       |
    10 | feedbak = "instant"
       | ^^^^^^^
    "#);
}

#[rstest]
#[case::no_toml("listen = ", "kcard.toml:1:10")]
#[case::no_address("listen = \"8420\"", "write an address and a port, such as 127.0.0.1:8420, [::1]:8420")]
#[case::no_database("database_url = \"mysql://root:secret@db\"", "neither `sqlite:` nor `postgres://`")]
#[case::half_a_database("database_url = \"postgres://root:secret@db", "kcard.toml:1")]
#[case::no_list("decks = \"decks\"", "expected a list in brackets, found string")]
#[case::no_host("web.hosts = [\"https://quiz.example.org/\"]", "write it bare, such as `quiz.example.org`")]
#[case::web_key("web.host = []", "no setting `host` in [web]; did you mean `hosts`?")]
#[case::no_name("[[schedule]]\nchannel = \"web:a\"\nat = \"daily 9:00\"", "add `name = \"daily\"`")]
#[case::no_channel("[[schedule]]\nname = \"a\"\nat = \"daily 9:00\"", "add `channel = \"web:daily-quiz\"`")]
#[case::no_time("[[schedule]]\nname = \"a\"\nchannel = \"web:a\"", "add `at = \"weekdays 09:00\"`")]
#[case::one_table("[schedule]\nname = \"a\"", "expected a list in brackets, found table")]
fn a_mistake_says_what_would_be_right(#[case] text: &str, #[case] says: &str) {
    let said = mistakes(text);
    assert!(said.contains(says), "{said}");
    assert!(!said.contains("secret"), "{said}");
}

#[rstest]
#[case::two_times("cron = \"0 9 * * *\"", "either `at` or `cron`")]
#[case::two_names("[[schedule]]\nname = \"a\"\nchannel = \"web:b\"\nat = \"daily 9:00\"", "two schedules named `a`")]
#[case::attempts("attempts = 11", "from 1 to 10")]
#[case::too_many("attempts = 300", "expected a small whole number")]
#[case::level("level = 6", "levels go from 1 to 5")]
#[case::secret("style = \"contest\"\nanswers = [\"replies\"]", "seen by all")]
#[case::no_way("answers = []", "no way to answer is open")]
#[case::a_way("answers = [\"reaction\"]", "did you mean `reactions`?")]
#[case::a_weight("weights = { sped = true }", "no setting `sped` in weights; did you mean `speed`?")]
#[case::a_window("window = \"1s\"", "from 10 seconds to 30 days")]
#[case::a_date("skip = [\"25.12.\"]", "write the day as `2026-12-25`")]
#[case::a_thread("style = \"contest\"\nthread = true", "a contest has no thread")]
#[case::a_mention("mention = \"discord:1\"", "the web room has no roles and no groups")]
#[case::a_reveal("reveal = \"chanel\"", "did you mean `channel`?")]
#[case::a_flag("ask_on_start = \"yes\"", "expected `true` or `false`, found string")]
fn a_mistake_in_a_schedule_says_what_would_be_right(#[case] line: &str, #[case] says: &str) {
    let said = mistakes(&format!("[[schedule]]\nname = \"a\"\nchannel = \"web:a\"\nat = \"daily 9:00\"\n{line}\n"));
    assert!(said.contains(says), "{said}");
}

#[rstest]
#[case::bare_channel("name = \"a\"\nchannel = \"daily\"", "write `web:daily-quiz`")]
#[case::a_room(
    "name = \"a\"\nchannel = \"web:A b/../<x>\"",
    "`web:A b/../<x>` is no channel: a channel of the room has 1 to 32"
)]
#[case::a_long_room("name = \"a\"\nchannel = \"web:123456789-123456789-123456789-123\"", "is no channel")]
#[case::a_name("name = \"A b\"\nchannel = \"web:a\"", "lower case letters")]
fn a_schedule_has_a_plain_name_and_a_whole_channel(#[case] lines: &str, #[case] says: &str) {
    let said = mistakes(&format!("[[schedule]]\nat = \"daily 9:00\"\n{lines}\n"));
    assert!(said.contains(says), "{said}");
}

#[test]
fn why_a_file_cannot_be_read_is_said_once() {
    let wrong = Config::load(Some(Path::new("no-such.toml")), Over::default()).unwrap_err();
    assert!(wrong.to_string().contains("No such file"), "{wrong}");
    assert!(std::error::Error::source(&wrong).is_none(), "a chain of causes would say it again");
}

#[test]
fn the_example_is_true() {
    let example = include_str!("../../config.example.toml");
    parse(example).unwrap();
    let settings = example.replace("\n#: ", "\n");
    let config = parse(&settings).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert_eq!(config.schedules.len(), 3);
}

#[rstest]
#[case("strange = 1")]
#[case("[web]\nstrange = 1")]
#[case("[[schedule]]\nstrange = 1")]
#[case("[[schedule]]\nweights = { strange = 1 }")]
fn the_example_explains_every_setting(#[case] text: &str) {
    let said = mistakes(text);
    let known = said.split("known are ").nth(1).expect("the known settings are said").lines().next().unwrap();
    for setting in known.split(", ").map(|setting| setting.trim_matches('`')) {
        let ways = [format!("{setting} = "), format!("[{setting}]")];
        let example = include_str!("../../config.example.toml");
        assert!(ways.iter().any(|way| example.contains(way)), "config.example.toml does not explain `{setting}`");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_reading(text in "(\\[\\[schedule\\]\\]\n|[a-z_]{1,12} = |\"|\\PC{0,3}|\n|[0-9]{1,3}|\\[|\\]){0,30}") {
        let _ = parse(&text);
    }
}

#[rstest]
#[case("postgres://kcard:secret@db.example.org/kcard", "postgres://kcard:***@db.example.org/kcard")]
#[case("postgres://kcard:se/cr@et?@db/kcard?sslmode=require&password=secret", "postgres://kcard:***@db/kcard")]
#[case("postgres://db/kcard", "postgres://db/kcard")]
#[case("sqlite://kcard-data/kcard.db", "sqlite://kcard-data/kcard.db")]
fn a_shown_address_has_no_password(#[case] url: &str, #[case] shown: &str) {
    let url = DatabaseUrl::parse(url).unwrap();
    assert_eq!((url.to_string().as_str(), format!("{url:?}").as_str()), (shown, shown));
}

#[test]
fn an_unreadable_file_is_named() {
    let error = Config::load(Some(Path::new("no/such.toml")), Over::default()).expect_err("there is no such file");
    assert!(error.to_string().contains("no/such.toml"), "{error}");
}

fn discord(token: &str, api: Option<&str>) -> Result<Config, ConfigError> {
    let over =
        Over { discord_token: Some(token.to_owned()), discord_api_url: api.map(str::to_owned), ..Over::default() };
    Config::parse("", Path::new(""), over)
}

#[rstest]
#[case("abc.def.ghi", "abc.def.ghi")]
#[case(" abc.def.ghi\n", "abc.def.ghi")]
#[case("Bot abc.def.ghi", "abc.def.ghi")]
fn a_token_turns_discord_on(#[case] text: &str, #[case] token: &str) {
    let config = discord(text, Some("http://127.0.0.1:8080/")).unwrap();
    let shown = format!("{config:?}");
    let discord = config.discord.expect("it is turned on");
    assert_eq!(secrecy::ExposeSecret::expose_secret(discord.token.secret()), token);
    assert_eq!(discord.api.as_deref(), Some("http://127.0.0.1:8080"));
    assert!(!shown.contains("def"), "{shown}");
}

#[rstest]
#[case::no_token("", None, "Reset Token")]
#[case::two_lines("abc\ndef", None, "Reset Token")]
#[case::letters("abc\u{e9}", None, "Reset Token")]
#[case::a_path("abc", Some("http://127.0.0.1:8080/api"), "without a path")]
#[case::no_scheme("abc", Some("127.0.0.1:8080"), "a scheme")]
#[case::no_host("abc", Some("http://"), "a host")]
fn what_cannot_reach_discord_is_refused(#[case] token: &str, #[case] api: Option<&str>, #[case] says: &str) {
    let said = discord(token, api).unwrap_err().to_string();
    assert!(said.contains(says), "{said}");
}
