//! What goes wrong: Discord says no, says nothing, says it twice; and what the people and the admins notice of it.

mod limits;
mod log;
mod once;
mod outages;

use crate::{
    stage::Stage,
    standin::{Channel, Member, Msg},
};

/// The questions of the bot that stand in a channel.
fn questions(channel: &Channel) -> Vec<Msg> {
    keyed(channel, " · q")
}

/// The reveals of the bot that stand in a channel.
fn reveals(channel: &Channel) -> Vec<Msg> {
    keyed(channel, " · r")
}

fn keyed(channel: &Channel, key: &str) -> Vec<Msg> {
    let has_key = |message: &Msg| message.embeds().iter().any(|embed| embed["footer"]["text"].to_string().contains(key));
    channel.of_bot().into_iter().filter(has_key).collect()
}

/// The requests that put a message into a channel.
fn posts(channel: &Channel) -> String {
    format!("POST /channels/{}/messages", channel.id)
}

/// What an admin reads of the schedules.
async fn listed(stage: &Stage, admin: &Member) -> String {
    admin.commands(&stage.daily, "kquiz schedule list", &[]).message().await.content()
}

/// Nothing in the store contradicts anything else.
async fn verified(stage: &Stage) {
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
}
