//! What lasts: the one place that knows SQL. SQLite by default, PostgreSQL by `DATABASE_URL`; the same statements on both
//! (DESIGN.md section 6), and what must differ stands in `dialect`.
//!
//! Times are integers, milliseconds since 1970 UTC. Answers and awards are the truth; standings are sums of awards kept in the
//! same transaction. Knows the rules (quiz) and no other room.

mod accepted;
mod across;
mod answers;
mod ask;
mod bars;
mod batch;
mod cases;
mod close;
mod corrections;
mod database;
mod decks;
mod dialect;
mod disputes;
mod file;
mod forget;
mod notices;
mod outbox;
mod players;
mod recount;
mod remark;
mod resettle;
mod room;
mod rounds;
mod rows;
mod schedules;
mod seasons;
mod spaces;
mod standings;
mod trouble;
mod verify;
mod void;
mod writer;

pub use across::OpenIn;
pub use answers::{Answered, Entered, NewAnswer, Which};
pub use ask::{AskOutcome, Draft, NewAsk, SlotKey};
pub use cases::{Case, CaseState, Dispute};
pub use close::AwardRow;
pub use corrections::Correction;
pub use decks::{DeckAdded, SpaceDeck};
pub use disputes::{Disputed, NewDispute};
pub use file::Hold;
pub use notices::Notice;
pub use outbox::{Parcel, ParcelId, What};
pub use players::{Person, Stats, TopicStats};
pub use remark::{RemarkError, Remarked, Ruling, Said};
pub use resettle::Changed;
pub use room::{Account, RoomMessage};
pub use rounds::Round;
pub use schedules::{Schedule, Source};
pub use seasons::SeasonError;
pub use spaces::Space;
pub use standings::Board;
pub use trouble::StoreError;
pub use verify::Difference;
pub use void::{NewVoid, VoidError};

use std::time::Duration;

use tokio::time::timeout;

use database::Database;
use writer::Queue;

/// How long a store that is ready takes at most to say so.
const READY_WITHIN: Duration = Duration::from_secs(3);

/// The store. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    /// The connections.
    db: Database,
    /// Where answers wait for the writer.
    queue: Queue,
}

impl Store {
    /// Opens `sqlite://PATH` (created if missing) or `postgres://…`, migrates it, and starts the writer. Refuses a database that
    /// a newer kcard has migrated. Must run inside a tokio runtime.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Ok(Self::start(Database::open(url, true).await?))
    }

    /// As [`Store::open`], but never makes a SQLite file that is not there.
    pub async fn open_existing(url: &str) -> Result<Self, StoreError> {
        Ok(Self::start(Database::open(url, false).await?))
    }

    fn start(db: Database) -> Self {
        let queue = Queue::start(db.clone());
        Self { db, queue }
    }

    /// Waits for what is being written and closes all connections.
    pub async fn close(&self) {
        self.queue.drain().await;
        self.db.close().await;
    }

    /// Keeps a SQLite file for this process for as long as the hold lives; fails where another has it. Several processes may share a
    /// PostgreSQL database, and one may read a file that another keeps.
    pub fn hold(&self) -> Result<Hold, StoreError> {
        self.db.file.as_ref().map_or_else(|| Ok(Hold::nothing()), |file| file.hold())
    }

    /// Whether the store can be read and written now; for `/readyz`.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let ping = async {
            sqlx::query("SELECT 1").execute(&self.db.read).await?;
            self.db.begin().await?.rollback().await
        };
        match timeout(READY_WITHIN, ping).await {
            Ok(answered) => Ok(answered?),
            Err(_) => Err(StoreError::Busy(format!("it did not answer within {} s", READY_WITHIN.as_secs()))),
        }
    }
}
