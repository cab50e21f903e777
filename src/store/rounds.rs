//! Rounds as stored: reading them one by one, by channel, by what is open or due.

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, any::AnyRow};

use super::{
    Store, StoreError,
    rows::{Columns as _, readable},
};
use crate::quiz::{
    asked::Asked,
    id::{ChannelId, MessageRef, RoundId, ScheduleId, SpaceId},
    round::{Rules, State},
};

/// A stored round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// The store's number.
    pub id: RoundId,
    /// Its space.
    pub space: SpaceId,
    /// Where it is asked.
    pub channel: ChannelId,
    /// By which schedule; `None` for one that a host asked.
    pub schedule: Option<ScheduleId>,
    /// The question as asked.
    pub asked: Asked,
    /// How it is played.
    pub rules: Rules,
    /// Where it stands.
    pub state: State,
    /// Its message, once known.
    pub message: Option<MessageRef>,
    /// When its message's reference was stored.
    pub opened: Option<Timestamp>,
    /// When it closes.
    pub closes: Option<Timestamp>,
    /// When it was closed or cancelled.
    pub ended: Option<Timestamp>,
}

/// Selects rounds; what is handed in follows `FROM rounds`.
pub(super) fn select(rest: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!(
        "SELECT id, space, channel, schedule, asked, rules, state, message_channel, message, opened, closes, ended \
         FROM rounds {rest}"
    ))
}

/// Reads a row of [`select`].
pub(super) fn read(row: &AnyRow) -> sqlx::Result<Round> {
    let channel = row.maybe_text("message_channel")?.map(ChannelId::new);
    let message = channel.zip(row.maybe_text("message")?).map(|(channel, id)| MessageRef { channel, id });
    Ok(Round {
        id: RoundId(row.number("id")?),
        space: SpaceId::new(row.text("space")?),
        channel: ChannelId::new(row.text("channel")?),
        schedule: row.maybe_number("schedule")?.map(ScheduleId),
        asked: row.json("asked")?,
        rules: row.json("rules")?,
        state: row.word("state")?,
        message,
        opened: row.maybe_at("opened")?,
        closes: row.maybe_at("closes")?,
        ended: row.maybe_at("ended")?,
    })
}

impl Store {
    /// A round.
    pub async fn round(&self, id: RoundId) -> Result<Option<Round>, StoreError> {
        let row = sqlx::query(select("WHERE id = $1")).bind(id.0).fetch_optional(&self.db.read).await?;
        Ok(row.as_ref().map(read).transpose()?)
    }

    /// The round whose question is this message.
    pub async fn round_of(&self, message: &MessageRef) -> Result<Option<Round>, StoreError> {
        let row = sqlx::query(select("WHERE message_channel = $1 AND message = $2"))
            .bind(message.channel.as_str())
            .bind(message.id.as_str())
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.as_ref().map(read).transpose()?)
    }

    /// The rounds in state `Open`, soonest to close first; of one space or of all.
    pub async fn open_rounds(&self, space: Option<&SpaceId>) -> Result<Vec<Round>, StoreError> {
        let rows = sqlx::query(select("WHERE state = 'open' AND ($1 IS NULL OR space = $1) ORDER BY closes, id"))
            .bind(space.map(SpaceId::as_str))
            .fetch_all(&self.db.read)
            .await?;
        Ok(readable("rounds", &rows, read)?)
    }

    /// The rounds last asked in a channel, newest first.
    pub async fn recent_rounds(&self, channel: &ChannelId, limit: u32) -> Result<Vec<Round>, StoreError> {
        let rows = sqlx::query(select("WHERE channel = $1 ORDER BY id DESC LIMIT $2"))
            .bind(channel.as_str())
            .bind(i64::from(limit))
            .fetch_all(&self.db.read)
            .await?;
        Ok(readable("rounds", &rows, read)?)
    }

    /// The schedule that asked a round, also where the round itself cannot be read any more.
    pub async fn schedule_of(&self, id: RoundId) -> Result<Option<ScheduleId>, StoreError> {
        let row =
            sqlx::query("SELECT schedule FROM rounds WHERE id = $1").bind(id.0).fetch_optional(&self.db.read).await?;
        Ok(row.map(|row| row.maybe_number("schedule")).transpose()?.flatten().map(ScheduleId))
    }
}
