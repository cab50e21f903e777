//! `kcard store verify`: recomputes what is derived and says where it differs from what is stored. It never should.

use super::{Store, StoreError};

/// One place where what is stored is not what the answers and awards give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where, in words.
    pub place: String,
    /// What is stored.
    pub stored: String,
    /// What it should be.
    pub computed: String,
}

impl Store {
    /// Recomputes entries from answers, verdicts from entries, and standings from awards.
    pub async fn verify(&self) -> Result<Vec<Difference>, StoreError> {
        todo!()
    }
}
