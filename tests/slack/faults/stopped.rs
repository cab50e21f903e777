//! The process is told to stop while people wait.

use crate::{deck::only, scenes::button, stage::Stage};

/// What was acknowledged is in when the process has ended.
#[tokio::test]
async fn a_click_that_was_acknowledged_is_taken_before_the_end() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let (round, player) = (stage.round(&question).await, stage.player(&ana));
    let stuck = stage.is_stuck().await;
    ana.clicks(&question, &button(&question, "kube-scheduler")).acknowledged().await;
    let ended = async {
        stage.ends().await;
        stage.store.entry(round.id, &player).await.expect("the store answers")
    };
    let let_go = async {
        // It hears nothing any more: the end has begun.
        stage.slack.connected(0).await;
        sqlx::Connection::close(stuck).await.expect("it lets go");
    };
    let (entry, ()) = tokio::join!(ended, let_go);
    assert!(entry.is_some(), "the click is lost");
}
