//! The stage: the whole bot with its Discord face on a real store, the stand-in, and a clock that stands until a scene moves it.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use kcard::{
    bot::{Bot, Parts},
    chat::{
        Chat,
        discord::{Discord as Face, Settings},
    },
    clock::{Clock, SetClock},
    decks::Decks,
    quiz::{
        id::{ChannelId, DeckId, PlayerId},
        schedule::{Pattern, Plan},
    },
    store::{Round, Store},
};
use sqlx::{AnyConnection, Connection as _, Executor as _};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::standin::{Channel, Discord, Guild, Member, Msg, PATIENCE};

/// The longest that a stage lives for something to be seen.
const LONG: Duration = Duration::from_secs(30);

/// Where a scene is played: a guild `Team` with a channel `daily`.
pub struct Stage {
    pub clock: Arc<SetClock>,
    pub discord: Discord,
    pub store: Store,
    pub team: Guild,
    pub daily: Channel,
    decks: Decks,
    plans: Mutex<Vec<Plan>>,
    running: Mutex<Option<Running>>,
    /// Dropped last: the store lives in it.
    directory: tempfile::TempDir,
}

/// A process that runs.
struct Running {
    bot: Bot,
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

#[allow(clippy::unused_self, reason = "a scene reads better where everything is asked of its stage")]
impl Stage {
    /// Monday, 23 November 2026, 08:00 in Berlin; nothing runs yet.
    pub async fn set(decks: Decks) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let url = format!("sqlite://{}", directory.path().join("kcard.db").display());
        let clock = Arc::new(SetClock::new(moment("2026-11-23 08:00")));
        let discord = Discord::start(Arc::clone(&clock)).await;
        let team = discord.guild("Team");
        team.grants_bot(kcard_needs());
        Self {
            daily: team.channel("daily"),
            team,
            store: Store::open(&url).await.expect("the store opens"),
            clock,
            discord,
            decks,
            plans: Mutex::default(),
            running: Mutex::default(),
            directory,
        }
    }

    /// A bot that runs, with a schedule in `daily` on weekdays at 09:00.
    pub async fn daily(decks: Decks) -> Self {
        Self::with(decks, |plan| plan).await
    }

    /// The same, played otherwise.
    pub async fn with(decks: Decks, change: impl FnOnce(Plan) -> Plan) -> Self {
        let stage = Self::set(decks).await;
        let plan = change(stage.plan("daily", &stage.daily, "weekdays 09:00"));
        stage.plans(vec![plan]);
        stage.starts().await;
        stage.work().await;
        stage
    }

    /// A schedule of the file, by the defaults.
    pub fn plan(&self, name: &str, channel: &Channel, at: &str) -> Plan {
        let channel = ChannelId::new(format!("discord:{}", channel.id));
        Plan::new(name, channel, DeckId::new("cluster"), Pattern::parse(at).expect("a pattern"))
    }

    /// The configuration file has these schedules at the next start.
    pub fn plans(&self, plans: Vec<Plan>) {
        *self.plans.lock().expect("free") = plans;
    }

    /// The process starts and has connected.
    pub async fn starts(&self) {
        self.starts_unconnected().await;
        self.discord.connected(1).await;
    }

    /// The process starts.
    pub async fn starts_unconnected(&self) {
        let settings = Settings {
            api: Some(self.discord.api_url()),
            hint_stands: Duration::from_millis(100),
            ..Settings::new(self.discord.token().into())
        };
        let face = Face::new(settings);
        let parts = Parts {
            store: self.store.clone(),
            decks: self.decks.clone(),
            faces: vec![face.clone() as Arc<dyn Chat>],
            clock: Arc::clone(&self.clock) as Arc<dyn Clock>,
            seed: 7,
            plans: self.plans.lock().expect("free").clone(),
            timezone: berlin(),
        };
        let (bot, stop) = (Bot::start(parts).await.expect("the bot starts"), CancellationToken::new());
        let running = tokio::spawn(face.run(bot.clone(), stop.clone()));
        *self.running.lock().expect("free") = Some(Running { bot, stop, face: running });
    }

