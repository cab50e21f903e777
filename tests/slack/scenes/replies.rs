//! Answers by replies in the question's thread.

use insta::assert_snapshot;

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_number_a_letter_and_the_text() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo, cy] = ["ana", "bo", "cy"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.replies_in_thread(&question, "3");
    bo.replies_to_all(&question, "a");
    cy.replies_in_thread(&question, "kubelet & co <b>");
    stage.counts(&ana, Some("kube-scheduler")).await;
    stage.counts(&bo, Some("etcd")).await;
    assert_snapshot!(cy.is_told(&stage.daily, 1).await.shows(), @"
    kcard (to cy alone):
    │ I could not read that as an answer. Send the number of one option, 1 to 4, or its text.
    ");
}

#[tokio::test]
async fn an_edited_reply_is_another_answer() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let reply = ana.replies_in_thread(&question, "container");
    stage.signed(&reply, "two").await;
    stage.clock.advance(jiff::SignedDuration::from_mins(1));
    ana.edits(&reply, "a Pod");
    stage.signed(&reply, "one").await;
    stage.slack.until("the old sign to go", |_| reply.reacted("two").is_empty().then_some(())).await;
    stage.closes().await;
    let reveal = question.replied(2).await.shows();
    assert!(reveal.contains("10 points"), "{reveal}");
    // Whether the sign stands there already is nobody's business but Slack's.
    stage.slack.forgives("already_reacted");
}

/// What people say elsewhere, to others or as bots is no answer.
#[tokio::test]
async fn talk_elsewhere_is_left_alone() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let chat = ana.writes(&stage.daily, "3");
    ana.replies_in_thread(&chat, "3");
    ana.edits(&chat, "2");
    ana.deletes(&chat);
    stage.slack.all_heard().await;
    stage.counts(&ana, None).await;
    assert_eq!(ana.ephemerals(&stage.daily).len(), 0);
}

/// Names and words that are markup elsewhere are words here, and nobody is called.
#[tokio::test]
async fn nothing_that_people_write_calls_anybody() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("<!channel> *x* &amp;");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.replies_in_thread(&question, "kube-scheduler");
    stage.counts(&ana, Some("kube-scheduler")).await;
    let other = ana.replies_in_thread(&question, "<!here> <@U1> *none* of it");
    ana.is_told(&stage.daily, 1).await;
    assert!(other.reacted("inbox_tray").is_empty());
    stage.closes().await;
    let reveal = question.replied(3).await;
    assert_eq!(reveal.pings(), Vec::<String>::new());
    assert_snapshot!(reveal.shows(), @"
    kcard:
    │ ✅ The answer: *kube-scheduler*
    │ 
    │ So it is written.
    │ 
    │ Source: https://kubernetes.io/docs/concepts/ (https://kubernetes.io/docs/concepts/)
    │ 
    │ 1 player answered, and was right.
    │ 1️⃣ etcd — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    │ 2️⃣ kube-apiserver — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    │ 3️⃣ ✅ *kube-scheduler* — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    │ 4️⃣ kubelet — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    │ 
    │ 🏅 *<!channel> *x* &amp;* 10 points
    ");
}

/// Whom a reply speaks to is no part of the answer.
#[tokio::test]
async fn a_reply_may_name_kcard() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    ana.replies_in_thread(&stage.question(&stage.daily), "@kcard 3");
    stage.counts(&ana, Some("kube-scheduler")).await;
}
