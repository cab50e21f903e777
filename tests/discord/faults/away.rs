//! kcard is dead for a while, and people go on.

use std::time::Duration;

use super::{label, questions, reveals, verified};
use crate::{
    deck::only,
    stage::{Stage, moment},
};

#[tokio::test]
async fn twenty_minutes_in_which_people_changed_their_minds() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo, cy, dee, eve] = ["ana", "bo", "cy", "dee", "eve"].map(|name| stage.team.member(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "1️⃣");
    bo.reacts(&question, "3️⃣");
    cy.replies(&question, "etcd");
    stage.counts(&ana, Some("etcd")).await;
    stage.counts(&bo, Some("kube-scheduler")).await;
    stage.counts(&cy, Some("etcd")).await;

    stage.dies().await;
    ana.unreacts(&question, "1️⃣");
    ana.reacts(&question, "3️⃣");
    bo.unreacts(&question, "3️⃣");
    cy.replies(&question, "kubelet");
    dee.replies(&question, "kube-scheduler");
    // Both stand, and nobody knows which came last.
    eve.reacts(&question, "1️⃣");
    eve.reacts(&question, "2️⃣");
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
    let reveal = reveals(&stage.daily)[0].content();
    assert!(reveal.contains("**ana** 10 points and **dee** 10 points"), "{reveal}");
    verified(&stage).await;
}

#[tokio::test]
async fn over_the_close() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo, cy, dee] = ["ana", "bo", "cy", "dee"].map(|name| stage.team.member(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    stage.clock.set(moment("2026-11-24 08:00"));
    bo.replies(&question, "kube-scheduler");
    let edited = cy.replies(&question, "etcd");
    stage.clock.set(moment("2026-11-24 09:05"));
    ana.reacts(&question, "3️⃣");
    cy.edits(&edited, "kube-scheduler");
    dee.replies(&question, "kube-scheduler");
    stage.starts().await;
    stage.until("2026-11-24 09:06").await;
    let reveal = reveals(&stage.daily)[0].content();
    assert!(reveal.contains("**ana** 10 points and **bo** 10 points"), "{reveal}");
    assert!(reveal.contains("2 players answered"), "what came or was changed after the close does not count: {reveal}");
    verified(&stage).await;
}

#[tokio::test]
async fn over_two_slots() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let root = stage.team.admin("root");
    stage.until("2026-11-23 09:00").await;
    stage.dies().await;
    stage.clock.set(moment("2026-11-25 08:30"));
    stage.starts().await;
    stage.work().await;
    let listed = super::listed(&stage, &root).await;
    assert!(listed.contains("Skipped: Tue 24 Nov 2026, 09:00"), "{listed}");
    stage.until("2026-11-25 09:00").await;
    assert_eq!((questions(&stage.daily).len(), reveals(&stage.daily).len()), (2, 1));
}

#[tokio::test]
async fn a_question_deleted_meanwhile_is_closed_with_the_answers_it_had() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.clicks(&question, &label(&question, "kube-scheduler")).message().await;
    stage.dies().await;
    stage.team.owner().deletes(&question);
    stage.starts().await;
    stage.until("2026-11-23 09:05").await;
    let reveal = reveals(&stage.daily)[0].content();
    assert!(reveal.contains("**ana** 10 points"), "{reveal}");
    verified(&stage).await;
}

#[tokio::test]
async fn many_people_and_much_talk() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    for number in 0..230 {
        let person = stage.team.member(&format!("person{:03}", number % 125));
        if number < 120 {
            person.reacts(&question, "3️⃣");
        }
        person.says(&stage.daily, "hm");
    }
    let last = stage.team.member("last");
    last.replies(&question, "kube-scheduler");
    stage.starts().await;
    stage.work().await;
    stage.counts(&last, Some("kube-scheduler")).await;
    stage.closes().await;
    let reveal = reveals(&stage.daily)[0].content();
    assert!(reveal.contains("121 players answered"), "{reveal}");
    verified(&stage).await;
}

#[tokio::test]
async fn who_left_meanwhile() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.team.member(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    ana.reacts(&question, "3️⃣");
    bo.replies(&question, "kube-scheduler");
    stage.team.loses(&ana);
    stage.team.loses(&bo);
    stage.starts().await;
    stage.work().await;
    stage.counts(&ana, Some("kube-scheduler")).await;
    stage.counts(&bo, Some("kube-scheduler")).await;
    stage.closes().await;
    assert_eq!(reveals(&stage.daily).len(), 1);
    verified(&stage).await;
}

/// A stop is quick, and Discord sees it at once.
#[tokio::test]
async fn a_stop_says_goodbye() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let began = std::time::Instant::now();
    stage.dies().await;
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}
