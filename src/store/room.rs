//! The web room's own memory: accounts, messages and reactions, as a platform would keep them. Only `chat::web` uses it.

use jiff::Timestamp;

use super::{Store, StoreError};

/// Who a secret cookie belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The name, unique when folded.
    pub name: String,
    /// Whether they opened the admin link.
    pub admin: bool,
}

/// A message in the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomMessage {
    /// Counts up over all channels.
    pub id: i64,
    /// The channel's local name, such as `daily-quiz`.
    pub channel: String,
    /// Who wrote it; `None` is the bot.
    pub author: Option<String>,
    /// The bot's post key, to find it again.
    pub key: Option<String>,
    /// JSON that the web face understands.
    pub body: String,
    /// The message it answers.
    pub reply_to: Option<i64>,
    /// When it was posted.
    pub at: Timestamp,
    /// When it was edited last.
    pub edited: Option<Timestamp>,
    /// Standing reactions: option number and who, oldest first.
    pub reactions: Vec<(u8, String)>,
}

impl Store {
    /// Makes an account of this name for the holder of a cookie (given as its hash). False where the folded name is taken.
    pub async fn room_join(
        &self,
        name: &str,
        folded: &str,
        token_hash: &str,
        admin: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let _ = (name, folded, token_hash, admin, now);
        todo!()
    }

    /// The account of a cookie's hash.
    pub async fn room_account(&self, token_hash: &str) -> Result<Option<Account>, StoreError> {
        let _ = token_hash;
        todo!()
    }

    /// Makes an account admin, or not.
    pub async fn room_set_admin(&self, name: &str, admin: bool) -> Result<(), StoreError> {
        let _ = (name, admin);
        todo!()
    }

    /// Whether an account of this name is admin.
    pub async fn room_is_admin(&self, name: &str) -> Result<bool, StoreError> {
        let _ = name;
        todo!()
    }

    /// Posts a message, once per key where it has one: a second with the same key gives the first one's id.
    pub async fn room_post(
        &self,
        channel: &str,
        author: Option<&str>,
        key: Option<&str>,
        body: &str,
        reply_to: Option<i64>,
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        let _ = (channel, author, key, body, reply_to, now);
        todo!()
    }

    /// Replaces a message's body. False where there is no such message.
    pub async fn room_edit(&self, id: i64, body: &str, now: Timestamp) -> Result<bool, StoreError> {
        let _ = (id, body, now);
        todo!()
    }

    /// The message with this key.
    pub async fn room_find(&self, key: &str) -> Result<Option<i64>, StoreError> {
        let _ = key;
        todo!()
    }

    /// One message.
    pub async fn room_message(&self, id: i64) -> Result<Option<RoomMessage>, StoreError> {
        let _ = id;
        todo!()
    }

    /// The `limit` newest messages of a channel before `before`, oldest first.
    pub async fn room_messages(
        &self,
        channel: &str,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<RoomMessage>, StoreError> {
        let _ = (channel, before, limit);
        todo!()
    }

    /// The replies to a message, oldest first.
    pub async fn room_replies(&self, id: i64) -> Result<Vec<RoomMessage>, StoreError> {
        let _ = id;
        todo!()
    }

    /// Puts a reaction there or takes it away. False where nothing changed.
    pub async fn room_react(
        &self,
        id: i64,
        name: &str,
        option: u8,
        on: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let _ = (id, name, option, on, now);
        todo!()
    }

    /// The channels that have messages, by name.
    pub async fn room_channels(&self) -> Result<Vec<String>, StoreError> {
        todo!()
    }

    /// A value that the room keeps for itself (the hash of the admin link's secret).
    pub async fn room_secret(&self, name: &str) -> Result<Option<String>, StoreError> {
        let _ = name;
        todo!()
    }

    /// Keeps a value.
    pub async fn room_set_secret(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let _ = (name, value);
        todo!()
    }
}
