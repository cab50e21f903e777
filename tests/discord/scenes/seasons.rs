//! A season: the contest that it brings, and its podium.

use insta::assert_snapshot;
use serde_json::json;

use crate::{deck::only, stage::Stage, standin::Msg};

#[tokio::test]
async fn a_contest_with_its_podium() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let host = stage.team.admin("root");
    let start = [
        ("name", json!("Autumn Cup")),
        ("ends", json!("2026-11-23")),
        ("channels", json!(format!("<#{}>", stage.daily.id))),
    ];
    assert_snapshot!(host.commands(&stage.daily, "kquiz season start", &start).reads().await, @"kcard (to root alone): 🏁 Season **Autumn Cup** has started. It ends Tue 24 Nov 2026, 00:00 (Europe/Berlin); #daily counts.");
    let (ana, bo) = (stage.team.member("ana"), stage.team.member("bo"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    assert_snapshot!(question.shows(), @"
    kcard: Which component picks a node for a new Pod?

    1️⃣ etcd
    2️⃣ kube-apiserver
    3️⃣ kube-scheduler
    4️⃣ kubelet
    │ Level: 1 of 5
    │ Topic: architecture
    │ Closes: <t:1795507200:R>, <t:1795507200:f>
    │ How to answer: Press a button. You can change it until the close.
    │ Contest: Nobody sees your answer before the close.
    │ — kcard · q1
    [1. etcd] [2. kube-apiserver] [3. kube-scheduler] [4. kubelet]
    ");
    ana.clicks(&question, "3. kube-scheduler").message().await;
    bo.clicks(&question, "1. etcd").message().await;
    let show = [("name", json!("Autumn Cup"))];
    assert_snapshot!(bo.commands(&stage.daily, "kquiz season show", &show).reads().await, @"
    kcard (to bo alone): 🏁 **Season Autumn Cup**

    It runs until Tue 24 Nov 2026, 00:00 (Europe/Berlin); #daily counts.

    Nobody has points in it yet.
    ");
    assert_snapshot!(bo.commands(&stage.daily, "kquiz round show", &[]).reads().await, @"
    kcard (to bo alone): Which component picks a node for a new Pod?

    Round 1 is open, closes in 1 d. 2 players answered so far.
    ");

    stage.until("2026-11-24 08:59").await;
    stage.closes().await;
    let texts: Vec<String> = stage.daily.of_bot().iter().map(Msg::shows).collect();
    assert_snapshot!(texts.join("\n\n"), @r"
    kcard (edited): Which component picks a node for a new Pod?

    1️⃣ etcd — 1 of 2, 50% ▰▰▰▰▰▱▱▱▱▱
    2️⃣ kube-apiserver — 0 of 2, 0% ▱▱▱▱▱▱▱▱▱▱
    3️⃣ ✅ **kube-scheduler** — 1 of 2, 50% ▰▰▰▰▰▱▱▱▱▱
    4️⃣ kubelet — 0 of 2, 0% ▱▱▱▱▱▱▱▱▱▱

    **Closed.** 2 players answered, 1 fully right.
    │ Level: 1 of 5
    │ Topic: architecture
    │ — kcard · q1

    kcard to kcard “Which component picks a node for a new P”: ✅ The answer: **kube-scheduler**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    2 players answered, 1 fully right.
    1️⃣ etcd — 1 of 2, 50% ▰▰▰▰▰▱▱▱▱▱
    2️⃣ kube-apiserver — 0 of 2, 0% ▱▱▱▱▱▱▱▱▱▱
    3️⃣ ✅ **kube-scheduler** — 1 of 2, 50% ▰▰▰▰▰▱▱▱▱▱
    4️⃣ kubelet — 0 of 2, 0% ▱▱▱▱▱▱▱▱▱▱

    🏅 **ana** 10 points
    │ — kcard · r1
    [Dispute]

    kcard: 🏁 **Season Autumn Cup is over!**

    🥇 ana — 10 points
    2\. bo — 0 points

    2 players took part. Thank you for playing!
    │ — kcard · s1
    ");
    let over = bo.commands(&stage.daily, "kquiz season show", &show).message().await;
    assert_snapshot!(over.shows(), @r"
    kcard (to bo alone): 🏁 **Season Autumn Cup**

    It ended Tue 24 Nov 2026, 00:00 (Europe/Berlin); #daily counts.

    🥇 ana — 10 points
    2\. bo — 0 points

    2 players in all.
    [Whole leaderboard]
    ");
    let board = bo.clicks(&over, "Whole leaderboard").message().await;
    assert_snapshot!(board.shows(), @r"
    kcard (to bo alone) (edited): 🏆 **Leaderboard: season Autumn Cup**

    🥇 ana — 10 points
    2\. bo — 0 points
    ");
    assert_snapshot!(bo.commands(&stage.daily, "kquiz season list", &[]).reads().await, @"
    kcard (to bo alone): 🏁 **1 season**

    **Autumn Cup** — ended Tue 24 Nov 2026, 00:00 (Europe/Berlin)
    ");
}

/// Who would give theirs away before all is told at once how to answer, for a moment; what they gave in secret stays.
#[tokio::test]
async fn a_contest_takes_no_replies_and_no_reactions() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let start = [("name", json!("cup")), ("ends", json!("2026-12-24"))];
    stage.team.admin("root").commands(&stage.daily, "kquiz season start", &start).message().await;
    stage.until("2026-11-23 09:00").await;
    let (bo, question) = (stage.team.member("bo"), stage.question(&stage.daily));
    bo.clicks(&question, "1. etcd").message().await;
    let reply = bo.replies(&question, "3");
    let hint = stage.daily.hears(2).await;
    assert_snapshot!(hint.shows(), @"kcard to bo “3”: This question is answered in another way: press a button.");
    stage.discord.until("the hint to be taken away", |_| (!hint.stands()).then_some(())).await;
    assert!(reply.reacted("📥").is_empty());
    bo.replies_quietly(&question, "3");
    let hint = stage.daily.hears(2).await;
    assert_eq!(hint.content(), "This question is answered in another way: press a button.");
    stage.discord.until("the hint to be taken away", |_| (!hint.stands()).then_some(())).await;
    bo.reacts(&question, "3️⃣");
    let hint = stage.discord.until("a hint", |_| stage.daily.of_bot().get(1).map(Msg::shows)).await;
    assert_snapshot!(hint, @"kcard: bo: This question is answered in another way: press a button.");
    stage.discord.until("it to be taken away", |_| (stage.daily.of_bot().len() == 1).then_some(())).await;
    stage.counts(&bo, Some("etcd")).await;
}

#[tokio::test]
async fn who_may_begin_and_end_one() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (host, ana) = (stage.team.admin("root"), stage.team.member("ana"));
    let start = [("name", json!("cup")), ("ends", json!("2026-12-24"))];
    assert_snapshot!(ana.commands(&stage.daily, "kquiz season start", &start).reads().await, @"kcard (to ana alone): That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    let wrong = [("name", json!("cup")), ("ends", json!("Christmas"))];
    assert_snapshot!(host.commands(&stage.daily, "kquiz season start", &wrong).reads().await, @"
    kcard (to root alone): `ends` cannot be `Christmas`: it is a day written as year-month-day, such as 2026-12-24.
    It is written `/kquiz season start NAME ENDS [channels]`, for example `/kquiz season start name:Autumn Cup ends:2026-12-24`.
    ");
    let elsewhere = [("name", json!("cup")), ("ends", json!("2026-12-24")), ("channels", json!("#general"))];
    assert_snapshot!(host.commands(&stage.daily, "kquiz season start", &elsewhere).reads().await, @"kcard (to root alone): There is no channel named `general`.");
    host.commands(&stage.daily, "kquiz season start", &start).message().await;
    let name = [("name", json!("cup"))];
    assert_snapshot!(ana.commands(&stage.daily, "kquiz season end", &name).reads().await, @"kcard (to ana alone): That is for hosts and admins. `/kquiz settings hosts` shows who they are.");
    assert_snapshot!(host.commands(&stage.daily, "kquiz season end", &name).reads().await, @"kcard (to root alone): Season **cup** has ended. The podium follows when its last round is closed.");
    stage.work().await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard: 🏁 **Season cup is over!**

    Nobody scored in it. The next one is open to all.
    │ — kcard · s1
    ");
}
