//! Durations as people write them: `20s`, `30m`, `8h`, `1h30m`.

use jiff::{SignedDuration, Span, SpanRelativeTo};

use crate::quiz::shown::shown;

/// The shortest window and catch-up: 10 s.
pub const SHORTEST: SignedDuration = SignedDuration::from_secs(10);
/// The longest window and catch-up: 30 days.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Why a text is no duration that can be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// No duration.
    #[error("cannot read `{0}` as a duration: write `20s`, `30m`, `8h`, `1h30m` or `2d`")]
    Unreadable(String),
    /// Below [`SHORTEST`] or above [`LONGEST`].
    #[error("{0} is out of range: it must be from 10 seconds to 30 days")]
    OutOfRange(String),
}

/// Reads a duration from 10 s to 30 days. A day has 24 hours here.
pub fn parse_duration(text: &str) -> Result<SignedDuration, DurationError> {
    let shown = || shown(text, 40);
    let duration = text
        .trim()
        .parse::<Span>()
        .and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()))
        .map_err(|_| DurationError::Unreadable(shown()))?;
    if is_allowed(duration) { Ok(duration) } else { Err(DurationError::OutOfRange(shown())) }
}

/// Whether a window or a catch-up may be this long.
pub fn is_allowed(duration: SignedDuration) -> bool {
    (SHORTEST..=LONGEST).contains(&duration)
}
