//! Firing times: `weekdays 09:00`, `daily 18:30`, `mon,thu 08:00`, or a cron expression, in an IANA zone.
//!
//! A fixed local time that a clock change skips fires right after the gap; one that occurs twice fires once; interval
//! patterns (`*/15 * * * *`) skip the gap and run through both hours. croner does the arithmetic, jiff the zones.

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// A parsed pattern. Equal patterns have equal text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    /// As it was written, tidied.
    text: String,
    // the parsed cron goes here
}

/// Why a pattern cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Neither words nor cron.
    #[error(
        "cannot read `{0}` as a time: write `weekdays 09:00`, `daily 18:30`, `mon,thu 08:00` or a cron expression such as `0 9 * * 1-5`"
    )]
    Unreadable(String),
    /// It is well formed and never fires (`0 0 30 2 *`).
    #[error("`{0}` never fires")]
    Never(String),
}

impl Pattern {
    /// Reads words or a cron expression.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let _ = text;
        todo!()
    }

    /// The first firing time strictly after `after`; `None` where there is none within 8 years. Never panics, also not for zones
    /// that skip whole days.
    pub fn next(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let _ = (after, zone);
        todo!()
    }

    /// As it was written, tidied.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl TryFrom<String> for Pattern {
    type Error = PatternError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.text
    }
}
