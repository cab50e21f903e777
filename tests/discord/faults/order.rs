//! What is learned late overrides nothing that was done after it: neither by what was written or put there while nobody listened, nor by
//! what could not be stored in time.

use std::time::Duration;

use kcard::clock::Clock;
use sqlx::Connection;

use super::{label, reveals, shown};
use crate::{
    deck::only,
    stage::{Stage, moment},
};

#[tokio::test]
async fn a_reply_while_away_and_a_later_click() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    ana.replies(&question, "etcd");
    stage.clock.set(moment("2026-11-23 09:20"));
    stage.starts().await;
    stage.clock.set(moment("2026-11-23 09:21"));
    ana.clicks(&question, &label(&question, "kube-scheduler")).message().await;
    stage.work().await;
    assert_eq!(shown(&stage, &ana).await.as_deref(), Some("kube-scheduler"));
}

#[tokio::test]
async fn a_reply_while_away_and_a_later_one() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    ana.replies(&question, "1");
    stage.clock.set(moment("2026-11-23 09:30"));
    stage.starts().await;
    stage.clock.set(moment("2026-11-23 09:31"));
    let second = ana.replies(&question, "3");
    stage.signed(&second, "📥").await;
    stage.work().await;
    assert_eq!(shown(&stage, &ana).await.as_deref(), Some("kube-scheduler"));
}

#[tokio::test]
async fn a_reaction_while_away_and_a_later_click() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    ana.reacts(&question, "1️⃣");
    stage.starts().await;
    stage.discord.all_heard().await;
    stage.clock.set(moment("2026-11-23 09:01"));
    ana.clicks(&question, &label(&question, "kube-scheduler")).message().await;
    stage.work().await;
    assert_eq!(shown(&stage, &ana).await.as_deref(), Some("kube-scheduler"));
}

#[tokio::test]
async fn a_reply_edited_after_another_one() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    let first = ana.replies(&question, "1");
    stage.clock.set(moment("2026-11-23 09:10"));
    ana.replies(&question, "2");
    stage.clock.set(moment("2026-11-23 09:20"));
    ana.edits(&first, "3");
    stage.starts().await;
    stage.work().await;
    assert_eq!(shown(&stage, &ana).await.as_deref(), Some("kube-scheduler"));
}

#[tokio::test]
async fn a_reply_that_could_not_be_stored_and_a_later_one() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let bo = stage.team.member("bo");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    let lock = stage.is_stuck().await;
    bo.replies(&question, "1");
    let hint = || stage.daily.of_bot().iter().any(|message| message.content().contains("could not note")).then_some(());
    stage.discord.within(Duration::from_secs(25), "a hint", |_| hint()).await;
    lock.close().await.expect("the lock is let go");
    stage.clock.set(moment("2026-11-23 09:05"));
    let second = bo.replies(&question, "3");
    stage.signed(&second, "📥").await;
    stage.closes().await;
    assert_eq!(shown(&stage, &bo).await.as_deref(), Some("kube-scheduler"));
}

/// Whoever goes on reacting while the question is read at its close does not keep it open.
#[tokio::test]
async fn reacting_for_ever_holds_up_no_close() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    ana.reacts(&question, "1️⃣");
    stage.counts(&ana, Some("etcd")).await;
    stage.clock.set(moment("2026-11-24 09:00"));
    let (bot, round) = (stage.bot(), stage.round(&question).await);
    assert!(round.closes.is_some_and(|closes| closes <= stage.clock.now()));
    let (reached, go_on) = stage.discord.holds("GET /channels/*/messages/*/reactions/*");
    bot.tick().await.expect("tick works");
    let step = tokio::spawn(async move { bot.read_back_step().await.expect("read-back works") });
    reached.await.expect("it is read");
    ana.reacts(&question, "2️⃣");
    stage.discord.all_heard().await;
    go_on.send(()).expect("it waits");
    step.await.expect("no panic");
    stage.work().await;
    assert_eq!(reveals(&stage.daily).len(), 1, "{}", stage.daily.shows());
}
