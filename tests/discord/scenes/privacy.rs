//! One's own data, in a server.

use insta::assert_snapshot;

use crate::{deck::only, faults::label, stage::Stage};

#[tokio::test]
async fn exported_as_a_file_and_deleted_once_confirmed() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, bo) = (stage.team.member("ana"), stage.team.member("bo"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    for person in [&ana, &bo] {
        person.clicks(&question, "3. kube-scheduler").message().await;
    }
    stage.closes().await;
    let export = ana.commands(&stage.daily, "kquiz privacy export", &[]).message().await;
    assert_snapshot!(export.shows(), @"
    kcard (to ana alone): Here is everything I have stored about you.
    📎 kcard-export.json
    ");
    assert!(export.is_ephemeral());
    let delete = ana.commands(&stage.daily, "kquiz privacy delete", &[]).message().await;
    assert_snapshot!(delete.shows(), @"
    kcard (to ana alone): This deletes your answers, points and name for good, and takes you off every leaderboard. It cannot be undone. `/kquiz privacy export` gives you a copy first.
    [Delete all my data]
    ");
    let deleted = ana.clicks(&delete, "Delete all my data").message().await;
    assert_eq!(deleted.id, delete.id, "in the question's place");
    assert_snapshot!(deleted.shows(), @"kcard (to ana alone) (edited): Your data is deleted. You are welcome to play again; rounds that are open now stay without you.");
    stage.work().await;
    let reveal = stage.daily.latest().shows();
    assert_snapshot!(reveal.lines().filter(|line| line.contains("🏅") || line.contains("answered")).collect::<Vec<_>>().join("\n"), @"
    1 player answered, and was right.
    🏅 **bo** 10 points
    ");
}

/// Discord tells of it only who has a privileged intent, so kcard asks before it shows a board.
#[tokio::test]
async fn who_left_the_server_is_named_no_more() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, bo) = (stage.team.member("ana"), stage.team.member("bo"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    for person in [&ana, &bo] {
        person.clicks(&question, &label(&question, "kube-scheduler")).message().await;
    }
    stage.closes().await;
    stage.team.loses(&ana);
    stage.until("2026-11-23 11:00").await;
    let board = async || bo.commands(&stage.daily, "kquiz leaderboard", &[]).reads().await;
    assert!(!board().await.contains("ana"), "{}", board().await);
    stage.work().await;
    assert!(!stage.daily.shows().contains("ana"), "the reveal follows: {}", stage.daily.shows());

    let ana = stage.team.member("ana");
    let question = stage.asks("scheduler").await;
    ana.clicks(&question, &label(&question, "etcd")).message().await;
    stage.work().await;
    assert!(board().await.contains("ana") && stage.daily.shows().contains("ana"), "{}", stage.daily.shows());
}
