//! Whether kcard hears Discord, as those who look after it see it.

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_connection_that_comes_and_goes_is_seen() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts_unconnected().await;
    assert!(!stage.is_connected(), "nothing is heard yet");
    stage.lives("it to be connected", async || stage.is_connected().then_some(())).await;
    stage.discord.refuses_connections(true);
    stage.discord.cuts_gateway();
    stage.lives("it to be lost", async || (!stage.is_connected()).then_some(())).await;
    stage.discord.refuses_connections(false);
    stage.lives("it to be back", async || stage.is_connected().then_some(())).await;
}
