//! What every test of the store needs: a database of its own, of either kind, and rounds to play.

use std::{
    collections::BTreeSet,
    io::{self, Write as _},
    sync::{
        Once,
        atomic::{AtomicU32, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kcard::{
    quiz::{
        answer::{Change, Input, Way},
        asked::{Asked, Form},
        deck::Level,
        id::{CardId, ChannelId, DeckId, MessageRef, PlayerId, RoundId, SpaceId},
        points::{Award, Points, Weights},
        question::Term,
        round::{Feedback, OpenWay, Reveal, Rules, Style, Ways},
    },
    store::{Answered, AskOutcome, AwardRow, Draft, Entered, NewAnswer, NewAsk, Parcel, Round, Store, Which},
};
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Executor as _, any::AnyRow};

/// The database that a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A store in a database of its own.
pub struct Kit {
    pub store: Store,
    pub url: String,
    pub kind: Kind,
    schema: Option<String>,
    keys: AtomicU32,
}

/// Runs a test on a database of its own, and takes that away afterwards, also where the test fails.
pub fn on<F: Future<Output = ()> + Send + 'static>(kind: Kind, name: &str, test: impl FnOnce(Kit) -> F) {
    sqlx::any::install_default_drivers();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let (url, server) = match kind {
            Kind::Sqlite => (format!("sqlite://{}", folder.path().join("kcard.db").display()), None),
            Kind::Postgres => {
                let Some(server) = postgres() else { return };
                let schema = format!("kcard_{}_{name}", std::process::id());
                execute(&server, &format!("CREATE SCHEMA {schema}")).await;
                let joint = if server.contains('?') { '&' } else { '?' };
                // A test's data need not outlive a power cut.
                let options = format!("-c%20search_path%3D{schema}%20-c%20synchronous_commit%3Doff");
                (format!("{server}{joint}options={options}"), Some((server, schema)))
            }
        };
        let store = Store::open(&url).await.expect("a new database can be opened");
        let schema = server.as_ref().map(|(_, schema)| schema.clone());
        let kit = Kit { store: store.clone(), url, kind, schema, keys: AtomicU32::new(0) };
        let outcome = tokio::spawn(test(kit)).await;
        store.close().await;
        if let Some((server, schema)) = server {
            execute(&server, &format!("DROP SCHEMA {schema} CASCADE")).await;
        }
        if let Err(failure) = outcome {
            std::panic::resume_unwind(failure.into_panic());
        }
    });
}

/// Where PostgreSQL is, if the environment says so.
fn postgres() -> Option<String> {
    static SAID: Once = Once::new();
    let server = std::env::var("TEST_POSTGRES_URL").ok().filter(|server| !server.is_empty());
    if server.is_none() {
        // The macros' output is not shown where a test passes.
        SAID.call_once(|| {
            writeln!(io::stderr(), "skipped: the store on PostgreSQL, because TEST_POSTGRES_URL is not set").ok();
        });
    }
    server
}

async fn execute(url: &str, statement: &str) {
    let mut connection = AnyConnection::connect(url).await.expect("the database can be reached");
    connection.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await.expect("the statement is right");
    connection.close().await.expect("the connection closes");
}

