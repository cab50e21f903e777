//! What lasts: the one place that knows SQL. SQLite by default, PostgreSQL by `DATABASE_URL`; the same statements on both
//! (DESIGN.md section 6), and what must differ stands in `dialect`.
//!
//! Times are integers, milliseconds since 1970 UTC. Answers and awards are the truth; standings are sums of awards kept in the
//! same transaction. Knows the rules (quiz) and no other room.

mod accepted;
mod across;
mod answers;
mod ask;
mod backup;
mod bars;
mod batch;
mod cases;
mod close;
mod corrections;
mod database;
mod decks;
mod dialect;
mod disputes;
mod figures;
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
mod schema;
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
pub use schema::Schema;
pub use seasons::{Podium, SeasonError};
pub use spaces::Space;
pub use standings::Board;
pub use trouble::StoreError;
pub use verify::Difference;
pub use void::{NewVoid, VoidError};

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use tokio::time::timeout;

use database::Database;
use dialect::Dialect;
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
        Ok(Self::start(Database::open(url).await?))
    }

    /// Opens a database as it is, to look into it: nothing is migrated. Fails where its schema is not this kcard's.
    pub async fn look(url: &str) -> Result<Self, StoreError> {
        let schema = Self::schema(url).await?;
        schema.check()?;
        if let Schema::Earlier { has, known } = schema {
            return Err(StoreError::Database(format!(
                "this database is older than this kcard: it has migration {has}, and `kcard run` brings it to {known}"
            )));
        }
        Ok(Self::start(Database::of(url, Dialect::of(url)?)?))
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

    /// Keeps the SQLite file at an address for this process for as long as the hold lives; fails where another has it. Taken before
    /// the file is opened, so that nobody migrates or replaces what another works with. Several processes may share a PostgreSQL
    /// database, and one may read a file that another keeps.
    pub fn hold(url: &str) -> Result<Hold, StoreError> {
        file::path(url).map_or_else(|| Ok(Hold::nothing()), |path| Hold::of(&path))
    }

    /// The SQLite file that an address names, whether it is there or not; `None` for PostgreSQL.
    pub fn file(url: &str) -> Option<PathBuf> {
        file::path(url)
    }

    /// Whether a process keeps the SQLite file at an address now.
    pub fn is_held(url: &str) -> bool {
        file::path(url).is_some_and(|path| Hold::is_taken(&path))
    }

    /// Which schema the database at an address has. Changes nothing, and makes no file.
    pub async fn schema(url: &str) -> Result<Schema, StoreError> {
        schema::schema(url).await
    }

    /// Copies a SQLite database into a file that must not be there, as it stands at one moment, whoever uses it meanwhile. The file is
    /// there only when the copy is whole, sound and on disk. Returns its size in bytes.
    pub async fn backup(url: &str, to: &Path) -> Result<u64, StoreError> {
        backup::backup(url, to).await
    }

    /// Puts a copy of the SQLite database at `from` in the place of the one at `url`, which nobody may use meanwhile; where the one that
    /// was there is kept, by a name with `now` in it.
    pub async fn restore(url: &str, from: &str, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
        backup::restore(url, from, now).await
    }

    /// What is damaged in the SQLite file of an address, as far as a quick look shows; of PostgreSQL nothing is known here.
    pub async fn damage(url: &str) -> Result<Option<String>, StoreError> {
        backup::damage(url).await
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
