//! Slack delivers everything twice.

use super::{reveals, verified};
use crate::{deck::only, scenes::button, stage::Stage};

#[tokio::test]
async fn everything_is_delivered_twice_and_counts_once() {
    let stage = Stage::daily(only(&["control-plane"])).await;
    stage.slack.delivers_twice(true);
    let [ana, bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let reply = ana.replies_in_thread(&question, "etcd");
    stage.signed(&reply, "two").await;
    let form = bo.clicks(&question, &button(&question, "Answer")).view().await;
    bo.submits(&form, &[("answer", &["etcd, scheduler"])]);
    form.changed(2).await;
    assert!(form.shows().contains("2 tries left"), "{}", form.shows());
    stage.slack.all_heard().await;
    assert_eq!(ana.ephemerals(&stage.daily).len(), 0);
    stage.closes().await;
    assert_eq!(reveals(&question).len(), 1);
    verified(&stage).await;
}
