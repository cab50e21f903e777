//! What Slack took is there once, also where kcard was killed before it knew.

use super::{questions, reveals, verified};
use crate::{
    deck::only,
    stage::{Stage, moment},
};

#[tokio::test]
async fn killed_between_slacks_taking_and_our_storing() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    let (taken, _never) = stage.slack.holds("chat.postMessage");
    stage.clock.set(moment("2026-11-23 09:00"));
    tokio::select! {
        () = stage.work() => panic!("the answer is held"),
        taken = taken => taken.expect("it is taken"),
    }
    stage.dies().await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "three");
    stage.starts().await;
    stage.until("2026-11-23 09:02").await;
    assert_eq!(questions(&stage.daily).len(), 1);
    stage.counts(&ana, Some("kube-scheduler")).await;

    // The same with a reveal, which stands in the question's thread.
    let (taken, _never) = stage.slack.holds("chat.postMessage");
    stage.clock.set(moment("2026-11-24 09:00"));
    tokio::select! {
        () = stage.work() => panic!("the answer is held"),
        taken = taken => taken.expect("it is taken"),
    }
    stage.dies().await;
    stage.starts().await;
    stage.until("2026-11-24 09:10").await;
    assert_eq!((questions(&stage.daily).len(), reveals(&question).len()), (2, 1));
    verified(&stage).await;
}
