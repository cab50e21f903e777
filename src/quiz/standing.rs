//! Standings: by points, then by credit per answered round; who is equal shares the rank (1, 2, 2, 4), listed by name.

#[cfg(test)]
mod tests;

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{
    id::{PlayerId, SeasonId},
    points::Points,
};

/// A player's place in a leaderboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// From 1; shared by equals.
    pub rank: i64,
    /// Who.
    pub player: PlayerId,
    /// The name as shown.
    pub name: String,
    /// The sum of awards.
    pub points: Points,
    /// The sum of credits, ten-thousandths.
    pub credit: i64,
    /// Rounds answered.
    pub answered: i64,
}

/// Which rounds a leaderboard counts. A round belongs to the day it opened, in the space's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// The local day.
    Today,
    /// The ISO week, from Monday.
    Week,
    /// The calendar month.
    Month,
    /// A season.
    Season(SeasonId),
    /// Everything.
    All,
}

/// The key under which a period's sums are stored: `d2026-11-23`, `w2026-48`, `m2026-11`, `s7`, `a`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeriodKey(String);

impl PeriodKey {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Period {
    /// The key of this period at `at` in `zone`.
    pub fn key(self, at: Timestamp, zone: &TimeZone) -> PeriodKey {
        let date = zone.to_datetime(at).date();
        PeriodKey(match self {
            Self::Today => format!("d{date}"),
            Self::Week => {
                let week = date.iso_week_date();
                format!("w{:04}-{:02}", week.year(), week.week())
            }
            Self::Month => format!("m{:04}-{:02}", date.year(), date.month()),
            Self::Season(id) => format!("s{id}"),
            Self::All => "a".to_owned(),
        })
    }
}

/// Credit per answered round, in millionths of a ten-thousandth, rounded down: what breaks ties. Exact for up to 1,000
/// answered rounds.
pub fn rate(credit: i64, answered: i64) -> i64 {
    if answered <= 0 { 0 } else { credit.saturating_mul(1_000_000) / answered }
}

/// Sorts by points, rate and name (then by player, so that the order is always the same), and gives ranks. The store gives the
/// same ranks by SQL; a test holds one against the other.
pub fn rank(standings: &mut [Standing]) {
    let merit = |standing: &Standing| (standing.points, rate(standing.credit, standing.answered));
    standings.sort_by(|a, b| {
        merit(b).cmp(&merit(a)).then_with(|| a.name.cmp(&b.name)).then_with(|| a.player.cmp(&b.player))
    });
    let mut above = None;
    for (place, standing) in (1..).zip(standings) {
        let rank = match above {
            Some((rank, equal)) if equal == merit(standing) => rank,
            _ => place,
        };
        standing.rank = rank;
        above = Some((rank, merit(standing)));
    }
}
