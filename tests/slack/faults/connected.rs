//! Whether kcard hears Slack, as those who look after it see it.

use crate::{deck::only, stage::Stage, standin::Leave};

#[tokio::test]
async fn a_connection_that_comes_and_goes_is_seen() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts_with(stage.settings()).await;
    assert!(!stage.is_connected(), "nothing is heard yet");
    stage.lives("it to be connected", async || stage.is_connected().then_some(())).await;
    stage.slack.asks_to_leave(Leave::Disabled);
    stage.lives("it to be lost", async || (!stage.is_connected()).then_some(())).await;
}
