//! Answers by buttons and menus.

use insta::assert_snapshot;

use super::button;
use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_button_and_another() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let first = ana.clicks(&question, &button(&question, "etcd"));
    assert_snapshot!(first.reads().await, @"
    kcard (to ana alone):
    │ It is in: `etcd`. You can change it until the close.
    ");
    assert!(first.message().await.is_ephemeral());
    ana.clicks(&question, &button(&question, "kube-scheduler")).message().await;
    stage.counts(&ana, Some("kube-scheduler")).await;
}

#[tokio::test]
async fn a_menu_where_several_are_right() {
    let stage = Stage::daily(only(&["shared"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let ticks = question.controls().into_iter().find(|id| id.starts_with("ticks:")).expect("there are boxes");
    let tick = ana.selects(&question, &ticks, &["1", "3"]);
    tick.acknowledged().await;
    stage.counts(&ana, None).await;
    assert_snapshot!(ana.clicks(&question, &button(&question, "Answer")).reads().await, @"
    kcard (to ana alone):
    │ It is in: `volumes, the network`. You can change your picks until the close.
    ");
    stage.counts(&ana, Some("volumes, the network")).await;
    ana.selects(&question, &ticks, &["3"]);
    ana.clicks(&question, &button(&question, "Answer")).message().await;
    stage.counts(&ana, Some("the network")).await;
    assert_eq!(tick.messages(), 0, "a tick alone is no answer");
}

/// Slack delivers a click again where it is not sure of the acknowledgement.
#[tokio::test]
async fn a_click_that_comes_twice_is_one() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let click = ana.clicks(&question, &button(&question, "etcd"));
    click.message().await;
    click.comes_again();
    stage.slack.all_heard().await;
    assert_eq!(click.messages(), 1);
}

#[tokio::test]
async fn a_click_after_the_close_gets_a_clear_word() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let blocks = question.blocks();
    let actions = blocks.iter().find(|block| block["type"] == "actions").expect("there are buttons");
    let (block, action) = (actions["block_id"].as_str(), actions["elements"][0]["action_id"].as_str());
    let (block, action) = (block.expect("an id").to_owned(), action.expect("an id").to_owned());
    stage.closes().await;
    assert_snapshot!(ana.clicks_late(&question, &block, &action, "").reads().await, @"
    kcard (to ana alone):
    │ This round is closed, so this answer does not count. See you at the next one!
    ");
    stage.counts(&ana, None).await;
}

/// A question with replies carries its own name as that of its thread: who clicks in the channel is answered there.
#[tokio::test]
async fn a_click_is_answered_where_the_question_stands() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    bo.replies_in_thread(&question, "3");
    let said = ana.clicks(&question, &button(&question, "etcd")).message().await;
    assert_eq!(said.thread(), None);
}
