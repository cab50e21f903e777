//! The outbox: what has to be said on a platform. `attempting` is committed before the platform is called; an attempt whose lease ran
//! out is handed out again as unsure, to be settled by *find* first. Per channel, one at a time and in order.

mod put;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, any::AnyRow};

use super::{
    Store, StoreError, ask,
    database::Tx,
    rows::{Columns as _, ms, readable, unreadable},
};
use crate::quiz::{
    id::{ChannelId, MessageRef, RoundId, SeasonId},
    round::Rules,
    schedule::due::SkipReason,
};

pub(super) use put::{Podiums, amend, amend_podiums, drop_waiting, put, put_note, put_podium};

/// The store's number of a parcel, by which its post's key is made, and which attempt this is: what an older attempt says of the
/// parcel counts for nothing once a newer one is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParcelId(pub i64, u32);

/// What a parcel says. The message itself is made from the stored round when it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Post a round's question.
    Question(RoundId),
    /// Edit a round's question after its end (closed or cancelled).
    Ending(RoundId),
    /// Post a round's reveal.
    Reveal(RoundId),
    /// Edit a round's reveal: who is to be named in it has changed.
    Amended(RoundId),
    /// Post who stands on the podium of a season that was frozen.
    Podium(SeasonId),
    /// Edit it: who is to be named in it has changed.
    PodiumAmended(SeasonId),
    /// Post this Markdown.
    Note(String),
}

/// A parcel that was claimed: `attempting` is committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Its number.
    pub id: ParcelId,
    /// Where to.
    pub channel: ChannelId,
    /// What it says.
    pub what: What,
    /// When it was put in.
    pub since: Timestamp,
    /// Cancelled when not sent by then (questions only).
    pub expires: Option<Timestamp>,
    /// Attempts so far, this one counted.
    pub attempts: u32,
    /// An earlier attempt may have reached the platform: find it before sending.
    pub unsure: bool,
}

/// The kinds of parcel, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Question,
    Ending,
    Reveal,
    Amended,
    Note,
}

/// Holds for the parcel `o` that waits and is the oldest of its channel.
const FIRST: &str = "o.settled IS NULL AND NOT EXISTS (
    SELECT 1 FROM outbox e WHERE e.channel = o.channel AND e.settled IS NULL AND e.id < o.id)";

