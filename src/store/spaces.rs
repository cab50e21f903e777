//! Spaces and their settings.

use super::{Store, StoreError};
use crate::quiz::id::SpaceId;

/// A space's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// Which.
    pub id: SpaceId,
    /// Its IANA zone; `None` where nobody set one (the configuration's default holds).
    pub timezone: Option<String>,
    /// Player ids (`web:ana`) and the platform's role or group ids that are hosts.
    pub hosts: Vec<String>,
}

impl Store {
    /// A space's settings; the defaults where it is not known yet.
    pub async fn space(&self, id: &SpaceId) -> Result<Space, StoreError> {
        let _ = id;
        todo!()
    }

    /// Stores a space's settings.
    pub async fn save_space(&self, space: &Space) -> Result<(), StoreError> {
        let _ = space;
        todo!()
    }

    /// All spaces that were ever saved.
    pub async fn spaces(&self) -> Result<Vec<Space>, StoreError> {
        todo!()
    }
}
