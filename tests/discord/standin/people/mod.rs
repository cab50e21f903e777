//! The people in the guilds, and what they see. What they do tells the gateway, as it would at Discord.

mod ask;
mod chat;
mod founding;
mod guild;
mod interacts;
mod press;
mod seen;
mod slash;
mod uploads;

use std::sync::Arc;

use super::{Id, Shared};

pub use ask::{Ask, Modal};

/// A guild.
#[derive(Clone)]
pub struct Guild {
    pub(super) shared: Arc<Shared>,
    pub id: Id,
}

/// A channel, a thread, or a person's direct messages with the bot.
#[derive(Clone)]
pub struct Channel {
    pub(super) shared: Arc<Shared>,
    pub id: Id,
}

/// A person.
#[derive(Clone)]
pub struct Member {
    pub(super) shared: Arc<Shared>,
    pub id: Id,
}

/// A message.
#[derive(Clone)]
pub struct Msg {
    pub(super) shared: Arc<Shared>,
    pub id: Id,
}
