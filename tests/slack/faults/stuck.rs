//! The store is stuck: all is acknowledged at once, and answered when it is not.

use std::time::Duration;

use sqlx::Connection as _;

use crate::{deck::only, scenes::button, stage::Stage};

/// Slack wants an acknowledgement within 3 s; kcard gives it before it does anything.
const AT_ONCE: Duration = Duration::from_secs(1);

#[tokio::test]
async fn clicks_commands_and_forms_are_acknowledged_at_once() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let form = ana.clicks(&question, &button(&question, "Answer")).view().await;
    let stuck = stage.is_stuck().await;
    let submitted = ana.submits(&form, &[("answer", &["a pod"])]);
    let typed = ana.slash(&stage.daily, "/kquiz", "privacy hide");
    assert!(submitted.acknowledged().await < AT_ONCE);
    assert!(typed.acknowledged().await < AT_ONCE);
    form.changed(1).await;
    assert!(form.shows().contains("moment"), "{}", form.shows());
    stuck.close().await.expect("it lets go");
    form.changed(2).await;
    assert!(form.shows().contains("It is in"), "{}", form.shows());
    typed.message().await;
}
