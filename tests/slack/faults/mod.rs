//! What goes wrong, and what must hold all the same.

mod alone;
mod away;
mod connected;
mod limits;
#[path = "../../shared/log.rs"]
#[allow(dead_code, reason = "what is read of the log here is little")]
mod log;
mod once;
mod panics;
mod quiet;
mod refusals;
mod signed;
mod sockets;
mod stopped;
mod stuck;
mod token;
mod twice;

use crate::{
    stage::Stage,
    standin::{Channel, Msg},
};

/// The questions that were asked in a channel.
pub fn questions(channel: &Channel) -> Vec<Msg> {
    channel.of_bot().into_iter().filter(|message| key(message).starts_with('q')).collect()
}

/// The reveals in a question's thread.
pub fn reveals(question: &Msg) -> Vec<Msg> {
    question.replies().into_iter().filter(|message| key(message).starts_with('r')).collect()
}

fn key(message: &Msg) -> String {
    let metadata = message.metadata().unwrap_or_default();
    metadata["event_payload"]["key"].as_str().unwrap_or_default().to_owned()
}

/// What is stored is as it should be.
pub async fn verified(stage: &Stage) {
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
}
