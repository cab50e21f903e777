use std::collections::BTreeSet;

use jiff::{SignedDuration, tz::TimeZone};
use rstest::rstest;

use super::{
    DEFAULT_ATTEMPTS, DEFAULT_CATCH_UP, LONGEST_WINDOW, Pattern, Plan, PlanError,
    window::{DurationError, parse_duration},
    zone::parse_zone,
};
use crate::quiz::{
    deck::{Card, Deck, Level},
    draw::Filter,
    id::{CardId, ChannelId, DeckId},
    points::Weights,
    question::{Body, Question},
    round::{
        Feedback,
        OpenWay::{self, Buttons, Reactions, Replies},
        Reveal, Style, Ways, WaysError,
    },
};

/// A plan in which nothing is set but its times.
pub(super) fn plan(pattern: &str) -> Plan {
    Plan {
        name: "daily-quiz".to_owned(),
        channel: ChannelId::new("web:daily-quiz"),
        deck: DeckId::new("kubernetes"),
        filter: Filter::default(),
        pattern: Pattern::parse(pattern).unwrap(),
        timezone: None,
        window_ms: None,
        style: None,
        ways: None,
        attempts: DEFAULT_ATTEMPTS,
        feedback: Feedback::Close,
        weights: Weights::default(),
        catch_up_ms: i64::try_from(DEFAULT_CATCH_UP.as_millis()).unwrap(),
        skip: Vec::new(),
        ask_on_start: false,
        thread: false,
        mention: None,
        reveal: Reveal::default(),
    }
}

fn ways(open: &[OpenWay]) -> Ways {
    Ways(open.iter().copied().collect())
}

#[rstest]
// 2026-11-20 is a Friday.
#[case::an_hourly_round_ends_with_the_hour("0 * * * *", None, "2026-11-20T09:00:00Z", SignedDuration::from_hours(1))]
#[case::asked_late_it_still_ends_with_the_hour(
    "0 * * * *",
    None,
    "2026-11-20T09:20:00Z",
    SignedDuration::from_mins(40)
)]
#[case::no_round_is_too_short_to_answer("0 * * * *", None, "2026-11-20T09:59:59Z", SignedDuration::from_secs(10))]
#[case::over_a_weekend_it_closes_after_a_day("weekdays 09:00", None, "2026-11-20T09:00:00Z", LONGEST_WINDOW)]
#[case::a_set_window_is_kept("0 * * * *", Some("2h"), "2026-11-20T09:00:00Z", SignedDuration::from_hours(2))]
#[case::a_live_quiz("*/20 * * * * *", None, "2026-11-20T09:00:00Z", SignedDuration::from_secs(20))]
fn a_window_runs_to_the_next_slot_unless_set(
    #[case] pattern: &str,
    #[case] window: Option<&str>,
    #[case] asked: &str,
    #[case] expected: SignedDuration,
) {
    let window_ms = window.map(|text| i64::try_from(parse_duration(text).unwrap().as_millis()).unwrap());
    let plan = Plan { window_ms, ..plan(pattern) };
    let asked = asked.parse().unwrap();
    assert_eq!(plan.window_after(asked, &TimeZone::UTC), expected);
    assert_eq!(plan.rules(false, asked, &TimeZone::UTC).window(), expected);
}

#[rstest]
#[case::social_by_default(None, None, false, Style::Social, &[Reactions, Replies, Buttons])]
#[case::contest_in_a_season(None, None, true, Style::Contest, &[Buttons])]
#[case::a_set_style_stays_in_a_season(Some(Style::Social), None, true, Style::Social, &[Reactions, Replies, Buttons])]
#[case::a_set_contest_needs_no_season(Some(Style::Contest), None, false, Style::Contest, &[Buttons])]
#[case::set_ways_that_all_see_stay_social(None, Some(&[Reactions, Buttons][..]), true, Style::Social, &[Reactions, Buttons])]
#[case::set_buttons_become_a_contest(None, Some(&[Buttons][..]), true, Style::Contest, &[Buttons])]
fn a_season_makes_a_contest_unless_something_is_set(
    #[case] style: Option<Style>,
    #[case] open: Option<&[OpenWay]>,
    #[case] season: bool,
    #[case] played: Style,
    #[case] by: &[OpenWay],
) {
    let plan = Plan { style, ways: open.map(ways), ..plan("daily 09:00") };
    let rules = plan.rules(season, "2026-11-20T09:00:00Z".parse().unwrap(), &TimeZone::UTC);
    assert_eq!((rules.style, &rules.ways), (played, &ways(by)));
    assert_eq!(rules.ways.check(rules.style), Ok(()));
}

#[test]
fn what_a_plan_sets_reaches_its_rounds() {
    let weights = Weights { speed: true, ..Weights::default() };
    let plan = Plan { attempts: 5, feedback: Feedback::Instant, weights, ..plan("daily 09:00") };
    let rules = plan.rules(false, "2026-11-20T09:00:00Z".parse().unwrap(), &TimeZone::UTC);
    assert_eq!((rules.attempts, rules.feedback, rules.weights), (5, Feedback::Instant, weights));
}

