//! The database vanishes for a while, or is slow: nobody is told what is not so, and afterwards all goes on. What a locked or a full
//! database does is played in tests/discord, tests/web and tests/crash.

use futures_util::{future::join_all, poll};

use crate::stage::{Stage, only, plan};

/// Over the moment of a slot, and once more while a question is open.
#[tokio::test]
async fn a_database_that_vanishes_for_a_minute() {
    let plans = vec![plan("daily", "daily", "daily 09:00")];
    let Some((stage, wire)) = Stage::by_wire(only(&["scheduler"]), plans).await else { return };
    let (room, ana, bo, cy) = (stage.room(), stage.player("ana"), stage.player("bo"), stage.player("cy"));
    stage.steps();
    stage.sleeps_until("2026-11-23 08:59:30");
    wire.is_cut(true);
    stage.sleeps_until("2026-11-23 09:00");
    let bot = stage.bot().expect("it runs");
    for _ in 0..3 {
        bot.tick().await.expect_err("there is no database");
        bot.outbox_step().await.expect_err("there is no database");
    }
    stage.sleeps_until("2026-11-23 09:00:30");
    wire.is_cut(false);
    stage.work().await;
    assert_eq!(room.questions(), 1, "the slot is asked once");
    assert!(ana.presses(&["kube-scheduler"]).await.contains("It is in"));

    wire.is_cut(true);
    let told = bo.presses(&["kube-scheduler"]).await;
    assert!(told.contains("try again"), "{told}");
    let told = ana.presses(&["etcd"]).await;
    assert!(told.contains("try again"), "{told}");
    cy.reacts("kube-scheduler").await;
    bot.tick().await.expect_err("there is no database");
    stage.sleeps_until("2026-11-23 09:01:30");
    wire.is_cut(false);
    assert!(bo.presses(&["etcd"]).await.contains("It is in"));

    stage.until("2026-11-24 09:01").await;
    assert_eq!((room.questions(), stage.platform.posts(&room.channel, "r")), (2, 1));
    let shown = room.shows();
    assert!(shown.contains("3 players answered, 2 fully right."), "{shown}");
    assert!(shown.contains("🏅 **ana** 10 points and **cy** 10 points"), "{shown}");
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
}

/// A commit takes as long as the disk does: nobody is told before, and what waits meanwhile is committed together.
#[tokio::test]
async fn a_commit_that_takes_long() {
    let Some((stage, wire)) = Stage::by_wire(only(&["scheduler"]), vec![]).await else { return };
    stage.room().asks("scheduler").await;
    stage.steps();
    let players: Vec<_> = (0..100).map(|number| stage.player(&format!("p{number}"))).collect();
    let before = wire.commits();
    wire.holds_commits(true);
    let mut first = Box::pin(players[0].presses(&["kube-scheduler"]));
    tokio::select! {
        told = &mut first => panic!("told before it is durable: {told}"),
        () = wire.has_commits(before + 1) => {}
    }
    let mut others = Box::pin(join_all(players[1..].iter().map(|player| player.presses(&["kube-scheduler"]))));
    assert!(poll!(&mut others).is_pending());
    assert!(poll!(&mut first).is_pending(), "it is not durable yet");
    wire.holds_commits(false);
    let mut told = vec![first.await];
    told.extend(others.await);
    assert!(told.iter().all(|told| told.contains("It is in")), "{told:?}");
    assert_eq!(wire.commits() - before, 2, "what waited was committed together");
}
