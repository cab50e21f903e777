//! Firing times: `weekdays 09:00`, `daily 18:30`, `mon,thu 08:00`, or a cron expression, in an IANA zone.
//!
//! croner searches on the wall clock alone, where no time is missing or twice; `next` lays the wall clock onto the time line
//! with jiff. A fixed local time that a clock change skips fires right after the gap, and one that occurs twice fires once;
//! interval patterns (a `*` or `/` in hours, minutes or seconds, such as `*/15 * * * *`) skip the gap and run through both hours.

#[cfg(test)]
mod tests;
mod words;

use croner::{
    Cron,
    parser::{CronParser, Seconds, Year},
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, date},
    tz::{AmbiguousOffset, TimeZone},
};
use serde::{Deserialize, Serialize};

use crate::quiz::shown::shown;

/// A parsed pattern. Equal patterns have equal text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    /// As it was written, tidied.
    text: String,
    /// What it means; it fires when any of them does.
    parts: Vec<Part>,
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
    #[error("`{0}` never fires: no day is on the calendar for it; `0 9 * * 1-5` fires on weekdays at 09:00")]
    Never(String),
    /// Two firing times can be closer than [`CLOSEST_SECONDS`].
    #[error(
        "`{0}` fires more often than every {CLOSEST_SECONDS} seconds: cron with six fields begins with the seconds; `*/20 * * * * *` fires every 20 seconds, `0 9 * * *` daily at 09:00"
    )]
    TooOften(String),
}

/// Slots are at least this far apart.
pub const CLOSEST_SECONDS: u16 = 10;

/// Longer text is no pattern.
const LONGEST_TEXT: usize = 200;

/// One cron expression, and how clock changes bear on it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    cron: Cron,
    interval: bool,
}

impl Pattern {
    /// Reads words, a cron expression (five fields, or six that begin with the seconds) or a nickname such as `@daily`.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        if text.len() > LONGEST_TEXT {
            return Err(PatternError::Unreadable(format!("{}…", shown(text, 40))));
        }
        let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let unreadable = || PatternError::Unreadable(shown(&tidy, LONGEST_TEXT));
        if tidy.contains(':') {
            let words = words::Words::parse(&tidy).ok_or_else(unreadable)?;
            let parts = words.crons().iter().map(|cron| Part::parse(cron)).collect::<Option<_>>();
            return Ok(Self { text: words.to_string(), parts: parts.ok_or_else(unreadable)? });
        }
        let part = Part::parse(&tidy).ok_or_else(unreadable)?;
        if part.closest_seconds() < CLOSEST_SECONDS {
            return Err(PatternError::TooOften(tidy));
        }
        if !part.ever_fires() {
            return Err(PatternError::Never(tidy));
        }
        Ok(Self { text: tidy, parts: vec![part] })
    }

    /// The first firing time strictly after `after`. `None` only at the end of time: a pattern that never fires is not parsed.
    /// Never panics, also not for zones that skip whole days.
    pub fn next(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        self.parts.iter().filter_map(|part| part.next(after, zone)).min()
    }

    /// As it was written, tidied.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Part {
    fn parse(text: &str) -> Option<Self> {
        let parser = CronParser::builder().seconds(Seconds::Optional).year(Year::Disallowed).build();
        let cron = parser.parse(text).ok()?;
        let fields: Vec<&str> = cron.as_str().split_whitespace().collect();
        let clock = &fields[..fields.len().saturating_sub(3)];
        let interval = clock.iter().any(|field| field.contains(['*', '/']));
        Some(Self { cron, interval })
    }

    fn next(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        if self.interval { self.next_interval(after, zone) } else { self.next_fixed(after, zone) }
    }

    /// Every time on the wall clock fires exactly once, so the first that fires after `after` stands after it on the wall too.
    fn next_fixed(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let mut wall = zone.to_datetime(after);
        loop {
            wall = self.on_the_wall(wall, false)?;
            let fires = fires_at(wall, zone)?;
            if fires > after {
                return Some(fires);
            }
        }
    }

    /// From one clock change to the next the wall clock runs evenly: a time that the wall shows only after the change is not met.
    fn next_interval(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let (mut from, mut inclusive) = (after, false);
        loop {
            let offset = zone.to_offset(from);
            let wall = self.on_the_wall(offset.to_datetime(from), inclusive)?;
            let fires = offset.to_timestamp(wall).ok()?;
            match zone.following(from).next().map(|change| change.timestamp()) {
                Some(change) if change <= fires => (from, inclusive) = (change, true),
                _ => return Some(fires),
            }
        }
    }

    /// The first match after (or at) this time of the wall clock, in whole seconds.
    fn on_the_wall(&self, wall: DateTime, inclusive: bool) -> Option<DateTime> {
        self.cron.find_next_occurrence(&wall, inclusive).ok()
    }

    /// Whether any time of any day matches: the days of 28 years show every date on every weekday.
    fn ever_fires(&self) -> bool {
        let pattern = &self.cron.pattern;
        let has_time =
            [&pattern.seconds, &pattern.minutes, &pattern.hours].iter().all(|field| !field.values().is_empty());
        let matches = |date: Date| {
            let [month, day, weekday] = [date.month(), date.day(), date.weekday().to_sunday_zero_offset()]
                .map(|number| u32::from(number.unsigned_abs()));
            let weekday = croner::Weekday::from_days_from_sunday(weekday);
            pattern.month_match(month).unwrap_or(false)
                && pattern.day_match(date.year().into(), month, day, weekday).unwrap_or(false)
        };
        has_time && date(2000, 1, 1).series(1.day()).take(28 * 366).any(matches)
    }

    /// The shortest time between two matches, in seconds, as far as the field of the seconds tells.
    fn closest_seconds(&self) -> u16 {
        let seconds = self.cron.pattern.seconds.values();
        let following = seconds.iter().skip(1).copied().chain(seconds.first().map(|first| first + 60));
        seconds.iter().zip(following).map(|(this, next)| next - this).min().unwrap_or(60)
    }
}

/// When a fixed local time fires: the first time the wall shows it, or right after the gap that skips it.
fn fires_at(wall: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(wall);
    let in_gap = matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
    let earlier = ambiguous.earlier().ok()?;
    if in_gap { Some(zone.following(earlier).next()?.timestamp()) } else { Some(earlier) }
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
