//! Closing rounds: settles points and puts the ending and the reveal into the outbox.

use jiff::Timestamp;

use super::Inner;
use crate::{
    quiz::points::{Merit, award},
    store::{AwardRow, Entered, Round, StoreError},
};

impl Inner {
    /// Closes the rounds whose window is over and whose answers were read back. When the next one is due.
    pub(super) async fn close_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let mut first_error = None;
        let mut next = None::<Timestamp>;
        for round in self.store.open_rounds(None).await? {
            let Some(closes) = round.closes else { continue };
            if closes > now {
                next = Some(next.map_or(closes, |next| next.min(closes)));
            } else if !self.awaits(&round)
                && let Err(error) = self.close(&round, now).await
            {
                first_error.get_or_insert(error);
            }
        }
        first_error.map_or(Ok(next), Err)
    }

    /// Closes one round. False where it was not open any more.
    pub(super) async fn close(&self, round: &Round, now: Timestamp) -> Result<bool, StoreError> {
        let zone = self.memory.zone(&round.space);
        let closed = self.store.close_round(round.id, &zone, now, settle).await?.is_some();
        self.back.forget(round.id);
        if closed {
            tracing::info!(round = round.id.0, channel = %round.channel, "closed a round");
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