#[rstest]
#[case(|plan: &mut Plan| plan.name = String::new(), "`` cannot be a schedule's name: use 1 to 40 lower case letters, digits and dashes, such as `daily-quiz`")]
#[case(|plan: &mut Plan| plan.name = "Daily Quiz".into(), "`Daily Quiz` cannot be a schedule's name: use 1 to 40 lower case letters, digits and dashes, such as `daily-quiz`")]
#[case(|plan: &mut Plan| plan.attempts = 0, "0 attempts cannot be: allow from 1 to 10")]
#[case(|plan: &mut Plan| plan.attempts = 11, "11 attempts cannot be: allow from 1 to 10")]
#[case(|plan: &mut Plan| plan.window_ms = Some(9_999), "a window of 9s 999ms cannot be: it must be from 10 seconds to 30 days")]
#[case(|plan: &mut Plan| plan.catch_up_ms = 0, "a catch_up of 0s cannot be: it must be from 10 seconds to 30 days")]
#[case(|plan: &mut Plan| plan.filter.level = Some(6), "there is no level 6: levels go from 1 to 5")]
#[case(|plan: &mut Plan| plan.ways = Some(ways(&[])), "no way to answer is open: name at least one of reactions, replies, buttons")]
#[case(|plan: &mut Plan| (plan.style, plan.ways) = (Some(Style::Contest), Some(ways(&[Replies]))), "a contest keeps answers secret until the close, and replies are seen by all: leave only buttons, or make it social")]
#[case(|plan: &mut Plan| (plan.style, plan.thread) = (Some(Style::Contest), true), "a contest has no thread, as all would read it: leave out thread, or make the schedule social")]
#[case(|plan: &mut Plan| plan.mention = Some("web:ana".into()), "`web:ana` cannot be mentioned: the web room has no roles and no groups; leave out mention")]
#[case(|plan: &mut Plan| plan.timezone = Some("Europe/Berln".into()), "`Europe/Berln` is no time zone: write an IANA name such as `Europe/Berlin` or `UTC`; did you mean `Europe/Berlin`?")]
fn a_plan_that_cannot_be_is_refused_and_told_why(#[case] change: fn(&mut Plan), #[case] message: &str) {
    let mut plan = plan("daily 09:00");
    assert_eq!(plan.check(), Ok(()));
    change(&mut plan);
    assert_eq!(plan.check().unwrap_err().to_string(), message);
}

#[rstest]
#[case("discord:5", "discord:1234567890", None)]
#[case(
    "discord:5",
    "discord:",
    Some("`discord:` cannot be mentioned: write the role's whole id, `discord:` and its number")
)]
#[case(
    "discord:5",
    "discord:everyone",
    Some("`discord:everyone` cannot be mentioned: write the role's whole id, `discord:` and its number")
)]
#[case(
    "discord:5",
    "slack:S12",
    Some("`slack:S12` cannot be mentioned: write the role's whole id, `discord:` and its number")
)]
#[case("slack:C5", "slack:S0614TZR7", None)]
#[case(
    "slack:C5",
    "S0614TZR7",
    Some("`S0614TZR7` cannot be mentioned: write the group's whole id, `slack:` and its letters and digits")
)]
#[case(
    "slack:C5",
    "slack:S1> <!channel",
    Some("`slack:S1> <!channel` cannot be mentioned: write the group's whole id, `slack:` and its letters and digits")
)]
fn a_mention_is_a_role_or_group_of_the_channels_platform(
    #[case] channel: &str,
    #[case] mention: &str,
    #[case] refused: Option<&str>,
) {
    let (channel, mention) = (ChannelId::new(channel), Some(mention.to_owned()));
    let said = Plan { channel, mention, ..plan("daily 09:00") }.check().map_err(|error| error.to_string());
    assert_eq!(said.err().as_deref(), refused);
}

#[rstest]
#[case(None, false, true)]
#[case(None, true, false)]
#[case(Some(Style::Social), true, true)]
fn a_contest_has_no_thread(#[case] style: Option<Style>, #[case] season: bool, #[case] has: bool) {
    let plan = Plan { style, thread: true, mention: Some("discord:1".into()), ..plan("daily 09:00") };
    let rules = plan.rules(season, "2026-11-20T09:00:00Z".parse().unwrap(), &TimeZone::UTC);
    assert_eq!((rules.thread, rules.mention.as_deref()), (has, Some("discord:1")));
}

fn deck() -> Deck {
    let card = |id: &str, topic: &str, body: Body| Card {
        id: CardId::new(id),
        topic: topic.to_owned(),
        level: Level::new(1).unwrap(),
        exams: Vec::new(),
        since: None,
        until: None,
        front: "?".to_owned(),
        back: "!".to_owned(),
        sources: Vec::new(),
        questions: vec![Question { ask: None, why: None, body }],
    };
    let choice = Body::Choice { answer: "etcd".to_owned(), others: vec!["kubelet".to_owned()] };
    let command = Body::Command { accept: vec!["kubectl get pods".to_owned()] };
    Deck::new(DeckId::new("kubernetes"), vec![card("a", "nodes", choice), card("b", "pods", command)])
}

