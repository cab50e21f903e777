//! The schedules of the configuration file: finding their spaces, storing them, and noticing what stands in a schedule's way.

use std::{panic::AssertUnwindSafe, sync::Mutex, time::Duration};

use futures_util::{FutureExt, future::join_all};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{Inner, in_time::in_time, locked::lock, scheduler::later};
use crate::{
    chat::{ChatError, words},
    quiz::{
        id::{ChannelId, ScheduleId, SpaceId},
        schedule::Plan,
    },
    store::{Source, StoreError},
};

/// When a platform that did not say a channel's space is asked again.
const ASK_AGAIN: SignedDuration = SignedDuration::from_secs(60);
/// How long a platform may take to say a channel's space.
const PATIENCE: Duration = Duration::from_secs(5);

/// The file's schedules.
pub(super) struct FilePlans {
    plans: Vec<Plan>,
    /// When to look for the missing spaces; `None` once all are found.
    next: Mutex<Option<Timestamp>>,
    /// Those that belong to no space yet, and why.
    homeless: Mutex<Vec<(Plan, String)>>,
}

impl FilePlans {
    pub(super) fn new(plans: Vec<Plan>) -> Self {
        Self { plans, next: Mutex::new(Some(Timestamp::MIN)), homeless: Mutex::default() }
    }

    /// The schedules that belong to no space yet, and why.
    pub(super) fn homeless(&self) -> Vec<(Plan, String)> {
        lock(&self.homeless).clone()
    }
}

impl Inner {
    /// Stores the file's schedules whose spaces are known by now. When to look again for the others.
    pub(super) async fn place_plans(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let due = *lock(&self.file_plans.next);
        if due.is_none_or(|due| due > now) {
            return Ok(due);
        }
        let known = self.store.schedules(None).await?;
        let (mut placed, mut homeless) = (Vec::new(), Vec::new());
        let mut next = None;
        // All at once: a platform that hangs holds up the others no longer than one question to it.
        let plans = &self.file_plans.plans;
        let spaces = join_all(plans.iter().map(|plan| self.space_of(&plan.channel))).await;
        for (plan, found) in plans.iter().zip(spaces) {
            let problem = found.as_ref().err().map(ToString::to_string);
            if self.said.is_news(format_args!("place {}", plan.channel), problem.as_deref())
                && let Some(problem) = &problem
            {
                tracing::error!(schedule = plan.name, channel = %plan.channel, problem, "the channel's space is not known");
            }
            // What was stored in an earlier life is kept while its platform is away.
            let stored = || known.iter().find(|s| s.source == Source::File && s.plan.channel == plan.channel);
            if found.is_err() {
                next = Some(later(now, ASK_AGAIN));
            }
            let space = found.ok().or_else(|| stored().map(|stored| stored.space.clone()));
            match (space, problem) {
                (None, Some(problem)) => homeless.push((plan.clone(), problem)),
                (space, _) => placed.extend(space.map(|space| (space, plan.clone()))),
            }
        }
        self.store.sync_file_schedules(&placed, now).await?;
        *lock(&self.file_plans.next) = next;
        *lock(&self.file_plans.homeless) = homeless;
        Ok(next)
    }

    /// The space of a channel, by its platform's word.
    pub(super) async fn space_of(&self, channel: &ChannelId) -> Result<SpaceId, ChatError> {
        let Some(chat) = self.chat(channel.face()) else {
            return Err(ChatError::Gone(words::trouble::no_face(channel)));
        };
        in_time(PATIENCE, chat.space(channel)).await
    }

    /// The zone in which a schedule's times are read.
    pub(super) fn zone_of(&self, space: &SpaceId, plan: &Plan) -> TimeZone {
        let spaces = self.memory.zone(space);
        plan.zone(&spaces).unwrap_or(spaces)
    }

    /// What keeps a schedule from asking, as far as that can be known without trying; in words for an admin.
    pub(super) fn obstacle(&self, space: &SpaceId, plan: &Plan) -> Option<String> {
        if self.chat(plan.channel.face()).is_none() {
            return Some(words::trouble::no_face(&plan.channel));
        }
        let decks = self.memory.decks(space);
        let Some(deck) = decks.deck(&plan.deck) else {
            return Some(words::trouble::no_deck(&plan.deck));
        };
        plan.check_deck(deck).err().map(|error| error.to_string())
    }

    /// Notes what went wrong with a round's messages, or that its question stands: of its schedule, or, where a host asked it, of its
    /// channel.
    pub(super) async fn note_asked(
        &self,
        schedule: Option<ScheduleId>,
        space: &SpaceId,
        channel: &ChannelId,
        problem: Option<&str>,
    ) -> Result<(), StoreError> {
        if let Some(schedule) = schedule {
            return self.note_problem(schedule, problem).await;
        }
        let is_news = self.said.is_news(format_args!("ask in {channel}"), problem);
        if let Some(problem) = problem.filter(|_| is_news) {
            self.tell_admins(space, channel, &words::schedules::not_asked(channel, problem)).await;
        }
        Ok(())
    }

    /// Stores what went wrong when a schedule asked, or that it went well; where it is news, it is logged, and what went wrong is told to
    /// the admins. What can be known without asking is [`Inner::obstacle`] and is not stored.
    pub(super) async fn note_problem(&self, id: ScheduleId, problem: Option<&str>) -> Result<(), StoreError> {
        if !self.store.set_problem(id, problem).await? {
            return Ok(());
        }
        let Some(problem) = problem else {
            tracing::info!(schedule = id.0, "a schedule can ask again");
            return Ok(());
        };
        tracing::error!(schedule = id.0, problem, "a schedule cannot ask");
        // The problem is stored: that nobody can be told harms nothing.
        let schedules = self.store.schedules(None).await.unwrap_or_default();
        if let Some(schedule) = schedules.into_iter().find(|schedule| schedule.id == id) {
            let text = words::schedules::failed(&schedule.plan, problem);
            self.tell_admins(&schedule.space, &schedule.plan.channel, &text).await;
        }
        Ok(())
    }

    /// Tells the admins of a space what is wrong in a channel. That this fails is logged and harms nothing: they can read it in the list of
    /// schedules.
    pub(super) async fn tell_admins(&self, space: &SpaceId, channel: &ChannelId, text: &str) {
        let Some(chat) = self.chat(channel.face()) else { return };
        let told = AssertUnwindSafe(in_time(PATIENCE, chat.tell_admins(space, text))).catch_unwind().await;
        let why = match told {
            Ok(Ok(())) => return,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it panicked".to_owned(),
        };
        tracing::warn!(%channel, why, "the admins could not be told");
    }
}
