//! The process dies anywhere, the platform loses answers: every question once, every answer counted once.

use jiff::SignedDuration;
use kcard::clock::Clock;
use rstest::rstest;
use tokio_util::sync::CancellationToken;

use crate::stage::{Fault, On, Stage, only, plan};

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn a_restart_in_the_middle_of_an_open_round(#[case] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![plan("daily", "daily", "weekdays 09:00")]).await
    else {
        return;
    };
    let (room, ana, bo, cy) = (stage.room(), stage.player("ana"), stage.player("bo"), stage.player("cy"));
    stage.until("2026-11-23 09:30").await;
    ana.reacts("etcd").await;
    bo.reacts("kube-scheduler").await;

    stage.dies();
    ana.takes_back("etcd").await;
    ana.reacts("kube-scheduler").await;
    bo.takes_back("kube-scheduler").await;
    cy.replies("1").await;
    stage.sleeps_until("2026-11-24 09:30");
    stage.player("dee").replies("kube-scheduler").await;

    stage.starts().await;
    stage.bot().expect("it runs").tick().await.expect("tick works");
    assert!(!room.shows().contains("Closed"), "no round closes before its read-back ended");
    stage.work().await;
    reads!(room.shows(), @"
    [q1 (edited)] Which component picks a node for a new Pod?

    1️⃣ etcd — 1 of 2, 50% ▰▰▰▰▰▱▱▱▱▱
    2️⃣ kube-apiserver — 0 of 2, 0% ▱▱▱▱▱▱▱▱▱▱
    3️⃣ ✅ **kube-scheduler** — 1 of 2, 50% ▰▰▰▰▰▱▱▱▱▱
    4️⃣ kubelet — 0 of 2, 0% ▱▱▱▱▱▱▱▱▱▱

    **Closed.** 2 players answered, 1 fully right.

    [q2] Which component picks a node for a new Pod?

    1️⃣ kube-apiserver
    2️⃣ kube-scheduler
    3️⃣ etcd
    4️⃣ kubelet

    [r1 to m1] ✅ The answer: **kube-scheduler**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    2 players answered, 1 fully right.
    1️⃣ etcd — 1 of 2, 50% ▰▰▰▰▰▱▱▱▱▱
    2️⃣ kube-apiserver — 0 of 2, 0% ▱▱▱▱▱▱▱▱▱▱
    3️⃣ ✅ **kube-scheduler** — 1 of 2, 50% ▰▰▰▰▰▱▱▱▱▱
    4️⃣ kubelet — 0 of 2, 0% ▱▱▱▱▱▱▱▱▱▱

    🏅 **ana** 10 points
    ");
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
}

#[tokio::test]
async fn a_read_back_that_fails_is_tried_again_and_holds_the_close() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "weekdays 09:00")]).await;
    let (room, ana) = (stage.room(), stage.player("ana"));
    stage.until("2026-11-23 09:30").await;
    stage.dies();
    ana.reacts("kube-scheduler").await;
    stage.platform.is_away(true);
    stage.sleeps_until("2026-11-24 08:59");
    stage.starts().await;
    stage.until("2026-11-24 09:10").await;
    assert!(!room.shows().contains("Closed"));
    stage.platform.is_away(false);
    stage.until("2026-11-24 09:30").await;
    assert!(room.shows().contains("**ana** 10 points"), "{}", room.shows());
}

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn a_post_whose_answer_was_lost_is_found(#[case] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![plan("daily", "daily", "weekdays 09:00")]).await
    else {
        return;
    };
    let (room, ana) = (stage.room(), stage.player("ana"));
    stage.platform.fails(&room.channel, Fault::AnswerLost);
    stage.until("2026-11-23 09:00").await;
    assert_eq!(room.questions(), 1);
    ana.reacts("kube-scheduler").await;
    stage.until("2026-11-23 09:01").await;
    assert_eq!(room.questions(), 1, "found, not posted twice");
    reads!(ana.types("/kquiz mine").await, @"
    Which component picks a node for a new Pod? (<#daily>)  
    Your answer: `kube-scheduler`, closes in 23 h 59 min
    ");
    room.closes().await;
    assert!(room.shows().contains("**ana** 10 points"));
}

#[tokio::test]
async fn a_post_that_is_found_too_late_was_sent_all_the_same() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "weekdays 09:00")]).await;
    let (room, ana) = (stage.room(), stage.player("ana"));
    stage.platform.fails(&room.channel, Fault::AnswerLost);
    stage.until("2026-11-23 09:00").await;
    stage.platform.is_away(true);
    ana.replies("kube-scheduler").await;
    stage.until("2026-11-23 13:00").await;
    stage.platform.is_away(false);
    stage.until("2026-11-23 13:01").await;
    assert_eq!(room.questions(), 1);
    assert!(ana.types("/kquiz mine").await.contains("`kube-scheduler`"));
}

#[tokio::test]
async fn a_reveal_whose_answer_was_lost_is_found() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let room = stage.room();
    room.asks("scheduler").await;
    stage.platform.fails(&room.channel, Fault::Refused(crate::stage::again("not now", false)));
    stage.platform.fails(&room.channel, Fault::AnswerLost);
    room.closes().await;
    for second in 1..20 {
        stage.clock.advance(SignedDuration::from_secs(second));
        stage.work().await;
    }
    assert_eq!(stage.platform.posts(&room.channel, "r"), 1);
}

