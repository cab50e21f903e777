use insta::assert_snapshot;
use jiff::civil::date;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn card(topic: Option<&str>, deck: Option<&str>, public: bool) -> Command {
    Command::Card { topic: topic.map(Into::into), deck: deck.map(Into::into), public }
}

#[rstest]
#[case("/kcard", card(None, None, false))]
#[case("kcard", card(None, None, false))]
#[case("  /KCARD  ", card(None, None, false))]
#[case("/kcard networking", card(Some("networking"), None, false))]
#[case("/kcard networking kubernetes", card(Some("networking"), Some("kubernetes"), false))]
#[case("/kcard public", card(None, None, true))]
#[case("/kcard public:no", card(None, None, false))]
#[case("/kcard topic networking public", card(Some("networking"), None, true))]
#[case("/kcard topic:control plane public", card(Some("control plane"), None, true))]
#[case("/kcard topic: networking", card(Some("networking"), None, false))]
#[case("/kcard deck=kubernetes", card(None, Some("kubernetes"), false))]
#[case("/kcard Topic:\"deck: public\"", card(Some("deck: public"), None, false))]
#[case("/kcard “control plane”", card(Some("control plane"), None, false))]
#[case("/kcard 'control plane' kubernetes", card(Some("control plane"), Some("kubernetes"), false))]
#[case("/kcard don't", card(Some("don't"), None, false))]
#[case("/kcard \"public\"", card(Some("public"), None, false))]
#[case(
    "/kcard \u{1f600} \u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    card(Some("\u{1f600}"), Some("\u{5e9}\u{5dc}\u{5d5}\u{5dd}"), false)
)]
#[case("/kcard https://a.example", card(Some("https://a.example"), None, false))]
fn cards(#[case] line: &str, #[case] command: Command) {
    assert_eq!(parse(line, "web"), Ok(command));
}

fn board(period: Option<BoardPeriod>, season: Option<&str>, page: u32) -> Command {
    Command::Leaderboard { period, season: season.map(Into::into), page }
}

#[rstest]
#[case("", board(None, None, 1))]
#[case("week", board(Some(BoardPeriod::Week), None, 1))]
#[case("2", board(None, None, 2))]
#[case("page 2", board(None, None, 2))]
#[case("Week 3", board(Some(BoardPeriod::Week), None, 3))]
#[case("season", board(Some(BoardPeriod::Season), None, 1))]
#[case("season Autumn Cup", board(None, Some("Autumn Cup"), 1))]
#[case("Autumn Cup", board(None, Some("Autumn Cup"), 1))]
#[case("season:Autumn Cup page:2", board(None, Some("Autumn Cup"), 2))]
#[case("season:\"week\" page:2", board(None, Some("week"), 2))]
fn leaderboards(#[case] rest: &str, #[case] command: Command) {
    assert_eq!(parse(&format!("/kquiz leaderboard {rest}"), "web"), Ok(command));
}

#[rstest]
#[case("Autumn 2026-12-24")]
#[case("ends:2026-12-24 Autumn")]
#[case("name:Autumn ends:2026-12-24")]
#[case("name Autumn ends 2026-12-24")]
fn seasons(#[case] rest: &str) {
    let season = Command::SeasonStart { name: "Autumn".into(), ends: date(2026, 12, 24), channels: Vec::new() };
    assert_eq!(parse(&format!("/kquiz season start {rest}"), "web"), Ok(season));
}

#[test]
fn a_season_of_several_words_and_channels() {
    let channels = vec![ChannelId::new("web:daily-quiz"), ChannelId::new("web:cka")];
    let season = Command::SeasonStart { name: "Autumn Cup".into(), ends: date(2026, 12, 24), channels };
    for line in [
        "/kquiz season start Autumn Cup 2026-12-24 #daily-quiz #cka",
        "/kquiz season start Autumn Cup 2026-12-24 channels:#daily-quiz, web:cka",
        "/kquiz season start \"Autumn Cup\" 2026-12-24 <#daily-quiz>,<#cka|cka>",
    ] {
        assert_eq!(parse(line, "web").as_ref(), Ok(&season), "{line}");
    }
}

