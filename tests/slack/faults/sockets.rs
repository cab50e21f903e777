//! Sockets that are dropped, refreshed and silent.

use std::time::Duration;

use kcard::chat::slack::Sockets;

use super::log::Log;
use crate::{deck::only, stage::Stage, standin::Leave};

#[tokio::test]
async fn dropped_sockets_are_opened_again_and_what_was_missed_is_read() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.cuts_sockets();
    ana.reacts(&question, "three");
    stage.slack.connected(2).await;
    let (round, player) = (stage.round(&question).await, stage.player(&ana));
    stage
        .lives("the answer", async || {
            let entry = stage.store.entry(round.id, &player).await.expect("the store answers");
            entry.and_then(|entry| entry.shown(&round.asked))
        })
        .await;
}

/// Slack warns some seconds ahead: another socket is opened, and the old one heard until it closes.
#[tokio::test]
async fn a_warning_loses_nothing() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.asks_to_leave(Leave::Warning);
    stage.slack.connected(4).await;
    ana.reacts(&question, "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
    stage.slack.asks_to_leave(Leave::Refresh);
    stage.slack.connected(2).await;
    ana.unreacts(&question, "three");
    ana.reacts(&question, "one");
    stage.counts(&ana, Some("etcd")).await;
}

#[tokio::test]
async fn pings_are_answered() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.slack.pings();
    stage.slack.until("pongs", |slack| (slack.pongs() >= 2).then_some(())).await;
}

#[tokio::test]
async fn what_cannot_be_read_is_acknowledged_and_left() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let click = ana.clicks_late(&question, "x", "not one of ours", "");
    let said = click.reads().await;
    assert!(said.contains("I do not know this button any more"), "{said}");
    ana.reacts(&question, "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
}

/// A line that only looks alive: nothing comes on it, not even the answer to a ping.
#[tokio::test]
async fn silent_sockets_are_left() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.plans(vec![stage.plan("daily", &stage.daily, "weekdays 09:00")]);
    let short = |sockets| Sockets { dead_after: Duration::from_millis(200), ..sockets };
    stage.starts_with(stage.settings_with(short)).await;
    stage.slack.connected(2).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.silences_sockets();
    ana.reacts(&question, "three");
    stage.slack.until("other sockets", |slack| (slack.sockets_ever() >= 4).then_some(())).await;
    stage.slack.connected(2).await;
    let (round, player) = (stage.round(&question).await, stage.player(&ana));
    stage
        .lives("what was missed", async || {
            let entry = stage.store.entry(round.id, &player).await.expect("the store answers");
            entry.and_then(|entry| entry.shown(&round.asked))
        })
        .await;
    // What Slack delivers again is known already.
    assert_eq!(stage.slack.redelivers(), 1);
    stage.slack.all_heard().await;
    ana.unreacts(&question, "three");
    stage.counts(&ana, None).await;
}

/// Somebody turns Socket Mode off: an admin reads it in the log, Slack is not called all the time, and questions still go out.
#[tokio::test]
async fn socket_mode_that_is_turned_off_is_named() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    stage.slack.asks_to_leave(Leave::Disabled);
    stage.slack.connected(0).await;
    stage.slack.until("the word", |_| (log.says("ERROR Socket Mode is turned off").len() == 2).then_some(())).await;
    stage.until("2026-11-23 09:00").await;
    assert_eq!(super::questions(&stage.daily).len(), 1);
    assert_eq!(stage.slack.calls_of("apps.connections.open").len(), 2, "each waits a minute before it tries again");
}

/// Slack opens a socket and closes it at once, again and again: it is asked for more and more seldom.
#[tokio::test]
async fn sockets_that_do_not_last_bring_no_storm() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let one = |sockets| Sockets { count: 1, ..sockets };
    stage.starts_with(stage.settings_with(one)).await;
    for opened in 1..=6 {
        stage.slack.until("a socket", |slack| (slack.sockets_ever() == opened).then_some(())).await;
        stage.slack.connected(1).await;
        stage.slack.cuts_sockets();
        stage.slack.connected(0).await;
    }
    let opened = stage.slack.calls_of("apps.connections.open");
    let gaps: Vec<Duration> = opened.windows(2).map(|two| two[1].at - two[0].at).collect();
    for (gap, least) in gaps.iter().zip([20, 40, 80, 160, 320]) {
        assert!(*gap >= Duration::from_millis(least), "{gaps:?}");
    }
}
