//! A room with a bot, a set clock and one question to ask, and browsers that talk to it.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use futures_util::{Stream, StreamExt};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kcard::{
    bot::{Bot, Parts},
    chat::{Chat, web},
    clock::SetClock,
    decks::Decks,
    http,
    quiz::{
        deck::{Card, Deck, Level},
        id::{CardId, ChannelId, DeckId},
        points::Weights,
        question::{Body, Question},
        round::{Feedback, Reveal, Style},
        schedule::{DEFAULT_ATTEMPTS, Pattern, Plan},
    },
    store::Store,
};
use reqwest::{Method, StatusCode, redirect};
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection as _, Executor as _};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// The running room.
pub struct Room {
    pub base: String,
    pub web: Arc<web::Web>,
    pub data: TempDir,
    bot: Bot,
    clock: Arc<SetClock>,
    stop: CancellationToken,
    server: JoinHandle<()>,
}

impl Room {
    /// Opens a room that is reached by its address and as `quiz.example.org`.
    pub async fn open() -> Self {
        Self::of(None).await
    }

    /// As [`Room::open`], without any schedule.
    pub async fn unscheduled() -> Self {
        Self::with(Vec::new()).await
    }

    /// As [`Room::open`], with rounds of a style.
    pub async fn of(style: Option<Style>) -> Self {
        Self::with(vec![plan(style)]).await
    }

    async fn with(plans: Vec<Plan>) -> Self {
        let data = TempDir::new().expect("a directory");
        let store =
            Store::open(&format!("sqlite://{}", data.path().join("kcard.db").display())).await.expect("a store");
        let clock = Arc::new(SetClock::new("2026-11-23T08:00:00Z".parse::<Timestamp>().expect("a time")));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let listen = listener.local_addr().expect("bound");
        let stop = CancellationToken::new();
        let settings = web::Settings { listen, hosts: vec!["quiz.example.org".to_owned()] };
        let web = web::Web::new(store.clone(), clock.clone(), settings, stop.clone());
        let bot = Bot::start(Parts {
            store: store.clone(),
            decks: decks(),
            faces: vec![web.clone() as Arc<dyn Chat>],
            clock: clock.clone(),
            seed: 7,
            plans,
            timezone: TimeZone::UTC,
        })
        .await
        .expect("a bot");
        let ready: http::Ready = Arc::new(|| Box::pin(async { Ok(()) }));
        let server = tokio::spawn(http::serve(listener, vec![web.router(bot.clone())], ready, stop.clone()));
        Self { base: format!("http://{listen}"), web, data, bot, clock, stop, server }
    }

    /// Does what is due: asks, posts, reads back.
    pub async fn works(&self) {
        for _ in 0..3 {
            self.bot.tick().await.expect("a tick");
            while self.bot.read_back_step().await.expect("a read-back") > 0 {}
            while self.bot.outbox_step().await.expect("an outbox") > 0 {}
        }
    }

    /// Lets the open question's window pass and what follows happen.
    pub async fn closes(&self) {
        self.passes(SignedDuration::from_hours(2));
        self.works().await;
    }

    /// A browser that has no name yet.
    pub fn stranger(&self) -> Browser {
        Browser::new(&self.base)
    }

    /// A browser that picked a name.
    pub async fn enters(&self, name: &str) -> Browser {
        let browser = self.stranger();
        let (status, me) = browser.joins(name).await;
        assert_eq!(status, 200, "{me}");
        browser
    }

    /// Lets time pass; nothing that is due then is done.
    pub fn passes(&self, time: SignedDuration) {
        self.clock.advance(time);
    }

    /// Holds the store's lock as another process would, until it is closed: nothing can be stored meanwhile.
    pub async fn is_stuck(&self) -> AnyConnection {
        let url = format!("sqlite://{}", self.data.path().join("kcard.db").display());
        let mut other = AnyConnection::connect(&url).await.expect("the file can be opened");
        other.execute("BEGIN IMMEDIATE").await.expect("nobody writes now");
        other
    }

    /// All that is stored of the game.
    pub fn stored(&self) -> String {
        crate::whole::stored(&self.data.path().join("kcard.db"))
    }

    /// Stops the server; ends when it has ended.
    pub async fn stops(self) {
        self.stop.cancel();
        self.server.await.expect("the server ends by itself");
    }
}

/// A browser with its own cookies.
pub struct Browser {
    pub client: reqwest::Client,
    pub base: String,
}

