//! The queues in which events wait: one person's are taken one after the other, in the order in which they came, and nobody waits for
//! another's.

use std::sync::{Arc, OnceLock};

use tokio::sync::mpsc;

use super::{
    Slack, ids,
    payload::{Callback, Event},
};
use crate::bot::Bot;

/// How many queues there are.
const LANES: usize = 64;
/// What may wait in a queue; what is more is read back later.
const WAITING: usize = 1_000;

/// The queues, from the first event on.
#[derive(Default)]
pub struct Lanes(OnceLock<Vec<mpsc::Sender<Callback>>>);

impl Lanes {
    /// Puts an event into its person's queue.
    pub fn hand_on(&self, callback: Callback, slack: &Arc<Slack>, bot: &Bot) {
        let lanes = self.0.get_or_init(|| (0..LANES).map(|_| begin(slack, bot.clone())).collect());
        if lanes[lane(&callback.event)].try_send(callback).is_err() {
            tracing::warn!("more answers come than can be taken; what is left out now is read back");
            bot.reconnected(ids::FACE);
        }
    }
}

/// Takes one queue's events one after the other, each in a task of its own, so that a panic ends nothing but it.
fn begin(slack: &Arc<Slack>, bot: Bot) -> mpsc::Sender<Callback> {
    let (lane, mut waiting) = mpsc::channel::<Callback>(WAITING);
    // The queue ends with the face that holds it.
    let slack = Arc::downgrade(slack);
    tokio::spawn(async move {
        while let Some(callback) = waiting.recv().await {
            let Some(slack) = slack.upgrade() else { return };
            let bot = bot.clone();
            if let Err(error) = tokio::spawn(async move { slack.hear(&bot, callback).await }).await {
                tracing::error!(%error, "an event could not be taken: this is a bug of kcard");
            }
        }
    });
    lane
}

/// Whose queue it is: that of who did it, or of the channel.
fn lane(event: &Event) -> usize {
    let whose = match event {
        Event::Message(message) => {
            let inner = message.now.as_deref().unwrap_or(message);
            inner.user.as_deref().or(message.channel.as_deref()).unwrap_or_default()
        }
        Event::ReactionAdded(reacted) | Event::ReactionRemoved(reacted) => &reacted.user,
        Event::AppHomeOpened { user, .. } | Event::MemberJoinedChannel { user, .. } => user,
        Event::UserChange { user } => &user.id,
        Event::ChannelArchive(there)
        | Event::GroupArchive(there)
        | Event::ChannelDeleted(there)
        | Event::GroupDeleted(there)
        | Event::ChannelLeft(there)
        | Event::GroupLeft(there) => &there.channel,
        Event::AppUninstalled | Event::TokensRevoked | Event::Other => "",
    };
    whose.bytes().fold(0, |sum: usize, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % LANES
}
