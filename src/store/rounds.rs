//! Rounds as stored: reading them one by one, by channel, by what is open or due.

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, any::AnyRow};

use super::{
    Store, StoreError,
    rows::{Columns as _, ms, readable},
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

    /// The latest closed round before this one in its channel; cancelled ones count for nothing.
    pub async fn closed_before(&self, round: &Round) -> Result<Option<Round>, StoreError> {
        let row = sqlx::query(select("WHERE channel = $1 AND id < $2 AND state = 'closed' ORDER BY id DESC LIMIT 1"))
            .bind(round.channel.as_str())
            .bind(round.id.0)
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.as_ref().map(read).transpose()?)
    }

    /// The space of a round and the schedule that asked it, also where the round itself cannot be read any more.
    pub async fn asked_for(&self, id: RoundId) -> Result<Option<(SpaceId, Option<ScheduleId>)>, StoreError> {
        let row = sqlx::query("SELECT space, schedule FROM rounds WHERE id = $1")
            .bind(id.0)
            .fetch_optional(&self.db.read)
            .await?;
        let read = |row: AnyRow| -> sqlx::Result<_> {
            Ok((SpaceId::new(row.text("space")?), row.maybe_number("schedule")?.map(ScheduleId)))
        };
        Ok(row.map(read).transpose()?)
    }

    /// The channels of a space in which the last question was asked by a host, not before `since`, and could not be posted; and why.
    pub async fn unasked(&self, space: &SpaceId, since: Timestamp) -> Result<Vec<(ChannelId, String)>, StoreError> {
        let rows = sqlx::query(
            "SELECT r.channel, o.trouble FROM rounds r JOIN outbox o ON o.round = r.id AND o.kind = 'question'
             WHERE r.space = $1 AND r.schedule IS NULL AND r.state = 'cancelled' AND r.created >= $2
               AND o.settled IS NOT NULL AND o.trouble IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM rounds n WHERE n.channel = r.channel AND n.id > r.id AND n.state <> 'posting')
             ORDER BY r.id",
        )
        .bind(space.as_str())
        .bind(ms(since))
        .fetch_all(&self.db.read)
        .await?;
        rows.iter().map(|row| Ok((ChannelId::new(row.text("channel")?), row.text("trouble")?))).collect()
    }
}
