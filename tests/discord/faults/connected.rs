//! Whether kcard hears Discord, as those who look after it see it.

use std::time::Duration;

use kcard::chat::Connection;

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_connection_that_comes_and_goes_is_seen() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.discord.heartbeat_interval(Duration::from_millis(500));
    stage.starts_unconnected().await;
    assert_eq!(stage.connection().await, Connection::Never);
    stage.lives("it to be connected", async || (stage.connection().await == Connection::Up).then_some(())).await;
    stage.discord.refuses_connections(true);
    stage.discord.drops_gateway(Some(4000));
    stage.lives("it to be lost", async || (stage.connection().await == Connection::Lost).then_some(())).await;
    stage.discord.refuses_connections(false);
    stage.lives("it to be back", async || (stage.connection().await == Connection::Up).then_some(())).await;
}
