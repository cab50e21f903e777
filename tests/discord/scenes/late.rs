//! What comes after the close: said kindly to whom it can be said alone, and never counted.

use insta::assert_snapshot;

use crate::{
    deck::only,
    stage::{Stage, moment},
};

#[tokio::test]
async fn an_answer_to_a_choice() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, bo) = (stage.team.member("ana"), stage.team.member("bo"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "1️⃣");
    stage.counts(&ana, Some("etcd")).await;
    let button = question.controls()[2].clone();
    stage.closes().await;
    let click = ana.clicks_late(&question, &button);
    assert_snapshot!(click.reads().await, @"kcard (to ana alone): This round is closed, so this answer does not count. See you at the next one!");
    ana.reacts(&question, "3️⃣");
    ana.unreacts(&question, "1️⃣");
    let reply = bo.replies(&question, "3");
    let second = bo.replies(&question, "3");
    stage.discord.all_heard().await;
    assert_snapshot!(bo.clicks_late(&question, &button).reads().await, @"kcard (to bo alone): This round is closed, so this answer does not count. See you at the next one!");
    stage.counts(&ana, Some("etcd")).await;
    stage.counts(&bo, None).await;
    assert!(reply.reacted("📥").is_empty() && second.reacted("📥").is_empty());
    assert_eq!(stage.daily.of_bot().len(), 2, "the question and its reveal");
}

#[tokio::test]
async fn a_form_that_was_open_at_the_close() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let button = question.controls()[0].clone();
    let form = ana.clicks(&question, "Answer").modal().await;
    stage.closes().await;
    assert_snapshot!(form.submits(&[("answer", "pod")]).reads().await, @"kcard (to ana alone): This round is closed, so this answer does not count. See you at the next one!");
    stage.counts(&ana, None).await;
    let late = ana.clicks_late(&question, &button).modal().await;
    assert_snapshot!(late.submits(&[("answer", "pod")]).reads().await, @"kcard (to ana alone): This round is closed, so this answer does not count. See you at the next one!");
    stage.counts(&ana, None).await;
}

/// Clicked in time and delivered late: Discord's time is what counts.
#[tokio::test]
async fn a_click_right_before_the_close() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, bo) = (stage.team.member("ana"), stage.team.member("bo"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    stage.clock.set(moment("2026-11-24 08:59:59"));
    let click = ana.clicks(&question, "3. kube-scheduler");
    stage.clock.set(moment("2026-11-24 09:00:01"));
    let late = bo.clicks(&question, "3. kube-scheduler");
    assert!(click.reads().await.contains("It is in"), "{}", click.reads().await);
    assert!(late.reads().await.contains("is closed"), "{}", late.reads().await);
    stage.counts(&ana, Some("kube-scheduler")).await;
}
