//! Whether kcard hears Slack, as those who look after it see it.

use kcard::chat::Connection;

use crate::{deck::only, stage::Stage, standin::Leave};

#[tokio::test]
async fn a_connection_that_comes_and_goes_is_seen() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts_with(stage.settings()).await;
    assert_eq!(stage.connection().await, Connection::Never);
    stage.lives("it to be connected", async || (stage.connection().await == Connection::Up).then_some(())).await;
    stage.slack.asks_to_leave(Leave::Disabled);
    stage.lives("it to be lost", async || (stage.connection().await == Connection::Lost).then_some(())).await;
}
