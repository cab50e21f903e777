//! How fast kcard may call Discord: 50 requests a second for the bot as a whole, and each route by what Discord says in its answers
//! (developer documentation, "Rate Limits"). On a route and among all routes the most urgent goes first; who has to wait for a route
//! takes nobody's turn.
//!
//! Discord counts a request when it arrives, which is some time between its sending and its answer. A request counts here until a
//! second after its answer, less the quickest answer that this kind of request gets: that long it is on its way in any case, as all
//! others of its kind are. No more than 50 count at once. So where each takes the same 250 ms there are 50 a second, and where answers
//! come more or less late there are fewer by just as much as nobody can know when those arrived.
//!
//! Interaction callbacks are outside all limits and never come here.

mod answers;
mod gate;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use reqwest::{StatusCode, header::HeaderMap};
use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore, oneshot},
    time::{Instant, sleep, sleep_until},
};

use answers::{code, is_global, retry_after, window};
use gate::Gate;

use crate::measure::LIMITS_MET;

/// What Discord lets a bot do in a second.
const AT_MOST: usize = 50;
/// A second, and what is not known of how long requests are on their way.
const COUNTS_FOR: Duration = Duration::from_millis(1_020);
/// Between two requests.
const BETWEEN: Duration = Duration::from_millis(20);
/// So many answers of a kind must have come until the quickest says how long they take at least: the first also open a connection.
const ENOUGH: u32 = 50;
/// The quickest answer of a kind is forgotten by this part of how much later each of the others comes.
const FORGETS: u32 = 1_024;
/// How long nothing but what must be is tried in a route that was refused: refusals are counted against the bot.
const AFTER_REFUSAL: Duration = Duration::from_mins(10);
/// Routes that are remembered before those without a limit in force are forgotten.
const MOST_ROUTES: usize = 4_096;

/// How urgent a request is, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Without it nothing is heard, or somebody waits for it right now.
    First,
    /// What a channel waits for.
    Post,
    /// What the bot has to know.
    Read,
    /// The same, in many requests, which would be for nothing were one of them given up.
    Pages,
    /// What is nice to have: seeded reactions, signs, hints.
    Extra,
}

/// Requests that share a limit: what is done, in which channel or guild.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Route(pub &'static str, pub u64);

/// Not now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotYet(pub Duration);

/// The limits in force. Cheap to clone.
#[derive(Clone)]
pub struct Pace(Arc<Inner>);

struct Inner {
    /// Who may call: those under way, and those that still count.
    second: Arc<Semaphore>,
    line: Mutex<Line>,
    /// Somebody came, or a gate is free again.
    changed: Notify,
}

/// Who waits for what.
struct Line {
    gates: HashMap<Route, Gate>,
    /// The whole bot has to be quiet until then.
    quiet_until: Instant,
    /// Who is equally urgent comes in the order of asking.
    numbers: u64,
    /// How many answers came, and the quickest, by the kind of request.
    quickest: HashMap<&'static str, (u32, Duration)>,
}

/// A route and a turn, held by the one request that is under way on that route.
pub struct Held {
    pace: Arc<Inner>,
    route: Route,
    since: Instant,
    /// How long the request counts after its end: without an answer nobody knows whether it is still on its way.
    counts_for: Duration,
    turn: Option<OwnedSemaphorePermit>,
}

impl Drop for Held {
    fn drop(&mut self) {
        let (turn, wait) = (self.turn.take(), self.counts_for);
        if let Some(gate) = locked(&self.pace.line).gates.get_mut(&self.route) {
            gate.busy = false;
        }
        self.pace.changed.notify_one();
        tokio::spawn(async move {
            sleep(wait).await;
            drop(turn);
        });
    }
}

impl Pace {
    /// Nothing was called yet. Must be made inside a runtime.
    pub fn new() -> Self {
        let line = Line { gates: HashMap::new(), quiet_until: Instant::now(), numbers: 0, quickest: HashMap::new() };
        let inner = Arc::new(Inner {
            second: Arc::new(Semaphore::new(AT_MOST)),
            line: Mutex::new(line),
            changed: Notify::new(),
        });
        tokio::spawn(give_turns(Arc::downgrade(&inner)));
        Self(inner)
    }

    /// Waits for a route and for a turn among all requests; for the route not longer than is worth it, by how urgent it is.
    pub async fn turn(&self, route: &Route, urgency: Urgency) -> Result<Held, NotYet> {
        let come = locked(&self.0.line).join(route, urgency);
        self.0.changed.notify_one();
        // The task that gives turns lives as long as this does.
        come.await.unwrap_or(Err(NotYet(BETWEEN)))
    }

