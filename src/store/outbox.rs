//! The outbox: what has to be said on a platform. `attempting` is committed before the platform is called; an attempt whose lease ran
//! out is handed out again as unsure, to be settled by *find* first. Per channel, one at a time and in order.

use jiff::{SignedDuration, Timestamp};

use super::{Store, StoreError};
use crate::quiz::id::{ChannelId, MessageRef, RoundId};

/// The store's number of a parcel; its post's key is made from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParcelId(pub i64);

/// What a parcel says. The message itself is made from the stored round when it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Post a round's question.
    Question(RoundId),
    /// Edit a round's question after its end (closed or cancelled).
    Ending(RoundId),
    /// Post a round's reveal.
    Reveal(RoundId),
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

impl Store {
    /// Claims what is due, the oldest of each channel, at most `limit`, for `lease`. On PostgreSQL with `FOR UPDATE SKIP LOCKED`.
    pub async fn claim(&self, now: Timestamp, lease: SignedDuration, limit: u32) -> Result<Vec<Parcel>, StoreError> {
        let _ = (now, lease, limit);
        todo!()
    }

    /// The parcel was sent (or found). A question's round opens: its window runs from `now`.
    pub async fn sent(&self, id: ParcelId, message: &MessageRef, now: Timestamp) -> Result<(), StoreError> {
        let _ = (id, message, now);
        todo!()
    }

    /// Not now: try again at `at`. `unsure` where the platform may have taken it.
    pub async fn again(&self, id: ParcelId, at: Timestamp, unsure: bool, why: &str) -> Result<(), StoreError> {
        let _ = (id, at, unsure, why);
        todo!()
    }

    /// It will never be sent. A question's round is cancelled and its slot stored as skipped for that reason.
    pub async fn give_up(
        &self,
        id: ParcelId,
        reason: crate::quiz::schedule::due::SkipReason,
        why: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let _ = (id, reason, why, now);
        todo!()
    }

    /// Puts a note into the outbox, once: a second note of the same `once` key is nothing.
    pub async fn note(
        &self,
        channel: &ChannelId,
        markdown: &str,
        once: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let _ = (channel, markdown, once, now);
        todo!()
    }

    /// When the next parcel is due or the next lease runs out, if any waits.
    pub async fn next_parcel(&self) -> Result<Option<Timestamp>, StoreError> {
        todo!()
    }
}
