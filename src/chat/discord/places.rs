//! What is known of channels without asking: their guilds, and which threads hang on which questions.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use serenity::model::id::{ChannelId, GuildId, MessageId};

/// Channels that are remembered; then all are forgotten and asked for again.
const MOST: usize = 50_000;

/// Channels and threads.
#[derive(Default)]
pub struct Places {
    guilds: RwLock<HashMap<ChannelId, GuildId>>,
    /// Threads and the channels they hang in. A thread has the id of the message it was opened on.
    threads: RwLock<HashMap<ChannelId, ChannelId>>,
}

impl Places {
    /// The guild of a channel, where it is known.
    pub fn guild_of(&self, channel: ChannelId) -> Option<GuildId> {
        self.guilds.read().unwrap_or_else(PoisonError::into_inner).get(&channel).copied()
    }

    /// A channel belongs to a guild, for ever.
    pub fn belongs(&self, channel: ChannelId, guild: GuildId) {
        insert(&self.guilds, channel, guild);
    }

    /// A thread hangs in a channel.
    pub fn thread(&self, thread: ChannelId, parent: ChannelId) {
        insert(&self.threads, thread, parent);
    }

    /// The channel in which a thread hangs; `None` for what is no thread.
    pub fn parent(&self, thread: ChannelId) -> Option<ChannelId> {
        self.threads.read().unwrap_or_else(PoisonError::into_inner).get(&thread).copied()
    }

    /// Whether a thread was opened on a message.
    pub fn has_thread(&self, message: MessageId) -> bool {
        self.parent(ChannelId::new(message.get())).is_some()
    }

    /// A channel or a thread is gone.
    pub fn forget(&self, channel: ChannelId) {
        self.guilds.write().unwrap_or_else(PoisonError::into_inner).remove(&channel);
        self.threads.write().unwrap_or_else(PoisonError::into_inner).remove(&channel);
    }
}

fn insert<V>(map: &RwLock<HashMap<ChannelId, V>>, key: ChannelId, value: V) {
    let mut map = map.write().unwrap_or_else(PoisonError::into_inner);
    if map.len() >= MOST {
        map.clear();
    }
    map.insert(key, value);
}
