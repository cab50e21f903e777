//! Answers by reactions.

use crate::{deck::only, stage::Stage};

/// What is not a number of an option, or not on the question, or a bot's: nothing.
#[tokio::test]
async fn what_is_no_answer_is_left_alone() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, robot) = (stage.slack.person("ana"), stage.slack.other_bot("robot"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    let chat = ana.writes(&stage.daily, "Good morning! 3 coffees, please.");
    ana.reacts(&chat, "three");
    ana.reacts(&question, "thumbsup");
    ana.reacts(&question, "keycap_ten");
    ana.reacts(&question, "two");
    robot.replies_in_thread(&question, "kube-scheduler");
    stage.counts(&ana, Some("kube-apiserver")).await;
    stage.slack.all_heard().await;
    assert_eq!(ana.ephemerals(&stage.daily).len(), 0, "nothing had to be said");
    stage.closes().await;
    let reveal = question.replied(2).await.shows();
    assert!(reveal.contains("1 player answered"), "{reveal}");
}

/// Everybody sees that the round is over, so nothing has to be said.
#[tokio::test]
async fn after_the_close_a_reaction_counts_for_nothing() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.closes().await;
    stage.clock.advance(jiff::SignedDuration::from_mins(1));
    ana.reacts(&question, "one");
    ana.replies_in_thread(&question, "3");
    stage.slack.all_heard().await;
    stage.counts(&ana, None).await;
    assert_eq!(ana.ephemerals(&stage.daily).len(), 0);
}
