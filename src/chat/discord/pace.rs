//! How fast kcard may call Discord: 50 requests a second for the bot as a whole, and each route by what Discord says in its answers
//! (developer documentation, "Rate Limits"). What is urgent goes first, and who has to wait for a route holds up nobody else.
//!
//! At most 50 requests are under way or were answered within the last second. However long each is on its way, Discord then counts
//! no more than 50 in any second: whenever it takes one, all others of that second are among those 50. They leave evenly.
//!
//! Interaction callbacks are outside all limits and never come here.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use governor::{
    Quota, RateLimiter, clock::DefaultClock, middleware::NoOpMiddleware, state::InMemoryState, state::NotKeyed,
};
use reqwest::{StatusCode, header::HeaderMap};
use tokio::{
    sync::{Notify, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore, oneshot},
    time::{Instant, sleep, sleep_until},
};

/// What Discord lets a bot do in a second.
const AT_MOST: usize = 50;
/// How long a request counts after its answer: a second, and what clocks may differ in.
const COUNTS_FOR: Duration = Duration::from_millis(1_005);
/// Between two requests.
const BETWEEN: Duration = Duration::from_millis(20);
/// The longest that a request waits for its route; who would wait longer is told when to come again.
const PATIENCE: Duration = Duration::from_secs(1);
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
    evenly: RateLimiter<NotKeyed, InMemoryState, DefaultClock, NoOpMiddleware>,
    waiting: Mutex<BinaryHeap<Reverse<Waiting>>>,
    more: Notify,
    /// Who is equally urgent comes in the order of asking.
    numbers: AtomicU64,
    /// The whole bot has to be quiet until then.
    quiet_until: Mutex<Instant>,
    routes: Mutex<HashMap<Route, Arc<tokio::sync::Mutex<Gate>>>>,
}

/// When a route may be used again.
struct Gate {
    open: Instant,
    /// Nothing that is only nice to have before then.
    extras: Instant,
}

impl Gate {
    /// When this may go on; an error where that is too long to wait for. What is nice to have waits for a limit, however long, and
    /// for no refusal to be forgotten.
    fn opens(&self, urgency: Urgency) -> Result<Instant, NotYet> {
        match urgency {
            Urgency::Extra => within_patience(self.extras)?,
            Urgency::First | Urgency::Post | Urgency::Read => within_patience(self.open)?,
        }
        Ok(self.open)
    }
}

fn within_patience(moment: Instant) -> Result<(), NotYet> {
    let wait = moment.saturating_duration_since(Instant::now());
    if wait > PATIENCE { Err(NotYet(wait)) } else { Ok(()) }
}

/// Somebody whose turn has not come.
struct Waiting {
    order: (Urgency, u64),
    turn: oneshot::Sender<OwnedSemaphorePermit>,
}

/// A route and a turn, held by the one request that is under way on that route.
pub struct Held {
    gate: OwnedMutexGuard<Gate>,
    turn: Option<OwnedSemaphorePermit>,
}

impl Drop for Held {
    fn drop(&mut self) {
        let turn = self.turn.take();
        tokio::spawn(async move {
            sleep(COUNTS_FOR).await;
            drop(turn);
        });
    }
}

impl Pace {
    /// Nothing was called yet. Must be made inside a runtime.
    pub fn new() -> Self {
        let quota = Quota::with_period(BETWEEN).unwrap_or(Quota::per_second(std::num::NonZeroU32::MIN));
        let now = Instant::now();
        let inner = Arc::new(Inner {
            second: Arc::new(Semaphore::new(AT_MOST)),
            evenly: RateLimiter::direct(quota),
            waiting: Mutex::default(),
            more: Notify::new(),
            numbers: AtomicU64::new(0),
            quiet_until: Mutex::new(now),
            routes: Mutex::default(),
        });
        tokio::spawn(give_turns(Arc::downgrade(&inner)));
        Self(inner)
    }

    /// Waits for a route and for a turn among all requests; not longer than a second for the route. Who waits for a turn keeps the
    /// route for nobody: something more urgent may go first.
    pub async fn turn(&self, route: &Route, urgency: Urgency) -> Result<Held, NotYet> {
        let gate = self.gate(route);
        loop {
            let open = gate.lock().await.opens(urgency)?;
            sleep_until(open).await;
            let quiet = self.quiet();
            if urgency != Urgency::Extra {
                within_patience(quiet)?;
            }
            let turn = self.next_turn(urgency).await;
            let held = Arc::clone(&gate).lock_owned().await;
            if held.opens(urgency)? <= Instant::now() {
                return Ok(Held { gate: held, turn });
            }
        }
    }

