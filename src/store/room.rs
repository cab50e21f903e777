//! The web room's own memory: accounts, messages and reactions, as a platform would keep them. Only `chat::web` uses it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, any::AnyRow};

use super::{
    Store, StoreError,
    database::Tx,
    rows::{Columns as _, ms, places},
};

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
        let joined = sqlx::query(
            "INSERT INTO room_accounts (token_hash, name, folded, admin, at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING",
        )
        .bind(token_hash)
        .bind(name)
        .bind(folded)
        .bind(i64::from(admin))
        .bind(ms(now))
        .execute(&self.db.write)
        .await?;
        Ok(joined.rows_affected() > 0)
    }

    /// The account of a cookie's hash.
    pub async fn room_account(&self, token_hash: &str) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query("SELECT name, admin FROM room_accounts WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(&self.db.read)
            .await?;
        let read = |row: AnyRow| -> sqlx::Result<Account> {
            Ok(Account { name: row.text("name")?, admin: row.flag("admin")? })
        };
        Ok(row.map(read).transpose()?)
    }

    /// Makes an account admin, or not.
    pub async fn room_set_admin(&self, name: &str, admin: bool) -> Result<(), StoreError> {
        sqlx::query("UPDATE room_accounts SET admin = $2 WHERE name = $1")
            .bind(name)
            .bind(i64::from(admin))
            .execute(&self.db.write)
            .await?;
        Ok(())
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
        let mut tx = self.db.begin().await?;
        let posted = sqlx::query(
            "INSERT INTO room_messages (channel, author, key, body, reply_to, at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (key) DO NOTHING RETURNING id",
        )
        .bind(channel)
        .bind(author)
        .bind(key)
        .bind(body)
        .bind(reply_to)
        .bind(ms(now))
        .fetch_optional(&mut *tx)
        .await?;
        let row = match posted {
            Some(row) => row,
            None => sqlx::query("SELECT id FROM room_messages WHERE key = $1").bind(key).fetch_one(&mut *tx).await?,
        };
        tx.commit().await?;
        Ok(row.number("id")?)
    }

    /// Replaces a message's body. False where there is no such message.
    pub async fn room_edit(&self, id: i64, body: &str, now: Timestamp) -> Result<bool, StoreError> {
        let edited = sqlx::query("UPDATE room_messages SET body = $2, edited = $3 WHERE id = $1")
            .bind(id)
            .bind(body)
            .bind(ms(now))
            .execute(&self.db.write)
            .await?;
        Ok(edited.rows_affected() > 0)
    }

    /// The message with this key.
    pub async fn room_find(&self, key: &str) -> Result<Option<i64>, StoreError> {
        let row =
            sqlx::query("SELECT id FROM room_messages WHERE key = $1").bind(key).fetch_optional(&self.db.read).await?;
        Ok(row.map(|row| row.number("id")).transpose()?)
    }

    /// One message.
    pub async fn room_message(&self, id: i64) -> Result<Option<RoomMessage>, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let rows = sqlx::query(select("WHERE id = $1")).bind(id).fetch_all(&mut *tx).await?;
        Ok(with_reactions(&mut tx, rows).await?.pop())
    }

    /// The `limit` newest messages of a channel before `before`, oldest first.
    pub async fn room_messages(
        &self,
        channel: &str,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<RoomMessage>, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let mut rows = sqlx::query(select("WHERE channel = $1 AND id < $2 ORDER BY id DESC LIMIT $3"))
            .bind(channel)
            .bind(before.unwrap_or(i64::MAX))
            .bind(i64::from(limit))
            .fetch_all(&mut *tx)
            .await?;
        rows.reverse();
        Ok(with_reactions(&mut tx, rows).await?)
    }

    /// The replies to a message, oldest first.
    pub async fn room_replies(&self, id: i64) -> Result<Vec<RoomMessage>, StoreError> {
        let mut tx = self.db.snapshot().await?;
        let rows = sqlx::query(select("WHERE reply_to = $1 ORDER BY id")).bind(id).fetch_all(&mut *tx).await?;
        Ok(with_reactions(&mut tx, rows).await?)
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
        let change = if on {
            "INSERT INTO room_reactions (message, name, option, at)
             SELECT id, $2, $3, $4 FROM room_messages WHERE id = $1 ON CONFLICT DO NOTHING"
        } else {
            "DELETE FROM room_reactions WHERE message = $1 AND name = $2 AND option = $3 AND $4 = $4"
        };
        let changed = sqlx::query(change)
            .bind(id)
            .bind(name)
            .bind(i64::from(option))
            .bind(ms(now))
            .execute(&self.db.write)
            .await?;
        Ok(changed.rows_affected() > 0)
    }

    /// The channels that have messages, by name.
    pub async fn room_channels(&self) -> Result<Vec<String>, StoreError> {
        let rows =
            sqlx::query("SELECT DISTINCT channel FROM room_messages ORDER BY channel").fetch_all(&self.db.read).await?;
        Ok(rows.iter().map(|row| row.text("channel")).collect::<sqlx::Result<_>>()?)
    }
}

fn select(rest: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("SELECT id, channel, author, key, body, reply_to, at, edited FROM room_messages {rest}"))
}

/// Messages whose reactions are read in one statement: SQLite binds 32,766 values at most.
const AT_ONCE: usize = 1_000;

/// Reads rows of [`select`], with the reactions that stand on them.
async fn with_reactions(tx: &mut Tx, rows: Vec<AnyRow>) -> sqlx::Result<Vec<RoomMessage>> {
    let mut reactions: BTreeMap<i64, Vec<(u8, String)>> = BTreeMap::new();
    for some in rows.chunks(AT_ONCE) {
        let of_these = format!(
            "SELECT message, option, name FROM room_reactions WHERE message IN (VALUES {}) ORDER BY id",
            places(0, some.len(), 1)
        );
        let mut query = sqlx::query(AssertSqlSafe(of_these)).persistent(false);
        for row in some {
            query = query.bind(row.number("id")?);
        }
        for row in query.fetch_all(&mut **tx).await? {
            reactions.entry(row.number("message")?).or_default().push((row.small("option")?, row.text("name")?));
        }
    }
    let read = |row: &AnyRow| {
        let id = row.number("id")?;
        Ok(RoomMessage {
            id,
            channel: row.text("channel")?,
            author: row.maybe_text("author")?,
            key: row.maybe_text("key")?,
            body: row.text("body")?,
            reply_to: row.maybe_number("reply_to")?,
            at: row.at("at")?,
            edited: row.maybe_at("edited")?,
            reactions: reactions.remove(&id).unwrap_or_default(),
        })
    };
    rows.iter().map(read).collect()
}
