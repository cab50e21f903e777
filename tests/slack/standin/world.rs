//! What Slack keeps: people, channels, messages, groups, files and views. Knows nothing of requests or connections.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

/// An id as Slack writes them: `U0A1B2C3D`.
pub type Id = String;

/// A message's time, which is its name in its channel: `1795507200.000100`.
pub type Ts = String;

#[derive(Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct User {
    pub id: Id,
    pub name: String,
    pub tz: String,
    pub admin: bool,
    pub owner: bool,
    pub bot: bool,
    pub deleted: bool,
    /// Their own workspace, where it is another one that shares a channel with this.
    pub team: Option<Id>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Public,
    Private,
    Direct,
}

pub struct Channel {
    pub id: Id,
    pub name: String,
    pub kind: Kind,
    pub archived: bool,
    pub members: BTreeSet<Id>,
    pub created: Timestamp,
}

#[derive(Clone, Default)]
pub struct Message {
    pub channel: Id,
    pub ts: Ts,
    pub user: Id,
    pub text: String,
    pub blocks: Vec<Value>,
    /// The message whose thread it stands in.
    pub thread: Option<Ts>,
    /// Also shown in the channel.
    pub broadcast: bool,
    /// By whom and when it was edited last.
    pub edited: Option<(Id, Ts)>,
    pub edits: usize,
    pub metadata: Option<Value>,
    /// Who reacted with what, in the order in which each name came up.
    pub reactions: Vec<(String, Vec<Id>)>,
    pub files: Vec<Id>,
    /// Seen by this person only, and in no history.
    pub ephemeral: Option<Id>,
    /// Whom it rang for, as its text says it.
    pub pings: Vec<String>,
    /// It was deleted, and its thread still stands.
    pub tombstone: bool,
}

pub struct Group {
    pub id: Id,
    pub handle: String,
    pub users: Vec<Id>,
    pub disabled: bool,
}

pub struct File {
    pub id: Id,
    pub name: String,
    pub title: String,
    pub alt: Option<String>,
    /// How long it was said to be.
    pub length: usize,
    pub bytes: Option<Vec<u8>>,
    pub shared: bool,
}

/// A form that stands before somebody, or their App Home.
#[derive(Clone)]
pub struct View {
    pub id: Id,
    pub person: Id,
    /// As the bot gave it.
    pub given: Value,
    pub hash: String,
    pub root: Id,
    pub previous: Option<Id>,
    /// What was entered so far: block, action, and its state.
    pub entered: BTreeMap<String, BTreeMap<String, Value>>,
    pub open: bool,
    pub updates: usize,
    /// Below which input what is wrong, after a submission that was refused.
    pub errors: BTreeMap<String, String>,
}

#[derive(Default)]
pub struct World {
    /// What people left the boxes and menus of messages with: by person, channel and message.
    pub entered: BTreeMap<(Id, Id, Ts), Value>,
    pub users: BTreeMap<Id, User>,
    pub channels: BTreeMap<Id, Channel>,
    /// By channel and time.
    pub messages: BTreeMap<(Id, Ts), Message>,
    pub groups: BTreeMap<Id, Group>,
    pub files: BTreeMap<Id, File>,
    pub views: BTreeMap<Id, View>,
    numbers: u64,
    last: i64,
}

impl World {
    pub fn id(&mut self, kind: char) -> Id {
        self.numbers += 1;
        format!("{kind}0{:08X}", 0xA1B2_0000 + self.numbers * 0x11)
    }

    /// The next time: later than all before, also where the clock stands.
    pub fn ts(&mut self, now: Timestamp) -> Ts {
        self.last = (self.last + 1).max(now.as_microsecond());
        format!("{}.{:06}", self.last / 1_000_000, self.last % 1_000_000)
    }

    pub fn user(&mut self, name: &str, bot: bool) -> Id {
        let id = self.id('U');
        let user = User {
            id: id.clone(),
            name: name.to_owned(),
            tz: "Europe/Berlin".to_owned(),
            admin: false,
            owner: false,
            bot,
            deleted: false,
            team: None,
        };
        self.users.insert(id.clone(), user);
        id
    }

    pub fn channel(&mut self, now: Timestamp, name: &str, kind: Kind, members: impl IntoIterator<Item = Id>) -> Id {
        let id = self.id(if kind == Kind::Direct { 'D' } else { 'C' });
        let members = members.into_iter().collect();
        let channel = Channel { id: id.clone(), name: name.to_owned(), kind, archived: false, members, created: now };
        self.channels.insert(id.clone(), channel);
        id
    }

    /// The direct messages of the bot and a person, if they ever spoke.
    pub fn direct_of(&self, person: &str) -> Option<&Channel> {
        self.channels.values().find(|channel| channel.kind == Kind::Direct && channel.members.contains(person))
    }

    pub fn direct(&mut self, now: Timestamp, bot: &str, person: &str) -> Id {
        match self.direct_of(person) {
            Some(known) => known.id.clone(),
            None => self.channel(now, "", Kind::Direct, [bot.to_owned(), person.to_owned()]),
        }
    }

    pub fn message(&self, channel: &str, ts: &str) -> Option<&Message> {
        self.messages.get(&(channel.to_owned(), ts.to_owned()))
    }

    pub fn message_mut(&mut self, channel: &str, ts: &str) -> Option<&mut Message> {
        self.messages.get_mut(&(channel.to_owned(), ts.to_owned()))
    }

    /// All that stands in a channel and its threads for everybody, oldest first.
    pub fn all<'a>(&'a self, channel: &'a str) -> impl DoubleEndedIterator<Item = &'a Message> {
        self.messages.values().filter(move |message| message.channel == channel && message.ephemeral.is_none())
    }

    /// What stands in a channel itself, oldest first: no replies, unless they are shown there too.
    pub fn history<'a>(&'a self, channel: &'a str) -> impl DoubleEndedIterator<Item = &'a Message> {
        self.all(channel).filter(|message| message.thread.is_none() || message.broadcast)
    }

    /// The replies in a thread, oldest first.
    pub fn replies<'a>(&'a self, channel: &'a str, parent: &'a str) -> impl DoubleEndedIterator<Item = &'a Message> {
        self.all(channel).filter(move |message| message.thread.as_deref() == Some(parent))
    }

    pub fn name_of(&self, user: &str) -> &str {
        self.users.get(user).map_or("nobody", |user| &user.name)
    }
}
