//! Schedules, from the file or made in chat, and how far their slots are settled.

use jiff::{Timestamp, civil::Date};

use super::{Store, StoreError};
use crate::quiz::{
    id::{ScheduleId, SpaceId},
    schedule::{Plan, due::SkipReason},
};

/// A stored schedule.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// The store's number; kept for ever, also over restarts and edits.
    pub id: ScheduleId,
    /// The space of its channel.
    pub space: SpaceId,
    /// What it asks, and when.
    pub plan: Plan,
    /// Where it is defined.
    pub source: Source,
    /// Slots before this are not asked; `Timestamp::MAX` is "until resumed".
    pub paused_until: Option<Timestamp>,
    /// Slots up to this are settled: asked or skipped.
    pub settled: Timestamp,
    /// What keeps it from asking, in words for an admin.
    pub problem: Option<String>,
}

/// Where a schedule is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// In the configuration file; chat cannot change it.
    File,
    /// By this command in chat.
    Chat,
}

impl Store {
    /// Adds a schedule made in chat. Slots up to `now` are settled. `None` where the name is taken in the space.
    pub async fn add_schedule(
        &self,
        space: &SpaceId,
        plan: &Plan,
        now: Timestamp,
    ) -> Result<Option<ScheduleId>, StoreError> {
        let _ = (space, plan, now);
        todo!()
    }

    /// Makes the stored file schedules the ones given: new ones are added (slots up to `now` settled), known ones (by space and name)
    /// keep their number, history and settled slots, others are retired.
    pub async fn sync_file_schedules(&self, plans: &[(SpaceId, Plan)], now: Timestamp) -> Result<(), StoreError> {
        let _ = (plans, now);
        todo!()
    }

    /// The live schedules, of one space or of all, by name.
    pub async fn schedules(&self, space: Option<&SpaceId>) -> Result<Vec<Schedule>, StoreError> {
        let _ = space;
        todo!()
    }

    /// Pauses until a moment, or resumes with `None`.
    pub async fn pause_schedule(&self, id: ScheduleId, until: Option<Timestamp>) -> Result<(), StoreError> {
        let _ = (id, until);
        todo!()
    }

    /// Adds a skip date.
    pub async fn skip_date(&self, id: ScheduleId, date: Date) -> Result<(), StoreError> {
        let _ = (id, date);
        todo!()
    }

    /// Retires a schedule; its history stays.
    pub async fn remove_schedule(&self, id: ScheduleId) -> Result<(), StoreError> {
        let _ = id;
        todo!()
    }

    /// Notes what keeps a schedule from asking, or that nothing does any more. True where this is news.
    pub async fn set_problem(&self, id: ScheduleId, problem: Option<&str>) -> Result<bool, StoreError> {
        let _ = (id, problem);
        todo!()
    }

    /// Stores slots as skipped (those not settled yet) and moves `settled` on, in one transaction.
    pub async fn skip_slots(
        &self,
        id: ScheduleId,
        skipped: &[(Timestamp, SkipReason)],
        settled: Timestamp,
    ) -> Result<(), StoreError> {
        let _ = (id, skipped, settled);
        todo!()
    }

    /// The latest settled slots of a schedule, newest first: asked (`None`) or skipped with the reason.
    pub async fn slots(&self, id: ScheduleId, limit: u32) -> Result<Vec<(Timestamp, Option<SkipReason>)>, StoreError> {
        let _ = (id, limit);
        todo!()
    }
}
