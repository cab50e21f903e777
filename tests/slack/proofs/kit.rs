//! A bot without manners: raw calls, a raw socket, and the real client library without any.

use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use hyper_util::client::legacy::connect::HttpConnector;
use kcard::clock::SetClock;
use serde_json::{Value, json};
use slack_morphism::prelude::*;
use tokio::net::TcpStream;
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

use crate::standin::{Channel, Limits, PATIENCE, Person, Slack};

/// A workspace with a channel and a person, and the bot's way in.
pub struct Office {
    pub slack: Slack,
    pub clock: Arc<SetClock>,
    pub daily: Channel,
    pub ana: Person,
    http: reqwest::Client,
}

pub type Client = SlackClient<SlackClientHyperConnector<HttpConnector>>;

impl Office {
    /// With Slack's rate limits.
    pub async fn strict() -> Self {
        let clock = Arc::new(SetClock::new("2026-11-23T08:00:00Z".parse().expect("a time")));
        let slack = Slack::start(Arc::clone(&clock)).await;
        let (daily, ana) = (slack.channel("daily"), slack.person("ana"));
        Self { slack, clock, daily, ana, http: reqwest::Client::new() }
    }

    /// With no rate limits, for proofs of something else.
    pub async fn new() -> Self {
        let office = Self::strict().await;
        office.slack.limits(Limits::none());
        office
    }

    /// Calls a method with JSON.
    pub async fn call(&self, method: &str, args: Value) -> Value {
        self.send(self.request(method).json(&args)).await.1
    }

    /// Calls a method by GET.
    pub async fn get(&self, method: &str, args: &[(&str, &str)]) -> Value {
        let request = self.http.get(format!("{}/{method}", self.slack.api_url())).query(args);
        self.send(request.bearer_auth(self.slack.bot_token())).await.1
    }

    /// A POST without a body, with the bot's token.
    pub fn request(&self, method: &str) -> reqwest::RequestBuilder {
        self.http.post(format!("{}/{method}", self.slack.api_url())).bearer_auth(self.slack.bot_token())
    }

    /// A POST to any address, without a token.
    pub async fn posts_to(&self, url: &str, body: Value) -> (u16, Value) {
        self.send(self.http.post(url).json(&body)).await
    }

    /// A GET of any address, with that token.
    pub async fn downloads(&self, url: &str, token: &str) -> (u16, String) {
        let response = self.http.get(url).bearer_auth(token).send().await.expect("an answer");
        (response.status().as_u16(), response.text().await.expect("a body"))
    }

    /// The status, and the body where it is JSON.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> (u16, Value) {
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let text = response.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or_else(|_| json!(text)))
    }

    /// The bot posts into `daily`; the message's time.
    pub async fn posts(&self, args: Value) -> String {
        let mut body = json!({"channel": self.daily.id});
        body.as_object_mut().expect("an object").extend(args.as_object().expect("an object").clone());
        let said = self.call("chat.postMessage", body).await;
        assert_eq!(said["ok"], true, "{said}");
        said["ts"].as_str().expect("a time").to_owned()
    }

    /// The real client, pointed at the stand-in.
    pub fn client(&self) -> Arc<Client> {
        let connector = SlackClientHyperConnector::with_connector(HttpConnector::new());
        Arc::new(SlackClient::new(connector.with_slack_api_url(&self.slack.api_url())))
    }

    pub fn bot_token(&self) -> SlackApiToken {
        SlackApiToken::new(self.slack.bot_token().into())
    }

    pub fn app_token(&self) -> SlackApiToken {
        SlackApiToken::new(self.slack.app_token().into())
    }

    /// The address of a new socket.
    pub async fn socket_url(&self) -> String {
        let request = self.http.post(format!("{}/apps.connections.open", self.slack.api_url()));
        let (_, said) = self.send(request.bearer_auth(self.slack.app_token())).await;
        said["url"].as_str().expect("an address").to_owned()
    }

    /// A raw socket that has read its hello.
    pub async fn line(&self) -> Line {
        let mut line = Line::to(&self.socket_url().await).await.expect("a line");
        assert_eq!(line.hears().await["type"], "hello");
        line
    }
}

/// A line of Socket Mode.
pub struct Line(WebSocketStream<TcpStream>);

impl Line {
    /// Connects, or says why not.
    pub async fn to(url: &str) -> Result<Self, String> {
        let address = url.trim_start_matches("ws://").split('/').next().unwrap_or_default();
        let stream = TcpStream::connect(address).await.map_err(|why| why.to_string())?;
        client_async(url, stream).await.map(|(socket, _)| Self(socket)).map_err(|why| why.to_string())
    }

    /// The next frame.
    pub async fn hears(&mut self) -> Value {
        loop {
            match self.next().await {
                Some(Message::Text(text)) => return serde_json::from_str(&text).expect("JSON"),
                Some(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("expected a frame, and read {other:?}"),
            }
        }
    }

    pub async fn says(&mut self, frame: Value) {
        self.0.send(Message::Text(frame.to_string())).await.expect("the line is up");
    }

    /// Acknowledges an envelope.
    pub async fn acknowledges(&mut self, frame: &Value) {
        self.says(json!({"envelope_id": frame["envelope_id"]})).await;
    }

    /// The next frame, acknowledged.
    pub async fn takes(&mut self) -> Value {
        let frame = self.hears().await;
        self.acknowledges(&frame).await;
        frame
    }

    /// The line ends: whether with a closing.
    pub async fn ends(&mut self) -> bool {
        loop {
            match self.next().await {
                Some(Message::Close(_)) => return true,
                None => return false,
                Some(_) => {}
            }
        }
    }

    async fn next(&mut self) -> Option<Message> {
        let read = tokio::time::timeout(PATIENCE, self.0.next()).await.expect("it comes in time");
        read.and_then(Result::ok)
    }
}
