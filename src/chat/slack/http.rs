//! Signed requests: the other way by which Slack tells what happens, to an address of kcard's own (Slack's documentation, "Verifying
//! requests from Slack"). Who does not sign as Slack does is refused before anything is read.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::post,
};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::{Slack, ids, pressed, take::Delivery};
use crate::{bot::Bot, clock::Clock, measure::ACKNOWLEDGE};

/// The most bytes of a request; Slack's own have some ten thousand.
const MOST: usize = 1_000_000;
/// How old a request may be, so that nobody can send one again that they overheard.
const OLDEST: SignedDuration = SignedDuration::from_mins(5);

/// What the requests need.
#[derive(Clone)]
struct Door {
    slack: Arc<Slack>,
    bot: Bot,
    signatures: Arc<Signatures>,
}

/// Whether requests are Slack's.
struct Signatures {
    secret: SecretString,
    clock: Arc<dyn Clock>,
    refused: AtomicU64,
}

/// `/slack/events`, `/slack/commands` and `/slack/interactions`.
pub fn router(slack: Arc<Slack>, bot: Bot, secret: SecretString, clock: Arc<dyn Clock>) -> Router {
    let signatures = Arc::new(Signatures { secret, clock, refused: AtomicU64::new(0) });
    Router::new()
        .route("/slack/events", post(event))
        .route("/slack/commands", post(command))
        .route("/slack/interactions", post(interaction))
        .layer(DefaultBodyLimit::max(MOST))
        .layer(middleware::from_fn(measured))
        .with_state(Door { slack, bot, signatures })
}

/// Measures how long Slack waits for its answer.
async fn measured(request: Request, next: Next) -> Response {
    let came = Instant::now();
    let answer = next.run(request).await;
    if answer.status() != StatusCode::UNAUTHORIZED {
        ACKNOWLEDGE.took_since(came, &[ids::FACE]);
    }
    answer
}

async fn event(State(door): State<Door>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(body) = door.signatures.read(&headers, &body) else { return refused() };
    let Ok(told) = serde_json::from_str::<Value>(body) else { return unreadable() };
    match told["type"].as_str() {
        // Slack asks whether the address is kcard's.
        Some("url_verification") => Json(json!({ "challenge": told["challenge"] })).into_response(),
        Some("event_callback") => door.take("events_api", told),
        _ => StatusCode::OK.into_response(),
    }
}

async fn command(State(door): State<Door>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(body) = door.signatures.read(&headers, &body) else { return refused() };
    door.take("slash_commands", json!(pressed::form(body)))
}

async fn interaction(State(door): State<Door>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(body) = door.signatures.read(&headers, &body) else { return refused() };
    let told = pressed::form(body).remove("payload").and_then(|told| serde_json::from_str(&told).ok());
    told.map_or_else(unreadable, |told| door.take("interactive", told))
}

impl Door {
    /// What kcard cannot read is taken all the same: it would be no better when it is delivered again.
    fn take(&self, kind: &str, told: Value) -> Response {
        let answer = Delivery::read(kind, told).and_then(|delivery| self.slack.take(&self.bot, delivery));
        answer.map_or_else(|| StatusCode::OK.into_response(), |answer| Json(answer).into_response())
    }
}

impl Signatures {
    /// A request's text, where it is Slack's and not older than five minutes.
    fn read<'b>(&self, headers: &HeaderMap, body: &'b [u8]) -> Option<&'b str> {
        let header = |name: &str| headers.get(name)?.to_str().ok();
        let (signed, at) = (header("x-slack-signature"), header("x-slack-request-timestamp"));
        let body = std::str::from_utf8(body).ok();
        let is_slacks =
            |((signed, at), body): &((&str, &str), &str)| self.is_recent(at) && self.is_signed(signed, at, body);
        let read = signed.zip(at).zip(body).filter(is_slacks).map(|(_, body)| body);
        if read.is_none() {
            let refused = self.refused.fetch_add(1, Ordering::Relaxed) + 1;
            // Anyone can send such requests: the log tells of the 1st, 2nd, 4th, 8th, …
            if refused.is_power_of_two() {
                tracing::warn!(
                    refused,
                    "refused a request that Slack did not sign, or signed more than five minutes ago; where it was Slack's, \
                     SLACK_SIGNING_SECRET is another app's, or this machine's clock is wrong"
                );
            }
        }
        read
    }

    fn is_recent(&self, at: &str) -> bool {
        let at = at.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
        at.is_some_and(|at| self.clock.now().duration_since(at).abs() <= OLDEST)
    }

    fn is_signed(&self, signed: &str, at: &str, body: &str) -> bool {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.secret.expose_secret().as_bytes()) else { return false };
        mac.update(format!("v0:{at}:{body}").as_bytes());
        let digest = mac.finalize().into_bytes();
        let wanted = digest.iter().fold("v0=".to_owned(), |text, byte| format!("{text}{byte:02x}"));
        wanted.as_bytes().ct_eq(signed.as_bytes()).into()
    }
}

fn refused() -> Response {
    (StatusCode::UNAUTHORIZED, "not signed by Slack\n").into_response()
}

fn unreadable() -> Response {
    (StatusCode::BAD_REQUEST, "this is not what Slack sends\n").into_response()
}
