//! What kcard asks Discord to be told: as little as the game needs.

use kcard::quiz::{round::Style, schedule::Plan};
use serde_json::json;

use crate::{
    deck::{decks, only},
    stage::Stage,
};

const GUILDS: u64 = 1;
const GUILD_MESSAGES: u64 = 1 << 9;
const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
const MESSAGE_CONTENT: u64 = 1 << 15;

#[tokio::test]
async fn nothing_but_servers_until_something_is_asked() {
    let stage = Stage::set(decks()).await;
    stage.starts().await;
    assert_eq!(stage.discord.intents(), GUILDS);
    let question = stage.asks("scheduler").await;
    // While kcard turns to hear more, it hears what it heard before, and takes it once.
    let bo = stage.team.member("bo");
    for option in question.controls() {
        assert!(bo.clicks(&question, &option).reads().await.contains("It is in"));
    }
    let all = GUILDS | GUILD_MESSAGES | GUILD_MESSAGE_REACTIONS;
    stage.discord.until("more intents", |discord| (discord.intents() == all).then_some(())).await;
    let ana = stage.team.member("ana");
    ana.reacts(&question, "3️⃣");
    stage.work().await;
    stage.counts(&ana, Some("kube-scheduler")).await;
}

#[tokio::test]
async fn a_contest_needs_neither_reactions_nor_replies() {
    let stage = Stage::with(decks(), |plan| Plan { style: Some(Style::Contest), ..plan }).await;
    assert_eq!(stage.discord.intents(), GUILDS);
    stage.until("2026-11-23 09:00").await;
    assert_eq!(stage.discord.intents(), GUILDS);
    assert_eq!(stage.discord.identifies(), 1);
}

#[tokio::test]
async fn a_schedule_that_is_made_in_chat() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    let add = [("name", json!("daily")), ("at", json!("daily 09:00")), ("answers", json!("reactions"))];
    stage.team.admin("root").commands(&stage.daily, "kquiz schedule add", &add).message().await;
    stage.until("2026-11-23 09:00").await;
    let needed = GUILDS | GUILD_MESSAGE_REACTIONS;
    stage.discord.until("reactions", |discord| (discord.intents() == needed).then_some(())).await;
    stage.dies().await;
    stage.starts().await;
    assert_eq!(stage.discord.intents(), needed, "from the beginning, the next time");
}

#[tokio::test]
async fn the_privileged_one_only_where_it_is_granted() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let all = GUILDS | GUILD_MESSAGES | GUILD_MESSAGE_REACTIONS;
    assert_eq!(stage.discord.intents(), all);
    stage.dies().await;
    stage.discord.with_message_content(true);
    stage.starts().await;
    assert_eq!(stage.discord.intents(), all | MESSAGE_CONTENT);
}
