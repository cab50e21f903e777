//! What the bot asks of a platform, and what a platform hands to the bot.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use async_trait::async_trait;
use jiff::Timestamp;

use super::post::{Post, PostKey};
use crate::quiz::{
    answer::{Change, Way},
    id::{ChannelId, MessageRef, PlayerId, RoundId, SpaceId},
};

/// One thing a player did to a question, as a face saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The platform's event, interaction or message id; unique, so that a redelivery is nothing.
    pub key: String,
    /// Which question.
    pub target: Target,
    /// Who.
    pub player: PlayerId,
    /// The name to show for them, where the platform said it.
    pub name: Option<String>,
    /// By which way.
    pub way: Way,
    /// What they did.
    pub change: Change,
    /// The platform's own time of it, where it has one.
    pub at: Option<Timestamp>,
    /// It was said where people talk with each other, and not to kcard: an option's number there is an answer, other text is talk.
    pub aside: bool,
}

/// How a face knows which question is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// By the message that was reacted or replied to.
    Message(MessageRef),
    /// By the round that the component's id carries; also right before the message's reference is known.
    Round(RoundId),
}

/// Who gives a command or presses a button that is not an answer, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The event's id, unique, as in [`Given::key`].
    pub key: String,
    /// Who.
    pub player: PlayerId,
    /// The name to show for them.
    pub name: String,
    /// Their space; the face itself in a direct message where the platform has many spaces, see [`Caller::is_outside`].
    pub space: SpaceId,
    /// The channel they are in; `None` in a direct message.
    pub channel: Option<ChannelId>,
    /// Whether the platform says they are an admin of the space.
    pub admin: bool,
    /// The platform's roles or groups they have, for hosts.
    pub roles: Vec<String>,
    /// Whether the platform did not say, this time, what they may do: then `admin` and `roles` are less than the truth.
    pub unsure: bool,
    /// The platform's own time of the event, where it has one.
    pub at: Option<Timestamp>,
    /// What keeps kcard from posting in their channel, where the platform says so with the event.
    pub lacks: Option<Lacks>,
}

/// What kcard lacks in a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacks {
    /// What is lacking and how to give it, as Markdown.
    pub why: String,
    /// Whether a question can be posted all the same.
    pub can_post: bool,
}

impl Caller {
    /// Whether they are outside any space: in a direct message on a face with many spaces. Their space is then the face itself
    /// (`discord`), and so their id has no slash (`discord:USER`).
    pub fn is_outside(&self) -> bool {
        self.channel.is_none() && self.space.as_str() == self.player.face()
    }
}

/// The answers that stand on a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadBack {
    /// Each player's standing number reactions: the whole set.
    pub reactions: BTreeMap<PlayerId, BTreeSet<u8>>,
    /// Replies, oldest first, with the platform's own time; those edited after they were sent carry the time of the edit.
    pub replies: Vec<Given>,
    /// The names of those who reacted or replied, where the platform said them: for who is not known yet, since what a history says of
    /// people is less than what an event does.
    pub names: BTreeMap<PlayerId, String>,
    /// How many of the bot's own number reactions stand, where it puts any.
    pub seeded: Option<u8>,
    /// Whether there is a thread on it, where there can be one.
    pub thread: Option<bool>,
}

/// Whether what happens on a platform is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// Not yet, since the process started.
    Never,
    /// It is.
    Up,
    /// It was.
    Lost,
}

impl Connection {
    /// By whether it is up now, and whether it ever was.
    pub fn of(is_up: bool, was_up: bool) -> Self {
        match (is_up, was_up) {
            (true, _) => Self::Up,
            (false, true) => Self::Lost,
            (false, false) => Self::Never,
        }
    }
}

/// What can go wrong when a platform is asked for something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChatError {
    /// Not now: a limit, an outage, an answer that was lost. Whether it was done is unknown where `unsure`.
    #[error("{why}; try again in {} s", after.as_secs())]
    Again {
        /// How long to wait.
        after: Duration,
        /// Whether the platform may have done it all the same.
        unsure: bool,
        /// What happened, for the log and for an admin.
        why: String,
    },
    /// The channel or message is gone, or the permission for it is.
    #[error("{0}")]
    Gone(String),
    /// The platform refused what we sent: our bug, or a card that breaks a limit.
    #[error("{0}")]
    Bug(String),
}

/// A platform, as narrow as the game needs it. Every method may be called again with the same arguments.
#[async_trait]
pub trait Chat: Send + Sync + 'static {
    /// The name that stands before the colon in this face's ids: `web`, `discord`, `slack`.
    fn face(&self) -> &'static str;

    /// Whether what happens there is heard; for those who look after kcard.
    async fn connection(&self) -> Connection {
        Connection::Up
    }

    /// The space that a channel belongs to.
    async fn space(&self, channel: &ChannelId) -> Result<SpaceId, ChatError>;

    /// Posts a message and seeds nothing; its key can be found again by [`Chat::find`].
    async fn post(&self, channel: &ChannelId, post: &Post) -> Result<MessageRef, ChatError>;

    /// Replaces a message's content.
    async fn edit(&self, message: &MessageRef, post: &Post) -> Result<(), ChatError>;

    /// The message that was posted with this key since then, if it was: settles an attempt whose answer was lost. `within` is the message
    /// that it answers, where it answers one: a face that puts it into that one's thread looks there.
    async fn find(
        &self,
        channel: &ChannelId,
        key: &PostKey,
        within: Option<&MessageRef>,
        since: Timestamp,
    ) -> Result<Option<MessageRef>, ChatError>;

    /// Puts the number reactions 1 to `count` under a question, so that one click answers. May return before all of them are there:
    /// a face paces them behind what is more urgent.
    async fn seed(&self, message: &MessageRef, count: u8) -> Result<(), ChatError>;

    /// The answers that stand on a question, to learn what happened while the bot was away.
    async fn read_back(&self, message: &MessageRef) -> Result<ReadBack, ChatError>;

    /// Opens a thread of that name (1 to 100 characters) on a question, where people talk about it.
    async fn open_thread(&self, message: &MessageRef, name: &str) -> Result<(), ChatError>;

    /// Whether a person, known by an id of any space of this face, is in a space.
    async fn is_in(&self, player: &PlayerId, space: &SpaceId) -> Result<bool, ChatError>;

    /// The web address by which people reach a message, from memory; `None` where there is none or it is not known.
    fn link(&self, _: &MessageRef) -> Option<String> {
        None
    }

    /// Says something (plain Markdown) to one player alone. A face that cannot leaves it to the next reply that they get.
    async fn tell(&self, player: &PlayerId, _text: &str) -> Result<(), ChatError> {
        Err(ChatError::Gone(format!("nobody can be told anything alone on {}", player.face())))
    }

    /// Says something (plain Markdown) to those who look after a space, alone where the platform lets it.
    async fn tell_admins(&self, space: &SpaceId, text: &str) -> Result<(), ChatError>;
}
