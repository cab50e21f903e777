//! The stage: a bot on a real store, a stand-in platform and a clock that stands until a scene moves it.

mod database;
mod deck;
pub mod platform;
mod player;
mod room;
mod wire;

use std::{
    future::ready,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use kcard::{
    bot::{Bot, Parts},
    chat::{Caller, Chat, ControlId, Given, Reply, Upload, command::Command},
    clock::{Clock, SetClock},
    decks::Decks,
    quiz::{
        id::{ChannelId, DeckId},
        schedule::{Pattern, Plan},
    },
    store::Store,
};

use sqlx::{AnyConnection, Connection};

use database::Database;
pub use database::On;
pub use deck::{decks, file, only};
pub use platform::{Fault, Platform, again};
pub use player::{Player, fields};
pub use room::Room;
pub use wire::Wire;

/// Something that a face hands to the bot; kept, so that it can be delivered once more.
#[derive(Clone)]
pub enum Event {
    Answer(Given),
    Press(Caller, ControlId, Vec<u8>),
    Submit(Caller, ControlId, std::collections::BTreeMap<String, String>),
    Line(Caller, String),
    Upload(Caller, Command, Upload),
}

/// Where a scene is played.
pub struct Stage {
    pub clock: Arc<SetClock>,
    pub platform: Arc<Platform>,
    pub store: Store,
    bot: Mutex<Option<Bot>>,
    decks: Mutex<Decks>,
    plans: Mutex<Vec<Plan>>,
    events: Mutex<Vec<Event>>,
    keys: AtomicU64,
    /// Nothing is done by itself: the scene takes single steps.
    stepping: AtomicBool,
    /// What people do happens on the platform, and the bot does not hear of it.
    unheard: AtomicBool,
    /// Dropped last: the store lives in it.
    database: Database,
}

/// Where all scenes are: Berlin's time.
fn zone() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("the zone is known")
}

/// A moment on Berlin's clock: `2026-11-23 09:00`.
pub fn moment(local: &str) -> Timestamp {
    let local: DateTime = local.parse().expect("a local time");
    local.to_zoned(zone()).expect("a time of our age").timestamp()
}

/// A schedule of the file, by the defaults.
pub fn plan(name: &str, channel: &str, at: &str) -> Plan {
    let (channel, pattern) = (ChannelId::new(format!("town:{channel}")), Pattern::parse(at).expect("a pattern"));
    Plan::new(name, channel, DeckId::new("cluster"), pattern)
}

impl Stage {
    /// Monday, 23 November 2026, 08:00 in Berlin; the bot runs with these schedules in its file. `None` where there is no such store.
    pub async fn with(on: On, decks: Decks, plans: Vec<Plan>) -> Option<Self> {
        let database = Database::fresh(on).await?;
        let url = database.url.clone();
        Some(Self::over(database, &url, decks, plans).await)
    }

    /// The same on PostgreSQL, which the bot reaches by a wire.
    pub async fn by_wire(decks: Decks, plans: Vec<Plan>) -> Option<(Self, Wire)> {
        let database = Database::fresh(On::Postgres).await?;
        let (wire, url) = Wire::to(&database.url).await;
        Some((Self::over(database, &url, decks, plans).await, wire))
    }

    async fn over(database: Database, url: &str, decks: Decks, plans: Vec<Plan>) -> Self {
        let clock = Arc::new(SetClock::new(moment("2026-11-23 08:00")));
        let stage = Self {
            platform: Platform::new(Arc::clone(&clock)),
            clock,
            store: Store::open(url).await.expect("the store opens"),
            bot: Mutex::default(),
            decks: Mutex::new(decks),
            plans: Mutex::new(plans),
            events: Mutex::default(),
            keys: AtomicU64::new(1),
            stepping: AtomicBool::new(false),
            unheard: AtomicBool::new(false),
            database,
        };
        stage.starts().await;
        stage.work().await;
        stage
    }

    /// A stage without schedules, on SQLite.
    pub async fn bare() -> Self {
        Self::with(On::Sqlite, decks(), Vec::new()).await.expect("SQLite is always there")
    }

    /// A stage on SQLite.
    pub async fn playing(decks: Decks, plans: Vec<Plan>) -> Self {
        Self::with(On::Sqlite, decks, plans).await.expect("SQLite is always there")
    }

