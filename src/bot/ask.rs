//! Asking a question: which card, by what luck, under which rules. Stores the round and its place in the outbox, and sends nothing.

use jiff::Timestamp;
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};
use sha2::{Digest, Sha256};

use super::{Inner, counted::skipped};
use crate::{
    quiz::{
        asked::Asked,
        deck::Deck,
        draw::{Drawn, History, candidates, draw},
        id::{CardId, ChannelId, ScheduleId, SpaceId},
        round::Rules,
        schedule::{Plan, due::SkipReason},
    },
    store::{AskOutcome, Draft, NewAsk, SlotKey, StoreError},
};

/// What is to be asked.
pub(super) struct Asking<'a> {
    /// In which space.
    pub(super) space: &'a SpaceId,
    /// Where, what, and how it is answered.
    pub(super) plan: &'a Plan,
    /// This very card, where a host names one.
    pub(super) card: Option<&'a CardId>,
    /// The slot that this settles; `None` where a host asks.
    pub(super) slot: Option<(ScheduleId, SlotKey)>,
    /// When it is too late to post it.
    pub(super) expires: Timestamp,
    /// What the luck depends on beside the seed: the same words draw the same card.
    pub(super) luck: String,
}

impl Inner {
    /// Draws and stores one round.
    pub(super) async fn ask(&self, asking: Asking<'_>, now: Timestamp) -> Result<AskOutcome, StoreError> {
        let Asking { space, plan, card, slot, expires, luck } = asking;
        let zone = self.zone_of(space, plan);
        let in_season = self.in_season(space, &plan.channel, now).await?;
        let rules = plan.rules(in_season, now, &zone);
        let decks = self.memory.decks(space);
        let deck = decks.deck(&plan.deck);
        let mut rng = self.luck(&luck);
        let new =
            NewAsk { space: space.clone(), channel: plan.channel.clone(), deck: plan.deck.clone(), slot, expires };
        let outcome = self.store.ask(&new, now, |history| {
            let deck = deck?;
            let drawn = match card {
                Some(card) => pick(deck, card, plan, &rules, history, &mut rng)?,
                None => draw(deck, &plan.filter, &rules.ways, history, &mut rng)?,
            };
            let asked = Asked::new(deck, drawn.card, drawn.number, drawn.question, &mut rng);
            Some(Draft { asked: history.corrected(asked, deck), rules, cycle: drawn.cycle })
        });
        let outcome = outcome.await?;
        let schedule = slot.map(|(schedule, _)| schedule.0);
        match outcome {
            AskOutcome::Asked(round) => {
                tracing::info!(round = round.0, schedule, channel = %plan.channel, "asking a question");
                self.count_round(plan.channel.face(), "asked");
                self.wakes.outbox.notify_one();
            }
            AskOutcome::NoCard => {
                tracing::warn!(schedule, channel = %plan.channel, deck = %plan.deck, "no card to ask");
                if schedule.is_some() {
                    skipped(SkipReason::NoCard);
                }
            }
            AskOutcome::Lost => {}
        }
        Ok(outcome)
    }

    /// The luck that belongs to these words and the bot's seed.
    pub(super) fn luck(&self, words: &str) -> ChaCha8Rng {
        let seed = Sha256::new().chain_update(self.seed.to_le_bytes()).chain_update(words).finalize();
        ChaCha8Rng::from_seed(seed.into())
    }

    /// Whether a running season counts this channel.
    async fn in_season(&self, space: &SpaceId, channel: &ChannelId, now: Timestamp) -> Result<bool, StoreError> {
        let seasons = self.store.seasons(space).await?;
        Ok(seasons.iter().any(|season| season.counts(channel, now)))
    }
}

/// Picks a question of this very card, not the one asked last where there is another; a host asks it, so it belongs to no cycle.
fn pick<'d>(
    deck: &'d Deck,
    card: &CardId,
    plan: &Plan,
    rules: &Rules,
    history: &History,
    rng: &mut ChaCha8Rng,
) -> Option<Drawn<'d>> {
    if history.held.contains(card) {
        return None;
    }
    let last = history.cards.get(card).map(|(_, number)| *number);
    let open: Vec<_> = candidates(deck, &plan.filter, &rules.ways).filter(|(of, ..)| of.id == *card).collect();
    let fresh: Vec<_> = open.iter().filter(|(_, number, _)| Some(*number) != last).collect();
    let (card, number, question) = match fresh.len() {
        0 => *open.first()?,
        many => *fresh[rng.random_range(..many)],
    };
    Some(Drawn { card, number, question, cycle: 0 })
}
