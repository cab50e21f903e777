//! What goes wrong: Discord says no, says nothing, says it twice; and what the people and the admins notice of it.

mod asked;
mod away;
mod connected;
mod crowds;
mod gateway;
mod interactions;
mod limits;
#[path = "../../shared/log.rs"]
mod log;
mod missing;
mod moderators;
mod once;
mod order;
mod outages;
mod places;
mod quiet;
mod refusals;
mod stuck;
mod token;
mod twice;

use crate::{
    stage::Stage,
    standin::{Channel, Member, Msg},
};

/// The questions of the bot that stand in a channel.
pub fn questions(channel: &Channel) -> Vec<Msg> {
    keyed(channel, " · q")
}

/// The reveals of the bot that stand in a channel.
pub fn reveals(channel: &Channel) -> Vec<Msg> {
    keyed(channel, " · r")
}

fn keyed(channel: &Channel, key: &str) -> Vec<Msg> {
    let has_key =
        |message: &Msg| message.embeds().iter().any(|embed| embed["footer"]["text"].to_string().contains(key));
    channel.of_bot().into_iter().filter(has_key).collect()
}

/// The requests that put a message into a channel.
pub fn posts(channel: &Channel) -> String {
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

/// What counts of somebody's answer to the latest question in `daily`.
async fn shown(stage: &Stage, person: &Member) -> Option<String> {
    shown_of(stage, &stage.question(&stage.daily), person).await
}

/// What counts of somebody's answer to a question.
async fn shown_of(stage: &Stage, question: &Msg, person: &Member) -> Option<String> {
    let round = stage.round(question).await;
    let player = stage.player(&stage.team, person);
    let entry = stage.store.entry(round.id, &player).await.expect("the store answers");
    entry.and_then(|entry| entry.shown(&round.asked))
}

/// The label of the button with this option.
pub fn label(question: &Msg, option: &str) -> String {
    let rows = question.components();
    let buttons = rows.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
    let mut labels = buttons.filter_map(|button| button["label"].as_str().map(str::to_owned));
    labels.find(|label| label.ends_with(option)).unwrap_or_else(|| panic!("no button says {option}"))
}
