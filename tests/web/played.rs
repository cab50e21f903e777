//! How it is done in the web room what the scenes of all faces do.

use std::{
    collections::BTreeMap,
    ops::Deref,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use kcard::{
    chat::web,
    decks::Decks,
    http,
    quiz::{
        id::{ChannelId, PlayerId},
        schedule::Plan,
    },
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    faces::{Face, every_scene, plain},
    kit::Browser,
    whole::{self, Whole},
};

every_scene!(Stage);

/// Where a scene is played: a room with the channel `daily-quiz`.
pub struct Stage {
    whole: Whole,
    base: String,
    /// Everybody's browser, by their name.
    browsers: Mutex<BTreeMap<String, Arc<Browser>>>,
    /// What makes each request its own.
    keys: AtomicU64,
    twice: AtomicBool,
}

impl Deref for Stage {
    type Target = Whole;

    fn deref(&self) -> &Whole {
        &self.whole
    }
}

impl Stage {
    /// Somebody's browser, in which they picked their name.
    async fn browser(&self, who: &str) -> Arc<Browser> {
        let known = self.browsers.lock().expect("free").get(who).cloned();
        if let Some(known) = known {
            return known;
        }
        let browser = Arc::new(Browser::new(&self.base));
        let (status, answer) = browser.joins(who).await;
        assert_eq!(status, 200, "{answer}");
        self.browsers.lock().expect("free").insert(who.to_owned(), Arc::clone(&browser));
        browser
    }

    /// Does something in the room; what they alone read then.
    async fn does(&self, who: &str, path: &str, mut body: Value) -> String {
        body["key"] = json!(self.keys.fetch_add(1, Ordering::Relaxed).to_string());
        let browser = self.browser(who).await;
        let heard = browser.does(path, body.clone()).await;
        if self.twice.load(Ordering::Relaxed) {
            assert_eq!(browser.does(path, body).await, heard, "{path}");
        }
        words(&heard["reply"]["nodes"])
    }

    /// The messages in that role, oldest first.
    async fn posted(&self, role: &str) -> Vec<Value> {
        let messages = self.browser("zoe").await.messages().await;
        messages.into_iter().filter(|message| message["role"] == role).collect()
    }

    async fn question(&self) -> Value {
        self.posted("question").await.pop().expect("a question stands there")
    }

    /// The button or menu of the question whose label contains this.
    async fn control(&self, label: &str) -> Value {
        self.control_of("question", label).await
    }

    /// The same of the latest message in that role.
    async fn control_of(&self, role: &str, label: &str) -> Value {
        let question = self.posted(role).await.pop().expect("it stands there");
        let controls = question["controls"].as_array().into_iter().flatten();
        let mut found = controls.filter(|control| control["label"].as_str().is_some_and(|said| said.contains(label)));
        found.next().cloned().unwrap_or_else(|| panic!("no button {label}: {question}"))
    }

    async fn sets_reaction(&self, who: &str, number: u8, on: bool) {
        let message = self.question().await["id"].clone();
        self.does(who, "/api/react", json!({ "message": message, "option": number, "on": on })).await;
    }
}

impl Face for Stage {
    async fn sets(decks: Decks, change: fn(Plan) -> Plan) -> Self {
        let whole = Whole::set(decks).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let listen = listener.local_addr().expect("it is bound");
        let settings = web::Settings { listen, hosts: Vec::new() };
        let room = web::Web::new(whole.store.clone(), whole.clock.clone(), settings, CancellationToken::new());
        whole.plans(vec![change(whole::plan("daily", &ChannelId::new("web:daily-quiz"), "weekdays 09:00"))]);
        let ready: http::Ready = Arc::new(|| Box::pin(async { Ok(()) }));
        let serves = room.clone();
        whole.begins(room, |bot, stop| http::serve(listener, vec![serves.router(bot)], ready, stop)).await;
        whole.work().await;
        Self {
            whole,
            base: format!("http://{listen}"),
            browsers: Mutex::default(),
            keys: AtomicU64::new(0),
            twice: AtomicBool::new(false),
        }
    }

    fn place(&self) -> ChannelId {
        ChannelId::new("web:daily-quiz")
    }

    fn player(&self, who: &str) -> PlayerId {
        PlayerId::new(format!("web:{who}"))
    }

    async fn reacts(&self, who: &str, number: u8) {
        self.sets_reaction(who, number, true).await;
    }

    async fn unreacts(&self, who: &str, number: u8) {
        self.sets_reaction(who, number, false).await;
    }

    async fn replies(&self, who: &str, text: &str) {
        let to = self.question().await["id"].clone();
        self.does(who, "/api/say", json!({ "channel": "daily-quiz", "text": text, "reply_to": to })).await;
    }

    async fn presses(&self, who: &str, option: &str) -> String {
        let control = self.control(option).await["id"].clone();
        self.does(who, "/api/press", json!({ "channel": "daily-quiz", "control": control })).await
    }

    async fn fills_in(&self, who: &str, text: &str) -> String {
        let form = self.control("Answer").await["form"]["id"].clone();
        let fields = json!({ "answer": text });
        self.does(who, "/api/submit", json!({ "channel": "daily-quiz", "control": form, "fields": fields })).await
    }

    async fn disputes(&self, who: &str, reason: &str) -> String {
        let form = self.control_of("reveal", "Dispute").await["form"]["id"].clone();
        let fields = json!({ "reason": reason });
        self.does(who, "/api/submit", json!({ "channel": "daily-quiz", "control": form, "fields": fields })).await
    }

    async fn was_told(&self, who: &str) -> String {
        self.types(who, "/kquiz stats").await
    }

    async fn types(&self, who: &str, line: &str) -> String {
        self.does(who, "/api/say", json!({ "channel": "daily-quiz", "text": line })).await
    }

    /// Nothing rings in the room.
    fn rung(&self) -> usize {
        0
    }

    async fn channel(&self) -> String {
        let messages = self.browser("zoe").await.messages().await;
        plain(&messages.iter().map(shown).collect::<Vec<_>>().join("\n\n"))
    }

    async fn questions(&self) -> Vec<String> {
        self.posted("question").await.iter().map(shown).collect()
    }

    async fn reveals(&self) -> Vec<String> {
        self.posted("reveal").await.iter().map(shown).collect()
    }

    fn hears_all_twice(&self) {
        self.twice.store(true, Ordering::Relaxed);
    }
}

/// A message as somebody reads it.
fn shown(message: &Value) -> String {
    let author = message["author"].as_str().unwrap_or("kcard");
    let facts = message["facts"].as_array().into_iter().flatten().map(|fact| words(&fact["nodes"]));
    let facts: String = facts.collect::<Vec<_>>().join("\n");
    let reactions = message["reactions"].as_array().into_iter().flatten();
    let reactions = reactions.map(|reaction| format!("{}×{}", reaction["option"], reaction["count"]));
    let reactions = reactions.collect::<Vec<_>>().join(" ");
    format!(
        "{author}: {}{}{facts}\n{reactions}",
        message["text"].as_str().unwrap_or_default(),
        words(&message["nodes"])
    )
}

/// The words of a tree of nodes.
pub fn words(node: &Value) -> String {
    match node {
        Value::Array(nodes) => nodes.iter().map(words).collect(),
        Value::Object(_) if node["t"] == "br" => "\n".to_owned(),
        Value::Object(_) => {
            let own = node["text"].as_str().unwrap_or_default();
            let end = if matches!(node["t"].as_str(), Some("p" | "h" | "item" | "pre")) { "\n" } else { "" };
            format!("{own}{}{end}", words(&node["c"]))
        }
        _ => String::new(),
    }
}
