//! kcard is dead for a while, and people go on.

use super::{questions, verified};
use crate::{deck::only, stage::Stage};

/// What is left of a deleted question that has a thread is no question without reactions.
#[tokio::test]
async fn a_question_with_replies_was_deleted_meanwhile() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, owner) = (stage.slack.person("ana"), stage.slack.owner("olga"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "three");
    ana.replies_in_thread(&question, "hm");
    stage.counts(&ana, Some("kube-scheduler")).await;
    stage.dies().await;
    owner.deletes(&question);
    stage.starts().await;
    stage.until("2026-11-23 09:05").await;
    let said: Vec<String> = stage.daily.shows().lines().map(str::to_owned).collect();
    assert!(said.iter().any(|said| said.contains("10 points")), "{said:?}");
    verified(&stage).await;
}

#[tokio::test]
async fn many_people_and_much_talk() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    for number in 0..230 {
        let person = stage.slack.person(&format!("person{:03}", number % 125));
        if number < 120 {
            person.reacts(&question, "three");
        }
        person.replies_in_thread(&question, "hm");
    }
    let last = stage.slack.person("last");
    last.replies_in_thread(&question, "kube-scheduler");
    stage.starts().await;
    stage.work().await;
    stage.counts(&last, Some("kube-scheduler")).await;
    verified(&stage).await;
}

/// Slack is gone for a while and back: what happened meanwhile is read, and nothing is asked twice.
#[tokio::test]
async fn slack_is_away() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.is_away(true);
    ana.reacts(&question, "three");
    stage.slack.is_away(false);
    let (round, player) = (stage.round(&question).await, stage.player(&ana));
    stage
        .lives("the answer", async || {
            let entry = stage.store.entry(round.id, &player).await.expect("the store answers");
            entry.and_then(|entry| entry.shown(&round.asked))
        })
        .await;
    assert_eq!(questions(&stage.daily).len(), 1);
}
