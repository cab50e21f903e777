//! What Slack refuses.

use std::time::Duration;

use super::{questions, reveals};
use crate::{deck::only, scenes::button, stage::Stage, standin::Fault};

#[tokio::test]
async fn a_429_is_waited_out() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.slack.fails("chat.postMessage", Fault::TooMany { after: Duration::from_secs(1) });
    stage.until("2026-11-23 09:00").await;
    stage.lives("the question", async || (questions(&stage.daily).len() == 1).then_some(())).await;
    assert_eq!((stage.slack.too_many(), stage.slack.too_many_injected()), (0, 1), "none of our own making");
}

#[tokio::test]
async fn errors_of_slacks_own_pass() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.slack.fails("chat.postMessage", Fault::Status(500));
    stage.slack.fails("chat.postMessage", Fault::Refused("internal_error"));
    stage.until("2026-11-23 09:00").await;
    stage.lives("the question", async || (questions(&stage.daily).len() == 1).then_some(())).await;
}

/// Nobody reads an answer whose address is used up: it is told otherwise.
#[tokio::test]
async fn an_address_that_is_used_up_loses_no_answer() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.fails("response_url", Fault::Refused("used_url"));
    ana.clicks(&question, &button(&question, "kube-scheduler"));
    assert!(ana.is_told(&stage.daily, 1).await.shows().contains("It is in"));
}

#[tokio::test]
async fn a_token_that_is_revoked_is_named() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.slack.revokes_the_tokens("token_revoked");
    let face = kcard::chat::slack::Slack::new(stage.settings());
    let said = face.check_tokens().await.expect_err("it is refused").to_string();
    assert!(said.contains("token_revoked") && said.contains("SLACK_BOT_TOKEN"), "{said}");
}

#[tokio::test]
async fn a_thread_that_is_gone_gets_its_reveal_in_the_channel() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.fails("chat.postMessage", Fault::Refused("thread_not_found"));
    stage.closes().await;
    stage.lives("the reveal", async || (stage.daily.of_bot().len() == 2).then_some(())).await;
    assert_eq!(reveals(&question).len(), 0);
}
