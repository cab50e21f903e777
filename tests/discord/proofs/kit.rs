//! A bot without manners: raw requests, and a raw line to the gateway.

use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use kcard::clock::SetClock;
use reqwest::{Method, multipart::Form};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

use crate::standin::{Channel, Discord, Guild, Limits, Member};

/// A guild with a channel and a person, and the bot's way in.
pub struct Town {
    pub discord: Discord,
    pub clock: Arc<SetClock>,
    pub guild: Guild,
    pub daily: Channel,
    pub ana: Member,
    http: reqwest::Client,
}

/// Every intent that is not privileged and that a quiz needs.
pub const INTENTS: u64 = 1 | 1 << 9 | 1 << 10 | 1 << 12 | 1 << 13;

impl Town {
    /// With Discord's rate limits.
    pub async fn strict() -> Self {
        let clock = Arc::new(SetClock::new("2026-11-23T08:00:00Z".parse().expect("a time")));
        let discord = Discord::start(Arc::clone(&clock)).await;
        let guild = discord.guild("acme");
        let (daily, ana) = (guild.channel("daily"), guild.member("ana"));
        Self { discord, clock, guild, daily, ana, http: reqwest::Client::new() }
    }

    /// With no rate limits, for proofs of something else.
    pub async fn new() -> Self {
        let town = Self::strict().await;
        town.discord.limits(Limits::none());
        town
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let request = self.http.request(method, format!("{}/api/v10{path}", self.discord.api_url()));
        request.header("Authorization", format!("Bot {}", self.discord.token()))
    }

    /// The status and the body of the answer.
    pub async fn call(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let request = self.request(method, path);
        let request = if body.is_null() { request } else { request.json(&body) };
        answer(request).await
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.call("GET", path, Value::Null).await
    }

    pub async fn uploads(&self, method: &str, path: &str, form: Form) -> (u16, Value) {
        answer(self.request(method, path).multipart(form)).await
    }

    pub fn messages(&self) -> String {
        format!("/channels/{}/messages", self.daily.id)
    }

    /// The bot posts into `daily`; the message's id.
    pub async fn posts(&self, body: Value) -> String {
        let (status, message) = self.call("POST", &self.messages(), body).await;
        assert_eq!(status, 200, "{message}");
        message["id"].as_str().expect("an id").to_owned()
    }

    /// A line to the gateway, with what it says first.
    pub async fn line(&self) -> Line {
        let (_, gateway) = self.get("/gateway").await;
        let url = gateway["url"].as_str().expect("a URL").to_owned();
        let stream = TcpStream::connect(url.trim_start_matches("ws://")).await.expect("the gateway is up");
        let (socket, _) = client_async(format!("{url}/?v=10&encoding=json"), stream).await.expect("a line");
        let mut line = Line(socket);
        assert_eq!(line.hears().await["op"], 10);
        line
    }

    /// A line that said who it is; READY and what came with it are read.
    pub async fn session(&self, intents: u64) -> Line {
        let mut line = self.line().await;
        line.says(2, json!({"token": self.discord.token(), "intents": intents, "properties": {}})).await;
        assert_eq!(line.hears().await["t"], "READY");
        if intents & 1 != 0 {
            assert_eq!(line.hears().await["t"], "GUILD_CREATE");
        }
        line
    }
}

async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or(Value::Null))
}

/// A line to the gateway.
pub struct Line(WebSocketStream<TcpStream>);

impl Line {
    pub async fn says(&mut self, op: u8, data: Value) {
        self.0.send(Message::Text(json!({"op": op, "d": data}).to_string())).await.expect("the line is up");
    }

    /// The next payload.
    pub async fn hears(&mut self) -> Value {
        match self.next().await {
            Message::Text(text) => serde_json::from_str(&text).expect("JSON"),
            other => panic!("expected a payload, and read {other:?}"),
        }
    }

    /// The next event: its name and its data.
    pub async fn event(&mut self) -> (String, Value) {
        let mut payload = self.hears().await;
        assert_eq!(payload["op"], 0, "{payload}");
        (payload["t"].as_str().expect("a name").to_owned(), payload["d"].take())
    }

    /// The code with which the gateway closes.
    pub async fn closes(&mut self) -> u16 {
        match self.next().await {
            Message::Close(frame) => frame.map_or(0, |frame| frame.code.into()),
            other => panic!("expected a close, and read {other:?}"),
        }
    }

    /// The line ends without a closing.
    pub async fn is_cut(&mut self) {
        let read = tokio::time::timeout(crate::standin::PATIENCE, self.0.next()).await.expect("it comes in time");
        assert!(!matches!(read, Some(Ok(_))), "expected a cut, and read {read:?}");
    }

    /// Nothing waits to be read: a heartbeat's answer comes first.
    pub async fn hears_nothing(&mut self) {
        self.says(1, Value::Null).await;
        let heard = self.hears().await;
        assert_eq!(heard["op"], 11, "expected nothing, and read {heard}");
    }

    async fn next(&mut self) -> Message {
        let read = tokio::time::timeout(crate::standin::PATIENCE, self.0.next()).await.expect("it comes in time");
        read.expect("the line is up").expect("the line holds")
    }
}
