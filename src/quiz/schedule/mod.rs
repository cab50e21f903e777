//! When a channel gets a question: patterns, slots, and what an outage leaves to ask.

pub mod due;
pub mod pattern;

use jiff::{SignedDuration, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{
    draw::Filter,
    id::{ChannelId, DeckId},
    points::Weights,
    round::{Feedback, Style, Ways},
};
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
}

/// Attempts where none are named.
pub const DEFAULT_ATTEMPTS: u8 = 3;
/// How late a slot may be asked where nothing is named: 2 h.
pub const DEFAULT_CATCH_UP: SignedDuration = SignedDuration::from_hours(2);
/// The longest window that is not set by hand: 24 h.
pub const LONGEST_WINDOW: SignedDuration = SignedDuration::from_hours(24);

impl Plan {
    /// How long a round that opens at `opened` for the slot `slot` is open: the set window, or until the next slot after it,
    /// at most 24 h.
    pub fn window_after(&self, slot: jiff::Timestamp, zone: &TimeZone) -> SignedDuration {
        let _ = (slot, zone);
        todo!()
    }
}
