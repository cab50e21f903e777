//! `/kquiz schedule …` but `add`: list, pause, resume, skip, remove. Schedules of the file are shown and not changed.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use crate::{
    bot::{Inner, commands::named::Stop, outbox::NOTHING_TO_SAY},
    chat::{
        Caller, Reply,
        command::Who,
        words::{self, schedules::ScheduleView},
    },
    quiz::schedule::Plan,
    store::{Schedule, Source},
};

/// Skip dates looked over at most to find the next slot.
const SKIPS: usize = 1_000;
/// How long it is said that what a host asked could not be posted.
const UNASKED: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Inner {
    /// Hosts read as well what went wrong, and admins which schedules of the file have found no space.
    pub(super) async fn schedule_list(&self, caller: &Caller) -> Result<Reply, Stop> {
        let (is_host, is_admin) = (self.may(caller, Who::Host), self.may(caller, Who::Admin));
        let mut listed = Vec::new();
        for schedule in self.store.schedules(Some(&caller.space)).await? {
            let zone = self.zone_of(&caller.space, &schedule.plan);
            let problem =
                self.obstacle(&caller.space, &schedule.plan).or_else(|| schedule.problem.clone()).filter(|_| is_host);
            let latest = if is_host { self.store.slots(schedule.id, 1).await?.pop() } else { None };
            let skipped = latest.and_then(|(slot, skipped)| Some((slot, skipped?)));
            listed.push((schedule, zone, problem, skipped));
        }
        let views: Vec<_> = listed
            .iter()
            .map(|(schedule, zone, problem, skipped)| ScheduleView {
                problem: problem.as_deref(),
                skipped: *skipped,
                ..self.schedule_view(schedule, zone)
            })
            .collect();
        let homeless = if is_admin { self.file_plans.homeless() } else { Vec::new() };
        let list = words::schedules::list(&views, &homeless);
        if !is_host {
            return Ok(list);
        }
        let since = self.clock.now().saturating_sub(UNASKED).unwrap_or(Timestamp::MIN);
        let mut unasked = self.store.unasked(&caller.space, since).await?;
        unasked.retain(|(_, why)| why != NOTHING_TO_SAY);
        Ok(words::schedules::with_unasked(list, &unasked))
    }

    pub(super) async fn schedule_pause(&self, caller: &Caller, name: &str, until: Option<Date>) -> Result<Reply, Stop> {
        let schedule = self.own_schedule(caller, name).await?;
        let zone = self.zone_of(&schedule.space, &schedule.plan);
        let moment = match until {
            None => Timestamp::MAX,
            Some(date) => match start_of(date, &zone) {
                Some(moment) if moment > self.clock.now() => moment,
                _ => return Ok(words::schedules::pause_is_over(date)),
            },
        };
        self.store.pause_schedule(schedule.id, Some(moment)).await?;
        tracing::info!(schedule = schedule.id.0, by = %caller.player, "paused a schedule");
        Ok(words::schedules::paused(name, until))
    }

    pub(super) async fn schedule_resume(&self, caller: &Caller, name: &str) -> Result<Reply, Stop> {
        let schedule = self.own_schedule(caller, name).await?;
        self.store.pause_schedule(schedule.id, None).await?;
        tracing::info!(schedule = schedule.id.0, by = %caller.player, "resumed a schedule");
        let zone = self.zone_of(&schedule.space, &schedule.plan);
        let next = next_slot(&schedule.plan, None, &zone, self.clock.now());
        Ok(words::schedules::resumed(name, next, &zone))
    }

    pub(super) async fn schedule_skip(&self, caller: &Caller, name: &str, date: Date) -> Result<Reply, Stop> {
        let schedule = self.own_schedule(caller, name).await?;
        self.store.skip_date(schedule.id, date).await?;
        tracing::info!(schedule = schedule.id.0, %date, by = %caller.player, "a schedule skips a date");
        Ok(words::schedules::skipped(name, date))
    }

    pub(super) async fn schedule_remove(&self, caller: &Caller, name: &str) -> Result<Reply, Stop> {
        let schedule = self.own_schedule(caller, name).await?;
        self.store.remove_schedule(schedule.id).await?;
        tracing::info!(schedule = schedule.id.0, by = %caller.player, "removed a schedule");
        self.memory.set_schedules(&self.store.schedules(None).await?);
        Ok(words::schedules::removed(name))
    }

    /// A schedule of the caller's space that chat may change.
    async fn own_schedule(&self, caller: &Caller, name: &str) -> Result<Schedule, Stop> {
        let schedule = self.schedule(caller, name).await?;
        match schedule.source {
            Source::Chat => Ok(schedule),
            Source::File => Err(words::schedules::from_file(name).into()),
        }
    }

    /// What the wording needs to know of a schedule.
    pub(super) fn schedule_view<'a>(&self, schedule: &'a Schedule, zone: &'a TimeZone) -> ScheduleView<'a> {
        let now = self.clock.now();
        ScheduleView {
            plan: &schedule.plan,
            from_file: schedule.source == Source::File,
            paused_until: schedule.paused_until.filter(|until| *until > now),
            next: next_slot(&schedule.plan, schedule.paused_until, zone, now),
            zone,
            skipped: None,
            problem: None,
        }
    }
}

/// The next slot that will be asked: not in a pause, not on a skip date.
pub(in crate::bot) fn next_slot(
    plan: &Plan,
    paused_until: Option<Timestamp>,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<Timestamp> {
    if paused_until == Some(Timestamp::MAX) {
        return None;
    }
    // A pause ends right before the first slot that is asked again.
    let before = |until: Timestamp| until.checked_sub(jiff::SignedDuration::from_millis(1)).unwrap_or(until);
    let from = paused_until.map_or(now, |until| before(until).max(now));
    let slots = std::iter::successors(plan.pattern.next(from, zone), |slot| plan.pattern.next(*slot, zone));
    slots.take(SKIPS).find(|slot| !plan.skip.contains(&zone.to_datetime(*slot).date()))
}

/// The first moment of a local date.
pub(super) fn start_of(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    date.to_zoned(zone.clone()).ok().map(|start| start.timestamp())
}
