//! How often the bot may call, on real time: a window per bucket, and one for everything.

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// So many calls in so long.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    pub calls: usize,
    pub per: Duration,
}

const fn limit(calls: usize, millis: u64) -> Limit {
    Limit { calls, per: Duration::from_millis(millis) }
}

/// The limits of the stand-in; a test under load may widen them.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub global: Limit,
    /// Posts per channel.
    pub posts: Limit,
    /// Reactions set or taken away, per channel.
    pub reactions: Limit,
    /// Pages of a channel's history, and of those who reacted, per channel.
    pub readings: Limit,
    /// Everything else, per route and place.
    pub others: Limit,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            global: limit(50, 1000),
            posts: limit(5, 5000),
            reactions: limit(1, 250),
            readings: limit(5, 5000),
            others: limit(50, 1000),
        }
    }
}

impl Limits {
    /// Limits that no test reaches.
    pub fn none() -> Self {
        let wide = limit(1_000_000, 1);
        Self { global: wide, posts: wide, reactions: wide, readings: wide, others: wide }
    }
}

struct Window {
    began: Instant,
    used: usize,
}

/// How a bucket stands after a call.
#[derive(Debug, Clone)]
pub struct Standing {
    pub bucket: String,
    pub limit: usize,
    pub remaining: usize,
    pub reset_after: Duration,
}

/// Too many: wait so long.
#[derive(Debug, Clone)]
pub struct Over {
    pub global: bool,
    pub after: Duration,
    pub standing: Option<Standing>,
}

#[derive(Default)]
pub struct Rates {
    pub limits: Limits,
    windows: BTreeMap<String, Window>,
    calls: VecDeque<Instant>,
}

/// Which bucket a call falls into: its route and, where Discord splits by them, the channel, the guild or the token; and its limit.
fn bucket(limits: &Limits, method: &str, path: &[&str]) -> (String, Limit) {
    match (method, path) {
        ("POST", ["channels", channel, "messages"]) => (format!("posts of {channel}"), limits.posts),
        ("PUT" | "DELETE", ["channels", channel, "messages", _, "reactions", ..]) => {
            (format!("reactions of {channel}"), limits.reactions)
        }
        ("GET", ["channels", channel, "messages"]) => (format!("history of {channel}"), limits.readings),
        ("GET", ["channels", channel, "messages", _, "reactions", ..]) => {
            (format!("who reacted in {channel}"), limits.readings)
        }
        (_, [root @ ("channels" | "guilds"), place, rest @ ..]) => {
            let shape: Vec<&str> =
                rest.iter().map(|part| if part.parse::<u64>().is_ok() { "*" } else { part }).collect();
            (format!("{method} {root}/{place}/{}", shape.join("/")), limits.others)
        }
        (_, ["webhooks", _, token, ..]) => (format!("webhook {token}"), limits.others),
        (_, ["interactions", id, ..]) => (format!("interaction {id}"), limits.others),
        _ => (format!("{method} {}", path.first().unwrap_or(&"")), limits.others),
    }
}

impl Rates {
    /// Counts a call. `bot`: it bears the bot's token, so the global limit holds for it.
    pub fn count(&mut self, method: &str, path: &[&str], bot: bool, now: Instant) -> Result<Standing, Over> {
        if bot {
            let Limit { calls, per } = self.limits.global;
            while self.calls.front().is_some_and(|first| now.duration_since(*first) >= per) {
                self.calls.pop_front();
            }
            if self.calls.len() >= calls {
                let after = self.calls.front().map_or(per, |first| per.saturating_sub(now.duration_since(*first)));
                return Err(Over { global: true, after, standing: None });
            }
            self.calls.push_back(now);
        }
        let (bucket, limit) = bucket(&self.limits, method, path);
        let window = self.windows.entry(bucket.clone()).or_insert(Window { began: now, used: 0 });
        if now.duration_since(window.began) >= limit.per {
            *window = Window { began: now, used: 0 };
        }
        let reset_after = limit.per.saturating_sub(now.duration_since(window.began));
        let fits = window.used < limit.calls;
        window.used += usize::from(fits);
        let standing = Standing { bucket, limit: limit.calls, remaining: limit.calls - window.used, reset_after };
        if fits { Ok(standing) } else { Err(Over { global: false, after: reset_after, standing: Some(standing) }) }
    }
}

impl Standing {
    /// The `X-RateLimit-…` headers.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let reset = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + self.reset_after;
        let hash = self
            .bucket
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        vec![
            ("x-ratelimit-limit", self.limit.to_string()),
            ("x-ratelimit-remaining", self.remaining.to_string()),
            ("x-ratelimit-reset", format!("{:.3}", reset.as_secs_f64())),
            // Rounded up, so that who waits for as long has waited long enough.
            ("x-ratelimit-reset-after", format!("{:.3}", (self.reset_after + Duration::from_millis(1)).as_secs_f64())),
            ("x-ratelimit-bucket", format!("{hash:016x}")),
        ]
    }
}

impl Over {
    /// Seconds to wait, rounded up to the millisecond as the body says them.
    pub fn seconds(&self) -> f64 {
        (self.after + Duration::from_millis(1)).as_secs_f64()
    }

    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = self.standing.as_ref().map(Standing::headers).unwrap_or_default();
        headers.push(("retry-after", self.seconds().ceil().to_string()));
        headers.push(("x-ratelimit-scope", if self.global { "global" } else { "user" }.to_owned()));
        if self.global {
            headers.push(("x-ratelimit-global", "true".to_owned()));
        }
        headers
    }
}
