//! Sockets that are dropped, refreshed and silent.

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

/// A handler that panics harms nothing but itself: the next event is taken.
#[tokio::test]
async fn what_cannot_be_read_is_acknowledged_and_left() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let click = ana.clicks_late(&question, "x", "not one of ours", "");
    assert!(click.reads().await.contains("not one of kcard's") || click.messages() == 1);
    ana.reacts(&question, "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
}
