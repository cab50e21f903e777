//! Calling Discord: paced, retried where that is safe, and what went wrong in words for an admin. The bodies are serenity's; its own
//! client is not used for this, since it hides what the limits are and how long a 429 asks to wait.

mod call;
mod error;

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use reqwest::{
    Client, Method, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
    multipart::{Form, Part},
};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

pub use call::Call;
pub use error::{ACKNOWLEDGED, MAY_NOT_REPLY, RestError, UNKNOWN_CHANNEL, UNKNOWN_INTERACTION, UNKNOWN_MESSAGE};

use super::pace::{Held, Pace, Route, Urgency};
use crate::chat::File;

/// Discord's own address.
const DISCORD: &str = "https://discord.com";
/// How long Discord may take to answer one request.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it may take to take an interaction's answer, which is void after 3 s.
const CALLBACK_PATIENCE: Duration = Duration::from_millis(1_200);
/// Waits up to this long after a 429 are waited out here; longer ones by whoever called.
const SHORT: Duration = Duration::from_secs(1);
/// Waits up to this long are waited out by an answer that was put off: nobody would come again with it, and it has 15 minutes.
const LONG: Duration = Duration::from_mins(2);

/// Discord's REST interface.
pub struct Rest {
    http: Client,
    /// Without a slash at its end.
    base: String,
    token: SecretString,
    pace: Pace,
    /// Discord has refused the token: it is not tried again, refusals are counted against the bot's address.
    refused: CancellationToken,
    /// Held while Discord is asked whether it means a refusal.
    asking: tokio::sync::Mutex<()>,
}

impl Rest {
    /// `base` replaces Discord's own address, for a proxy or a test.
    pub fn new(token: SecretString, base: Option<&str>) -> Self {
        // Without a system's certificates or name server it still builds.
        let http = Client::builder().timeout(PATIENCE).connect_timeout(Duration::from_secs(5)).build();
        Self {
            http: http.unwrap_or_default(),
            base: base.unwrap_or(DISCORD).trim_end_matches('/').to_owned(),
            token,
            pace: Pace::new(),
            refused: CancellationToken::new(),
            asking: tokio::sync::Mutex::default(),
        }
    }

    /// The client, for serenity to use as well.
    pub fn http(&self) -> &Client {
        &self.http
    }

    /// Discord's address, or what replaces it.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The bot's token. Must go into no log.
    pub fn token(&self) -> &str {
        self.token.expose_secret()
    }

    /// A turn for a request that serenity makes.
    pub async fn turn(&self, route: Route) -> Result<Held, RestError> {
        self.pace.turn(&route, Urgency::First).await.map_err(RestError::from)
    }

    /// Waits until Discord has refused the token.
    pub async fn refused(&self) {
        self.refused.cancelled().await;
    }

    /// Nothing more is asked with this token.
    pub fn refuse(&self) {
        self.refused.cancel();
    }

    /// What time it is for Discord, by the head of an answer.
    pub async fn date(&self) -> Result<Option<String>, RestError> {
        let answer = self.http.get(format!("{}/api/v10/gateway", self.base)).send().await;
        let answer = answer.map_err(RestError::from_transport)?;
        Ok(answer.headers().get(reqwest::header::DATE).and_then(|date| date.to_str().ok()).map(str::to_owned))
    }

    /// Calls and reads the answer.
    pub async fn read<T: DeserializeOwned>(&self, call: &Call) -> Result<T, RestError> {
        let answer = self.call(call).await?;
        serde_json::from_str(&answer).map_err(|error| RestError::Later {
            after: Duration::from_mins(1),
            unsure: true,
            why: format!("Discord's answer cannot be read: {error}"),
        })
    }

