//! `/kquiz round …`: only rounds of the caller's space.

use crate::{
    bot::{
        Inner,
        commands::named::Stop,
        message::{scores, view},
    },
    chat::{Caller, Reply, command::Who, words},
    quiz::{id::RoundId, round::State},
    store::Round,
};

impl Inner {
    pub(super) async fn round_show(&self, caller: &Caller, id: Option<RoundId>) -> Result<Reply, Stop> {
        let round = self.own_round(caller, id).await?;
        let entered = self.store.entries(round.id).await?;
        let answered = entered.iter().filter(|entered| entered.verdict.is_some()).count();
        let awards = self.store.awards(round.id).await?;
        let scores = scores(&round, &entered, &awards);
        let shown = words::rounds::show(&view(&round), round.state, answered, &scores, self.clock.now());
        Ok(if self.may(caller, Who::Host) { self.with_log(&round, shown).await? } else { shown })
    }

    /// The reply, with what hosts changed of the round.
    async fn with_log(&self, round: &Round, reply: Reply) -> Result<Reply, Stop> {
        let corrections = self.store.corrections(round.id).await?;
        if corrections.is_empty() {
            return Ok(reply);
        }
        let lines: Vec<_> =
            corrections.iter().map(|one| (one.what.as_str(), one.by.as_deref(), one.why.as_str(), one.at)).collect();
        let log = words::corrections::log(&lines, &self.memory.zone(&round.space));
        Ok(Reply { text: format!("{}\n\n{log}", reply.text), ..reply })
    }

    pub(super) async fn round_close(&self, caller: &Caller, id: Option<RoundId>) -> Result<Reply, Stop> {
        let round = self.own_round(caller, id).await?;
        if round.state == State::Posting {
            return Ok(words::rounds::posting(round.id));
        }
        if round.state == State::Open && !self.read_now(&round).await? {
            return Ok(words::rounds::reading(round.id));
        }
        let closed = self.close(&round, self.clock.now()).await?;
        tracing::info!(round = round.id.0, by = %caller.player, closed, "a host closes a round");
        Ok(if closed { words::rounds::closed(round.id) } else { words::rounds::ended(round.id) })
    }

    pub(super) async fn round_cancel(&self, caller: &Caller, id: Option<RoundId>) -> Result<Reply, Stop> {
        let round = self.own_round(caller, id).await?;
        let cancelled = self.store.cancel_round(round.id, self.clock.now()).await?;
        self.wakes.outbox.notify_one();
        if cancelled {
            self.count_round(round.channel.face(), "cancelled");
        }
        tracing::info!(round = round.id.0, by = %caller.player, cancelled, "a host cancels a round");
        Ok(if cancelled { words::rounds::cancelled(round.id) } else { words::rounds::ended(round.id) })
    }

    /// The round of that number in the caller's space, or the latest of their channel.
    pub(super) async fn own_round(&self, caller: &Caller, id: Option<RoundId>) -> Result<Round, Stop> {
        let found = match (id, &caller.channel) {
            (Some(id), _) => self.store.round(id).await?,
            (None, Some(channel)) => self.store.recent_rounds(channel, 1).await?.pop(),
            (None, None) => return Err(words::trouble::no_channel().into()),
        };
        Ok(found.filter(|round| round.space == caller.space).ok_or_else(|| words::rounds::none(id))?)
    }
}
