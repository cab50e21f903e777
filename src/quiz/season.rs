//! A named competition with a start and an end: which rounds count, its podium, its standings frozen at the end.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    id::{ChannelId, SeasonId, SpaceId},
    standing::Standing,
};

/// A season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// The store's number.
    pub id: SeasonId,
    /// Where it is held.
    pub space: SpaceId,
    /// Its name, unique in its space.
    pub name: String,
    /// The first moment that counts.
    pub starts: Timestamp,
    /// The first moment that no longer counts.
    pub ends: Timestamp,
    /// Which channels count; all of the space where empty.
    pub channels: BTreeSet<ChannelId>,
    /// When its standings were frozen.
    pub frozen: Option<Timestamp>,
}

/// Where a season stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Not yet started.
    Planned,
    /// Rounds count.
    Running,
    /// Over.
    Ended,
}

impl Season {
    /// Where it stands at `now`.
    pub fn phase(&self, now: Timestamp) -> Phase {
        if now < self.starts {
            Phase::Planned
        } else if now < self.ends {
            Phase::Running
        } else {
            Phase::Ended
        }
    }

    /// Whether a round opened at `opened` in `channel` counts.
    pub fn counts(&self, channel: &ChannelId, opened: Timestamp) -> bool {
        self.phase(opened) == Phase::Running && (self.channels.is_empty() || self.channels.contains(channel))
    }
}

/// Who stands on the podium: ranks 1 to 3, all who share them.
pub fn podium(standings: &[Standing]) -> Vec<&Standing> {
    standings.iter().take_while(|standing| standing.rank <= 3).collect()
}
