//! How fast kcard may call Slack: each method by its tier, and one message a second in each channel (Slack's documentation, "Rate
//! limits"). What Slack asks to wait by a 429 is waited out all the same.

use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::Clock,
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed},
};
use tokio::{
    sync::OwnedMutexGuard,
    time::{Instant, sleep_until},
};

use super::method::{Method, Patience, Tier};

/// Between two messages in a channel, from the answer to the first on: that one may have been on its way for long, and the next not.
const BETWEEN_POSTS: Duration = Duration::from_secs(1);
/// The longest that is waited for what a channel or the bot waits for; who would wait longer is told when to come again.
const PATIENCE: Duration = Duration::from_secs(5);
/// Channels that are remembered before those in which nothing is posted now are forgotten.
const MOST_CHANNELS: usize = 4_096;

/// Not now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotYet(pub Duration);

/// The limits in force.
pub struct Pace {
    began: Instant,
    methods: Mutex<HashMap<&'static str, Arc<Line>>>,
    channels: Mutex<HashMap<String, Gate>>,
}

/// When the next message may be posted in a channel; held while one is.
type Gate = Arc<tokio::sync::Mutex<Instant>>;

/// One method.
struct Line {
    /// Where it has a limit.
    limiter: Option<RateLimiter<NotKeyed, InMemoryState, Since, NoOpMiddleware<Duration>>>,
    /// Slack asked to wait until then.
    quiet_until: Mutex<Instant>,
    /// Those who have patience come one after the other, so that all of them together are no more in the way of the others than one is.
    patient: tokio::sync::Mutex<()>,
}

/// The time since a beginning, on the clock that tests can stop.
#[derive(Debug, Clone)]
struct Since(Instant);

impl Clock for Since {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// A channel's turn to get a message.
pub struct Posting(OwnedMutexGuard<Instant>);

impl Posting {
    /// Nothing more in this channel before that time is over.
    pub fn quiet_for(&mut self, wait: Duration) {
        *self.0 = (*self.0).max(Instant::now() + wait);
    }
}

impl Drop for Posting {
    fn drop(&mut self) {
        self.quiet_for(BETWEEN_POSTS);
    }
}

impl Pace {
    /// Nothing was called yet.
    pub fn new() -> Self {
        Self { began: Instant::now(), methods: Mutex::default(), channels: Mutex::default() }
    }

    /// Waits until a method may be called.
    pub async fn turn(&self, method: &Method) -> Result<(), NotYet> {
        let line = self.line(method);
        let until = Instant::now() + PATIENCE;
        let _turn = match method.patience {
            Patience::Long => Some(line.patient.lock().await),
            Patience::Short => None,
        };
        loop {
            let now = Instant::now();
            let quiet_until = *line.quiet_until.lock().unwrap_or_else(PoisonError::into_inner);
            let free = if quiet_until > now {
                quiet_until
            } else {
                match line.limiter.as_ref().map_or(Ok(()), RateLimiter::check) {
                    Ok(()) => return Ok(()),
                    Err(later) => now + later.wait_time_from(now - self.began).max(Duration::from_millis(1)),
                }
            };
            if method.patience == Patience::Short && free > until {
                return Err(NotYet(free - now));
            }
            sleep_until(free).await;
        }
    }

    /// Waits until a channel may get a message.
    pub async fn posting(&self, channel: &str) -> Result<Posting, NotYet> {
        let gate = self.gate(channel).lock_owned().await;
        let wait = gate.saturating_duration_since(Instant::now());
        if wait > PATIENCE {
            return Err(NotYet(wait));
        }
        sleep_until(*gate).await;
        Ok(Posting(gate))
    }

    /// Slack asks to wait before this method is called again.
    pub fn stop(&self, method: &Method, wait: Duration) {
        let line = self.line(method);
        let mut quiet_until = line.quiet_until.lock().unwrap_or_else(PoisonError::into_inner);
        *quiet_until = (*quiet_until).max(Instant::now() + wait);
    }

    fn line(&self, method: &Method) -> Arc<Line> {
        let mut methods = self.methods.lock().unwrap_or_else(PoisonError::into_inner);
        let line = methods.entry(method.name).or_insert_with(|| {
            let limiter = method.tier.map(|tier| RateLimiter::direct_with_clock(quota(tier), Since(self.began)));
            Arc::new(Line { limiter, quiet_until: Mutex::new(self.began), patient: tokio::sync::Mutex::default() })
        });
        Arc::clone(line)
    }

    fn gate(&self, channel: &str) -> Gate {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if channels.len() >= MOST_CHANNELS {
            let now = Instant::now();
            channels.retain(|_, gate| gate.try_lock().map_or(true, |open| *open > now));
        }
        Arc::clone(channels.entry(channel.to_owned()).or_insert_with(|| Gate::new(tokio::sync::Mutex::new(self.began))))
    }
}

/// Slack counts by the minute: what may come at once is taken off what comes evenly, so that both are within it.
fn quota(tier: Tier) -> Quota {
    let at_once = tier.a_minute() / 5;
    let number = |number: u32| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    Quota::per_minute(number(tier.a_minute() - at_once)).allow_burst(number(at_once))
}

#[cfg(test)]
mod tests;