    /// Learns from an answer. Where it is a 429, how long to wait.
    pub fn learn(&self, held: &mut Held, status: StatusCode, headers: &HeaderMap, body: &str) -> Option<Duration> {
        let now = Instant::now();
        let stop = (status == StatusCode::TOO_MANY_REQUESTS).then(|| self.stop(headers, body));
        let mut line = locked(&self.0.line);
        let took = now - held.since;
        let quickest = if status.is_success() { line.took(held.route.0, took) } else { Duration::ZERO };
        held.counts_for = COUNTS_FOR.saturating_sub(quickest);
        let gate = line.gate(&held.route);
        if let Some(wait) = stop {
            gate.open = now + wait;
        } else if let Some(window) = window(headers) {
            gate.learn(window, now);
        }
        if status == StatusCode::FORBIDDEN && code(body) != 0 {
            gate.refused = now + AFTER_REFUSAL;
        }
        stop
    }

    /// How long a 429 asks to wait; all wait where all are meant.
    pub fn stop(&self, headers: &HeaderMap, body: &str) -> Duration {
        LIMITS_MET.count(&[super::ids::FACE]);
        let wait = retry_after(headers, body);
        if is_global(headers, body) {
            let mut line = locked(&self.0.line);
            line.quiet_until = line.quiet_until.max(Instant::now() + wait);
        }
        wait
    }
}

impl Line {
    /// Waits at a gate; where that is not worth it, it is told so at once.
    fn join(&mut self, route: &Route, urgency: Urgency) -> oneshot::Receiver<Result<Held, NotYet>> {
        let (turn, come) = oneshot::channel();
        self.numbers += 1;
        let order = (urgency, self.numbers);
        self.gate(route).waiting.insert(order, turn);
        come
    }

    fn gate(&mut self, route: &Route) -> &mut Gate {
        let now = Instant::now();
        if self.gates.len() > MOST_ROUTES {
            self.gates.retain(|_, gate| gate.is_in_use(now));
        }
        self.gates.entry(route.clone()).or_insert_with(|| Gate::new(now))
    }

    /// The route of the most urgent who may go now; otherwise when somebody may, if nobody comes before.
    fn next(&mut self, now: Instant) -> Result<Route, Option<Instant>> {
        let (mut first, mut soonest) = (None, None);
        for (route, gate) in &mut self.gates {
            let Some((order, opens)) = gate.first(now, self.quiet_until) else { continue };
            if opens > now {
                soonest = soonest.into_iter().chain([opens]).min();
            } else if first.as_ref().is_none_or(|(best, _)| order < *best) {
                first = Some((order, route));
            }
        }
        first.map(|(_, route)| route.clone()).ok_or(soonest)
    }

    /// An answer of this kind came so fast; how long they take at least, as far as that is known.
    fn took(&mut self, kind: &'static str, took: Duration) -> Duration {
        let (answers, quickest) = self.quickest.entry(kind).or_insert((0, took));
        *answers = answers.saturating_add(1);
        *quickest = took.min(*quickest + took.saturating_sub(*quickest) / FORGETS);
        if *answers < ENOUGH { Duration::ZERO } else { *quickest }
    }
}

/// Gives one turn after the other, as fast as the limit for the whole bot allows, to the most urgent who waits and may go.
async fn give_turns(inner: Weak<Inner>) {
    let mut evenly = Instant::now();
    loop {
        let Some(inner) = inner.upgrade() else { return };
        let next = locked(&inner.line).next(Instant::now());
        if let Err(soonest) = next {
            // Looks up now and then whether anybody is left who could wait.
            let look = Instant::now() + Duration::from_secs(1);
            tokio::select! {
                () = inner.changed.notified() => {}
                () = sleep_until(soonest.map_or(look, |soonest| soonest.min(look))) => {}
            }
            continue;
        }
        let Ok(turn) = Arc::clone(&inner.second).acquire_owned().await else { return };
        sleep_until(evenly).await;
        if give(&inner, turn) {
            // A turn that was given late is made up for, a little.
            evenly = (evenly + BETWEEN).max(Instant::now());
        }
    }
}

/// Gives this turn to the most urgent who may go by now. Whether there was one.
fn give(inner: &Arc<Inner>, turn: OwnedSemaphorePermit) -> bool {
    let now = Instant::now();
    let mut line = locked(&inner.line);
    let Ok(route) = line.next(now) else { return false };
    let gate = line.gate(&route);
    let Some((_, waiting)) = gate.waiting.pop_first() else { return false };
    gate.busy = true;
    // Who stops waiting right now drops what is sent, and for that the line must be free.
    drop(line);
    let held = Held { pace: Arc::clone(inner), route, since: now, counts_for: COUNTS_FOR, turn: Some(turn) };
    waiting.send(Ok(held)).is_ok()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