impl Store {
    /// Claims what is due, the oldest of each channel, at most `limit`, for `lease`. On PostgreSQL with `FOR UPDATE SKIP LOCKED`.
    pub async fn claim(&self, now: Timestamp, lease: SignedDuration, limit: u32) -> Result<Vec<Parcel>, StoreError> {
        let claim = format!(
            "WITH due AS (
                 SELECT o.id FROM outbox o
                 WHERE {FIRST} AND o.not_before <= $1 AND (o.lease IS NULL OR o.lease <= $1)
                 ORDER BY o.since, o.id LIMIT $3{})
             UPDATE outbox SET
                 unsure = CASE WHEN lease IS NULL THEN unsure ELSE 1 END,
                 lease = $2,
                 attempts = attempts + 1
             WHERE id IN (SELECT id FROM due)
             RETURNING id, channel, kind, round, season, body, since, expires, attempts, unsure",
            self.db.dialect.claimed()
        );
        let rows = sqlx::query(AssertSqlSafe(claim))
            .bind(ms(now))
            .bind(ms(now.saturating_add(lease).map_err(unreadable)?))
            .bind(i64::from(limit))
            .fetch_all(&self.db.write)
            .await?;
        let mut parcels = readable("outbox", &rows, read)?;
        parcels.sort_by_key(|parcel| parcel.id);
        Ok(parcels)
    }

    /// The parcel was sent (or found). A question's round opens: its window runs from `now`.
    pub async fn sent(&self, id: ParcelId, message: &MessageRef, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        match settle(&mut tx, id, now, None).await? {
            Some((Kind::Question, Some(round))) => open(&mut tx, round, message, now).await?,
            Some((Kind::Reveal, _)) => {
                sqlx::query("UPDATE outbox SET message_channel = $2, message = $3 WHERE id = $1")
                    .bind(id.0)
                    .bind(message.channel.as_str())
                    .bind(message.id.as_str())
                    .execute(&mut *tx)
                    .await?;
            }
            _ => {}
        }
        tx.commit().await?;
        Ok(())
    }

    /// Not now: try again at `at`. `unsure` where the platform may have taken it.
    pub async fn again(&self, id: ParcelId, at: Timestamp, unsure: bool, why: &str) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE outbox SET not_before = $2, lease = NULL, unsure = $3, trouble = $4
             WHERE id = $1 AND attempts = $5 AND settled IS NULL",
        )
        .bind(id.0)
        .bind(ms(at))
        .bind(i64::from(unsure))
        .bind(why)
        .bind(i64::from(id.1))
        .execute(&self.db.write)
        .await?;
        Ok(())
    }

    /// It will never be sent. A question's round is cancelled and its slot stored as skipped for that reason.
    pub async fn give_up(&self, id: ParcelId, reason: SkipReason, why: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        if let Some((Kind::Question, Some(round))) = settle(&mut tx, id, now, Some(why)).await? {
            let cancel = "UPDATE rounds SET state = 'cancelled', ended = $2 WHERE id = $1 AND state = 'posting'";
            let cancelled = sqlx::query(cancel).bind(round.0).bind(ms(now)).execute(&mut *tx).await?;
            // Else a host was first.
            let reason = if cancelled.rows_affected() > 0 { reason } else { SkipReason::Cancelled };
            ask::skip(&mut tx, round, reason).await?;
            // There is no message that an edit could be of.
            drop_waiting(&mut tx, round, Kind::Ending, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Puts a note into the outbox, once: a second note of the same `once` key is nothing.
    pub async fn note(
        &self,
        channel: &ChannelId,
        markdown: &str,
        once: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        put_note(&mut tx, channel, markdown, once, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The message of a round's reveal, if it was sent.
    pub async fn revealed(&self, round: RoundId) -> Result<Option<MessageRef>, StoreError> {
        let row = sqlx::query(
            "SELECT message_channel, message FROM outbox WHERE round = $1 AND kind = 'reveal' AND message IS NOT NULL",
        )
        .bind(round.0)
        .fetch_optional(&self.db.read)
        .await?;
        Ok(row.as_ref().map(message).transpose()?)
    }

    /// The message of a season's podium in a channel, if it was sent.
    pub async fn podium_message(
        &self,
        season: SeasonId,
        channel: &ChannelId,
    ) -> Result<Option<MessageRef>, StoreError> {
        let row = sqlx::query(
            "SELECT message_channel, message FROM outbox
             WHERE season = $1 AND channel = $2 AND kind = 'reveal' AND message IS NOT NULL",
        )
        .bind(season.0)
        .bind(channel.as_str())
        .fetch_optional(&self.db.read)
        .await?;
        Ok(row.as_ref().map(message).transpose()?)
    }

    /// When the next parcel is due or the next lease runs out, if any waits.
    pub async fn next_parcel(&self) -> Result<Option<Timestamp>, StoreError> {
        let next = format!(
            "SELECT MIN(CASE WHEN lease > not_before THEN lease ELSE not_before END) AS next FROM outbox o WHERE {FIRST}"
        );
        let row = sqlx::query(AssertSqlSafe(next)).fetch_one(&self.db.read).await?;
        Ok(row.maybe_at("next")?)
    }
}

fn message(row: &AnyRow) -> sqlx::Result<MessageRef> {
    Ok(MessageRef { channel: ChannelId::new(row.text("message_channel")?), id: row.text("message")? })
}

fn read(row: &AnyRow) -> sqlx::Result<Parcel> {
    let round = row.maybe_number("round")?.map(RoundId);
    let season = row.maybe_number("season")?.map(SeasonId);
    let what = match (row.word("kind")?, round, season) {
        (Kind::Question, Some(round), _) => What::Question(round),
        (Kind::Ending, Some(round), _) => What::Ending(round),
        (Kind::Reveal, Some(round), _) => What::Reveal(round),
        (Kind::Amended, Some(round), _) => What::Amended(round),
        (Kind::Reveal, None, Some(season)) => What::Podium(season),
        (Kind::Amended, None, Some(season)) => What::PodiumAmended(season),
        (Kind::Note, ..) => What::Note(row.text("body")?),
        (kind, None, _) => return Err(unreadable(format!("a parcel of kind {kind:?} names no round"))),
    };
    let attempts = row.small("attempts")?;
    Ok(Parcel {
        id: ParcelId(row.number("id")?, attempts),
        channel: ChannelId::new(row.text("channel")?),
        what,
        since: row.at("since")?,
        expires: row.maybe_at("expires")?,
        attempts,
        unsure: row.flag("unsure")?,
    })
}

/// Ends a parcel's time in the outbox; what it was, unless it had ended before or a newer attempt is under way. What a note said is
/// kept no longer: it may name people.
async fn settle(
    tx: &mut Tx,
    id: ParcelId,
    now: Timestamp,
    trouble: Option<&str>,
) -> sqlx::Result<Option<(Kind, Option<RoundId>)>> {
    let row = sqlx::query(
        "UPDATE outbox SET settled = $2, lease = NULL, body = NULL, trouble = $3
         WHERE id = $1 AND attempts = $4 AND settled IS NULL RETURNING kind, round",
    )
    .bind(id.0)
    .bind(ms(now))
    .bind(trouble)
    .bind(i64::from(id.1))
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| Ok((row.word("kind")?, row.maybe_number("round")?.map(RoundId)))).transpose()
}

/// Stores a question's message. Its round opens, unless it was cancelled while the post was under way.
async fn open(tx: &mut Tx, round: RoundId, message: &MessageRef, now: Timestamp) -> sqlx::Result<()> {
    let row = sqlx::query(
        "UPDATE rounds SET message_channel = $2, message = $3 WHERE id = $1 AND message IS NULL RETURNING rules",
    )
    .bind(round.0)
    .bind(message.channel.as_str())
    .bind(message.id.as_str())
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let rules: Rules = row.json("rules")?;
    sqlx::query("UPDATE rounds SET state = 'open', opened = $2, closes = $3 WHERE id = $1 AND state = 'posting'")
        .bind(round.0)
        .bind(ms(now))
        .bind(ms(now.saturating_add(rules.window()).map_err(unreadable)?))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