    /// Calls; what Discord answered. What can be done twice is tried again after a fault that passes.
    pub async fn call(&self, call: &Call) -> Result<String, RestError> {
        let again = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(200))
            .with_max_times(if call.is_idempotent() { 2 } else { 0 })
            .with_jitter();
        (|| self.once(call)).retry(again).when(RestError::may_pass).await
    }

    /// One attempt. What a 401 means is looked at before the token counts as refused: one alone may be a proxy's, or a slip.
    async fn once(&self, call: &Call) -> Result<String, RestError> {
        let tried = self.attempt(call).await;
        if tried != Err(RestError::Token) || self.refused.is_cancelled() {
            return tried;
        }
        let _one_asks = self.asking.lock().await;
        let who = Call::get("users/@me".into(), Route("me", 1)).first();
        if self.attempt(&who).await == Err(RestError::Token) {
            self.refuse();
            return tried;
        }
        Err(RestError::unexplained(StatusCode::UNAUTHORIZED))
    }

    /// One attempt; a short 429 is waited out.
    async fn attempt(&self, call: &Call) -> Result<String, RestError> {
        loop {
            if self.refused.is_cancelled() {
                return Err(RestError::Token);
            }
            let mut held = self.pace.turn(&call.route, call.urgency).await?;
            let request = self
                .http
                .request(call.method.clone(), format!("{}/api/v10/{}", self.base, call.path))
                .header(AUTHORIZATION, format!("Bot {}", self.token()));
            let request = match &call.body {
                Some(body) => request.json(body),
                None => request,
            };
            let answer = request.send().await.map_err(RestError::from_transport)?;
            let (status, headers) = (answer.status(), answer.headers().clone());
            let body = answer.text().await.map_err(RestError::from_transport)?;
            if let Some(after) = self.pace.learn(&mut held, status, &headers, &body) {
                tracing::warn!(route = call.route.0, wait_ms = after.as_millis(), "Discord asks to wait (429)");
                // What is nice to have waits for its route however long: nobody would come again with it.
                if after <= SHORT || call.urgency == Urgency::Extra {
                    continue;
                }
                return Err(RestError::told_to_wait(after));
            }
            return if status.is_success() { Ok(body) } else { Err(RestError::from_answer(status, &body)) };
        }
    }

    /// Gives an interaction its first answer, within its 3 s and outside of all limits.
    pub async fn callback(&self, path: &str, body: &Value, file: Option<&File>) -> Result<(), RestError> {
        let again = ExponentialBuilder::default().with_min_delay(Duration::from_millis(50)).with_max_times(1);
        let answer = Answer { method: Method::POST, path, body, file, patience: CALLBACK_PATIENCE };
        self.give(&answer, again, SHORT).await
    }

    /// Replaces an interaction's answer, takes it away or says more, within 15 minutes; these are outside the limit for the whole bot.
    pub async fn follow_up(
        &self,
        method: Method,
        path: &str,
        body: &Value,
        file: Option<&File>,
    ) -> Result<(), RestError> {
        let again = ExponentialBuilder::default().with_max_times(4);
        let answer = Answer { method, path, body, file, patience: PATIENCE };
        self.give(&answer, again, LONG).await
    }

    /// Tries again after faults, and whenever Discord asks to wait, but waits not longer than this in all.
    async fn give(&self, answer: &Answer<'_>, again: ExponentialBuilder, waits: Duration) -> Result<(), RestError> {
        let until = Instant::now() + waits;
        loop {
            let given = (|| self.try_to_give(answer)).retry(again).when(RestError::may_pass).await;
            let Some(wait) = given? else { return Ok(()) };
            if Instant::now() + wait > until {
                return Err(RestError::told_to_wait(wait));
            }
            sleep(wait).await;
        }
    }

    /// Where Discord asks to wait, how long.
    async fn try_to_give(&self, answer: &Answer<'_>) -> Result<Option<Duration>, RestError> {
        let Answer { method, path, body, file, patience } = answer;
        let request = self.http.request(method.clone(), format!("{}/api/v10/{path}", self.base)).timeout(*patience);
        let request = match file {
            None if body.is_null() => request,
            None => request.header(CONTENT_TYPE, "application/json").body(body.to_string()),
            Some(file) => {
                let json = Part::text(body.to_string()).mime_str("application/json");
                let part = Part::text(file.content.clone()).file_name(file.name.clone());
                let form = json.map(|json| Form::new().part("payload_json", json).part("files[0]", part));
                request.multipart(form.map_err(|error| RestError::Wrong(error.to_string()))?)
            }
        };
        let answer = request.send().await.map_err(RestError::from_transport)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        if status.is_success() {
            return Ok(None);
        }
        let body = answer.text().await.unwrap_or_default();
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Ok(Some(self.pace.stop(&headers, &body)));
        }
        match RestError::from_answer(status, &body) {
            // This bears no token of the bot's.
            RestError::Token => Err(RestError::unexplained(status)),
            error => Err(error),
        }
    }
}

/// An interaction's answer. Its address holds the interaction's own token: it goes into no error and no log.
struct Answer<'a> {
    method: Method,
    path: &'a str,
    body: &'a Value,
    file: Option<&'a File>,
    /// How long Discord may take to take it.
    patience: Duration,
}
