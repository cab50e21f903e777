//! What Discord's answers say of its limits.

use std::time::Duration;

use reqwest::header::HeaderMap;
use serde_json::Value;

/// How long to wait where a 429 does not say.
const UNTOLD: Duration = Duration::from_secs(5);

/// How a route stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) limit: u64,
    pub(super) left: u64,
    pub(super) reset_after: Duration,
}

pub(super) fn window(headers: &HeaderMap) -> Option<Window> {
    let number = |name| headers.get(name)?.to_str().ok()?.parse().ok();
    Some(Window {
        limit: number("x-ratelimit-limit").unwrap_or(0),
        left: number("x-ratelimit-remaining")?,
        reset_after: seconds(headers, "x-ratelimit-reset-after")?,
    })
}

/// How long a 429 asks to wait: its body is more precise than its header.
pub(super) fn retry_after(headers: &HeaderMap, body: &str) -> Duration {
    let told = json(body)["retry_after"].as_f64().and_then(|wait| Duration::try_from_secs_f64(wait).ok());
    told.or_else(|| seconds(headers, "retry-after")).unwrap_or(UNTOLD)
}

/// Whether a 429 means the whole bot. One that is not Discord's own, which says what it means, comes from what stands before it
/// (Cloudflare), and that counts by address.
pub(super) fn is_global(headers: &HeaderMap, body: &str) -> bool {
    match json(body)["global"].as_bool() {
        Some(global) => global || headers.contains_key("x-ratelimit-global"),
        None => true,
    }
}

/// Discord's own code of an error; 0 is none.
pub(super) fn code(body: &str) -> u64 {
    json(body)["code"].as_u64().unwrap_or(0)
}

fn json(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_default()
}

fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    let seconds: f64 = headers.get(name)?.to_str().ok()?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}
