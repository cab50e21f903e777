//! Asking: slot, draw, round and the question's place in the outbox, in one transaction.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::{
    Store, StoreError, accepted,
    database::{Database, Tx},
    outbox,
    rows::{Columns as _, json, ms, word},
};
use crate::quiz::{
    asked::Asked,
    draw::History,
    id::{CardId, ChannelId, DeckId, RoundId, ScheduleId, SpaceId},
    round::Rules,
    schedule::due::SkipReason,
};

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

impl SlotKey {
    /// As stored: no firing time is 0.
    fn number(self) -> i64 {
        match self {
            Self::Start => 0,
            Self::At(at) => ms(at),
        }
    }
}

/// What the draw decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The snapshot.
    pub asked: Asked,
    /// How it is played.
    pub rules: Rules,
    /// The draw's cycle, as [`crate::quiz::draw::Drawn`] has it.
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

impl Store {
    /// In one transaction: takes the slot, reads the channel's history of this deck, draws (`draw` is pure), stores the round in state
    /// `Posting` and puts its question into the outbox.
    pub async fn ask<F>(&self, ask: &NewAsk, now: Timestamp, draw: F) -> Result<AskOutcome, StoreError>
    where
        F: FnOnce(&History) -> Option<Draft> + Send,
    {
        let mut tx = self.db.begin().await?;
        if let Some((schedule, slot)) = ask.slot
            && !take_slot(&self.db, &mut tx, schedule, slot).await?
        {
            tx.rollback().await?;
            return Ok(AskOutcome::Lost);
        }
        // Two schedules of one channel must not draw the same card at the same moment.
        self.db.turn(&mut tx, &format!("draw in {}", ask.channel)).await?;
        // What a host accepts meanwhile is in this question, or is put into it.
        self.db.turn(&mut tx, &accepted::decisions_in(&ask.space)).await?;
        let outcome = match draw(&history(&mut tx, ask).await?) {
            Some(draft) => AskOutcome::Asked(insert(&mut tx, ask, &draft, now).await?),
            None => AskOutcome::NoCard,
        };
        if let Some((schedule, slot)) = ask.slot {
            let (round, skipped) = match outcome {
                AskOutcome::Asked(round) => (Some(round.0), None),
                _ => (None, Some(word(&SkipReason::NoCard)?)),
            };
            sqlx::query("UPDATE slots SET round = $3, skipped = $4 WHERE schedule = $1 AND slot = $2")
                .bind(schedule.0)
                .bind(slot.number())
                .bind(round)
                .bind(skipped)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(outcome)
    }

    /// Whether a slot is asked or skipped for good.
    pub async fn is_settled(&self, schedule: ScheduleId, slot: SlotKey) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT slot FROM slots WHERE schedule = $1 AND slot = $2")
            .bind(schedule.0)
            .bind(slot.number())
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.is_some())
    }
}

/// Takes a slot, unless somebody else has it or is about to, or the schedule is gone; moves the schedule's `settled` on.
async fn take_slot(db: &Database, tx: &mut Tx, schedule: ScheduleId, slot: SlotKey) -> sqlx::Result<bool> {
    let live = format!("SELECT id FROM schedules WHERE id = $1 AND retired = 0{}", db.dialect.claimed());
    if sqlx::query(sqlx::AssertSqlSafe(live)).bind(schedule.0).fetch_optional(&mut **tx).await?.is_none() {
        return Ok(false);
    }
    let taken = sqlx::query("INSERT INTO slots (schedule, slot) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(schedule.0)
        .bind(slot.number())
        .execute(&mut **tx)
        .await?;
    if taken.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("UPDATE schedules SET settled = $2 WHERE id = $1 AND settled < $2")
        .bind(schedule.0)
        .bind(slot.number())
        .execute(&mut **tx)
        .await?;
    Ok(true)
}

/// The slot of a round that nobody will ever see was skipped.
pub(super) async fn skip(tx: &mut Tx, round: RoundId, reason: SkipReason) -> sqlx::Result<()> {
    sqlx::query("UPDATE slots SET round = NULL, skipped = $2 WHERE round = $1")
        .bind(round.0)
        .bind(word(&reason)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What was asked from a deck in a channel. A question that nobody ever saw does not count.
async fn history(tx: &mut Tx, ask: &NewAsk) -> sqlx::Result<History> {
    let rows = sqlx::query(
        "SELECT id, card, number FROM rounds WHERE id IN (
             SELECT MAX(id) FROM rounds
             WHERE channel = $1 AND deck = $2 AND NOT (state = 'cancelled' AND message IS NULL)
             GROUP BY card)",
    )
    .bind(ask.channel.as_str())
    .bind(ask.deck.as_str())
    .fetch_all(&mut **tx)
    .await?;
    let turn = |row: &AnyRow| Ok((CardId::new(row.text("card")?), (row.number("id")?, row.small("number")?)));
    let cards = rows.iter().map(turn).collect::<sqlx::Result<_>>()?;
    let held = accepted::held(tx, &ask.space, &ask.deck).await?;
    let accepted = accepted::accepted(tx, &ask.space, &ask.deck).await?;
    let Some((schedule, _)) = ask.slot else { return Ok(History { cards, cycle: None, held, accepted }) };
    let latest = sqlx::query(
        "SELECT cycle FROM rounds WHERE schedule = $1 AND channel = $2 AND deck = $3 ORDER BY id DESC LIMIT 1",
    )
    .bind(schedule.0)
    .bind(ask.channel.as_str())
    .bind(ask.deck.as_str())
    .fetch_optional(&mut **tx)
    .await?;
    let cycle = latest.map_or(Ok(0), |row| row.number("cycle"))?;
    Ok(History { cards, cycle: Some(cycle), held, accepted })
}

async fn insert(tx: &mut Tx, ask: &NewAsk, draft: &Draft, now: Timestamp) -> sqlx::Result<RoundId> {
    let row = sqlx::query(
        "INSERT INTO rounds (space, channel, schedule, deck, card, topic, number, cycle, asked, rules, state, created)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'posting', $11) RETURNING id",
    )
    .bind(ask.space.as_str())
    .bind(ask.channel.as_str())
    .bind(ask.slot.map(|(schedule, _)| schedule.0))
    .bind(ask.deck.as_str())
    .bind(draft.asked.card.as_str())
    .bind(draft.asked.topic.as_str())
    .bind(i64::from(draft.asked.number))
    .bind(draft.cycle)
    .bind(json(&draft.asked)?)
    .bind(json(&draft.rules)?)
    .bind(ms(now))
    .fetch_one(&mut **tx)
    .await?;
    let round = RoundId(row.number("id")?);
    outbox::put(tx, &ask.channel, outbox::Kind::Question, round, now, Some(ask.expires)).await?;
    Ok(round)
}
