//! How often the bot may call, on real time, by <https://docs.slack.dev/apis/web-api/rate-limits>: a minute's allowance for each method
//! by its tier, and for posts one in a second per channel, with short bursts.

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant},
};

use super::methods::Tier;

/// A burst of so many calls, and then one more each time that this has passed.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    pub calls: u32,
    pub per: Duration,
}

/// The limits of the stand-in; a test under load may widen them or make a minute shorter.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Posts in one channel.
    pub posts: Limit,
    /// How long a minute of the tiers is.
    pub minute: Duration,
    /// Nothing is limited.
    pub off: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { posts: Limit { calls: 3, per: Duration::from_secs(1) }, minute: Duration::from_mins(1), off: false }
    }
}

impl Limits {
    /// Limits that no test reaches.
    pub fn none() -> Self {
        Self { off: true, ..Self::default() }
    }
}

#[derive(Default)]
pub struct Rates {
    pub limits: Limits,
    /// The calls of each method within the last minute.
    calls: BTreeMap<&'static str, VecDeque<Instant>>,
    /// In each channel, when the posts so far will have been made up for.
    posts: BTreeMap<String, Instant>,
}

impl Rates {
    /// Counts a call; where it is too many, how long to wait.
    pub fn count(&mut self, method: &'static str, tier: Tier, channel: &str, now: Instant) -> Result<(), Duration> {
        if self.limits.off {
            return Ok(());
        }
        let most = match tier {
            Tier::Posts => return self.count_post(channel, now),
            // A burst is tolerated, and a client opens up to ten sockets at once.
            Tier::One => 30,
            Tier::Two => 20,
            Tier::Three => 50,
            Tier::Four => 100,
            Tier::Special => 300,
        };
        let minute = self.limits.minute;
        let made = self.calls.entry(method).or_default();
        while made.front().is_some_and(|first| now.duration_since(*first) >= minute) {
            made.pop_front();
        }
        match made.front() {
            Some(first) if made.len() >= most => Err(minute.saturating_sub(now.duration_since(*first))),
            _ => {
                made.push_back(now);
                Ok(())
            }
        }
    }

    fn count_post(&mut self, channel: &str, now: Instant) -> Result<(), Duration> {
        let Limit { calls, per } = self.limits.posts;
        let settled = self.posts.entry(channel.to_owned()).or_insert(now);
        let next = (*settled).max(now) + per;
        let over = next.duration_since(now).saturating_sub(per * calls);
        if over.is_zero() {
            *settled = next;
            Ok(())
        } else {
            Err(over)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn posts_come_in_a_burst_and_then_one_a_second() {
        let (mut rates, start) = (Rates::default(), Instant::now());
        let mut post = |channel: &str, at: Duration| rates.count("chat.postMessage", Tier::Posts, channel, start + at);
        assert_eq!([(); 4].map(|()| post("a", Duration::ZERO).is_ok()), [true, true, true, false]);
        assert_eq!(post("b", Duration::ZERO), Ok(()), "each channel for itself");
        assert_eq!(post("a", SECOND / 4), Err(SECOND * 3 / 4));
        assert_eq!(post("a", SECOND), Ok(()));
        assert!((2..60).all(|second| post("a", SECOND * second).is_ok()), "one a second is never too many");
    }

    #[test]
    fn a_tier_is_counted_over_a_minute() {
        let (mut rates, start) = (Rates::default(), Instant::now());
        let mut call = |at: Duration| rates.count("usergroups.list", Tier::Two, "", start + at);
        assert!((0..20).all(|second| call(SECOND * second).is_ok()));
        assert_eq!(call(SECOND * 20), Err(SECOND * 40));
        assert_eq!(call(SECOND * 60), Ok(()));
        assert!(call(SECOND * 60).is_err());
    }
}