#[test]
fn a_schedule_by_position_or_by_name_or_as_a_form() {
    let args =
        ScheduleArgs { name: Some("daily".into()), at: Some("weekdays 09:00".into()), ..ScheduleArgs::default() };
    for line in [
        "/kquiz schedule add daily weekdays 09:00",
        "/kquiz schedule add daily \"weekdays 09:00\"",
        "/kquiz schedule add name:daily at:weekdays 09:00",
        "/kquiz schedule add at:\"weekdays 09:00\" name:daily",
    ] {
        assert_eq!(parse(line, "web"), Ok(Command::ScheduleAdd(Box::new(args.clone()))), "{line}");
    }
    assert_eq!(parse("/kquiz schedule add", "web"), Ok(Command::ScheduleAdd(Box::default())));
}

#[test]
fn a_schedule_with_everything() {
    let line = "/kquiz schedule add daily at:0 9 * * 1-5 timezone:Europe/Berlin deck:kubernetes topic:control plane exam:kcna \
                level:2 kinds:choice, multiple window:30m style:contest answers:buttons attempts:1 feedback:instant thread \
                mention:@discord:12, other reveal:Channel channel:#cka";
    let text = |text: &str| Some(text.to_owned());
    let args = ScheduleArgs {
        name: text("daily"),
        at: text("0 9 * * 1-5"),
        timezone: text("Europe/Berlin"),
        deck: text("kubernetes"),
        topic: text("control plane"),
        exam: text("kcna"),
        level: Some(2),
        kinds: text("choice, multiple"),
        window: text("30m"),
        style: text("contest"),
        answers: text("buttons"),
        attempts: Some(1),
        feedback: text("instant"),
        thread: true,
        mention: text("discord:12"),
        reveal: text("channel"),
        channel: Some(ChannelId::new("web:cka")),
    };
    assert_eq!(parse(line, "web"), Ok(Command::ScheduleAdd(Box::new(args))));
}

#[rstest]
#[case("/kquiz", Command::Help { about: None })]
#[case("/kquiz help schedule add", Command::Help { about: Some("schedule add".into()) })]
#[case("/kquiz mine", Command::Mine)]
#[case("/kquiz round cancel 17", Command::RoundCancel { round: Some(RoundId(17)) })]
#[case("/kquiz round show", Command::RoundShow { round: None })]
#[case("/kquiz deck show kubernetes networking 2", Command::DeckShow { deck: "kubernetes".into(), topic: Some("networking".into()), page: 2 })]
#[case("/kquiz deck show page:2 kubernetes", Command::DeckShow { deck: "kubernetes".into(), topic: None, page: 2 })]
#[case("/kquiz schedule pause daily 2026-12-24", Command::SchedulePause { name: "daily".into(), until: Some(date(2026, 12, 24)) })]
#[case("/kquiz ask choice kubernetes", Command::Ask { deck: Some("kubernetes".into()), topic: None, kind: Some(Kind::Choice), card: None })]
#[case("/kquiz settings hosts add:@ana, bo remove:<@&12> <@13>", Command::SettingsHosts { add: vec!["ana".into(), "bo".into()], remove: vec!["<@&12>".into(), "<@13>".into()] })]
#[case("/kquiz settings hosts add @ana @bo", Command::SettingsHosts { add: vec!["ana".into(), "bo".into()], remove: Vec::new() })]
#[case("/kquiz privacy delete", Command::Privacy(PrivacyAct::Delete))]
#[case("/kquiz privacy delete confirm:yes", Command::Privacy(PrivacyAct::DeleteConfirmed))]
fn others(#[case] line: &str, #[case] command: Command) {
    assert_eq!(parse(line, "web"), Ok(command));
}

