//! What is due: rounds to close, slots to ask for, seasons to freeze. One failing schedule never stops the others.

use std::{collections::BTreeSet, sync::Mutex};

use jiff::{SignedDuration, Timestamp};

use super::{Inner, ask::Asking, counted::skipped, locked::lock};
use crate::{
    quiz::{
        id::{ChannelId, ScheduleId},
        schedule::{
            LONGEST_WINDOW,
            due::{self, SkipReason, due},
        },
        season::Season,
    },
    store::{AskOutcome, Schedule, SlotKey, StoreError},
};

/// The schedules whose `ask_on_start` is known to be settled.
pub(super) type Started = Mutex<BTreeSet<ScheduleId>>;

impl Inner {
    /// Does everything that is due. When it has to be called next, at the latest.
    pub(super) async fn tick(&self) -> Result<Timestamp, StoreError> {
        let now = self.clock.now();
        self.memory.refresh_spaces(&self.store).await?;
        self.memory.refresh_decks(&self.store).await?;
        self.memory.refresh_notices(&self.store).await?;
        let placed = self.place_plans(now).await;
        let closed = self.close_due(now).await;
        let nothing = BTreeSet::new();
        let asked = self.ask_due(now, closed.as_ref().map_or(&nothing, |closing| &closing.ending)).await;
        let frozen = self.freeze_due(now).await;
        let next = [placed?, closed?.next, asked?].into_iter().flatten().min();
        frozen?;
        Ok(next.unwrap_or_else(|| later(now, LONGEST_WINDOW)))
    }

    /// Asks for the slots that are due, but in channels where a round is about to end. When the next one is.
    async fn ask_due(&self, now: Timestamp, ending: &BTreeSet<ChannelId>) -> Result<Option<Timestamp>, StoreError> {
        let schedules = self.store.schedules(None).await?;
        self.memory.set_schedules(&schedules);
        let mut first_error = None;
        let mut next = None::<Timestamp>;
        for schedule in &schedules {
            if !ending.contains(&schedule.plan.channel)
                && let Err(error) = self.ask_slots(schedule, now).await
            {
                let id = schedule.id;
                if self.said.is_news(format_args!("schedule {id}"), Some(&error.to_string())) {
                    tracing::error!(schedule = id.0, %error, "a schedule could not be looked after");
                }
                first_error.get_or_insert(error);
            }
            let slot = schedule.plan.pattern.next(now, &self.zone_of(&schedule.space, &schedule.plan));
            next = next.into_iter().chain(slot).min();
        }
        first_error.map_or(Ok(next), Err)
    }

    /// Settles all slots of one schedule up to now.
    async fn ask_slots(&self, schedule: &Schedule, now: Timestamp) -> Result<(), StoreError> {
        let Schedule { id, space, plan, .. } = schedule;
        let ready = self.is_ready(schedule);
        let paused = schedule.paused_until.is_some_and(|until| until > now);
        if plan.ask_on_start && ready && !paused {
            self.ask_at_start(schedule, now).await?;
        }
        let zone = self.zone_of(space, plan);
        let mut settled = schedule.settled;
        loop {
            let found = due(plan, &zone, settled, schedule.paused_until, now);
            if let Some((last, _)) = found.skipped.last() {
                settled = *last;
                self.store.skip_slots(*id, &found.skipped, settled).await?;
                for (_, reason) in &found.skipped {
                    skipped(*reason);
                }
                tracing::info!(schedule = id.0, slots = found.skipped.len(), "skipped slots");
            }
            if let Some(slot) = found.ask {
                return self.ask_slot(schedule, slot, now).await;
            }
            if found.skipped.len() < due::MOST {
                return Ok(());
            }
        }
    }

    /// Whether nothing is known to stand in the schedule's way; logged where that is news.
    fn is_ready(&self, schedule: &Schedule) -> bool {
        let obstacle = self.obstacle(&schedule.space, &schedule.plan);
        if self.said.is_news(format_args!("obstacle {}", schedule.id), obstacle.as_deref()) {
            if let Some(obstacle) = &obstacle {
                tracing::error!(schedule = schedule.id.0, obstacle, "a schedule cannot ask");
            } else {
                tracing::info!(schedule = schedule.id.0, "a schedule can ask again");
            }
        }
        obstacle.is_none()
    }

    /// Asks for one slot, or skips it where there is nowhere to ask.
    async fn ask_slot(&self, schedule: &Schedule, slot: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        let Schedule { id, space, plan, .. } = schedule;
        if self.chat(plan.channel.face()).is_none() {
            skipped(SkipReason::Channel);
            return self.store.skip_slots(*id, &[(slot, SkipReason::Channel)], slot).await;
        }
        let asking = Asking {
            space,
            plan,
            card: None,
            slot: Some((*id, SlotKey::At(slot))),
            expires: later(slot, plan.catch_up()),
            luck: format!("{id} {slot}"),
        };
        self.ask(asking, now).await?;
        Ok(())
    }

    /// Asks the one question of `ask_on_start`; the store knows whether it was asked in an earlier life.
    async fn ask_at_start(&self, schedule: &Schedule, now: Timestamp) -> Result<(), StoreError> {
        let Schedule { id, space, plan, .. } = schedule;
        if lock(&self.started).contains(id) {
            return Ok(());
        }
        let asking = Asking {
            space,
            plan,
            card: None,
            slot: Some((*id, SlotKey::Start)),
            expires: later(now, LONGEST_WINDOW),
            luck: format!("{id} start"),
        };
        let outcome = self.ask(asking, now).await?;
        // A slot is lost as well while somebody else only holds the schedule's row.
        if outcome != AskOutcome::Lost || self.store.is_settled(*id, SlotKey::Start).await? {
            lock(&self.started).insert(*id);
        }
        Ok(())
    }

    /// Freezes the seasons that are over and announces who stands on the podium.
    pub(super) async fn freeze_due(&self, now: Timestamp) -> Result<(), StoreError> {
        for season in self.store.seasons_to_freeze(now).await? {
            let channels = self.channels_of(&season).await?;
            if self.store.freeze_season(season.id, &channels, now).await? {
                tracing::info!(season = season.id.0, "froze a season");
                self.wakes.outbox.notify_one();
            }
        }
        Ok(())
    }

    /// Where a season is announced: the channels that count, or all that have a schedule.
    pub(super) async fn channels_of(&self, season: &Season) -> Result<Vec<ChannelId>, StoreError> {
        if !season.channels.is_empty() {
            return Ok(season.channels.iter().cloned().collect());
        }
        let schedules = self.store.schedules(Some(&season.space)).await?;
        let channels: BTreeSet<_> = schedules.into_iter().map(|schedule| schedule.plan.channel).collect();
        Ok(channels.into_iter().collect())
    }
}

/// A moment after another; the last there is where it would overflow.
pub(super) fn later(from: Timestamp, by: SignedDuration) -> Timestamp {
    from.saturating_add(by).unwrap_or(Timestamp::MAX)
}
