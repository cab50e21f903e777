//! Rounds: drawn and stored in one transaction with their slot and their place in the outbox; closed and settled in another.

use jiff::Timestamp;

use super::{Store, StoreError, answers::Entered};
use crate::quiz::{
    asked::Asked,
    draw::History,
    id::{ChannelId, DeckId, MessageRef, PlayerId, RoundId, ScheduleId, SpaceId},
    points::Award,
    round::{Rules, State},
    verdict::Credit,
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

/// What to ask, before the card is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAsk {
    /// The space.
    pub space: SpaceId,
    /// Where.
    pub channel: ChannelId,
    /// From which deck, for the history.
    pub deck: DeckId,
    /// The slot that this settles; `None` where a host asks.
    pub slot: Option<(ScheduleId, SlotKey)>,
    /// The post is cancelled when it could not be made by then.
    pub expires: Timestamp,
}

/// One slot of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKey {
    /// The one question that `ask_on_start` asks, once ever.
    Start,
    /// A firing time. Asking also moves the schedule's `settled` on to it.
    At(Timestamp),
}

/// What the draw decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The snapshot.
    pub asked: Asked,
    /// How it is played.
    pub rules: Rules,
    /// The draw's cycle.
    pub cycle: i64,
}

/// What became of an ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskOutcome {
    /// The round is stored and its question is in the outbox.
    Asked(RoundId),
    /// Somebody else settled this slot.
    Lost,
    /// There was nothing to draw; the slot is stored as skipped for that reason.
    NoCard,
}

/// What a player earned in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardRow {
    /// Who.
    pub player: PlayerId,
    /// How right they were.
    pub credit: Credit,
    /// What it earned.
    pub award: Award,
}

impl Store {
    /// In one transaction: takes the slot, reads the channel's history of this deck, draws (`draw` is pure), stores the round in state
    /// `Posting` and puts its question into the outbox.
    pub async fn ask<F>(&self, ask: &NewAsk, now: Timestamp, draw: F) -> Result<AskOutcome, StoreError>
    where
        F: FnOnce(&History) -> Option<Draft> + Send,
    {
        let _ = (ask, now, draw);
        todo!()
    }

    /// A round.
    pub async fn round(&self, id: RoundId) -> Result<Option<Round>, StoreError> {
        let _ = id;
        todo!()
    }

    /// The round whose question is this message.
    pub async fn round_of(&self, message: &MessageRef) -> Result<Option<Round>, StoreError> {
        let _ = message;
        todo!()
    }

    /// The rounds in state `Open`, soonest to close first; of one space or of all.
    pub async fn open_rounds(&self, space: Option<&SpaceId>) -> Result<Vec<Round>, StoreError> {
        let _ = space;
        todo!()
    }

    /// The rounds last asked in a channel, newest first.
    pub async fn recent_rounds(&self, channel: &ChannelId, limit: u32) -> Result<Vec<Round>, StoreError> {
        let _ = (channel, limit);
        todo!()
    }

    /// The open rounds whose window has ended at `now`.
    pub async fn rounds_to_close(&self, now: Timestamp) -> Result<Vec<RoundId>, StoreError> {
        let _ = now;
        todo!()
    }

    /// Closes an open round in one transaction: `settle` (pure) makes the awards from what was entered; awards and standings (today, week,
    /// month, each season that counts it, all; keys by the opening moment in the space's zone `zone`) are stored; the edit of
    /// the question and the reveal go into the outbox. `None` where it was not open any more.
    pub async fn close_round<F>(
        &self,
        id: RoundId,
        zone: &jiff::tz::TimeZone,
        now: Timestamp,
        settle: F,
    ) -> Result<Option<Round>, StoreError>
    where
        F: FnOnce(&Round, &[Entered]) -> Vec<AwardRow> + Send,
    {
        let _ = (id, zone, now, settle);
        todo!()
    }

    /// Cancels a round that is posting or open: it counts for nothing. Its question's message is edited through the outbox. False where
    /// it had ended before.
    pub async fn cancel_round(&self, id: RoundId, now: Timestamp) -> Result<bool, StoreError> {
        let _ = (id, now);
        todo!()
    }

    /// The awards of a closed round, most points first, then by name; hidden players left out.
    pub async fn awards(&self, id: RoundId) -> Result<Vec<(AwardRow, String)>, StoreError> {
        let _ = id;
        todo!()
    }
}
