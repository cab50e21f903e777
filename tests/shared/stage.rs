//! What every stage of a whole bot has: a real store, a clock that stands until a scene moves it, and a process that starts, works and
//! dies. The platform and its face are the stage's own.

use std::{
    fmt::Write as _,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use kcard::{
    bot::{Bot, Parts},
    chat::{Chat, Connection},
    clock::{Clock, SetClock},
    decks::Decks,
    quiz::{
        id::{ChannelId, DeckId, PlayerId, RoundId},
        schedule::{Pattern, Plan},
    },
    store::{Round, Store},
};
use sqlx::{AnyConnection, Connection as _, Executor as _};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The longest that a stage lives for something to be seen.
const LONG: Duration = Duration::from_secs(30);
/// How long a scene waits for what the bot ought to do, before it fails.
const PATIENCE: Duration = Duration::from_secs(5);

/// A bot and what it needs, but for its face.
pub struct Whole {
    pub clock: Arc<SetClock>,
    pub store: Store,
    decks: Decks,
    plans: Mutex<Vec<Plan>>,
    running: Mutex<Option<Running>>,
    /// Dropped last: the store lives in it.
    directory: tempfile::TempDir,
}

/// A process that runs.
struct Running {
    bot: Bot,
    chat: Arc<dyn Chat>,
    stop: CancellationToken,
    face: JoinHandle<()>,
}

/// A moment on Berlin's clock: `2026-11-23 09:00`.
pub fn moment(local: &str) -> Timestamp {
    let local: DateTime = local.parse().expect("a local time");
    local.to_zoned(berlin()).expect("a time of our age").timestamp()
}

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("the zone is known")
}

