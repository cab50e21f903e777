//! One day of the quiz.

use insta::assert_snapshot;

use super::button;
use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_question_its_answers_and_its_reveal() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo, cy] = ["ana", "bo", "cy"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard:
    │ Which component picks a node for a new Pod?
    │ 
    │ 1️⃣ etcd
    │ 2️⃣ kube-apiserver
    │ 3️⃣ kube-scheduler
    │ 4️⃣ kubelet
    │ *Level:* 1 of 5 · *Topic:* architecture
    │ *How to answer:* React with 1️⃣–4️⃣, reply with the number or press a button. You can change it until the close.
    │ *Closes: *Tue 24 Nov 2026, 08:00 UTC
    │ [1. etcd] [2. kube-apiserver] [3. kube-scheduler] [4. kubelet]
    :one:×1 :two:×1 :three:×1 :four:×1
    ");
    assert_snapshot!(question.text(), @"
    Which component picks a node for a new Pod?

    1️⃣ etcd
    2️⃣ kube-apiserver
    3️⃣ kube-scheduler
    4️⃣ kubelet
    Level: 1 of 5 · Topic: architecture
    How to answer: React with 1️⃣–4️⃣, reply with the number or press a button. You can change it until the close.
    Closes <!date^1795507200^{date_short_pretty} {time}|Tue 24 Nov 2026, 08:00 UTC>
    ");

    ana.reacts(&question, "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
    let reply = bo.replies_in_thread(&question, "1");
    stage.signed(&reply, "inbox_tray").await;
    stage.counts(&bo, Some("etcd")).await;
    assert_snapshot!(cy.clicks(&question, &button(&question, "kube-scheduler")).reads().await, @"
    kcard (to cy alone):
    │ It is in: `kube-scheduler`. You can change it until the close.
    ");

    stage.until("2026-11-24 08:59").await;
    stage.until("2026-11-24 09:01").await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard (edited):
    │ Which component picks a node for a new Pod?
    │ 
    │ 1️⃣ etcd — 1 of 3, 33% ▰▰▰▱▱▱▱▱▱▱
    │ 2️⃣ kube-apiserver — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱
    │ 3️⃣ ✅ *kube-scheduler* — 2 of 3, 67% ▰▰▰▰▰▰▰▱▱▱
    │ 4️⃣ kubelet — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱
    │ 
    │ *Closed.* 3 players answered, 2 fully right.
    │ *Level:* 1 of 5 · *Topic:* architecture
    :one:×1 :two:×1 :three:×2 :four:×1
      ↳ bo: 1
        :inbox_tray:×1
      ↳ kcard:
        │ ✅ The answer: *kube-scheduler*
        │ 
        │ So it is written.
        │ 
        │ Source: https://kubernetes.io/docs/concepts/ (https://kubernetes.io/docs/concepts/)
        │ 
        │ 3 players answered, 2 fully right.
        │ 1️⃣ etcd — 1 of 3, 33% ▰▰▰▱▱▱▱▱▱▱
        │ 2️⃣ kube-apiserver — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱
        │ 3️⃣ ✅ *kube-scheduler* — 2 of 3, 67% ▰▰▰▰▰▰▰▱▱▱
        │ 4️⃣ kubelet — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱
        │ 
        │ 🏅 *ana* 10 points and *cy* 10 points
        │ [Dispute]

    kcard:
    │ Which component picks a node for a new Pod?
    │ 
    │ 1️⃣ kube-apiserver
    │ 2️⃣ kube-scheduler
    │ 3️⃣ etcd
    │ 4️⃣ kubelet
    │ *Level:* 1 of 5 · *Topic:* architecture
    │ *How to answer:* React with 1️⃣–4️⃣, reply with the number or press a button. You can change it until the close.
    │ *Closes: *Wed 25 Nov 2026, 08:00 UTC
    │ [1. kube-apiserver] [2. kube-scheduler] [3. etcd] [4. kubelet]
    :one:×1 :two:×1 :three:×1 :four:×1
    ");
    assert_eq!(question.pings(), Vec::<String>::new());
}

/// The next question tells in a line how the one before it ended, with the way there.
#[tokio::test]
async fn the_next_question_begins_with_how_the_last_one_ended() {
    let stage = Stage::daily(only(&["scheduler", "smallest"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let first = stage.question(&stage.daily);
    ana.replies_in_thread(&first, "kube-scheduler");
    stage.until("2026-11-24 09:05").await;
    let second = stage.question(&stage.daily);
    assert_ne!(first.shows(), second.shows());
    let shown = second.shows();
    assert!(shown.contains("/archives/"), "{shown}");
    assert!(shown.contains('%'), "{shown}");
}

#[tokio::test]
async fn a_schedule_may_show_the_reveal_in_the_channel_as_well() {
    let stage = Stage::with(only(&["scheduler"]), |plan| kcard::quiz::schedule::Plan {
        reveal: kcard::quiz::round::Reveal::Channel,
        ..plan
    })
    .await;
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.closes().await;
    question.replied(1).await;
    assert_eq!(stage.daily.of_bot().len(), 2, "{}", stage.daily.shows());
}