#[rstest]
#[case(None, &[Reactions], None)]
#[case(Some("pods"), &[Buttons], None)]
#[case(Some("pods"), &[Reactions], Some(PlanError::Ways(WaysError::NothingToReactTo)))]
fn a_plan_must_find_something_to_ask(
    #[case] topic: Option<&str>,
    #[case] open: &[OpenWay],
    #[case] refused: Option<PlanError>,
) {
    let mut plan = Plan { ways: Some(ways(open)), ..plan("daily 09:00") };
    plan.filter.topic = topic.map(str::to_owned);
    assert_eq!(plan.check_deck(&deck()).err(), refused);
}

#[test]
fn a_filter_that_leaves_nothing_says_what_there_is() {
    let refused = |topic: &str, level| {
        let filter = Filter { topic: Some(topic.to_owned()), level, ..Filter::default() };
        Plan { filter, ..plan("daily 09:00") }.check_deck(&deck()).unwrap_err()
    };
    insta::assert_snapshot!(refused("node", None), @"deck `kubernetes` has no topic `node` (did you mean `nodes`?); its topics are `nodes`, `pods`");
    insta::assert_snapshot!(refused("nodes", Some(5)), @"no card of deck `kubernetes` passes the filter: leave out or loosen topic, exam, level or kinds");
}

#[rstest]
#[case("20s", 20)]
#[case("90 sec", 90)]
#[case("30m", 1_800)]
#[case(" 8h ", 28_800)]
#[case("1h30m", 5_400)]
#[case("1h 30m", 5_400)]
#[case("2 days", 172_800)]
#[case("10s", 10)]
#[case("30d", 2_592_000)]
#[case("1w", 604_800)]
#[case("PT20S", 20)]
fn a_duration_is_read(#[case] text: &str, #[case] seconds: i64) {
    assert_eq!(parse_duration(text), Ok(SignedDuration::from_secs(seconds)));
}

#[rstest]
fn no_duration_is_refused(#[values("", "20", "soon", "1 month", "1y", "9am", "🕘", "h", "1h30")] text: &str) {
    assert_eq!(parse_duration(text), Err(DurationError::Unreadable(text.to_owned())));
}

#[rstest]
fn a_duration_out_of_range_is_refused(#[values("9s", "0s", "-1h", "1h ago", "31d", "30d 1s", "9999h")] text: &str) {
    assert_eq!(parse_duration(text), Err(DurationError::OutOfRange(text.to_owned())));
}

#[test]
fn a_zone_is_known_by_its_name_and_guessed_by_its_city() {
    assert_eq!(parse_zone(" Europe/Berlin ").unwrap().iana_name(), Some("Europe/Berlin"));
    insta::assert_snapshot!(parse_zone("new york").unwrap_err(), @"`new york` is no time zone: write an IANA name such as `Europe/Berlin` or `UTC`; did you mean `America/New_York`?");
    insta::assert_snapshot!(parse_zone("").unwrap_err(), @"`` is no time zone: write an IANA name such as `Europe/Berlin` or `UTC`");
}

#[test]
fn a_plan_goes_by_its_own_zone_or_the_spaces() {
    let own = Plan { timezone: Some("Asia/Tokyo".to_owned()), ..plan("daily 09:00") };
    assert_eq!(own.zone(&TimeZone::UTC).unwrap().iana_name(), Some("Asia/Tokyo"));
    assert_eq!(plan("daily 09:00").zone(&TimeZone::UTC).unwrap(), TimeZone::UTC);
}

#[test]
fn a_plan_is_stored_and_read_as_it_was() {
    let ways = Some(Ways(BTreeSet::from([Buttons])));
    let plan = Plan { ways, skip: vec!["2026-12-24".parse().unwrap()], ..plan("mon,thu 08:00") };
    assert_eq!(serde_json::from_str::<Plan>(&serde_json::to_string(&plan).unwrap()).unwrap(), plan);
}

#[test]
fn what_was_stored_before_threads_mentions_and_reveals_is_read() {
    let plan = plan("mon,thu 08:00");
    let rules = plan.rules(false, "2026-11-20T09:00:00Z".parse().unwrap(), &TimeZone::UTC);
    let without = |mut stored: serde_json::Value| {
        let fields = stored.as_object_mut().unwrap();
        assert!(["thread", "mention", "reveal"].iter().all(|name| fields.remove(*name).is_some()));
        stored
    };
    let read: Plan = serde_json::from_value(without(serde_json::to_value(&plan).unwrap())).unwrap();
    assert_eq!(read, plan);
    let read: crate::quiz::round::Rules =
        serde_json::from_value(without(serde_json::to_value(&rules).unwrap())).unwrap();
    assert_eq!(read, rules);
}
