//! What goes wrong with one thing harms no other.

use super::questions;
use crate::{
    deck::only,
    scenes::button,
    stage::Stage,
    standin::{Channel, Fault},
};

/// Slack's words for refusals are many. One that kcard does not know is about the one thing that was asked for.
#[tokio::test]
async fn a_refusal_of_an_unknown_kind_stops_nobody_else() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.fails("views.open", Fault::Refused("a_word_of_tomorrow"));
    let said = ana.clicks(&question, &button(&question, "Answer")).reads().await;
    assert!(!said.is_empty());
    bo.clicks(&question, &button(&question, "Answer")).view().await;
}

/// Somebody's own page takes many calls of Slack: what they and others answer meanwhile does not wait for it.
#[tokio::test]
async fn a_page_that_takes_long_keeps_no_answer_waiting() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.fails("users.conversations", Fault::Hangs);
    ana.opens_home();
    ana.reacts(&question, "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
}

/// An answer is nobody's before Slack has said which workspace it is of.
#[tokio::test]
async fn nothing_is_noted_under_no_workspace() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    // The first is for the channels of the schedules, the second for the click.
    (0..2).for_each(|_| stage.slack.fails("auth.test", Fault::Status(500)));
    stage.starts().await;
    let said = ana.clicks(&question, &button(&question, "kube-scheduler")).reads().await;
    assert!(!said.contains("It is in"), "{said}");
    ana.clicks(&question, &button(&question, "kube-scheduler")).message().await;
    stage.counts(&ana, Some("kube-scheduler")).await;
}

/// The owner of a large workspace stands anywhere among its people.
#[tokio::test]
async fn an_owner_is_found_among_thousands() {
    let stage = Stage::set(only(&["scheduler"])).await;
    (0..3_500).for_each(|number| drop(stage.slack.person(&format!("p{number}"))));
    let owner = stage.slack.owner("olga");
    let general: Channel = stage.slack.channel_without_bot("general");
    stage.plans(vec![stage.plan("daily", &general, "weekdays 09:00")]);
    stage.starts().await;
    stage.until("2026-11-23 09:00").await;
    assert_eq!(questions(&general).len(), 0);
    assert_eq!(owner.direct().messages().len(), 1);
}
