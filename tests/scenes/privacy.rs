//! A player's own data.

use kcard::chat::{Control, ControlId};
use rstest::rstest;

use crate::stage::{On, Stage, only};

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn exported_hidden_shown_and_deleted(#[case] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![]).await else { return };
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    room.asks("scheduler").await;
    ana.reacts("kube-scheduler").await;
    bo.reacts("kube-scheduler").await;
    room.closes().await;

    let file = ana.runs("/kquiz privacy export").await.file.expect("it hands over a file");
    assert!(file.content.contains("ana") && !file.content.contains("bo"), "{}", file.content);
    assert!(room.shows().contains("ana"), "the reveal names who knew");

    reads!(ana.types("/kquiz privacy hide").await, @"You are off the leaderboards and reveals. You still score, and `/kquiz privacy show` brings you back.");
    stage.work().await;
    assert!(!room.shows().contains("ana"), "the reveal follows: {}", room.shows());
    reads!(room.leaderboard().await, @"
    🏆 **Leaderboard: all time**

    🥇 bo — 10 points
    ");
    reads!(ana.types("/kquiz leaderboard").await.replace("  \n", "\n"), @"
    🏆 **Leaderboard: all time**

    🥇 bo — 10 points

    You are hidden; you would be 1st with 10 points.
    ");
    ana.types("/kquiz privacy show").await;
    stage.work().await;
    assert!(room.shows().contains("ana"), "{}", room.shows());

    let asked = ana.runs("/kquiz privacy delete").await;
    reads!(asked.text, @"This deletes your answers, points and name for good, and takes you off every leaderboard. It cannot be undone. `/kquiz privacy export` gives you a copy first.");
    assert!(room.leaderboard().await.contains("ana"), "nothing is deleted before it is confirmed");
    let Some(Control::Button { id: ControlId::Run(line), .. }) = asked.controls.first() else {
        panic!("it asks for a confirmation")
    };
    reads!(ana.clicks(&ControlId::Run(line.clone())).await.text, @"Your data is deleted. You are welcome to play again; rounds that are open now stay without you.");
    reads!(room.leaderboard().await, @"
    🏆 **Leaderboard: all time**

    🥇 bo — 10 points
    ");
    stage.work().await;
    assert!(!room.shows().contains("ana") && room.shows().contains("bo"), "{}", room.shows());
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
}

#[tokio::test]
async fn who_deletes_cannot_answer_the_open_round_anew() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (room, ana) = (stage.room(), stage.player("ana"));
    room.asks("scheduler").await;
    ana.reacts("etcd").await;
    ana.types("/kquiz privacy delete confirm:yes").await;
    ana.presses(&["kube-scheduler"]).await;
    stage.dies();
    stage.starts().await;
    stage.work().await;
    room.closes().await;
    assert!(!room.shows().contains("ana"), "{}", room.shows());
}

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn who_left_is_named_nowhere_until_they_are_back(#[case] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![]).await else { return };
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    room.asks("scheduler").await;
    ana.reacts("kube-scheduler").await;
    bo.reacts("kube-scheduler").await;
    room.closes().await;
    assert!(room.leaderboard().await.contains("ana"), "who is there is shown");
    stage.platform.sees_off(&ana.id);
    assert!(room.leaderboard().await.contains("ana"), "nobody is asked about twice within the hour");
    stage.sleeps_until("2026-11-25 12:00");
    reads!(room.leaderboard().await, @"
    🏆 **Leaderboard: all time**

    🥇 bo — 10 points
    ");
    stage.work().await;
    assert!(!room.shows().contains("ana") && room.shows().contains("bo"), "the reveal follows: {}", room.shows());

    stage.platform.welcomes(&ana.id);
    room.asks("scheduler").await;
    ana.presses(&["etcd"]).await;
    stage.work().await;
    assert!(room.leaderboard().await.contains("ana") && room.shows().contains("ana"), "{}", room.shows());
    stage.platform.sees_off(&bo.id);
    stage.sleeps_until("2026-11-27 12:00");
    assert!(!room.leaderboard().await.contains("bo —"));
    assert!(bo.types("/kquiz leaderboard").await.contains("bo —"), "who looks at it is there");
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
}

/// A platform that says nothing takes nobody off a board, and delays it for a second at most.
#[tokio::test]
async fn a_platform_that_is_away_hides_nobody() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (room, ana) = (stage.room(), stage.player("ana"));
    room.asks("scheduler").await;
    ana.reacts("kube-scheduler").await;
    room.closes().await;
    stage.platform.is_away(true);
    assert!(room.leaderboard().await.contains("ana"));
}
