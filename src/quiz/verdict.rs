//! How an answer was marked.

use serde::{Deserialize, Serialize};

/// How much of an answer is right, in ten-thousandths: 0 to 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Credit(u16);

impl Credit {
    /// Nothing right.
    pub const NONE: Self = Self(0);
    /// All right.
    pub const FULL: Self = Self(10_000);

    /// `right` of `all`, rounded half up, held between none and full. `all` of 0 gives none.
    pub fn of(right: i64, all: i64) -> Self {
        if all <= 0 || right <= 0 {
            return Self::NONE;
        }
        let tenthousandths = (2 * right * 10_000 + all) / (2 * all);
        Self(u16::try_from(tenthousandths.min(10_000)).unwrap_or(10_000))
    }

    /// In ten-thousandths, 0 to 10,000.
    pub fn get(self) -> u16 {
        self.0
    }

    /// As a fraction from 0 to 1.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }
}

/// How an answer was marked: the credit, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Verdict {
    /// How much is right.
    pub credit: Credit,
    /// What was right, in the words that are shown.
    pub found: Vec<String>,
    /// What should have been there, in the words that are shown.
    pub missing: Vec<String>,
    /// What should not have been there, in the words that are shown.
    pub wrong: Vec<String>,
}