    async fn next_turn(&self, urgency: Urgency) -> Option<OwnedSemaphorePermit> {
        let (turn, come) = oneshot::channel();
        let number = self.0.numbers.fetch_add(1, Ordering::Relaxed);
        locked(&self.0.waiting).push(Reverse(Waiting { order: (urgency, number), turn }));
        self.0.more.notify_one();
        // The task that gives turns lives as long as this does.
        come.await.ok()
    }

    /// The whole bot is to be quiet for a while.
    fn be_quiet(&self, wait: Duration) {
        let mut until = locked(&self.0.quiet_until);
        *until = (*until).max(Instant::now() + wait);
    }

    fn quiet(&self) -> Instant {
        *locked(&self.0.quiet_until)
    }

    fn gate(&self, route: &Route) -> Arc<tokio::sync::Mutex<Gate>> {
        let mut routes = locked(&self.0.routes);
        if routes.len() > MOST_ROUTES {
            let now = Instant::now();
            let in_force = |gate: &Gate| gate.open > now || gate.extras > now;
            routes.retain(|_, gate| Arc::strong_count(gate) > 1 || gate.try_lock().is_ok_and(|gate| in_force(&gate)));
        }
        let new = || {
            let now = Instant::now();
            Arc::new(tokio::sync::Mutex::new(Gate { open: now, extras: now }))
        };
        Arc::clone(routes.entry(route.clone()).or_insert_with(new))
    }

    /// Learns from an answer. Where it is a 429, how long to wait.
    pub fn learn(&self, held: &mut Held, status: StatusCode, headers: &HeaderMap, body: &str) -> Option<Duration> {
        let now = Instant::now();
        if status == StatusCode::TOO_MANY_REQUESTS {
            let wait = retry_after(headers, body);
            if headers.contains_key("x-ratelimit-global")
                || body.contains("\"global\": true")
                || body.contains("\"global\":true")
            {
                self.be_quiet(wait);
            } else {
                held.gate.open = now + wait;
            }
            return Some(wait);
        }
        if status == StatusCode::FORBIDDEN {
            held.gate.extras = now + AFTER_REFUSAL;
        }
        if seconds(headers, "x-ratelimit-remaining") == Some(Duration::ZERO)
            && let Some(reset) = seconds(headers, "x-ratelimit-reset-after")
        {
            held.gate.open = now + reset;
        }
        None
    }
}

/// Gives one turn after the other, as fast as the limit for the whole bot allows, to the most urgent who waits.
async fn give_turns(inner: std::sync::Weak<Inner>) {
    loop {
        let Some(inner) = inner.upgrade() else { return };
        if locked(&inner.waiting).is_empty() {
            // Looks up now and then whether anybody is left who could wait.
            tokio::select! {
                () = inner.more.notified() => {}
                () = sleep(Duration::from_secs(1)) => {}
            }
            continue;
        }
        let Ok(mut turn) = Arc::clone(&inner.second).acquire_owned().await else { return };
        inner.evenly.until_ready().await;
        let quiet = *locked(&inner.quiet_until);
        sleep_until(quiet).await;
        // Who gave up waiting takes nobody's turn.
        while let Some(Reverse(next)) = { locked(&inner.waiting).pop() } {
            match next.turn.send(turn) {
                Ok(()) => break,
                Err(back) => turn = back,
            }
        }
    }
}

/// How long a 429 asks to wait: its body is more precise than its header.
fn retry_after(headers: &HeaderMap, body: &str) -> Duration {
    let told = serde_json::from_str::<serde_json::Value>(body).ok().and_then(|body| body["retry_after"].as_f64());
    let told = told.and_then(|wait| Duration::try_from_secs_f64(wait).ok());
    told.or_else(|| seconds(headers, "retry-after")).unwrap_or(Duration::from_secs(5))
}

fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    let seconds: f64 = headers.get(name)?.to_str().ok()?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.order == other.order
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order.cmp(&other.order)
    }
}
