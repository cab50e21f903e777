//! Two things at once: what happens between one step and the next.

use std::time::Duration;

use kcard::quiz::schedule::Plan;
use sqlx::Executor;
use tokio::task::yield_now;

use crate::stage::{On, Stage, only, plan};

#[tokio::test]
async fn a_read_back_between_a_post_and_its_opening_is_made_good() {
    let stage = Stage::playing(only(&["scheduler"]), vec![plan("daily", "daily", "daily 09:00")]).await;
    stage.steps();
    stage.sleeps_until("2026-11-23 09:00");
    let bot = stage.bot().expect("it runs");
    bot.tick().await.expect("tick works");
    let (has_posted, go_on) = stage.platform.holds_up_posting();
    let sending = tokio::spawn({
        let bot = bot.clone();
        async move { bot.outbox_step().await }
    });
    has_posted.await.expect("it posts");
    stage.player("ana").reacts("kube-scheduler").await;

    let mut somebody = stage.connection().await;
    somebody.execute("BEGIN IMMEDIATE").await.expect("nobody writes");
    go_on.send(()).expect("it waits");
    yield_now().await;
    bot.read_back_step().await.expect("read-back works");
    somebody.execute("ROLLBACK").await.expect("it was begun");
    sending.await.expect("it ends").expect("the outbox works");

    stage.work().await;
    assert!(stage.player("ana").types("/kquiz mine").await.contains("`kube-scheduler`"));
}

#[tokio::test]
async fn a_reading_that_never_ends_is_given_up() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    stage.room().asks("scheduler").await;
    let bot = stage.bot().expect("it runs");
    bot.reconnected("town");
    let (has_read, never) = stage.platform.holds_up_reading();
    let reading = tokio::spawn(async move { bot.read_back_step().await });
    has_read.await.expect("it reads");
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(601)).await;
    for _ in 0..10 {
        yield_now().await;
    }
    assert!(reading.is_finished());
    tokio::time::resume();
    assert_eq!(reading.await.expect("it ends").expect("it works"), 1, "it is read again later");
    drop(never);
}

#[tokio::test]
async fn who_reacts_while_their_reactions_are_read_is_read_again() {
    let stage = Stage::playing(only(&["shared"]), vec![]).await;
    let (room, ana) = (stage.room(), stage.player("ana"));
    room.asks("shared").await;
    stage.dies();
    ana.reacts("the network").await;
    stage.starts().await;
    stage.steps();
    let bot = stage.bot().expect("it runs");
    let (has_read, go_on) = stage.platform.holds_up_reading();
    let reading = tokio::spawn({
        let bot = bot.clone();
        async move { bot.read_back_step().await }
    });
    has_read.await.expect("it reads");
    ana.reacts("volumes").await;
    go_on.send(()).expect("it waits");
    assert_eq!(reading.await.expect("it ends").expect("it works"), 1, "ana is to be read again");
    assert_eq!(bot.read_back_step().await.expect("it works"), 0);
    let mine = ana.types("/kquiz mine").await;
    assert!(mine.contains("the network") && mine.contains("volumes"), "{mine}");
}

#[tokio::test]
async fn a_first_question_that_somebody_stands_in_the_way_of_is_asked_later() {
    let first = Plan { ask_on_start: true, ..plan("daily", "daily", "weekdays 09:00") };
    let Some(stage) = Stage::with(On::Postgres, only(&[]), vec![first]).await else { return };
    let bot = stage.bot().expect("it runs");
    bot.set_decks(only(&["scheduler"]));
    let mut somebody = stage.connection().await;
    somebody.execute("BEGIN").await.expect("it begins");
    somebody.execute("SELECT id FROM schedules FOR UPDATE").await.expect("nobody holds them");
    bot.tick().await.expect("tick works");
    somebody.execute("ROLLBACK").await.expect("it was begun");
    stage.work().await;
    assert_eq!(stage.room().questions(), 1);
}
