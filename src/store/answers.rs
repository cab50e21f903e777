//! Answers: what players did, each stored once by its key, and the entry that follows from them. One writer commits whatever waits
//! together, and never delays for more; one failure stays alone.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::{Round, Store, StoreError, database::Tx, rows::Columns as _};
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
    /// The rules took it, or refused it, as said. What they refused is not stored.
    Taken(Box<Round>, Taken),
    /// The same key was stored before; nothing changed.
    Again(RoundId),
    /// The round is closed or cancelled, its window was over at that time, or the player's data was deleted while it was open.
    Late(RoundId),
    /// Hosts take no answers from this player, for that reason.
    Barred(String),
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
    /// A host took what it earns: it counts for nothing.
    pub voided: bool,
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
        self.queue.answer(answer).await
    }

    /// What everyone has entered into a round, by time.
    pub async fn entries(&self, round: RoundId) -> Result<Vec<Entered>, StoreError> {
        let Some(round) = self.round(round).await? else { return Ok(Vec::new()) };
        let mut tx = self.db.snapshot().await?;
        Ok(entered(&mut tx, &round).await?)
    }

    /// What one player has entered into a round.
    pub async fn entry(&self, round: RoundId, player: &PlayerId) -> Result<Option<Entry>, StoreError> {
        let row = sqlx::query("SELECT entry FROM entries WHERE round = $1 AND player = $2")
            .bind(round.0)
            .bind(player.as_str())
            .fetch_optional(&self.db.read)
            .await?;
        Ok(row.map(|row| row.json("entry")).transpose()?)
    }
}

/// What everyone has entered into a round, by time, with no streaks.
pub(super) async fn entered(tx: &mut Tx, round: &Round) -> sqlx::Result<Vec<Entered>> {
    let rows = sqlx::query(
        "SELECT e.player, p.name, p.hidden + p.gone AS hidden, e.entry, e.at, CASE WHEN v.round IS NULL THEN 0 ELSE 1 END AS voided
         FROM entries e JOIN players p ON p.id = e.player
         LEFT JOIN voids v ON v.round = e.round AND v.player = e.player
         WHERE e.round = $1 ORDER BY e.at, e.player",
    )
    .bind(round.id.0)
    .fetch_all(&mut **tx)
    .await?;
    let read = |row: &AnyRow| {
        let entry: Entry = row.json("entry")?;
        Ok(Entered {
            player: PlayerId::new(row.text("player")?),
            name: row.text("name")?,
            hidden: row.flag("hidden")?,
            voided: row.flag("voided")?,
            verdict: entry.verdict(&round.asked),
            entry,
            at: row.at("at")?,
            streak: 0,
        })
    };
    rows.iter().map(read).collect()
}

/// A player's entry with what the store keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    /// What was given so far.
    pub entry: Entry,
    /// What counts.
    pub verdict: Option<Verdict>,
    /// When what counts was given.
    pub at: Timestamp,
}

impl Held {
    /// Where nothing has been given yet.
    pub fn new(at: Timestamp) -> Self {
        Self { entry: Entry::default(), verdict: None, at }
    }

    /// The credit of what counts, ten-thousandths.
    pub fn credit(&self) -> Option<i64> {
        self.verdict.as_ref().map(|verdict| i64::from(verdict.credit.get()))
    }

    /// Takes a change that came at `at`.
    pub fn take(&mut self, round: &Round, way: Way, change: &Change, at: Timestamp) -> Taken {
        let taken = self.entry.take(&round.asked, &round.rules, way, change, at);
        let verdict = self.entry.verdict(&round.asked);
        if verdict != self.verdict {
            (self.verdict, self.at) = (verdict, at);
        }
        taken
    }
}
