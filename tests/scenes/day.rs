//! A day in a channel, as the people in it see it.

use rstest::rstest;

use crate::stage::{On, Stage, decks, only, plan};

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn a_day_in_a_channel(#[case] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![plan("daily", "daily", "weekdays 09:00")]).await
    else {
        return;
    };
    let (room, ana, bo, cy) = (stage.room(), stage.player("ana"), stage.player("bo"), stage.player("cy"));

    stage.until("2026-11-23 08:59").await;
    assert_eq!(room.shows(), "");

    stage.until("2026-11-23 09:00").await;
    reads!(room.shows(), @"
    [q1] Which component picks a node for a new Pod?

    1️⃣ etcd
    2️⃣ kube-apiserver
    3️⃣ kube-scheduler
    4️⃣ kubelet
    ");

    stage.until("2026-11-23 10:30").await;
    reads!(ana.reacts("kube-scheduler").await, @"It is in: `kube-scheduler`. You can change it until the close.");
    reads!(bo.replies("etcd").await, @"It is in: `etcd`. You can change it until the close.");
    reads!(cy.presses(&["kube-scheduler"]).await, @"It is in: `kube-scheduler`. You can change it until the close.");
    reads!(cy.replies("good morning everyone").await, @"I could not read that as an answer. Send the number of one option, 1 to 4, or its text.");

    stage.until("2026-11-24 08:59").await;
    assert_eq!(room.questions(), 1);
    stage.until("2026-11-24 09:00").await;
    assert_eq!(room.questions(), 2, "the next slot asks the next question");
    reads!(room.shows(), @"
    [q1 (edited)] Which component picks a node for a new Pod?

    1️⃣ etcd — 1 of 3, 33% ▰▰▰▱▱▱▱▱▱▱
    2️⃣ kube-apiserver — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱
    3️⃣ ✅ **kube-scheduler** — 2 of 3, 67% ▰▰▰▰▰▰▰▱▱▱
    4️⃣ kubelet — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱

    **Closed.** 3 players answered, 2 fully right.

    [r1 to m1] ✅ The answer: **kube-scheduler**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    3 players answered, 2 fully right.
    1️⃣ etcd — 1 of 3, 33% ▰▰▰▱▱▱▱▱▱▱
    2️⃣ kube-apiserver — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱
    3️⃣ ✅ **kube-scheduler** — 2 of 3, 67% ▰▰▰▰▰▰▰▱▱▱
    4️⃣ kubelet — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱

    🏅 **ana** 10 points and **cy** 10 points

    [q2] Which component picks a node for a new Pod?

    1️⃣ kube-apiserver
    2️⃣ kube-scheduler
    3️⃣ etcd
    4️⃣ kubelet
    ");
    reads!(room.leaderboard().await, @r"
    🏆 **Leaderboard: all time**

    🥇 ana — 10 points
    🥇 cy — 10 points
    3\. bo — 0 points
    ");
}

#[tokio::test]
async fn a_weekend_has_no_questions() {
    let stage = Stage::playing(decks(), vec![plan("daily", "daily", "weekdays 09:00")]).await;
    stage.until("2026-11-30 08:00").await;
    assert_eq!(stage.room().questions(), 5);
}

#[tokio::test]
async fn no_card_comes_again_before_the_others() {
    let stage = Stage::playing(decks(), vec![plan("daily", "daily", "daily 09:00")]).await;
    stage.until("2026-11-28 08:00").await;
    let asked = stage.store.recent_rounds(&stage.room().channel, 10).await.expect("the store answers");
    let mut cards: Vec<_> = asked.iter().map(|round| round.asked.card.as_str()).collect();
    assert_eq!(cards.len(), 5);
    cards.sort_unstable();
    assert_eq!(cards, ["control-plane", "list-pods", "scheduler", "shared", "smallest"]);
}

#[tokio::test]
async fn two_schedules_in_one_channel() {
    let morning = plan("morning", "daily", "daily 09:00");
    let noon = plan("noon", "daily", "daily 12:00");
    let stage = Stage::playing(only(&["scheduler", "smallest"]), vec![morning, noon]).await;
    let (room, ana) = (stage.room(), stage.player("ana"));

    stage.until("2026-11-23 12:30").await;
    assert_eq!(room.questions(), 2, "both rounds are open at the same time");
    let open = stage.store.open_rounds(None).await.expect("the store answers");
    let cards: Vec<_> = open.iter().map(|round| (round.asked.card.as_str(), format!("q{}", round.id))).collect();
    for (card, question) in cards {
        match card {
            "scheduler" => ana.on(&question).reacts("kube-scheduler").await,
            _ => ana.on(&question).replies("pod").await,
        };
    }
    stage.until("2026-11-24 12:30").await;
    assert_eq!(room.questions(), 4);
    reads!(room.leaderboard().await, @"
    🏆 **Leaderboard: all time**

    🥇 ana — 20 points
    ");
}
