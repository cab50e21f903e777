//! Answers: what players did, each stored once by its key, and the entry that follows from them. One writer commits whatever waits
//! together, and never delays for more; a savepoint per answer keeps one failure alone.

use jiff::Timestamp;

use super::{Round, Store, StoreError};
use crate::quiz::{
    answer::{Change, Entry, Taken, Way},
    id::{MessageRef, PlayerId, RoundId},
    verdict::Verdict,
};

/// Something a player did, to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// Unique; the same key again changes nothing.
    pub key: String,
    /// To which round.
    pub which: Which,
    /// Who.
    pub player: PlayerId,
    /// The name to show for them, where known.
    pub name: Option<String>,
    /// By which way.
    pub way: Way,
    /// What they did.
    pub change: Change,
    /// When: the platform's time where it has one, else when it was received. Later than the close counts as late.
    pub at: Timestamp,
}

/// How the round is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// By its number; a round that is still posting takes answers too.
    Round(RoundId),
    /// By its question's message.
    Message(MessageRef),
}

/// What became of an answer. Committed when it is returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// The rules took it, or refused it, as said.
    Taken(Box<Round>, Taken),
    /// The same key was stored before; nothing changed.
    Again(RoundId),
    /// The round is closed or cancelled, its window was over at that time, or the player's data was deleted while it was open.
    Late(RoundId),
    /// No round has this message or number.
    Unknown,
}

/// What one player entered into a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// Who.
    pub player: PlayerId,
    /// The name as shown.
    pub name: String,
    /// Off the boards and reveals.
    pub hidden: bool,
    /// All of it.
    pub entry: Entry,
    /// What counts; `None` where nothing stands.
    pub verdict: Option<Verdict>,
    /// When what counts was given.
    pub at: Timestamp,
    /// Rounds of this schedule answered fully right in a row before this one; 0 unless the round's weights use it.
    pub streak: u32,
}

impl Store {
    /// Stores an answer and marks it. Returns once it is durable; [`StoreError::Busy`] where the queue is full.
    pub async fn answer(&self, answer: NewAnswer) -> Result<Answered, StoreError> {
        let _ = answer;
        todo!()
    }

    /// What everyone has entered into a round, by time.
    pub async fn entries(&self, round: RoundId) -> Result<Vec<Entered>, StoreError> {
        let _ = round;
        todo!()
    }

    /// What one player has entered into a round.
    pub async fn entry(&self, round: RoundId, player: &PlayerId) -> Result<Option<Entry>, StoreError> {
        let _ = (round, player);
        todo!()
    }
}
