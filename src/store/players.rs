//! Players: names, who is hidden, what is theirs to see, export and delete.

use jiff::Timestamp;

use super::{Store, StoreError};
use crate::quiz::id::{CardId, DeckId, PlayerId, SpaceId};

/// A player as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PlayerId,
    /// The name as shown.
    pub name: String,
    /// Off the boards and reveals, by their own wish.
    pub hidden: bool,
}

/// A player's own figures, over closed rounds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stats {
    /// Points in all.
    pub points: i64,
    /// Rounds answered.
    pub answered: i64,
    /// Rounds answered fully right.
    pub right: i64,
    /// Sum of credits, ten-thousandths.
    pub credit: i64,
    /// By topic, by name.
    pub topics: Vec<TopicStats>,
}

/// A player's own figures in one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicStats {
    /// The topic.
    pub topic: String,
    /// Rounds answered.
    pub answered: i64,
    /// Sum of credits, ten-thousandths.
    pub credit: i64,
}

impl Store {
    /// Remembers a player's name.
    pub async fn see(&self, player: &PlayerId, name: &str, now: Timestamp) -> Result<(), StoreError> {
        let _ = (player, name, now);
        todo!()
    }

    /// A player, if ever seen.
    pub async fn person(&self, player: &PlayerId) -> Result<Option<Person>, StoreError> {
        let _ = player;
        todo!()
    }

    /// Takes a player off boards and reveals, or puts them back.
    pub async fn hide(&self, player: &PlayerId, hidden: bool) -> Result<(), StoreError> {
        let _ = (player, hidden);
        todo!()
    }

    /// A player's own figures.
    pub async fn stats(&self, player: &PlayerId) -> Result<Stats, StoreError> {
        let _ = player;
        todo!()
    }

    /// Everything stored about a player, as JSON.
    pub async fn export(&self, player: &PlayerId) -> Result<serde_json::Value, StoreError> {
        let _ = player;
        todo!()
    }

    /// Removes everything about a player: answers, entries, awards, standings, name, web account and messages. Frozen season standings
    /// keep the sums under no name. They cannot answer again the rounds that are open now (a tombstone by a hash stays until the
    /// rounds close).
    pub async fn forget(&self, player: &PlayerId, now: Timestamp) -> Result<(), StoreError> {
        let _ = (player, now);
        todo!()
    }

    /// The card on demand that the player looks at, with the question as asked.
    pub async fn shown(&self, player: &PlayerId) -> Result<Option<crate::quiz::asked::Asked>, StoreError> {
        let _ = player;
        todo!()
    }

    /// Remembers the card on demand that the player was shown.
    pub async fn set_shown(
        &self,
        player: &PlayerId,
        asked: &crate::quiz::asked::Asked,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let _ = (player, asked, now);
        todo!()
    }

    /// The cards that are open (posting or open) in a space: `/kcard` never shows them.
    pub async fn open_cards(&self, space: &SpaceId) -> Result<Vec<(DeckId, CardId)>, StoreError> {
        let _ = space;
        todo!()
    }
}