/// Makes a test for each kind of database.
#[macro_export]
macro_rules! on_both {
    ($($(#[$doc:meta])* async fn $name:ident($kit:ident: $type:ty) $body:block)+) => {$(
        $(#[$doc])*
        mod $name {
            use super::*;

            async fn run($kit: $type) $body

            #[test]
            fn on_sqlite() {
                $crate::kit::on($crate::kit::Kind::Sqlite, stringify!($name), run);
            }

            #[test]
            fn on_postgres() {
                $crate::kit::on($crate::kit::Kind::Postgres, stringify!($name), run);
            }
        }
    )+};
}

impl Kit {
    /// Runs a statement behind the store's back.
    pub async fn sql(&self, statement: &str) {
        execute(&self.url, statement).await;
    }

    /// Asks the database behind the store's back.
    pub async fn rows(&self, query: &str) -> Vec<AnyRow> {
        let mut connection = self.connection().await;
        sqlx::query(AssertSqlSafe(query)).fetch_all(&mut connection).await.expect("the query is right")
    }

    /// Takes everything out of the database.
    pub async fn wipe(&self) {
        match (self.kind, &self.schema) {
            (Kind::Postgres, Some(schema)) => {
                self.sql(&format!("DROP SCHEMA {schema} CASCADE; CREATE SCHEMA {schema}")).await;
            }
            _ => std::fs::remove_file(self.url.trim_start_matches("sqlite://")).expect("the file is there"),
        }
    }

    /// A connection of one's own.
    pub async fn connection(&self) -> AnyConnection {
        AnyConnection::connect(&self.url).await.expect("the database can be reached")
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        use sqlx::Row as _;
        self.rows(&format!("SELECT COUNT(*) AS n FROM {table}")).await[0].get("n")
    }

    /// Another process's handle on the same database.
    pub async fn another(&self) -> Store {
        Store::open(&self.url).await.expect("a database can be opened twice")
    }

    /// The address of another database, new and empty.
    pub async fn beside(&self, name: &str) -> String {
        let Some(schema) = &self.schema else { return format!("{}.{name}?mode=rwc", self.url) };
        let other = format!("{schema}_beside_{name}");
        self.sql(&format!("DROP SCHEMA IF EXISTS {other} CASCADE; CREATE SCHEMA {other}")).await;
        self.url.replace(schema.as_str(), &other)
    }

    /// A kit on the database at another address.
    pub async fn opens(&self, url: &str) -> Self {
        let store = Store::open(url).await.expect("it can be opened");
        Self { store, url: url.to_owned(), kind: self.kind, schema: None, keys: AtomicU32::new(1_000) }
    }

    /// What this database is called in statements of a connection to another, once that was told [`Kit::copying`].
    pub fn source(&self) -> &str {
        self.schema.as_deref().unwrap_or("source")
    }

    /// What a connection to another database is told before it copies from this one.
    pub fn copying(&self) -> String {
        match self.kind {
            Kind::Postgres => "SET session_replication_role = replica".to_owned(),
            Kind::Sqlite => {
                format!("PRAGMA foreign_keys = OFF; ATTACH '{}' AS source", self.url.trim_start_matches("sqlite://"))
            }
        }
    }

    /// Takes the other databases away.
    pub async fn drop_besides(&self) {
        let Some(schema) = &self.schema else { return };
        for row in self
            .rows(&format!(
                "SELECT CAST(nspname AS TEXT) AS name FROM pg_namespace WHERE nspname LIKE '{schema}_beside_%'"
            ))
            .await
        {
            use sqlx::Row as _;
            self.sql(&format!("DROP SCHEMA {} CASCADE", row.get::<String, _>("name"))).await;
        }
    }

    /// Asks a question by hand; its round is posting.
    pub async fn ask(&self, asked: Asked, rules: Rules) -> RoundId {
        self.ask_in(&channel(), asked, rules, now()).await
    }

    /// Asks a question by hand in a channel.
    pub async fn ask_in(&self, channel: &ChannelId, asked: Asked, rules: Rules, at: Timestamp) -> RoundId {
        let ask = new_ask(channel, at);
        let outcome = self.store.ask(&ask, at, |_| Some(Draft { asked, rules, cycle: 1 })).await.expect("asking works");
        match outcome {
            AskOutcome::Asked(round) => round,
            other => panic!("a question asked by hand is asked, not {other:?}"),
        }
    }

    /// Claims what is due now; for a minute.
    pub async fn claim(&self, at: Timestamp) -> Vec<Parcel> {
        self.store.claim(at, SignedDuration::from_mins(1), 100).await.expect("claiming works")
    }

    /// Sends all that waits in the outbox.
    pub async fn send_all(&self, at: Timestamp) {
        loop {
            let parcels = self.claim(at).await;
            if parcels.is_empty() {
                return;
            }
            for parcel in parcels {
                let message = MessageRef { channel: parcel.channel.clone(), id: format!("m{}", parcel.id.0) };
                self.store.sent(parcel.id, &message, at).await.expect("sending works");
            }
        }
    }

    /// A round that is open.
    pub async fn open(&self, asked: Asked, rules: Rules) -> RoundId {
        let round = self.ask(asked, rules).await;
        self.send_all(now()).await;
        round
    }

    /// A choice's round that is open.
    pub async fn open_choice(&self) -> RoundId {
        self.open(choice("one"), rules()).await
    }

    /// What a player does to a round a minute after it opened, with a key of its own.
    pub async fn does(&self, player: &str, round: RoundId, way: Way, change: Change) -> Answered {
        let key = format!("key{}", self.keys.fetch_add(1, Ordering::Relaxed));
        let answer = NewAnswer { way, change, ..picks(&key, player, round, 1) };
        self.store.answer(answer).await.expect("answering works")
    }

    /// A player presses the button of an option.
    pub async fn presses(&self, player: &str, round: RoundId, option: u8) -> Answered {
        self.does(player, round, Way::Button, Change::Set(Input::Options([option].into()))).await
    }

    /// Closes a round at its end: 10 points for all that is right.
    pub async fn close(&self, round: RoundId) -> Round {
        let closed = self.store.close_round(round, &TimeZone::UTC, later(60), settle).await.expect("closing works");
        closed.expect("the round was open")
    }

    /// Holds what is stored against what it should be.
    pub async fn verified(&self) {
        assert_eq!(self.store.verify().await.expect("verifying works"), []);
    }
}

/// The moment at which the tests play: a Monday.
pub fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().expect("a moment")
}

/// That many minutes later.
pub fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

pub fn space() -> SpaceId {
    SpaceId::new("web")
}

pub fn channel() -> ChannelId {
    ChannelId::new("web:daily-quiz")
}

pub fn player(name: &str) -> PlayerId {
    PlayerId::new(format!("web:{name}"))
}

pub fn new_ask(channel: &ChannelId, at: Timestamp) -> NewAsk {
    NewAsk {
        space: space(),
        channel: channel.clone(),
        deck: DeckId::new("kubernetes"),
        slot: None,
        expires: at + SignedDuration::from_hours(2),
    }
}

/// An answer that picks an option by a button, a minute after [`now`].
pub fn picks(key: &str, name: &str, round: RoundId, option: u8) -> NewAnswer {
    NewAnswer {
        key: key.into(),
        which: Which::Round(round),
        player: player(name),
        name: Some(name.into()),
        way: Way::Button,
        change: Change::Set(Input::Options([option].into())),
        at: later(1),
    }
}

/// A question whose option 2 of 3 is right.
pub fn choice(card: &str) -> Asked {
    asked(card, Form::Choice { options: vec!["etcd".into(), "kube-scheduler".into(), "kubelet".into()], right: 2 })
}

/// A question to which `etcd` is the answer.
pub fn typed(card: &str) -> Asked {
    asked(card, Form::Text { accept: Term(vec!["etcd".into()]), wrong: Vec::new(), near: Vec::new() })
}

fn asked(card: &str, form: Form) -> Asked {
    Asked {
        deck: DeckId::new("kubernetes"),
        card: CardId::new(card),
        topic: "architecture".into(),
        level: Level::new(1).expect("a level"),
        number: 0,
        ask: "Which one?".into(),
        back: "That one.".into(),
        why: None,
        sources: vec!["https://kubernetes.io/docs/".into()],
        form,
        also: BTreeSet::new(),
    }
}

/// Social rules, three tries, open for an hour.
pub fn rules() -> Rules {
    Rules {
        style: Style::Social,
        ways: Ways(BTreeSet::from([OpenWay::Reactions, OpenWay::Replies, OpenWay::Buttons])),
        attempts: 3,
        feedback: Feedback::Close,
        window_ms: 3_600_000,
        weights: Weights::default(),
        thread: false,
        mention: None,
        reveal: Reveal::default(),
    }
}

/// Awards for all whose answer stands: 10 points for all that is right.
pub fn settle(_: &Round, entered: &[Entered]) -> Vec<AwardRow> {
    let award = |one: &Entered| {
        let credit = one.verdict.as_ref()?.credit;
        let points = Points(i64::from(credit.get()) / 1_000 + i64::from(one.streak));
        Some(AwardRow {
            player: one.player.clone(),
            credit,
            award: Award { points, reason: format!("credit {}", credit.get()) },
        })
    };
    entered.iter().filter_map(award).collect()
}
