use insta::assert_snapshot;
use jiff::{ToSpan, civil::date, tz::TimeZone};

use super::{super::text::paragraphs, *};
use crate::{
    chat::command::{Who, parse},
    quiz::{
        draw::Filter,
        id::{ChannelId, ScheduleId},
        question::Kind,
        round::State,
        schedule::{Pattern, Plan},
    },
};

fn plan() -> Plan {
    Plan {
        name: "daily".into(),
        channel: ChannelId::new("web:daily-quiz"),
        deck: DeckId::new("kubernetes"),
        filter: Filter::default(),
        pattern: Pattern::parse("weekdays 09:00").unwrap(),
        timezone: None,
        window_ms: None,
        style: None,
        ways: None,
        attempts: 3,
        feedback: Feedback::Close,
        weights: Weights::default(),
        catch_up_ms: 7_200_000,
        skip: Vec::new(),
        ask_on_start: false,
        thread: false,
        mention: None,
        reveal: Reveal::default(),
    }
}

fn schedule<'a>(plan: &'a Plan, zone: &'a TimeZone) -> schedules::ScheduleView<'a> {
    schedules::ScheduleView {
        plan,
        from_file: false,
        paused_until: None,
        next: Some(now()),
        zone,
        skipped: None,
        problem: None,
    }
}

#[test]
fn schedules_in_a_list() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let plain = plan();
    let special = Plan {
        name: "exam".into(),
        filter: Filter {
            topic: Some("pods".into()),
            exam: None,
            level: Some(2),
            kinds: vec![Kind::Choice, Kind::Text],
        },
        style: Some(Style::Contest),
        ways: Some(Ways([OpenWay::Buttons].into())),
        window_ms: Some(1_800_000),
        mention: Some("discord:12".into()),
        ..plan()
    };
    let all = [
        schedule(&plain, &zone),
        schedules::ScheduleView {
            from_file: true,
            paused_until: Some(Timestamp::MAX),
            problem: Some("no card passes the filter"),
            ..schedule(&special, &zone)
        },
    ];
    assert_snapshot!(replied(&schedules::list(&all, &[])), @r"
    📅 **2 schedules**

    **daily** — `weekdays 09:00` from deck kubernetes in \#daily-quiz⏎
    Social, or contest in a season, each open until the next, at most 24 h⏎
    Next: Mon 23 Nov 2026, 09:00 (Europe/Berlin)

    **exam** — `weekdays 09:00` from deck kubernetes in \#daily-quiz, set in the configuration file⏎
    Only topic pods, level 2, choice and text⏎
    Contest, answers by buttons, each open for 30 min, mentions <@&12>⏎
    ⏸ Paused until resumed⏎
    ⚠️ no card passes the filter
    ");
    let open = Plan { thread: true, ..plan() };
    let with_thread = schedules::list(&[schedule(&open, &zone)], &[]).text;
    assert!(with_thread.contains("at most 24 h, with a thread"), "{with_thread}");
    let many = vec![schedule(&special, &zone); 50];
    assert!(schedules::list(&many, &[]).text.chars().count() <= CONTENT);
    assert_snapshot!(replied(&schedules::list(&[], &[])), @"There is no schedule yet. A host makes one with `/kquiz schedule add`.");
}