#[test]
fn mistakes_are_explained() {
    let lines = [
        "",
        "hello",
        "/kcrad",
        "/leaderbord",
        "/kquiz schedule",
        "/kquiz shedule add",
        "/kquiz schedule ad",
        "/kcard tpoic:networking",
        "/kcard topic:a topic:b",
        "/kcard topic:",
        "/kcard \"networking",
        "/kquiz mine 3",
        "/kquiz ask kind:choise",
        "/kquiz leaderboard page:0",
        "/kquiz schedule skip daily",
        "/kquiz schedule skip daily 24.12.2026",
        "/kquiz schedule add daily",
        "/kquiz schedule add daily daily 09:00 level:6",
        "/kquiz schedule add daily daily 09:00 channel:#a/b",
        "/kquiz season start 'it''s' 2026-12-24",
        "/kquiz settings hosts ana",
    ];
    let said: Vec<String> = lines
        .iter()
        .map(|line| format!("> {line}\n{}", parse(line, "web").unwrap_err().0.replace("  \n", "\n")))
        .collect();
    assert_snapshot!(said.join("\n\n"), @r#"
    > 
    Commands begin with `/kcard` or `/kquiz`. `/kquiz help` tells all.

    > hello
    I do not know `/hello`. `/kquiz help` tells what there is.

    > /kcrad
    I do not know `/kcrad`; did you mean `/kcard`? `/kquiz help` tells what there is.

    > /leaderbord
    I do not know `/leaderbord`; did you mean `/kquiz leaderboard`? `/kquiz help` tells what there is.

    > /kquiz schedule
    `/kquiz schedule` goes on with one of add, list, pause, resume, skip, remove.

    > /kquiz shedule add
    I do not know `/kquiz shedule`; did you mean `schedule`? It goes on with one of ask, schedule, leaderboard, mine, stats, season, deck, settings, round, dispute, player, privacy, help.

    > /kquiz schedule ad
    I do not know `/kquiz schedule ad`; did you mean `add`? It goes on with one of add, list, pause, resume, skip, remove.

    > /kcard tpoic:networking
    `/kcard` has no option `tpoic`; did you mean `topic`?
    It is written `/kcard [topic] [deck] [public]`, for example `/kcard networking`.

    > /kcard topic:a topic:b
    `topic` is given twice.
    It is written `/kcard [topic] [deck] [public]`, for example `/kcard networking`.

    > /kcard topic:
    `topic` has no value.
    It is written `/kcard [topic] [deck] [public]`, for example `/kcard networking`.

    > /kcard "networking
    A quotation mark is not closed.

    > /kquiz mine 3
    I do not know what `3` is here.
    It is written `/kquiz mine`, for example `/kquiz mine`.

    > /kquiz ask kind:choise
    `kind` cannot be `choise`: it is one of choice, multiple, list, text, command; did you mean `choice`?
    It is written `/kquiz ask [deck] [topic] [kind] [card]`, for example `/kquiz ask kubernetes kind:choice`.

    > /kquiz leaderboard page:0
    `page` cannot be `0`: it is a whole number from 1 to 100000.
    It is written `/kquiz leaderboard [period] [season] [page]`, for example `/kquiz leaderboard week`.

    > /kquiz schedule skip daily
    `date` is missing. The day: 2026-12-24.
    It is written `/kquiz schedule skip NAME DATE`, for example `/kquiz schedule skip daily 2026-12-24`.

    > /kquiz schedule skip daily 24.12.2026
    `date` cannot be `24.12.2026`: it is a day written as year-month-day, such as 2026-12-24.
    It is written `/kquiz schedule skip NAME DATE`, for example `/kquiz schedule skip daily 2026-12-24`.

    > /kquiz schedule add daily
    `at` is missing. When: weekdays 09:00, daily 18:30, mon,thu 08:00 or cron.
    It is written `/kquiz schedule add NAME AT [timezone:…] [deck:…] [window:…] …`, for example `/kquiz schedule add name:daily at:weekdays 09:00 timezone:Europe/Berlin`.

    > /kquiz schedule add daily daily 09:00 level:6
    `level` cannot be `6`: it is a whole number from 1 to 5.
    It is written `/kquiz schedule add NAME AT [timezone:…] [deck:…] [window:…] …`, for example `/kquiz schedule add name:daily at:weekdays 09:00 timezone:Europe/Berlin`.

    > /kquiz schedule add daily daily 09:00 channel:#a/b
    `channel` cannot be `#a/b`: it is a channel of this space, such as #daily-quiz.
    It is written `/kquiz schedule add NAME AT [timezone:…] [deck:…] [window:…] …`, for example `/kquiz schedule add name:daily at:weekdays 09:00 timezone:Europe/Berlin`.

    > /kquiz season start 'it''s' 2026-12-24
    `name` cannot be `it's'`: a name has no line breaks and no quotation marks.
    It is written `/kquiz season start NAME ENDS [channels]`, for example `/kquiz season start name:Autumn Cup ends:2026-12-24`.

    > /kquiz settings hosts ana
    I do not know what `ana` is here.
    It is written `/kquiz settings hosts [add:…] [remove:…]`, for example `/kquiz settings hosts add:@ana`.
    "#);
}

#[rstest]
#[case("A-b")]
#[case("a_b")]
#[case("ä")]
#[case("web:123456789-123456789-123456789-123")]
fn the_room_has_plain_channels(#[case] channel: &str) {
    let line = format!("/kquiz schedule add daily daily 09:00 channel:{channel}");
    let said = parse(&line, "web").unwrap_err().0;
    assert!(said.contains("a channel of the room has 1 to 32 lower-case letters"), "{said}");
    assert!(parse("/kquiz schedule add daily daily 09:00 channel:C0A_b", "slack").is_ok());
}

#[test]
fn a_megabyte_is_refused_at_once() {
    let said = parse(&"/kquiz ".repeat(150_000), "web").unwrap_err().0;
    assert_eq!(said, "That is too long for a command: 4000 bytes are the most.");
}

proptest! {
    #[test]
    fn nonsense_never_panics_and_is_answered_shortly(line in "/?(kcard|kquiz|schedule|add|season|start|[\\PC\n]{0,9}|\"|'|:|=|topic:| ){0,20}") {
        if let Err(UsageError(said)) = parse(&line, "web") {
            prop_assert!(!said.is_empty());
            prop_assert!(said.chars().count() <= 2_000);
        }
    }

    #[test]
    fn a_quoted_value_comes_back_as_it_is(value in "[^\\pC\"'“”„]{1,40}") {
        prop_assume!(!value.trim().is_empty());
        let line = format!("/kcard topic:{} public", quoted(&value));
        prop_assert_eq!(parse(&line, "web"), Ok(card(Some(value.trim()), None, true)));
    }

    #[test]
    fn names_and_values_in_any_order_are_the_same(order in Just(vec!["topic:control plane", "deck:kubernetes", "public"]).prop_shuffle()) {
        let line = format!("/kcard {}", order.join(" "));
        prop_assert_eq!(parse(&line, "web"), Ok(card(Some("control plane"), Some("kubernetes"), true)));
    }
}

#[rstest]
#[case("/kquiz schedule add", "kquiz schedule add", &[])]
#[case("/kquiz schedule add name:daily", "kquiz schedule add", &[("name", "daily")])]
#[case("/kquiz schedule add timezone:Europe/Berlin thread", "kquiz schedule add", &[("thread", "yes"), ("timezone", "Europe/Berlin")])]
#[case("kquiz schedule pause", "kquiz schedule pause", &[])]
#[case("/KQUIZ schedule pause until:2026-12-24", "kquiz schedule pause", &[("until", "2026-12-24")])]
#[case("/kquiz schedule skip daily", "kquiz schedule skip", &[("name", "daily")])]
#[case("/kquiz season start Autumn Cup", "kquiz season start", &[("name", "Autumn Cup")])]
#[case("/kquiz deck show", "kquiz deck show", &[])]
#[case::a_form_though_nothing_is_needed("/kquiz deck add", "kquiz deck add", &[])]
fn a_line_that_lacks_something(#[case] line: &str, #[case] words: &str, #[case] given: &[(&str, &str)]) {
    let lacks = lacking(line, "slack").expect("it lacks something");
    assert_eq!(lacks.spec.words.join(" "), words);
    let found: Vec<_> = lacks.given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(found, given);
}

#[rstest]
#[case::nothing("")]
#[case::only_begun("/kquiz")]
#[case::only_begun_deeper("/kquiz schedule")]
#[case::unknown("/kquiz schedul add")]
#[case::whole("/kquiz schedule pause daily")]
#[case::nothing_needed("/kquiz mine")]
#[case::all_optional("/kcard")]
#[case::a_bad_value("/kquiz schedule pause until:tomorrow")]
#[case::an_unknown_option("/kquiz schedule add nam:daily")]
#[case::given_twice("/kquiz schedule add name:a name:b")]
#[case::an_empty_value("/kquiz schedule add name:")]
#[case::a_bad_number("/kquiz schedule add level:9")]
#[case::an_open_quote("/kquiz schedule pause \"dai")]
fn a_line_that_lacks_nothing_or_is_wrong_otherwise(#[case] line: &str) {
    assert!(lacking(line, "slack").is_none(), "{line}");
}

#[rstest]
#[case("<@U123|ana>", &["slack:/U123"])]
#[case("<@U123>", &["slack:/U123"])]
#[case("<!subteam^S123|@ops>", &["slack:S123"])]
#[case("<!subteam^S123>", &["slack:S123"])]
#[case("<@U1|ana maria> <@W2> @bo,<!subteam^S3>", &["slack:/U1", "slack:/W2", "bo", "slack:S3"])]
#[case("slack:S123", &["slack:S123"])]
#[case("<!channel>", &["<!channel>"])]
#[case("<@>", &["<@>"])]
#[case("<@U1/../U2>", &["<@U1/../U2>"])]
#[case("<@U1", &["<@U1"])]
fn people_as_slack_writes_them(#[case] written: &str, #[case] names: &[&str]) {
    let line = format!("/kquiz settings hosts add:{written}");
    let add = names.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(parse(&line, "slack"), Ok(Command::SettingsHosts { add, remove: vec![] }));
}

#[test]
fn what_slack_writes_means_nothing_elsewhere() {
    let add = vec!["<@U123>".to_owned()];
    assert_eq!(parse("/kquiz settings hosts add:<@U123>", "web"), Ok(Command::SettingsHosts { add, remove: vec![] }));
}

#[rstest]
#[case("channel:<#C123|general>", None, Some("slack:C123"))]
#[case("channel:<#C123>", None, Some("slack:C123"))]
#[case("channel:<#C123|>", None, Some("slack:C123"))]
#[case("mention:<!subteam^S123|@ops> channel:#C9", Some("slack:S123"), Some("slack:C9"))]
fn channels_and_groups_as_slack_writes_them(
    #[case] options: &str,
    #[case] mention: Option<&str>,
    #[case] channel: Option<&str>,
) {
    let line = format!("/kquiz schedule add name:daily at:daily 09:00 {options}");
    let Ok(Command::ScheduleAdd(args)) = parse(&line, "slack") else { panic!("{:?}", parse(&line, "slack")) };
    assert_eq!((args.mention.as_deref(), args.channel), (mention, channel.map(ChannelId::new)));
}
