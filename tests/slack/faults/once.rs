//! What Slack took is there once, whatever became of its answer.

use jiff::SignedDuration;

use super::{questions, reveals, verified};
use crate::{
    deck::only,
    stage::{Stage, moment},
    standin::Fault,
};

#[tokio::test]
async fn a_post_whose_answer_is_lost_is_found() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.slack.fails("chat.postMessage", Fault::AnswerLost);
    stage.until("2026-11-23 09:01").await;
    assert_eq!(questions(&stage.daily).len(), 1);
    assert_eq!(stage.slack.calls_of("chat.postMessage").len(), 1, "it was found, and not sent again");
    let ana = stage.slack.person("ana");
    ana.reacts(&stage.question(&stage.daily), "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
}

#[tokio::test]
async fn a_post_is_found_after_an_outage_of_ten_minutes() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.slack.fails("chat.postMessage", Fault::AnswerLost);
    stage.until("2026-11-23 09:00").await;
    ana.replies_in_thread(&stage.question(&stage.daily), "kube-scheduler");
    (0..250).for_each(|number| drop(ana.writes(&stage.daily, &format!("chat {number}"))));
    stage.clock.set(moment("2026-11-23 09:10"));
    stage.until("2026-11-23 09:11").await;
    assert_eq!(questions(&stage.daily).len(), 1);
    stage.counts(&ana, Some("kube-scheduler")).await;
}

#[tokio::test]
async fn a_reveal_and_an_edit_whose_answers_are_lost_are_there_once() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.fails("chat.update", Fault::AnswerLost);
    stage.slack.fails("chat.postMessage", Fault::AnswerLost);
    stage.closes().await;
    stage.clock.advance(SignedDuration::from_mins(10));
    stage.until("2026-11-23 09:20").await;
    assert_eq!(reveals(&question).len(), 1);
    assert!(question.shows().contains("Closed."));
    assert_eq!(stage.slack.faults_left(), 0);
    verified(&stage).await;
}
