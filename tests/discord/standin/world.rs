//! What Discord keeps: users, guilds, channels, messages. Knows nothing of requests or connections.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::id::Id;

pub struct User {
    pub id: Id,
    pub name: String,
    pub bot: bool,
    /// Takes no direct messages from members of shared guilds.
    pub closed: bool,
}

pub struct Role {
    pub id: Id,
    pub name: String,
    pub permissions: u64,
    pub mentionable: bool,
}

pub struct Membership {
    pub roles: Vec<Id>,
    pub nick: Option<String>,
    pub joined: Timestamp,
}

pub struct Guild {
    pub id: Id,
    pub name: String,
    pub owner: Id,
    /// The first is @everyone, whose id is the guild's.
    pub roles: Vec<Role>,
    pub members: BTreeMap<Id, Membership>,
    pub system_channel: Option<Id>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text = 0,
    Direct = 1,
    Thread = 11,
}

pub struct Overwrite {
    /// A role or a member.
    pub id: Id,
    pub member: bool,
    pub allow: u64,
    pub deny: u64,
}

pub struct Channel {
    pub id: Id,
    pub kind: Kind,
    pub name: String,
    pub guild: Option<Id>,
    /// The channel that a thread hangs in.
    pub parent: Option<Id>,
    pub overwrites: Vec<Overwrite>,
    /// The person of a direct channel.
    pub recipient: Option<Id>,
    /// Who began the thread.
    pub owner: Option<Id>,
}

/// Whom a message made a client ring for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pings {
    pub everyone: bool,
    pub users: Vec<Id>,
    pub roles: Vec<Id>,
}

impl Pings {
    pub fn none(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Clone)]
pub struct Message {
    pub id: Id,
    pub channel: Id,
    pub author: Id,
    pub at: Timestamp,
    /// Discord's message type: 0 ordinary, 19 a reply, 20 an answer to a command.
    pub kind: u8,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Value>,
    /// Who reacted with what, in the order in which each emoji came up.
    pub reactions: Vec<(String, Vec<Id>)>,
    pub reply_to: Option<Id>,
    pub flags: u64,
    pub edited: Option<Timestamp>,
    pub edits: usize,
    pub nonce: Option<Value>,
    pub pings: Pings,
    /// Seen by this person only, and in no history.
    pub ephemeral: Option<Id>,
    /// The interaction that it answers.
    pub interaction: Option<Id>,
    /// "… is thinking": a deferral that was not answered yet.
    pub thinking: bool,
}

#[derive(Default)]
pub struct World {
    pub users: BTreeMap<Id, User>,
    pub guilds: BTreeMap<Id, Guild>,
    pub channels: BTreeMap<Id, Channel>,
    pub messages: BTreeMap<Id, Message>,
    /// The application's registered commands, as they are answered to a GET.
    pub commands: Vec<Value>,
    /// Files that people attach to commands, and how often one was asked for.
    pub uploads: BTreeMap<Id, Upload>,
    pub fetched: usize,
    numbers: u64,
}

/// A file that somebody attaches to a command.
pub struct Upload {
    pub name: String,
    pub content: Vec<u8>,
    /// What is told of its size.
    pub size: usize,
    pub url: String,
}

impl World {
    pub fn id(&mut self, now: Timestamp) -> Id {
        self.numbers += 1;
        Id::at(now, self.numbers)
    }

    pub fn user(&mut self, now: Timestamp, name: &str, bot: bool) -> Id {
        let id = self.id(now);
        self.users.insert(id, User { id, name: name.to_owned(), bot, closed: false });
        id
    }

    /// A thread is where its parent is.
    pub fn guild_of(&self, channel: Id) -> Option<Id> {
        self.channels.get(&channel).and_then(|channel| channel.guild)
    }

    /// The direct channel of the bot and a person.
    pub fn direct(&mut self, now: Timestamp, person: Id) -> Id {
        if let Some(found) = self.channels.values().find(|channel| channel.recipient == Some(person)) {
            return found.id;
        }
        let id = self.id(now);
        let name = self.users.get(&person).map(|user| format!("@{}", user.name)).unwrap_or_default();
        self.channels.insert(
            id,
            Channel {
                id,
                kind: Kind::Direct,
                name,
                guild: None,
                parent: None,
                overwrites: Vec::new(),
                recipient: Some(person),
                owner: None,
            },
        );
        id
    }

    /// What stands in a channel for everybody, oldest first.
    pub fn history(&self, channel: Id) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.values().filter(move |message| message.channel == channel && message.ephemeral.is_none())
    }

    /// Whether the two are in a guild together.
    pub fn share_a_guild(&self, one: Id, other: Id) -> bool {
        self.guilds.values().any(|guild| guild.members.contains_key(&one) && guild.members.contains_key(&other))
    }

    /// The name that others read in a guild.
    pub fn name_of(&self, user: Id, guild: Option<Id>) -> String {
        let member = guild.and_then(|guild| self.guilds.get(&guild)).and_then(|guild| guild.members.get(&user));
        let nick = member.and_then(|member| member.nick.clone());
        nick.or_else(|| self.users.get(&user).map(|user| user.name.clone())).unwrap_or_else(|| "nobody".to_owned())
    }
}
