//! Signed HTTP: what the app is told at an address of its own, by <https://docs.slack.dev/authentication/verifying-requests-from-slack>.

use std::{
    fmt::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::sync::mpsc;

use super::{Shared, Slack, state::State};

/// How what is sent is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signing {
    #[default]
    Right,
    /// By another secret.
    Wrong,
    /// Rightly, so many seconds ago.
    Aged(i64),
    /// Not at all.
    Missing,
}

/// Where the app listens.
pub struct Address {
    base: String,
    pub signing: Signing,
    /// The deliveries that wait to be sent.
    pub calls: mpsc::UnboundedSender<usize>,
    /// What was sent last.
    last: Option<Signed>,
}

/// A request as it goes out, to the byte.
#[derive(Clone)]
struct Signed {
    url: String,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl Signed {
    async fn goes(&self, http: &reqwest::Client) -> (u16, Value) {
        let mut request = http.post(&self.url).body(self.body.clone());
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let Ok(response) = request.send().await else { return (0, Value::Null) };
        let status = response.status().as_u16();
        let text = response.text().await.unwrap_or_default();
        (status, serde_json::from_str(&text).unwrap_or(if text.is_empty() { Value::Null } else { json!(text) }))
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

impl State {
    /// Signs a body for this address, and keeps it for a replay.
    fn signs(&mut self, path: &str, kind: &str, body: String, retry: u32) -> Option<Signed> {
        let now = self.now.as_second();
        let address = self.address.as_mut()?;
        let (secret, at) = match address.signing {
            Signing::Wrong => ("another secret", now),
            Signing::Aged(seconds) => (self.signing_secret.as_str(), now - seconds),
            Signing::Right | Signing::Missing => (self.signing_secret.as_str(), now),
        };
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length will do");
        mac.update(format!("v0:{at}:{body}").as_bytes());
        let signature = mac.finalize().into_bytes().iter().fold("v0=".to_owned(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("memory");
            text
        });
        let mut headers = vec![("content-type", kind.to_owned())];
        if address.signing != Signing::Missing {
            headers.extend([("x-slack-signature", signature), ("x-slack-request-timestamp", at.to_string())]);
        }
        if retry > 0 {
            headers.extend([
                ("x-slack-retry-num", retry.to_string()),
                ("x-slack-retry-reason", "http_timeout".to_owned()),
            ]);
        }
        let signed = Signed { url: format!("{}/slack/{path}", address.base), headers, body };
        address.last = Some(signed.clone());
        Some(signed)
    }

    /// A delivery as HTTP carries it.
    fn posted(&mut self, place: usize) -> Option<Signed> {
        let form = "application/x-www-form-urlencoded";
        let delivery = &self.deliveries[place];
        let (payload, retries) = (&delivery.payload, delivery.retries);
        match delivery.kind {
            "events_api" => self.signs("events", "application/json", payload.to_string(), retries),
            "slash_commands" => {
                let pair = |(name, value): (&String, &Value)| Some(format!("{name}={}", encoded(value.as_str()?)));
                let pairs: Vec<String> = payload.as_object().into_iter().flatten().filter_map(pair).collect();
                self.signs("commands", form, pairs.join("&"), 0)
            }
            _ => {
                let body = format!("payload={}", encoded(&payload.to_string()));
                self.signs("interactions", form, body, 0)
            }
        }
    }
}

impl Slack {
    /// From now on the app is told things below this address, which first has to answer Slack's challenge: its status, and what it said.
    pub async fn delivers_to(&self, base: &str) -> (u16, Value) {
        let (calls, mut waiting) = mpsc::unbounded_channel();
        let address = Address { base: base.to_owned(), signing: Signing::Right, calls, last: None };
        let asked = self.shared.with(|state| {
            state.address = Some(address);
            let body = json!({"token": "stand-in", "challenge": "3eZbrw1aBm2rZgRNFdxV", "type": "url_verification"});
            state.signs("events", "application/json", body.to_string(), 0).expect("there is an address")
        });
        // Slack waits for 3 s, and then it tries again.
        let http = reqwest::Client::builder().timeout(Duration::from_secs(3)).build().expect("a client");
        let said = asked.goes(&http).await;
        let (shared, stopped) = (Arc::clone(&self.shared), self.stopped.clone());
        tokio::spawn(async move {
            while let Some(Some(place)) = stopped.run_until_cancelled(waiting.recv()).await {
                let Some(signed) = shared.with(|state| state.posted(place)) else { return };
                tokio::spawn(post(Arc::clone(&shared), http.clone(), signed, place));
            }
        });
        said
    }

    /// How what is sent from now on is signed.
    pub fn signs(&self, signing: Signing) {
        self.shared.with(|state| state.address.as_mut().expect("it delivers to an address").signing = signing);
    }

    /// Sends what was sent last once more, the same to the byte; the status of the answer.
    pub async fn replays(&self) -> u16 {
        let last = self.shared.sees(|state| state.address.as_ref().and_then(|address| address.last.clone()));
        last.expect("something was sent").goes(&reqwest::Client::new()).await.0
    }
}

async fn post(shared: Arc<Shared>, http: reqwest::Client, signed: Signed, place: usize) {
    let (status, answer) = signed.goes(&http).await;
    let at = Instant::now();
    shared.with(|state| {
        state.deliveries[place].statuses.push(status);
        if status == 200 {
            state.settles(place, &answer, at);
        }
    });
}