#[test]
fn changes_to_a_schedule() {
    let (plan, zone) = (plan(), TimeZone::UTC);
    assert_snapshot!(replied(&schedules::added(ScheduleId(3), &schedule(&plan, &zone))), @r"
    Schedule added.

    **daily** — `weekdays 09:00` from deck kubernetes in \#daily-quiz⏎
    Social, or contest in a season, each open until the next, at most 24 h⏎
    Next: Mon 23 Nov 2026, 08:00 (UTC)

    Ask one now?
    (Ask one now) n:3
    ");
    let said = [
        schedules::paused("daily", None),
        schedules::paused("daily", Some(date(2026, 12, 24))),
        schedules::resumed("daily", Some(now()), &zone),
        schedules::resumed("daily", None, &zone),
        schedules::skipped("daily", date(2026, 12, 24)),
        schedules::removed("daily"),
        schedules::from_file("daily"),
        schedules::name_taken("daily"),
        schedules::refused("no way to answer is open"),
        schedules::refused("`Mars` is no zone, did you mean `UTC`?"),
        schedules::incomplete(),
        schedules::pause_is_over(date(2026, 11, 20)),
        schedules::asking(),
        schedules::nothing_to_ask(),
    ];
    assert_snapshot!(said.map(|reply| reply.text).join("\n"), @r#"
    **daily** is paused. `/kquiz schedule resume daily` wakes it.
    **daily** is paused and asks again from Thu 24 Dec 2026 on.
    **daily** asks again. Next: Mon 23 Nov 2026, 08:00 (UTC).
    **daily** asks again.
    **daily** asks nothing on Thu 24 Dec 2026.
    **daily** is removed. What it asked stays in the standings.
    **daily** is set in the configuration file, so it is changed there.
    There is a schedule named **daily** already. Choose another name, or remove that one first.
    Nothing is changed: no way to answer is open.
    Nothing is changed: `Mars` is no zone, did you mean `UTC`?
    A schedule needs a name and its times: `/kquiz schedule add name:daily at:"weekdays 09:00"`. Given nothing, `/kquiz schedule add` asks for what it needs.
    Nothing is changed: Fri 20 Nov 2026 has begun, so there is no pause until then.
    A question is on its way.
    There is no card to ask: none passes the filter and can be answered in an open way. Widen topic, exam, level or kinds, or open more ways.
    "#);
}

#[test]
fn the_settings_of_a_space() {
    let said = [
        settings::timezone("Europe/Berlin", true),
        settings::timezone("UTC", false),
        settings::timezone_set("Europe/Berlin"),
        settings::hosts(&[]),
        settings::hosts(&texts(&["ana", "bo"])),
        settings::hosts_changed(&[]),
        settings::hosts_changed(&texts(&["ana"])),
    ];
    assert_snapshot!(said.map(|reply| reply.text).join("\n"), @r"
    This space goes by **Europe/Berlin**. An admin changes it with `/kquiz settings timezone Europe/Berlin`.
    This space sets no time zone and goes by the default, **UTC**. An admin changes it with `/kquiz settings timezone Europe/Berlin`.
    This space goes by **Europe/Berlin** from now on. Rounds and seasons that have begun keep their times.
    There are no hosts; admins do it all. An admin names some with `/kquiz settings hosts add:NAME`.
    Hosts: ana and bo.
    There are no hosts any more.
    Hosts are now: ana.
    ");
}

#[test]
fn a_round_that_is_looked_at() {
    let (asked, rules) = (choice(), social());
    let open = RoundView { closes: Some(now() + 20.minutes()), ..view(&asked, &rules) };
    let right = verdict(1, 1, &["kube-scheduler"], &[], &[]);
    let shown = [
        rounds::show(&open, State::Open, 2, &[], now()),
        rounds::show(&open, State::Closed, 1, &[score("ana", &right, 10)], now()),
        rounds::show(&open, State::Cancelled, 0, &[], now()),
        rounds::show(&open, State::Posting, 0, &[], now()),
    ];
    assert_snapshot!(paragraphs(shown.iter().map(replied)), @r"
    Which component picks a node for a new Pod?

    Round 17 is open, closes in 20 min. 2 players answered so far.

    Which component picks a node for a new Pod?

    1️⃣ etcd — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱⏎
    2️⃣ ✅ **kube-scheduler** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰⏎
    3️⃣ kube\_proxy — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱⏎
    4️⃣ kubelet — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱

    Round 17 is closed. 1 player answered, and was right.

    Which component picks a node for a new Pod?

    Round 17 was cancelled and counts for nothing.

    Which component picks a node for a new Pod?

    Round 17 is on its way to the channel.
    ");
    let said = [
        rounds::closed(RoundId(17)),
        rounds::cancelled(RoundId(17)),
        rounds::ended(RoundId(17)),
        rounds::posting(RoundId(17)),
        rounds::reading(RoundId(17)),
        rounds::none(Some(RoundId(17))),
        rounds::none(None),
    ];
    assert_snapshot!(said.map(|reply| reply.text).join("\n"), @r"
    Round 17 is closed. The reveal is on its way.
    Round 17 is cancelled and counts for nothing.
    Round 17 is over already.
    Round 17 is not in the channel yet. Cancel it, or try again in a moment.
    I am still reading what was answered to round 17. Please try again in a moment.
    There is no round 17 here.
    No question was asked in this channel yet.
    ");
}

#[test]
fn an_open_round_that_is_looked_at_says_nothing_of_the_answer() {
    let rules = social();
    let (mut other, right) = (choice(), verdict(1, 1, &["kube-scheduler"], &[], &[]));
    let before = rounds::show(&view(&other, &rules), State::Open, 1, &[score("ana", &right, 10)], now());
    other.form = Form::Choice { options: other.options().to_vec(), right: 4 };
    assert_eq!(rounds::show(&view(&other, &rules), State::Open, 1, &[], now()), before);
}

#[test]
fn ones_own_data() {
    let said = [false, true].map(|all| [privacy::deleted(all), privacy::hidden(all), privacy::shown(all)]);
    assert_snapshot!(said.map(|said| said.map(|reply| reply.text).join("\n")).join("\n"), @r"
    Your data is deleted. You are welcome to play again; rounds that are open now stay without you.
    You are off the leaderboards and reveals. You still score, and `/kquiz privacy show` brings you back.
    You are on the leaderboards and reveals.
    Your data in all servers and workspaces is deleted. You are welcome to play again; rounds that are open now stay without you.
    You are off the leaderboards and reveals in all servers and workspaces. You still score, and `/kquiz privacy show` brings you back.
    You are on the leaderboards and reveals in all servers and workspaces.
    ");
    let asked = privacy::delete_question(false);
    assert_snapshot!(replied(&asked), @r"
    This deletes your answers, points and name for good, and takes you off every leaderboard. It cannot be undone. `/kquiz privacy export` gives you a copy first.
    (Delete all my data) r:kquiz privacy delete confirm:yes
    ");
    let Some(Control::Button { id: ControlId::Run(line), .. }) = asked.controls.first() else { panic!("{asked:?}") };
    assert_eq!(format!("{:?}", parse(line, "web").unwrap()), "Privacy(DeleteConfirmed)");
    let file = privacy::exported("{}".into()).file.unwrap();
    assert_eq!((file.name.as_str(), file.content.as_str()), ("kcard-export.json", "{}"));
}

#[test]
fn trouble() {
    let said = [
        trouble::ours(),
        trouble::busy(),
        trouble::not_allowed(Who::Host),
        trouble::not_allowed(Who::Admin),
        trouble::no_channel(),
        trouble::no_such("schedule", "dayly", ["daily", "weekly"]),
        trouble::no_such("season", "x`y", ["Autumn Cup", "Summer"]),
        trouble::no_such("deck", "x", []),
        trouble::unknown_control(),
    ];
    assert_snapshot!(said.map(|reply| reply.text).join("\n"), @r"
    Something went wrong on our side; it is logged. Please try again in a moment.
    I am busy just now and changed nothing. Please try again in a few seconds.
    That is for hosts and admins. `/kquiz settings hosts` shows who they are.
    That is for admins of this space.
    Give this command in the channel that you mean.
    There is no schedule named `dayly`. Did you mean **daily**?
    There is no season named `` x`y ``. What there is: Autumn Cup, Summer.
    There is no deck named `x`.
    I do not know this button any more. The command that made it still works.
    ");
}