impl Browser {
    /// One that has no name yet in the room at this address.
    pub fn new(base: &str) -> Self {
        let client =
            reqwest::Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build().expect("a client");
        Self { client, base: base.to_owned() }
    }

    /// Sends JSON as the page does; the status and the answer.
    pub async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let request = self.client.post(format!("{}{path}", self.base)).header("origin", &self.base);
        let response = request.json(&body).send().await.expect("an answer");
        let status = response.status();
        (status, response.json().await.unwrap_or_default())
    }

    /// Picks a name, with a key that nobody else has; the status and the answer.
    pub async fn joins(&self, name: &str) -> (StatusCode, Value) {
        static KEYS: AtomicU32 = AtomicU32::new(0);
        let key = format!("{:032}", KEYS.fetch_add(1, Ordering::Relaxed));
        self.post("/api/join", json!({ "key": key, "name": name })).await
    }

    /// As [`Browser::post`], where it must go well.
    pub async fn does(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.post(path, body).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    /// Reads JSON.
    pub async fn get(&self, path: &str) -> Value {
        let response = self.client.get(format!("{}{path}", self.base)).send().await.expect("an answer");
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.expect("JSON")
    }

    /// A raw request, to be spoilt.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// Says something in `#daily-quiz`.
    pub async fn says(&self, key: &str, text: &str) -> Value {
        self.does("/api/say", json!({ "key": key, "channel": "daily-quiz", "text": text })).await
    }

    /// The messages of `#daily-quiz`.
    pub async fn messages(&self) -> Vec<Value> {
        let read = self.get("/api/messages?channel=daily-quiz").await;
        read["messages"].as_array().expect("messages").clone()
    }

    /// The newest question.
    pub async fn question(&self) -> Value {
        let messages = self.messages().await;
        messages.into_iter().rev().find(|message| message["role"] == "question").expect("a question was asked")
    }

    /// The news from now on, each as its event's name and data.
    pub async fn listens(&self) -> impl Stream<Item = (String, Value)> + Unpin + use<> {
        let response = self.request(Method::GET, "/api/events").send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        let mut text = String::new();
        let events = response.bytes_stream().map(move |chunk| {
            text.push_str(&String::from_utf8_lossy(&chunk.unwrap_or_default()));
            let whole = text.rfind("\n\n").map_or(0, |at| at + 2);
            let events: Vec<_> = text[..whole].split("\n\n").filter_map(event).collect();
            text.drain(..whole);
            futures_util::stream::iter(events)
        });
        Box::pin(events.flatten())
    }
}

fn event(text: &str) -> Option<(String, Value)> {
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    Some((field("event")?.to_owned(), serde_json::from_str(field("data")?).ok()?))
}

fn decks() -> Decks {
    let question = Question {
        ask: Some("Which component picks a node for a new Pod?".to_owned()),
        why: None,
        body: Body::Choice {
            answer: "kube-scheduler".to_owned(),
            others: vec!["etcd".to_owned(), "kube-apiserver".to_owned()],
        },
    };
    let card = Card {
        id: CardId::new("scheduling"),
        topic: "architecture".to_owned(),
        level: Level::new(1).expect("a level"),
        exams: Vec::new(),
        since: None,
        until: None,
        front: "What picks a node for a new Pod?".to_owned(),
        back: "The scheduler **binds** Pods to nodes. <img src=x onerror=alert(1)>".to_owned(),
        sources: vec!["https://kubernetes.io/docs/concepts/scheduling-eviction/".to_owned()],
        questions: vec![question],
    };
    let deck = Deck::new(DeckId::new("kubernetes"), vec![card]);
    Decks(BTreeMap::from([(deck.id.clone(), deck)]))
}

fn plan(style: Option<Style>) -> Plan {
    Plan {
        name: "daily".to_owned(),
        channel: ChannelId::new("web:daily-quiz"),
        deck: DeckId::new("kubernetes"),
        filter: kcard::quiz::draw::Filter::default(),
        pattern: Pattern::parse("daily 23:00").expect("a pattern"),
        timezone: None,
        window_ms: Some(60 * 60 * 1_000),
        style,
        ways: None,
        attempts: DEFAULT_ATTEMPTS,
        feedback: Feedback::default(),
        weights: Weights::default(),
        catch_up_ms: 60 * 60 * 1_000,
        skip: Vec::new(),
        ask_on_start: true,
        thread: false,
        mention: None,
        reveal: Reveal::default(),
    }
}
