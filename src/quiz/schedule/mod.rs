//! When a channel gets a question: patterns, slots, and what an outage leaves to ask.

mod check;
pub mod due;
pub mod pattern;
#[cfg(test)]
mod tests;
pub mod window;
pub mod zone;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{
    draw::Filter,
    id::{ChannelId, DeckId},
    points::Weights,
    round::{Feedback, Reveal, Rules, Style, Ways},
};
pub use check::PlanError;
pub use pattern::{Pattern, PatternError};

/// What a schedule asks, when, and how it is answered. Stored whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Its name, unique in its space: lower case letters, digits and dashes, 1 to 40.
    pub name: String,
    /// Where it asks.
    pub channel: ChannelId,
    /// From which deck.
    pub deck: DeckId,
    /// Which of its questions.
    pub filter: Filter,
    /// When.
    pub pattern: Pattern,
    /// An IANA zone name; the space's zone where `None`.
    pub timezone: Option<String>,
    /// How long a round is open, milliseconds; until the next slot, at most 24 h, where `None`.
    pub window_ms: Option<i64>,
    /// `None`: social, or contest while a season covers the channel.
    pub style: Option<Style>,
    /// `None`: the style's default.
    pub ways: Option<Ways>,
    /// Attempts for typed answers.
    pub attempts: u8,
    /// What is told before the close.
    pub feedback: Feedback,
    /// What adds to the points.
    pub weights: Weights,
    /// How old a slot may be and still be asked after an outage, milliseconds.
    pub catch_up_ms: i64,
    /// Local dates on which nothing is asked.
    pub skip: Vec<Date>,
    /// Ask one question as soon as it can be, once ever.
    pub ask_on_start: bool,
    /// Open a thread on each question that is not played as a contest.
    #[serde(default)]
    pub thread: bool,
    /// A role or group of the channel's platform that each question mentions, by its whole id: `discord:ROLE`, `slack:GROUP`.
    #[serde(default)]
    pub mention: Option<String>,
    /// Where each reveal is seen, on a face that puts it into its question's thread.
    #[serde(default)]
    pub reveal: Reveal,
}

/// Attempts where none are named.
pub const DEFAULT_ATTEMPTS: u8 = 3;
/// How late a slot may be asked where nothing is named: 2 h.
pub const DEFAULT_CATCH_UP: SignedDuration = SignedDuration::from_hours(2);
/// The longest window that is not set by hand: 24 h.
pub const LONGEST_WINDOW: SignedDuration = SignedDuration::from_hours(24);

impl Plan {
    /// A plan by the defaults.
    pub fn new(name: impl Into<String>, channel: ChannelId, deck: DeckId, pattern: Pattern) -> Self {
        Self {
            name: name.into(),
            channel,
            deck,
            filter: Filter::default(),
            pattern,
            timezone: None,
            window_ms: None,
            style: None,
            ways: None,
            attempts: DEFAULT_ATTEMPTS,
            feedback: Feedback::default(),
            weights: Weights::default(),
            catch_up_ms: i64::try_from(DEFAULT_CATCH_UP.as_millis()).unwrap_or(i64::MAX),
            skip: Vec::new(),
            ask_on_start: false,
            thread: false,
            mention: None,
            reveal: Reveal::default(),
        }
    }

    /// How a round is played that is drawn at `asked` (its slot, or later after an outage); a post that is delayed keeps this window. Where no style is set, a running season
    /// makes it a contest, unless the set ways are such as all can see.
    pub fn rules(&self, season_running: bool, asked: Timestamp, zone: &TimeZone) -> Rules {
        let fits_contest = self.ways.as_ref().is_none_or(|ways| ways.check(Style::Contest).is_ok());
        let default = if season_running && fits_contest { Style::Contest } else { Style::Social };
        let style = self.style.unwrap_or(default);
        Rules {
            style,
            ways: self.ways.clone().unwrap_or_else(|| Ways::default_for(style)),
            attempts: self.attempts,
            feedback: self.feedback,
            window_ms: i64::try_from(self.window_after(asked, zone).as_millis()).unwrap_or(i64::MAX),
            weights: self.weights,
            thread: self.thread && style == Style::Social,
            mention: self.mention.clone(),
            reveal: self.reveal,
        }
    }

    /// How long a round that is asked at `asked` is open: the set window, or until the next slot after it, from
    /// [`window::SHORTEST`] to [`LONGEST_WINDOW`].
    pub fn window_after(&self, asked: Timestamp, zone: &TimeZone) -> SignedDuration {
        if let Some(window_ms) = self.window_ms {
            return SignedDuration::from_millis(window_ms);
        }
        let next = self.pattern.next(asked, zone);
        next.map_or(LONGEST_WINDOW, |next| next.duration_since(asked)).clamp(window::SHORTEST, LONGEST_WINDOW)
    }

    /// How old a slot may be and still be asked after an outage.
    pub fn catch_up(&self) -> SignedDuration {
        SignedDuration::from_millis(self.catch_up_ms)
    }

    /// The zone its slots and skip dates are in: its own, or the space's.
    pub fn zone(&self, space: &TimeZone) -> Result<TimeZone, zone::ZoneError> {
        self.timezone.as_deref().map_or_else(|| Ok(space.clone()), zone::parse_zone)
    }
}