#[tokio::test]
async fn a_kill_before_the_edit_of_a_closed_question_edits_it_later() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let room = stage.room();
    room.asks("scheduler").await;
    stage.clock.advance(SignedDuration::from_hours(25));
    let bot = stage.bot().expect("it runs");
    bot.tick().await.expect("tick works");
    bot.read_back_step().await.expect("read-back works");
    bot.tick().await.expect("tick works");
    drop(bot);
    let claimed =
        stage.store.claim(stage.clock.now(), SignedDuration::from_secs(60), 10).await.expect("the store answers");
    assert_eq!(claimed.len(), 1, "the edit comes before the reveal");
    stage.dies();
    stage.clock.advance(SignedDuration::from_secs(61));
    stage.starts().await;
    stage.work().await;
    assert_eq!(stage.platform.edits(&room.channel, "q"), 1);
    assert_eq!(stage.platform.posts(&room.channel, "r"), 1);
}

#[tokio::test]
async fn a_kill_between_claim_and_post_posts_once() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "weekdays 09:00")]).await;
    let room = stage.room();
    stage.sleeps_until("2026-11-23 09:00");
    stage.bot().expect("it runs").tick().await.expect("tick works");
    let claimed =
        stage.store.claim(stage.clock.now(), SignedDuration::from_secs(60), 10).await.expect("the store answers");
    assert_eq!(claimed.len(), 1);
    stage.dies();

    stage.starts().await;
    stage.work().await;
    assert_eq!(room.questions(), 0, "the lease is respected");
    stage.clock.advance(SignedDuration::from_secs(61));
    stage.work().await;
    assert_eq!(room.questions(), 1);
}

#[tokio::test]
async fn ask_on_start_asks_once_ever() {
    let first = kcard::quiz::schedule::Plan { ask_on_start: true, ..plan("daily", "daily", "weekdays 09:00") };
    let stage = Stage::playing(only(&["scheduler"]), vec![first]).await;
    assert_eq!(stage.room().questions(), 1);
    for _ in 0..3 {
        stage.dies();
        stage.starts().await;
        stage.work().await;
    }
    assert_eq!(stage.room().questions(), 1);
    stage.until("2026-11-23 09:00").await;
    assert_eq!(stage.room().questions(), 2, "then by its schedule");
}

#[rstest]
#[case::sqlite(On::Sqlite)]
#[case::postgres(On::Postgres)]
#[tokio::test]
async fn two_processes_on_one_store_ask_once(#[case] on: On) {
    let Some(stage) = Stage::with(on, only(&["scheduler"]), vec![plan("daily", "daily", "weekdays 09:00")]).await
    else {
        return;
    };
    let one = stage.bot().expect("it runs");
    stage.starts().await;
    let other = stage.bot().expect("it runs");
    stage.sleeps_until("2026-11-23 09:00");
    let (first, second) = tokio::join!(one.tick(), other.tick());
    first.and(second).expect("tick works");
    let (first, second) = tokio::join!(one.outbox_step(), other.outbox_step());
    assert_eq!(first.expect("it works") + second.expect("it works"), 1);
    assert_eq!(stage.room().questions(), 1);
}

#[tokio::test]
async fn a_reaction_that_comes_while_its_message_is_read_stays() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (room, ana, bo) = (stage.room(), stage.player("ana"), stage.player("bo"));
    room.asks("scheduler").await;
    ana.reacts("etcd").await;
    let bot = stage.bot().expect("it runs");
    bot.reconnected("town");
    stage.steps();
    let (has_read, go_on) = stage.platform.holds_up_reading();
    let reading = tokio::spawn(async move { bot.read_back_step().await });
    has_read.await.expect("it reads");
    ana.reacts("kube-scheduler").await;
    bo.reacts("kube-scheduler").await;
    go_on.send(()).expect("it waits");
    reading.await.expect("it ends").expect("it works");
    assert!(ana.types("/kquiz mine").await.contains("`kube-scheduler`"));
    assert!(bo.types("/kquiz mine").await.contains("`kube-scheduler`"));
}

#[tokio::test]
async fn a_panic_in_one_step_stops_nothing_else() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (bot, stop) = (stage.bot().expect("it runs"), CancellationToken::new());
    stage.platform.fails(&stage.room_of("cursed").channel, Fault::Panic);
    let running = tokio::spawn({
        let (bot, stop) = (bot.clone(), stop.clone());
        async move { bot.run(stop).await }
    });
    bot.line(stage.player_in("root", "cursed").admin().caller(), "/kquiz ask").await;
    bot.line(stage.player("root").admin().caller(), "/kquiz ask").await;
    stage.platform.posted.notified().await;
    stop.cancel();
    running.await.expect("it ends");
    assert_eq!((stage.room().questions(), stage.room_of("cursed").questions()), (1, 0));
}

#[tokio::test]
async fn the_running_bot_asks_by_itself_and_stops_when_told() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let (bot, stop) = (stage.bot().expect("it runs"), CancellationToken::new());
    let running = tokio::spawn({
        let (bot, stop) = (bot.clone(), stop.clone());
        async move { bot.run(stop).await }
    });
    bot.line(stage.player("root").admin().caller(), "/kquiz ask").await;
    stage.platform.posted.notified().await;
    stop.cancel();
    running.await.expect("it ends");
    assert_eq!(stage.room().questions(), 1);
}
