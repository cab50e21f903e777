//! What `kcard doctor` finds out about a platform: whether all is as it should be, and how to mend what is not.

use std::fmt::Display;

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};

/// How far the clock may be off before it matters, and before it spoils a quiz: what is late is told by the platform's time.
const CLOCK: (SignedDuration, SignedDuration) = (SignedDuration::from_secs(2), SignedDuration::from_secs(30));

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// As it should be.
    Fine,
    /// It works; it could be better.
    Poor,
    /// It does not work.
    Bad,
}

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What: `token`, `#daily-quiz`.
    pub what: String,
    /// How it stands.
    pub health: Health,
    /// What was found.
    pub found: String,
    /// How to mend it; empty where there is nothing to mend.
    pub mend: String,
}

impl Finding {
    /// It is as it should be.
    pub fn fine(what: impl Into<String>, found: impl Into<String>) -> Self {
        Self { what: what.into(), health: Health::Fine, found: found.into(), mend: String::new() }
    }

    /// It is not.
    pub fn not(what: impl Into<String>, health: Health, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { what: what.into(), health, found: found.into(), mend: mend.into() }
    }

    /// The platform did not let it be looked at; its error says how to mend that.
    pub fn failed(what: impl Into<String>, error: &impl Display) -> Self {
        Self::not(what, Health::Bad, error.to_string(), "")
    }

    /// How this machine's clock stands to the platform's, by the head `Date` of an answer, which is told in whole seconds.
    pub fn clock(platform: &str, date: Option<&str>, now: Timestamp) -> Self {
        let theirs = date.and_then(|date| rfc2822::parse(&date.replace("GMT", "+0000")).ok());
        let Some(theirs) = theirs else {
            return Self::fine("clock", format!("{platform} did not say what time it is"));
        };
        let off = now.duration_since(theirs.timestamp()).abs();
        let found = format!("{} s off {platform}'s", off.as_secs());
        let mend = "let the system keep its clock: turn on NTP (timedatectl set-ntp true)";
        match off {
            off if off <= CLOCK.0 => Self::fine("clock", found),
            off if off <= CLOCK.1 => Self::not("clock", Health::Poor, found, mend),
            _ => Self::not("clock", Health::Bad, found, mend),
        }
    }
}