    /// The process starts.
    pub async fn starts(&self) {
        let parts = Parts {
            store: self.store.clone(),
            decks: self.decks.lock().expect("free").clone(),
            faces: vec![Arc::clone(&self.platform) as Arc<dyn Chat>],
            clock: Arc::clone(&self.clock) as Arc<dyn Clock>,
            seed: 7,
            plans: self.plans.lock().expect("free").clone(),
            timezone: zone(),
        };
        let bot = Bot::start(parts).await.expect("the bot starts");
        *self.bot.lock().expect("free") = Some(bot);
    }

    /// The process is killed.
    pub fn dies(&self) {
        *self.bot.lock().expect("free") = None;
    }

    /// The configuration file has other schedules at the next start.
    pub fn plans(&self, plans: Vec<Plan>) {
        *self.plans.lock().expect("free") = plans;
    }

    /// The bot; there is none while the process is dead.
    pub fn bot(&self) -> Option<Bot> {
        self.bot.lock().expect("free").clone()
    }

    /// Does all that is due at this moment, until nothing is left to do.
    pub async fn work(&self) {
        let Some(bot) = self.bot() else { return };
        loop {
            bot.tick().await.expect("tick works");
            bot.read_back_step().await.expect("read-back works");
            bot.tick().await.expect("tick works");
            if bot.outbox_step().await.expect("the outbox works") == 0 {
                return;
            }
        }
    }

    /// A connection of somebody else to the store's database.
    pub async fn connection(&self) -> AnyConnection {
        AnyConnection::connect(&self.database.url).await.expect("the database can be reached")
    }

    /// Time passes until then, and everything is done when it is due.
    pub async fn until(&self, local: &str) {
        let end = moment(local);
        while let Some(bot) = self.bot() {
            self.work().await;
            let tick = bot.tick().await.expect("tick works");
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

    /// Time passes until then, and nobody does anything.
    pub fn sleeps_until(&self, local: &str) {
        self.clock.set(moment(local));
    }

    /// From here on, what people do is handed to the bot and nothing else is done.
    pub fn steps(&self) {
        self.stepping.store(true, Ordering::SeqCst);
    }

    /// The way by which events come breaks off, and nobody notices; what the bot asks the platform is still answered.
    pub fn goes_deaf(&self) {
        self.unheard.store(true, Ordering::SeqCst);
    }

    /// Events come again.
    pub fn hears(&self) {
        self.unheard.store(false, Ordering::SeqCst);
    }

    /// Somebody in the channel `daily`.
    pub fn player(&self, name: &str) -> Player<'_> {
        self.player_in(name, "daily")
    }

    /// Somebody in a channel.
    pub fn player_in(&self, name: &str, channel: &str) -> Player<'_> {
        Player::new(self, name, channel)
    }

    /// The channel `daily`.
    pub fn room(&self) -> Room<'_> {
        self.room_of("daily")
    }

    /// A channel.
    pub fn room_of(&self, channel: &str) -> Room<'_> {
        Room::new(self, channel)
    }

    /// All that was handed to the bot is handed to it once more.
    pub async fn redelivers(&self) {
        let events = self.events.lock().expect("free").clone();
        for event in events {
            self.deliver(event).await;
        }
        self.work().await;
    }

    /// The answers that were handed to the bot are handed to it once more, and nothing else is done.
    pub async fn redelivers_answers(&self) {
        let events = self.events.lock().expect("free").clone();
        for event in events {
            if !matches!(event, Event::Line(..) | Event::Upload(..)) {
                self.deliver(event).await;
            }
        }
    }

    fn next_key(&self) -> String {
        format!("e{}", self.keys.fetch_add(1, Ordering::SeqCst))
    }

    /// Hands an event to the bot, if it runs; what the person reads.
    async fn hands(&self, event: Event) -> String {
        self.asks_bot(event).await.map(|reply| reply.text).unwrap_or_default()
    }

    async fn asks_bot(&self, event: Event) -> Option<Reply> {
        self.bot()?;
        if self.unheard.load(Ordering::SeqCst) {
            return None;
        }
        self.events.lock().expect("free").push(event.clone());
        let reply = self.deliver(event).await;
        if !self.stepping.load(Ordering::SeqCst) {
            self.work().await;
        }
        reply
    }

    async fn deliver(&self, event: Event) -> Option<Reply> {
        let bot = self.bot()?;
        match event {
            Event::Answer(given) => bot.answer(given).await,
            Event::Press(caller, control, picked) => Some(bot.press(caller, control, picked).await),
            Event::Submit(caller, control, fields) => Some(bot.submit(caller, control, fields).await),
            Event::Line(caller, line) => Some(bot.line(caller, &line).await),
            Event::Upload(caller, command, file) => Some(bot.upload(caller, command, ready(Ok(file))).await),
        }
    }
}