    /// The process is killed.
    pub async fn dies(&self) {
        let Some(running) = self.running.lock().expect("free").take() else { return };
        running.stop.cancel();
        running.face.await.expect("it stops without a panic");
        self.discord.connected(0).await;
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

    /// Time passes as it does outside, and everything is done when it is due, until something can be seen.
    pub async fn lives<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        let begun = Instant::now();
        let mut before = begun;
        loop {
            self.work().await;
            if let Some(seen) = look().await {
                return seen;
            }
            assert!(begun.elapsed() < LONG, "waited {LONG:?} for {what}\n{}", self.discord.last_requests());
            tokio::time::sleep(Duration::from_millis(10)).await;
            let now = Instant::now();
            self.clock.advance((now - before).try_into().expect("a short time"));
            before = now;
        }
    }

    /// The question that was asked last in a channel.
    pub fn question(&self, channel: &Channel) -> Msg {
        let has_key = |message: &Msg| message.embeds().iter().any(|embed| footer(embed).contains(" · q"));
        channel.of_bot().into_iter().rev().find(has_key).expect("a question stands there")
    }

    /// A question's address, as people copy it.
    pub fn link(&self, question: &Msg) -> String {
        format!("https://discord.com/channels/{}/{}/{}", self.team.id, self.daily.id, question.id)
    }

    /// Waits until that many number reactions of the bot stand under a question.
    pub async fn seeded(&self, question: &Msg, count: u8) {
        let last = format!("{count}\u{fe0f}\u{20e3}");
        self.discord.until("seeded reactions", |_| (!question.reacted(&last).is_empty()).then_some(())).await;
    }

    /// Waits until the bot has put this sign under a message.
    pub async fn signed(&self, message: &Msg, sign: &str) {
        let bot = self.discord.bot();
        self.discord.until(sign, |_| message.reacted(sign).contains(&bot).then_some(())).await;
    }

    /// The round of that question.
    pub async fn round(&self, question: &Msg) -> Round {
        let embeds = question.embeds();
        let key = embeds.iter().find_map(|embed| footer(embed).split(" · q").nth(1).map(str::to_owned));
        let id = key.and_then(|key| key.parse().ok()).expect("a question has its round's number");
        let round = self.store.round(kcard::quiz::id::RoundId(id)).await.expect("the store answers");
        round.expect("the round is stored")
    }

    /// A person of a guild as the store knows them.
    pub fn player(&self, guild: &Guild, person: &Member) -> PlayerId {
        PlayerId::new(format!("discord:{}/{}", guild.id, person.id))
    }

    /// Waits until this is what counts of somebody's answer to the latest question in `daily`; `None` where nothing stands.
    pub async fn counts(&self, person: &Member, answer: Option<&str>) {
        let round = self.round(&self.question(&self.daily)).await;
        let player = self.player(&self.team, person);
        let mut last = None;
        let found = async {
            loop {
                let entry = self.store.entry(round.id, &player).await.expect("the store answers");
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

    /// An admin has this card asked in `daily`.
    pub async fn asks(&self, card: &str) -> Msg {
        let admin = self.team.admin("root");
        let ask = admin.commands(&self.daily, "kquiz ask", &[("card", card.into())]);
        assert_eq!(ask.message().await.content(), "A question is on its way.");
        self.work().await;
        self.question(&self.daily)
    }

    /// An admin closes the latest round in `daily`, as soon as what was answered is read.
    pub async fn closes(&self) {
        let admin = self.team.admin("root");
        loop {
            let said = admin.commands(&self.daily, "kquiz round close", &[]).message().await.content();
            self.work().await;
            if said.contains("is closed") {
                return;
            }
            assert!(said.contains("I am still reading"), "{said}");
        }
    }
}

fn footer(embed: &serde_json::Value) -> String {
    embed["footer"]["text"].as_str().unwrap_or_default().to_owned()
}

/// What an invitation asks for.
pub fn kcard_needs() -> u64 {
    1024 | 2048 | 16_384 | 32_768 | 64 | 65_536 | 1 << 35 | 1 << 38
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(running) = self.running.lock().expect("free").take() {
            running.stop.cancel();
        }
    }
}
