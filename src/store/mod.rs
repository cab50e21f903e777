//! What lasts: the one place that knows SQL. SQLite by default, PostgreSQL by `DATABASE_URL`; the same statements on both
//! (DESIGN.md section 6), and what must differ stands in `dialect`.
//!
//! Times are integers, milliseconds since 1970 UTC. Answers and awards are the truth; standings are sums of awards kept in the
//! same transaction. Knows the rules (quiz) and no other room.

mod answers;
mod ask;
mod batch;
mod close;
mod database;
mod dialect;
mod forget;
mod outbox;
mod players;
mod room;
mod rounds;
mod rows;
mod schedules;
mod seasons;
mod spaces;
mod standings;
mod trouble;
mod verify;
mod writer;

pub use answers::{Answered, Entered, NewAnswer, Which};
pub use ask::{AskOutcome, Draft, NewAsk, SlotKey};
pub use close::AwardRow;
pub use outbox::{Parcel, ParcelId, What};
pub use players::{Person, Stats, TopicStats};
pub use room::{Account, RoomMessage};
pub use rounds::Round;
pub use schedules::{Schedule, Source};
pub use seasons::SeasonError;
pub use spaces::Space;
pub use standings::Board;
pub use trouble::StoreError;
pub use verify::Difference;

use database::Database;
use writer::Queue;

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

    /// Whether the store answers; for `/readyz`.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.db.read).await?;
        Ok(())
    }
}
