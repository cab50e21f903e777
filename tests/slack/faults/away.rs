//! kcard is dead for a while, and people go on.

use super::{questions, reveals, verified};
use crate::{
    deck::only,
    stage::{Stage, moment},
};

#[tokio::test]
async fn twenty_minutes_in_which_people_changed_their_minds() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo, cy, dee, eve] = ["ana", "bo", "cy", "dee", "eve"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "one");
    bo.reacts(&question, "three");
    cy.replies_in_thread(&question, "etcd");
    stage.counts(&ana, Some("etcd")).await;
    stage.counts(&bo, Some("kube-scheduler")).await;
    stage.counts(&cy, Some("etcd")).await;

    stage.dies().await;
    ana.unreacts(&question, "one");
    ana.reacts(&question, "three");
    bo.unreacts(&question, "three");
    stage.clock.set(moment("2026-11-23 09:10"));
    cy.replies_in_thread(&question, "kubelet");
    dee.replies_in_thread(&question, "kube-scheduler");
    // Both stand, and nobody knows which came last.
    eve.reacts(&question, "one");
    eve.reacts(&question, "two");
    stage.clock.set(moment("2026-11-23 09:20"));
    stage.starts().await;
    stage.work().await;
    for (person, answer) in [
        (&ana, Some("kube-scheduler")),
        (&bo, None),
        (&cy, Some("kubelet")),
        (&dee, Some("kube-scheduler")),
        (&eve, None),
    ] {
        stage.counts(person, answer).await;
    }
    stage.closes().await;
    let reveal = reveals(&question)[0].shows();
    assert!(reveal.contains("ana") && reveal.contains("dee") && reveal.contains("10 points"), "{reveal}");
    verified(&stage).await;
}

#[tokio::test]
async fn over_the_close() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo, cy, dee] = ["ana", "bo", "cy", "dee"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    stage.clock.set(moment("2026-11-24 08:00"));
    bo.replies_in_thread(&question, "kube-scheduler");
    let edited = cy.replies_in_thread(&question, "etcd");
    stage.clock.set(moment("2026-11-24 09:05"));
    ana.reacts(&question, "three");
    cy.edits(&edited, "kube-scheduler");
    dee.replies_in_thread(&question, "kube-scheduler");
    stage.starts().await;
    stage.until("2026-11-24 09:06").await;
    let reveal = reveals(&question)[0].shows();
    assert!(reveal.contains("2 players answered"), "what came or was changed after the close does not count: {reveal}");
    verified(&stage).await;
}

#[tokio::test]
async fn a_question_deleted_meanwhile_is_closed_with_the_answers_it_had() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, owner) = (stage.slack.person("ana"), stage.slack.owner("olga"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
    stage.dies().await;
    owner.deletes(&question);
    stage.starts().await;
    stage.until("2026-11-23 09:05").await;
    let said: Vec<String> = stage.daily.of_bot().iter().map(crate::standin::Msg::shows).collect();
    assert!(said.iter().any(|said| said.contains("10 points")), "{said:?}");
    verified(&stage).await;
}

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
