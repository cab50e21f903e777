//! Whether a plan can be: checked when it is set, in the configuration or in chat, with messages that say what would be right.

use std::collections::BTreeSet;

use super::{Plan, window, zone::ZoneError};
use crate::quiz::{
    deck::{Deck, Level},
    draw,
    nearest::nearest,
    round::{Style, Ways, WaysError},
    shown::shown,
};

/// Why a plan cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The name is not of the form that commands and settings can carry.
    #[error(
        "`{0}` cannot be a schedule's name: use 1 to 40 lower case letters, digits and dashes, such as `daily-quiz`"
    )]
    Name(String),
    /// The zone is unknown.
    #[error(transparent)]
    Zone(#[from] ZoneError),
    /// The window is out of range.
    #[error("a window of {0} cannot be: it must be from 10 seconds to 30 days")]
    Window(String),
    /// The catch-up is out of range.
    #[error("a catch_up of {0} cannot be: it must be from 10 seconds to 30 days")]
    CatchUp(String),
    /// No attempts, or too many.
    #[error("{0} attempts cannot be: allow from 1 to 10")]
    Attempts(u8),
    /// Levels go from 1 to 5.
    #[error("there is no level {0}: levels go from 1 to 5")]
    Level(u8),
    /// The ways to answer cannot be, or not with this style or deck.
    #[error(transparent)]
    Ways(#[from] WaysError),
    /// A contest is secret, and all read a thread.
    #[error("a contest has no thread, as all would read it: leave out thread, or make the schedule social")]
    Thread,
    /// The mention names nothing that the channel's platform can mention.
    #[error("{}", mention_words(mention, face))]
    Mention {
        /// What was asked for.
        mention: String,
        /// The channel's face.
        face: String,
    },
    /// The deck has no such topic.
    #[error("deck `{deck}` has no topic `{topic}`{}; its topics are {}", did_you_mean(topic, topics), topics.iter().map(|topic| format!("`{topic}`")).collect::<Vec<_>>().join(", "))]
    Topic {
        /// The deck's name.
        deck: String,
        /// What was asked for.
        topic: String,
        /// What there is.
        topics: BTreeSet<String>,
    },
    /// Topic, exam, level and kinds together leave nothing.
    #[error("no card of deck `{0}` passes the filter: leave out or loosen topic, exam, level or kinds")]
    NoCard(String),
}

fn mention_words(mention: &str, face: &str) -> String {
    match face {
        "web" => format!("`{mention}` cannot be mentioned: the web room has no roles and no groups; leave out mention"),
        "discord" => format!("`{mention}` cannot be mentioned: write the role's whole id, `discord:` and its number"),
        _ => {
            format!("`{mention}` cannot be mentioned: write the group's whole id, `{face}:` and its letters and digits")
        }
    }
}

fn did_you_mean(topic: &str, topics: &BTreeSet<String>) -> String {
    let near = nearest(topic, topics.iter().map(String::as_str));
    near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default()
}

impl Plan {
    /// Refuses what cannot be, whatever the deck.
    pub fn check(&self) -> Result<(), PlanError> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !(1..=40).contains(&self.name.len()) || !self.name.chars().all(plain) {
            return Err(PlanError::Name(shown(&self.name, 60)));
        }
        if let Some(name) = &self.timezone {
            super::zone::parse_zone(name)?;
        }
        if let Some(window) = self.window_ms.map(jiff::SignedDuration::from_millis)
            && !window::is_allowed(window)
        {
            return Err(PlanError::Window(format!("{window:#}")));
        }
        if !window::is_allowed(self.catch_up()) {
            return Err(PlanError::CatchUp(format!("{:#}", self.catch_up())));
        }
        if !(1..=10).contains(&self.attempts) {
            return Err(PlanError::Attempts(self.attempts));
        }
        if let Some(level) = self.filter.level.filter(|level| Level::new(*level).is_none()) {
            return Err(PlanError::Level(level));
        }
        if let Some(ways) = &self.ways {
            ways.check(self.style.unwrap_or(Style::Social))?;
        }
        if self.thread && self.style == Some(Style::Contest) {
            return Err(PlanError::Thread);
        }
        self.check_mention()
    }

    /// Only a role or a group of the channel's own platform can be mentioned there, and its whole id says which.
    fn check_mention(&self) -> Result<(), PlanError> {
        let (Some(mention), face) = (&self.mention, self.channel.face()) else { return Ok(()) };
        let id = mention.strip_prefix(face).and_then(|rest| rest.strip_prefix(':')).unwrap_or_default();
        let fits = |c: char| if face == "discord" { c.is_ascii_digit() } else { c.is_ascii_alphanumeric() };
        if face != "web" && (1..=32).contains(&id.len()) && id.chars().all(fits) {
            return Ok(());
        }
        Err(PlanError::Mention { mention: shown(mention, 60), face: face.to_owned() })
    }

    /// Refuses a plan that could ask nothing from this deck, its own.
    pub fn check_deck(&self, deck: &Deck) -> Result<(), PlanError> {
        let all = Ways::default_for(Style::Social);
        if draw::candidates(deck, &self.filter, self.ways.as_ref().unwrap_or(&all)).next().is_some() {
            return Ok(());
        }
        if draw::candidates(deck, &self.filter, &all).next().is_some() {
            return Err(WaysError::NothingToReactTo.into());
        }
        let topics: BTreeSet<String> = deck.cards.iter().map(|card| card.topic.clone()).collect();
        match &self.filter.topic {
            Some(topic) if !topics.contains(topic) => {
                Err(PlanError::Topic { deck: deck.id.to_string(), topic: shown(topic, 60), topics })
            }
            _ => Err(PlanError::NoCard(deck.id.to_string())),
        }
    }
}
