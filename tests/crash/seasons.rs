//! Seasons: a host starts one in a channel, ends it a while later, and starts another.

use std::{cell::RefCell, time::Duration};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use rand::{RngExt, rngs::ChaCha8Rng};
use tokio::time::sleep;

use crate::{platform::Platform, players::Game};

/// What the host knows of a season.
#[derive(Debug, Clone)]
pub struct Season {
    pub name: String,
    pub channel: usize,
    pub fate: Fate,
}

/// What the host was told of a season's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nothing yet.
    Unknown,
    /// It has ended.
    Ended,
    /// There is none of this name: nobody heard of its start.
    NeverBegan,
}

/// What the host knows.
#[derive(Default)]
pub struct Seasons(RefCell<Vec<Season>>);

impl Seasons {
    pub fn all(&self) -> Vec<Season> {
        self.0.borrow().clone()
    }

    /// Runs one season after the other, until the game is over; then ends those that still run.
    pub async fn are_held<P: Platform>(&self, platform: &P, game: &Game, mut chance: ChaCha8Rng) {
        let channels = platform.channels().len();
        while !game.over.get() {
            sleep(Duration::from_millis(chance.random_range(500..2_500))).await;
            let channel = chance.random_range(0..channels);
            let season = Season { name: format!("cup {}", self.0.borrow().len() + 1), channel, fate: Fate::Unknown };
            let ends = Timestamp::now().to_zoned(TimeZone::UTC).date().saturating_add(2.days()).to_string();
            let options = [("name", season.name.clone()), ("ends", ends), ("channels", platform.mention(channel))];
            // That nobody tells does not mean that it does not run.
            self.0.borrow_mut().push(season);
            platform.commands(channel, "kquiz season start", &options).await;
            sleep(Duration::from_millis(chance.random_range(1_000..6_000))).await;
            self.end_all(platform).await;
        }
    }

    /// Ends all seasons whose end the host was not told of yet.
    pub async fn end_all<P: Platform>(&self, platform: &P) {
        let running = self.all().into_iter().enumerate().filter(|(_, season)| season.fate == Fate::Unknown);
        for (place, season) in running {
            let said = platform.commands(season.channel, "kquiz season end", &[("name", season.name.clone())]).await;
            let Some(said) = said else { continue };
            self.0.borrow_mut()[place].fate = if said.contains("has ended") || said.contains("is over") {
                Fate::Ended
            } else if said.contains("no season") {
                Fate::NeverBegan
            } else {
                Fate::Unknown
            };
        }
    }
}
