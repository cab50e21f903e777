//! What lasts: the one place that knows SQL. SQLite by default, PostgreSQL by `DATABASE_URL`; the same statements on both
//! (DESIGN.md section 6), and what must differ stands in `dialect`.
//!
//! Times are integers, milliseconds since 1970 UTC. Answers and awards are the truth; standings are sums of awards kept in the
//! same transaction. Knows the rules (quiz) and no other room.

mod answers;
mod outbox;
mod players;
mod room;
mod rounds;
mod schedules;
mod seasons;
mod spaces;
mod standings;
mod verify;

pub use answers::{Answered, Entered, NewAnswer, Which};
pub use outbox::{Parcel, ParcelId, What};
pub use players::{Person, Stats, TopicStats};
pub use room::{Account, RoomMessage};
pub use rounds::{AskOutcome, AwardRow, Draft, NewAsk, Round, SlotKey};
pub use schedules::{Schedule, Source};
pub use seasons::SeasonError;
pub use spaces::Space;
pub use standings::Board;
pub use verify::Difference;

/// What can go wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be opened, is newer than this binary, or a statement failed.
    #[error("{0}")]
    Database(String),
    /// The store is full, read-only or stuck; nothing of this call was stored.
    #[error("the store is busy, try again: {0}")]
    Busy(String),
}

/// The store. Cheap to clone.
#[derive(Clone)]
pub struct Store {}

impl Store {
    /// Opens `sqlite://PATH` (created if missing) or `postgres://…`, migrates it, and starts the writer. Refuses a database that
    /// a newer kcard has migrated. Must run inside a tokio runtime.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let _ = url;
        todo!()
    }

    /// Waits for what is being written and closes all connections.
    pub async fn close(&self) {
        todo!()
    }

    /// Whether the store answers; for `/readyz`.
    pub async fn ping(&self) -> Result<(), StoreError> {
        todo!()
    }
}
