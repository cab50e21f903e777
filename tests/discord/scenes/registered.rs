//! The commands, as Discord has them.

use crate::{deck::only, stage::Stage};

const WRITTEN: &str = "PUT /applications/*/commands";

#[tokio::test]
async fn written_once_and_again_only_when_they_change() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    assert_eq!(stage.discord.requests_to(WRITTEN).len(), 1);
    let names: Vec<_> = stage.discord.commands().iter().map(|command| command["name"].clone()).collect();
    assert_eq!(names, ["kcard", "kquiz"]);
    stage.dies().await;
    stage.starts().await;
    assert_eq!(stage.discord.requests_to(WRITTEN).len(), 1, "they are the same");

    // As an older kcard had written them.
    stage.dies().await;
    let mut old = stage.discord.commands();
    old[0]["description"] = "Show a card".into();
    stage.discord.has_commands(old);
    stage.starts().await;
    assert_eq!(stage.discord.requests_to(WRITTEN).len(), 2);
    stage.dies().await;
    let older = stage.discord.commands().into_iter().take(1).collect();
    stage.discord.has_commands(older);
    stage.starts().await;
    assert_eq!(stage.discord.requests_to(WRITTEN).len(), 3);
    assert_eq!(stage.discord.commands().len(), 2);
}

/// Everybody sees all commands: who may give one is the bot's to say, since hosts are people and roles that Discord knows nothing of.
#[tokio::test]
async fn offered_to_everyone_in_servers_and_direct_messages() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    let ana = stage.team.member("ana");
    for command in ["kcard", "kquiz schedule add", "kquiz settings hosts"] {
        assert!(ana.is_offered(&stage.daily, command) && ana.is_offered(&ana.direct(), command), "{command}");
    }
}
