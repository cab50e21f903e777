//! Ids as Discord makes them: the time in milliseconds since its epoch, then a number that makes the id unique.

use std::fmt;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// 1 January 2015, in milliseconds since 1970.
const EPOCH: i64 = 1_420_070_400_000;

/// A snowflake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

impl Id {
    /// An id of that moment; `number` must differ from every other's of the same moment.
    pub fn at(moment: Timestamp, number: u64) -> Self {
        let since = u64::try_from(moment.as_millisecond() - EPOCH).expect("scenes play after 2015");
        Self((since << 22) | (number & 0x3f_ffff))
    }

    /// An id as a path or a body writes it.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
