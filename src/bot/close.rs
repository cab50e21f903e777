//! Closing rounds: settles points and puts the ending and the reveal into the outbox.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{Inner, scheduler::later};
use crate::{
    quiz::{
        id::ChannelId,
        points::{Merit, award},
    },
    store::{AwardRow, Entered, Round, StoreError},
};

/// How long a channel's next question waits for the end of the one before.
const BEFORE_THE_NEXT: SignedDuration = SignedDuration::from_mins(2);

/// What is left after the rounds that are due were closed.
#[derive(Default)]
pub(super) struct Closing {
    /// When to look again.
    pub(super) next: Option<Timestamp>,
    /// Channels in which a round is about to end: its reveal comes before their next question.
    pub(super) ending: BTreeSet<ChannelId>,
}

impl Inner {
    /// Closes the rounds whose window is over and whose answers were read back.
    pub(super) async fn close_due(&self, now: Timestamp) -> Result<Closing, StoreError> {
        let mut first_error = None;
        let mut closing = Closing::default();
        for round in self.store.open_rounds(None).await? {
            let Some(closes) = round.closes else { continue };
            let look_again = if closes > now {
                closes
            } else if self.awaits(&round, closes) {
                let patient_until = later(closes, BEFORE_THE_NEXT);
                if patient_until <= now {
                    continue;
                }
                closing.ending.insert(round.channel);
                patient_until
            } else {
                if let Err(error) = self.close(&round, now).await {
                    first_error.get_or_insert(error);
                }
                continue;
            };
            closing.next = closing.next.into_iter().chain([look_again]).min();
        }
        first_error.map_or(Ok(closing), Err)
    }

    /// Closes one round. False where it was not open any more.
    pub(super) async fn close(&self, round: &Round, now: Timestamp) -> Result<bool, StoreError> {
        let zone = self.memory.zone(&round.space);
        let closed = self.store.close_round(round.id, &zone, now, settle).await?.is_some();
        self.back.forget(round.id);
        self.threads.forget(round.id);
        if closed {
            tracing::info!(round = round.id.0, channel = %round.channel, "closed a round");
            self.count_round(round.channel.face(), "closed");
            self.wakes.outbox.notify_one();
        }
        Ok(closed)
    }
}

/// What everyone earned whose answer stands.
pub(super) fn settle(round: &Round, entered: &[Entered]) -> Vec<AwardRow> {
    let opened = round.opened.unwrap_or(Timestamp::UNIX_EPOCH).as_millisecond();
    let earned = |entered: &Entered| {
        let credit = entered.verdict.as_ref()?.credit;
        let merit = Merit {
            credit,
            level: round.asked.level,
            taken_ms: (entered.at.as_millisecond() - opened).max(0),
            window_ms: round.rules.window_ms,
            streak: entered.streak,
        };
        Some(AwardRow { player: entered.player.clone(), credit, award: award(&merit, round.rules.weights) })
    };
    entered.iter().filter_map(earned).collect()
}
