//! What players give, change, take back, and what they hear of it.

use kcard::quiz::round::{Feedback, Style};
use rstest::rstest;

use crate::stage::{On, Stage, only, plan};

#[tokio::test]
async fn a_change_of_mind() {
    let stage = Stage::bare().await;
    let (room, ana) = (stage.room(), stage.player("ana"));
    room.asks("scheduler").await;
    ana.reacts("etcd").await;
    reads!(ana.presses(&["kube-scheduler"]).await, @"It is in: `kube-scheduler`. You can change it until the close.");
    reads!(ana.types("/kquiz mine").await, @"
    Which component picks a node for a new Pod? (<#daily>)  
    Your answer: `kube-scheduler`, closes in 1 d
    ");
    room.closes().await;
    reads!(room.leaderboard().await, @"
    🏆 **Leaderboard: all time**

    🥇 ana — 10 points
    ");
}

#[tokio::test]
async fn a_withdrawn_reaction() {
    let stage = Stage::bare().await;
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    room.asks("scheduler").await;
    ana.reacts("kube-scheduler").await;
    reads!(ana.takes_back("kube-scheduler").await, @"Your answer is withdrawn. You can give another until the close.");
    bo.reacts("etcd").await;
    bo.reacts("kube-scheduler").await;
    reads!(bo.takes_back("kube-scheduler").await, @"It is in: `etcd`. You can change it until the close.");
    room.closes().await;
    reads!(room.leaderboard().await, @r"
    🏆 **Leaderboard: all time**

    1\. bo — 0 points
    ");
}

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn two_reactions_whose_order_nobody_knows(#[case] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![]).await else { return };
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    room.asks("scheduler").await;
    bo.reacts("etcd").await;

    stage.dies();
    ana.reacts("etcd").await;
    ana.reacts("kube-scheduler").await;
    bo.reacts("kube-scheduler").await;
    stage.starts().await;
    stage.work().await;

    reads!(ana.types("/kquiz mine").await, @"
    Which component picks a node for a new Pod? (<#daily>)  
    No answer of yours counts yet, closes in 1 d
    ");
    reads!(bo.types("/kquiz mine").await, @"
    Which component picks a node for a new Pod? (<#daily>)  
    Your answer: `kube-scheduler`, closes in 1 d
    ");
    reads!(ana.takes_back("etcd").await, @"It is in: `kube-scheduler`. You can change it until the close.");
    room.closes().await;
    reads!(room.leaderboard().await, @"
    🏆 **Leaderboard: all time**

    🥇 ana — 10 points
    🥇 bo — 10 points
    ");
}

#[tokio::test]
async fn three_typed_attempts() {
    let stage = Stage::bare().await;
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    room.asks("control-plane").await;
    reads!(ana.replies("etcd, kubelet").await, @"It is in: `etcd, kubelet`. 2 tries left; your best one counts.");
    reads!(ana.replies("etcd, api server, scheduler, controller manager").await, @"It is in: `etcd, api server, scheduler, controller manager`. 1 try left; your best one counts.");
    reads!(ana.fills_in("etcd").await, @"It is in: `etcd`. That was your last try; your best one counts.");
    reads!(ana.replies("etcd, scheduler").await, @"You have used all 3 tries. Your best one counts.");
    reads!(bo.replies("…").await, @"I could not read that as an answer. Send the names, separated by commas.");
    reads!(ana.types("/kquiz mine").await, @"
    Name the components of the control plane. (<#daily>)  
    Your answer: `etcd, kubelet · etcd, api server, scheduler, controller manager · etcd`, 0 tries left, closes in 1 d
    ");
    room.closes().await;
    reads!(room.shows(), @"
    [q1 (edited)] Name the components of the control plane.

    ✅ **kube-apiserver** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    ✅ **etcd** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    ✅ **kube-scheduler** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    ✅ **kube-controller-manager** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰

    **Closed.** 1 player answered, and was right.

    [r1 to m1] ✅ The whole list: **kube-apiserver**, **etcd**, **kube-scheduler** and **kube-controller-manager**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    1 player answered, and was right.
    ✅ **kube-apiserver** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    ✅ **etcd** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    ✅ **kube-scheduler** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    ✅ **kube-controller-manager** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰

    🏅 **ana** 10 points
    ");
}

#[tokio::test]
async fn a_contest_keeps_answers_secret() {
    let contest = kcard::quiz::schedule::Plan { style: Some(Style::Contest), ..plan("cup", "daily", "daily 09:00") };
    let stage = Stage::playing(only(&["scheduler"]), vec![contest]).await;
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    stage.until("2026-11-23 09:00").await;
    reads!(bo.reacts("etcd").await, @"This question is answered in another way: press a button.");
    reads!(bo.replies("kube-scheduler").await, @"This question is answered in another way: press a button.");
    reads!(ana.presses(&["kube-scheduler"]).await, @"It is in: `kube-scheduler`. You can change it until the close.");
    reads!(bo.types("/kquiz round show").await, @"
    Which component picks a node for a new Pod?

    Round 1 is open, closes in 1 d. 1 player answered so far.
    ");
    let host = bo.clone().admin();
    reads!(host.types("/kquiz round show").await, @"
    Which component picks a node for a new Pod?

    Round 1 is open, closes in 1 d. 1 player answered so far.
    ");
    stage.until("2026-11-24 08:59").await;
    assert!(!room.shows().contains("ana"), "nobody is named before the close");
    room.closes().await;
    reads!(room.leaderboard().await, @"
    🏆 **Leaderboard: all time**

    🥇 ana — 10 points
    ");
}

#[tokio::test]
async fn a_live_quiz_says_at_once() {
    let live = kcard::quiz::schedule::Plan { feedback: Feedback::Instant, ..plan("live", "daily", "daily 09:00") };
    let stage = Stage::playing(only(&["control-plane"]), vec![live]).await;
    let ana = stage.player("ana");
    stage.until("2026-11-23 09:00").await;
    reads!(ana.replies("etcd, scheduler").await, @"🟡 Partly right: 50%. It is in: `etcd, scheduler`. 2 tries left; your best one counts.");
    reads!(ana.replies("redis").await, @"❌ Not this time. It is in: `redis`. 1 try left; your best one, `etcd, scheduler` with 50%, counts.");
    reads!(ana.replies("etcd, scheduler, api server, controller manager").await, @"✅ Right! It is in: `etcd, scheduler, api server, controller manager`.");
}

#[tokio::test]
async fn a_multiple_choice_by_menu_and_reactions() {
    let stage = Stage::bare().await;
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    room.asks("shared").await;
    reads!(ana.presses(&["the network", "volumes"]).await, @"It is in: `the network, volumes`. You can change your picks until the close.");
    bo.reacts("the network").await;
    reads!(bo.reacts("the image").await, @"It is in: `the image, the network`. You can change your picks until the close.");
    room.closes().await;
    reads!(room.leaderboard().await, @r"
    🏆 **Leaderboard: all time**

    🥇 ana — 10 points
    2\. bo — 0 points
    ");
}

#[tokio::test]
async fn equals_share_the_rank() {
    let stage = Stage::bare().await;
    let room = stage.room();
    room.asks("scheduler").await;
    for (name, option) in [("ana", "kube-scheduler"), ("bo", "kube-scheduler"), ("cy", "etcd"), ("dee", "etcd")] {
        stage.player(name).reacts(option).await;
    }
    room.closes().await;
    reads!(room.leaderboard().await, @r"
    🏆 **Leaderboard: all time**

    🥇 ana — 10 points
    🥇 bo — 10 points
    3\. cy — 0 points
    3\. dee — 0 points
    ");
}

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn redelivery_of_everything_changes_nothing(#[case] on: On) {
    let Some(stage) = Stage::with(on, only(&["control-plane"]), vec![]).await else { return };
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    room.asks("control-plane").await;
    ana.replies("etcd").await;
    ana.fills_in("etcd, scheduler").await;
    bo.replies("kubelet").await;
    stage.redelivers().await;
    assert_eq!(room.questions(), 1, "one `ask` asks once");
    room.closes().await;
    let (shown, board) = (room.shows(), room.leaderboard().await);
    stage.redelivers().await;
    assert_eq!(room.shows(), shown);
    assert_eq!(room.leaderboard().await, board);
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
}

#[tokio::test]
async fn an_answer_after_the_close_is_late() {
    let stage = Stage::bare().await;
    let (room, ana) = (stage.room(), stage.player("ana"));
    room.asks("scheduler").await;
    room.closes().await;
    let late = stage.player("ana").on("q1");
    reads!(late.replies("kube-scheduler").await, @"This round is closed, so this answer does not count. See you at the next one!");
    assert_eq!(
        ana.types("/kquiz stats").await,
        "You have no closed round yet. Your figures begin with your first one."
    );
}