impl Whole {
    /// Monday, 23 November 2026, 08:00 in Berlin; nothing runs yet.
    pub async fn set(decks: Decks) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let url = format!("sqlite://{}", directory.path().join("kcard.db").display());
        Self {
            clock: Arc::new(SetClock::new(moment("2026-11-23 08:00"))),
            store: Store::open(&url).await.expect("the store opens"),
            decks,
            plans: Mutex::default(),
            running: Mutex::default(),
            directory,
        }
    }

    /// The configuration file has these schedules at the next start.
    pub fn plans(&self, plans: Vec<Plan>) {
        *self.plans.lock().expect("free") = plans;
    }

    /// The process starts with this face, which `run` runs.
    pub async fn begins<R>(&self, face: Arc<dyn Chat>, run: impl FnOnce(Bot, CancellationToken) -> R)
    where
        R: Future<Output = ()> + Send + 'static,
    {
        self.begins_by(Arc::clone(&self.clock) as Arc<dyn Clock>, face, run).await;
    }

    /// The same, with another clock for the bot.
    pub async fn begins_by<R>(
        &self,
        clock: Arc<dyn Clock>,
        face: Arc<dyn Chat>,
        run: impl FnOnce(Bot, CancellationToken) -> R,
    ) where
        R: Future<Output = ()> + Send + 'static,
    {
        let parts = Parts {
            store: self.store.clone(),
            decks: self.decks.clone(),
            faces: vec![Arc::clone(&face)],
            clock,
            seed: 7,
            plans: self.plans.lock().expect("free").clone(),
            timezone: berlin(),
        };
        let (bot, stop) = (Bot::start(parts).await.expect("the bot starts"), CancellationToken::new());
        let (chat, face) = (face, tokio::spawn(run(bot.clone(), stop.clone())));
        *self.running.lock().expect("free") = Some(Running { bot, chat, stop, face });
    }

    /// The process ends; whether one ran.
    pub async fn ends(&self) -> bool {
        let Some(running) = self.running.lock().expect("free").take() else { return false };
        running.stop.cancel();
        running.face.await.expect("it stops without a panic");
        true
    }

    /// Whether those who look after kcard see that it hears the platform.
    pub async fn connection(&self) -> Connection {
        let chat = Arc::clone(&self.running.lock().expect("free").as_ref().expect("it runs").chat);
        chat.connection().await
    }

    pub fn bot(&self) -> Bot {
        self.running.lock().expect("free").as_ref().expect("it runs").bot.clone()
    }

    /// Does all that is due at this moment, until nothing is left to do.
    pub async fn work(&self) {
        let bot = self.bot();
        loop {
            bot.tick().await.expect("tick works");
            bot.read_back_step().await.expect("read-back works");
            bot.tick().await.expect("tick works");
            let sent = bot.outbox_step().await.expect("the outbox works");
            // One that was given up lets the next one go.
            let next = self.store.next_parcel().await.expect("the store answers");
            if sent == 0 && next.is_none_or(|next| next > self.clock.now()) {
                return;
            }
        }
    }

    /// Time passes until then, and everything is done when it is due.
    pub async fn until(&self, local: &str) {
        let end = moment(local);
        loop {
            self.work().await;
            let tick = self.bot().tick().await.expect("tick works");
            let parcel = self.store.next_parcel().await.expect("the store answers");
            let next = parcel.map_or(tick, |parcel| parcel.min(tick)).max(self.clock.now());
            if next > end || next == self.clock.now() {
                break;
            }
            self.clock.set(next);
        }
        self.clock.set(end);
        self.work().await;
    }

    /// Holds the store's lock as another process would, until it is closed: nothing can be stored meanwhile.
    pub async fn is_stuck(&self) -> AnyConnection {
        let url = format!("sqlite://{}", self.directory.path().join("kcard.db").display());
        let mut other = AnyConnection::connect(&url).await.expect("the file can be opened");
        other.execute("BEGIN IMMEDIATE").await.expect("nobody writes now");
        other
    }

    /// Time passes as it does outside, and everything is done when it is due, until something can be seen; else `story` is told.
    pub async fn passes<T>(&self, what: &str, story: impl Fn() -> String, look: impl AsyncFn() -> Option<T>) -> T {
        let begun = Instant::now();
        let mut before = begun;
        loop {
            self.work().await;
            if let Some(seen) = look().await {
                return seen;
            }
            assert!(begun.elapsed() < LONG, "waited {LONG:?} for {what}\n{}", story());
            tokio::time::sleep(Duration::from_millis(10)).await;
            let now = Instant::now();
            self.clock.advance((now - before).try_into().expect("a short time"));
            before = now;
        }
    }

    /// All that is stored of the game.
    pub fn stored(&self) -> String {
        stored(&self.directory.path().join("kcard.db"))
    }

    /// The round of that number.
    pub async fn round_numbered(&self, id: i64) -> Round {
        let round = self.store.round(RoundId(id)).await.expect("the store answers");
        round.expect("the round is stored")
    }

    /// Waits until this is what counts of somebody's answer to a round; `None` where nothing stands.
    pub async fn counts_in(&self, round: &Round, player: &PlayerId, answer: Option<&str>) {
        let mut last = None;
        let found = async {
            loop {
                let entry = self.store.entry(round.id, player).await.expect("the store answers");
                last = entry.and_then(|entry| entry.shown(&round.asked));
                if last.as_deref() == answer {
                    return;
                }
                // Nothing tells of a change of the store.
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let came = tokio::time::timeout(PATIENCE, found).await.is_ok();
        assert!(came, "waited {PATIENCE:?} for {answer:?} to count, and {last:?} does");
    }
}

/// All that a SQLite file holds, but for who is known and what stands in the room.
pub fn stored(file: &Path) -> String {
    let file = rusqlite::Connection::open(file).expect("the file can be opened");
    let named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'players' AND name NOT LIKE 'room%' ORDER BY name";
    let mut named = file.prepare(named).expect("it is SQL");
    let mut all = String::new();
    for table in named.query_map([], |row| row.get::<_, String>(0)).expect("it can be read") {
        let table = table.expect("a name");
        let mut rows = file.prepare(&format!("SELECT * FROM {table}")).expect("it is SQL");
        let columns = rows.column_count();
        let mut rows = rows.query([]).expect("it can be read");
        while let Some(row) = rows.next().expect("it can be read") {
            let values: Vec<_> = (0..columns).map(|at| row.get_ref(at).expect("a value")).collect();
            writeln!(all, "{table} {values:?}").expect("memory");
        }
    }
    all
}

/// A schedule of the file, by the defaults.
pub fn plan(name: &str, channel: &ChannelId, at: &str) -> Plan {
    Plan::new(name, channel.clone(), DeckId::new("cluster"), Pattern::parse(at).expect("a pattern"))
}

impl Drop for Whole {
    fn drop(&mut self) {
        if let Some(running) = self.running.lock().expect("free").take() {
            running.stop.cancel();
        }
    }
}
