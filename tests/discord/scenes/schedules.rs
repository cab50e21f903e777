//! Schedules, made and changed in chat.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::{
    deck::{decks, only},
    stage::Stage,
};

#[tokio::test]
async fn by_the_form() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    let host = stage.team.admin("root");
    let form = host.commands(&stage.daily, "kquiz schedule add", &[]).modal().await;
    assert_snapshot!(form.shows(), @"
    New schedule
    Name: [daily]
    When: [weekdays 09:00, daily 18:30, mon,thu 08:00 or cron]
    Time zone (optional): [Europe/Berlin; this space's if none is given]
    Deck (optional): [kubernetes; may be left out where there is only one]
    How long each is open (optional): [20s, 30m, 8h; until the next if none is given]
    ");
    let wrong = form.submits(&[("name", "daily"), ("at", "every now and then")]);
    assert_snapshot!(wrong.reads().await, @"kcard (to root alone): Nothing is changed: cannot read `every now and then` as a time: write `weekdays 09:00`, `daily 18:30`, `mon,thu 08:00` or a cron expression such as `0 9 * * 1-5`.");
    let added = form.submits(&[("name", "daily"), ("at", "weekdays 09:00"), ("window", "8h")]).message().await;
    assert_snapshot!(added.shows(), @"
    kcard (to root alone): Schedule added.

    **daily** — `weekdays 09:00` from deck cluster in #daily
    Social, or contest in a season, each open for 8 h
    Next: Mon 23 Nov 2026, 09:00 (Europe/Berlin)

    Ask one now?
    [Ask one now]
    ");
    assert!(stage.daily.messages().is_empty());
    assert_snapshot!(host.clicks(&added, "Ask one now").reads().await, @"kcard (to root alone): A question is on its way.");
    stage.work().await;
    assert_eq!(stage.daily.of_bot().len(), 1);
    stage.until("2026-11-23 09:00").await;
    assert_eq!(stage.daily.of_bot().len(), 2, "the one of now, and the one of 09:00");
}

#[tokio::test]
async fn with_options_in_another_channel() {
    let stage = Stage::set(decks()).await;
    stage.starts().await;
    let (host, news) = (stage.team.admin("root"), stage.team.channel("news"));
    let add = [
        ("name", json!("contest")),
        ("at", json!("0 12 * * 1-5")),
        ("timezone", json!("America/New_York")),
        ("style", json!("contest")),
        ("kinds", json!("choice, list")),
        ("channel", json!(news.id)),
        ("window", json!("30m")),
    ];
    assert_snapshot!(host.commands(&stage.daily, "kquiz schedule add", &add).reads().await, @"
    kcard (to root alone): Schedule added.

    **contest** — `0 12 * * 1-5` from deck cluster in #news
    Only choice and list
    Contest, each open for 30 min
    Next: Mon 23 Nov 2026, 12:00 (America/New_York)

    Ask one now?
    [Ask one now]
    ");
    let half = [("name", json!("half"))];
    assert_snapshot!(host.commands(&stage.daily, "kquiz schedule add", &half).reads().await, @"
    kcard (to root alone): `at` is missing. When: weekdays 09:00, daily 18:30, mon,thu 08:00 or cron.
    It is written `/kquiz schedule add NAME AT [timezone:…] [deck:…] [window:…] …`, for example `/kquiz schedule add name:daily at:weekdays 09:00 timezone:Europe/Berlin`.
    ");
    let seen = [
        ("name", json!("seen")),
        ("at", json!("daily 10:00")),
        ("style", json!("contest")),
        ("answers", json!("replies")),
    ];
    assert_snapshot!(host.commands(&stage.daily, "kquiz schedule add", &seen).reads().await, @"kcard (to root alone): Nothing is changed: a contest keeps answers secret until the close, and replies are seen by all: leave only buttons, or make it social.");
    stage.until("2026-11-23 18:00").await;
    assert_eq!(news.of_bot().len(), 1, "noon in New York is 18:00 in Berlin");
    assert!(stage.daily.messages().is_empty());
}

#[tokio::test]
async fn paused_resumed_skipped_and_removed() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    let (host, ana) = (stage.team.admin("root"), stage.team.member("ana"));
    let says = async |command: &str, options: &[(&str, Value)]| {
        host.commands(&stage.daily, &format!("kquiz schedule {command}"), options).reads().await
    };
    assert_snapshot!(says("list", &[]).await, @"kcard (to root alone): There is no schedule yet. A host makes one with `/kquiz schedule add`.");
    says("add", &[("name", json!("daily")), ("at", json!("daily 09:00"))]).await;
    let name = ("name", json!("daily"));
    assert_snapshot!(says("pause", &[name.clone(), ("until", json!("2026-11-25"))]).await, @"kcard (to root alone): **daily** is paused and asks again from Wed 25 Nov 2026 on.");
    assert_snapshot!(says("list", &[]).await, @"
    kcard (to root alone): 📅 **1 schedule**

    **daily** — `daily 09:00` from deck cluster in #daily
    Social, or contest in a season, each open until the next, at most 24 h
    ⏸ Paused until Wed 25 Nov 2026, 00:00 (Europe/Berlin)
    ");
    assert_snapshot!(says("resume", std::slice::from_ref(&name)).await, @"kcard (to root alone): **daily** asks again. Next: Mon 23 Nov 2026, 09:00 (Europe/Berlin).");
    assert_snapshot!(says("skip", &[name.clone(), ("date", json!("2026-11-23"))]).await, @"kcard (to root alone): **daily** asks nothing on Mon 23 Nov 2026.");
    assert_snapshot!(says("skip", &[name.clone(), ("date", json!("tomorrow"))]).await, @"
    kcard (to root alone): `date` cannot be `tomorrow`: it is a day written as year-month-day, such as 2026-12-24.
    It is written `/kquiz schedule skip NAME DATE`, for example `/kquiz schedule skip daily 2026-12-24`.
    ");
    assert_snapshot!(says("pause", std::slice::from_ref(&name)).await, @"kcard (to root alone): **daily** is paused. `/kquiz schedule resume daily` wakes it.");
    assert_snapshot!(ana.commands(&stage.daily, "kquiz schedule list", &[]).reads().await, @"
    kcard (to ana alone): 📅 **1 schedule**

    **daily** — `daily 09:00` from deck cluster in #daily
    Social, or contest in a season, each open until the next, at most 24 h
    ⏸ Paused until resumed
    ");
    assert_snapshot!(says("remove", std::slice::from_ref(&name)).await, @"kcard (to root alone): **daily** is removed. What it asked stays in the standings.");
    assert_snapshot!(says("remove", &[name]).await, @"kcard (to root alone): There is no schedule named `daily`.");
    stage.until("2026-11-27 09:00").await;
    assert!(stage.daily.messages().is_empty());
}
