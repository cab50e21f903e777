//! Signed HTTP, and the client library's own verifier of signatures.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use serde_json::{Value, json};
use slack_morphism::{prelude::*, signature_verifier::SlackEventSignatureVerifier};
use tokio::net::TcpListener;

use super::kit::Office;
use crate::standin::Signing;

/// An app that takes what is rightly signed, and keeps what it took.
#[derive(Clone)]
struct App {
    secret: SlackSigningSecret,
    took: Arc<Mutex<Vec<(HeaderMap, String)>>>,
}

impl App {
    /// Listens at an address.
    async fn starts(office: &Office) -> (Self, String) {
        let app = Self { secret: office.slack.signing_secret().into(), took: Arc::default() };
        let router = Router::new().route("/slack/{kind}", post(take)).with_state(app.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let base = format!("http://{}", listener.local_addr().expect("it is bound"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        (app, base)
    }

    fn took(&self) -> Vec<(HeaderMap, String)> {
        self.took.lock().expect("free").clone()
    }
}

async fn take(State(app): State<App>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    let body = String::from_utf8(body.to_vec()).expect("text");
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let (signature, at) = (header("x-slack-signature"), header("x-slack-request-timestamp"));
    if SlackEventSignatureVerifier::new(&app.secret).verify(&signature, &body, &at).is_err() {
        return (StatusCode::UNAUTHORIZED, String::new());
    }
    app.took.lock().expect("free").push((headers, body.clone()));
    let challenge =
        serde_json::from_str(&body).ok().and_then(|body: Value| body["challenge"].as_str().map(str::to_owned));
    (StatusCode::OK, challenge.unwrap_or_default())
}

/// The verifier goes by the machine's clock.
fn sets_the_clock(office: &Office) {
    office.clock.set(jiff::Timestamp::now());
}

#[tokio::test]
async fn what_is_rightly_signed_is_taken() {
    let office = Office::new().await;
    sets_the_clock(&office);
    let (app, base) = App::starts(&office).await;
    assert_eq!(
        office.slack.delivers_to(&base).await,
        (200, json!("3eZbrw1aBm2rZgRNFdxV")),
        "the challenge comes first"
    );
    office.ana.writes(&office.daily, "etcd & more");
    office.ana.slash(&office.daily, "/kquiz", "top 1&2").acknowledged().await;
    office.ana.uses_shortcut("card").acknowledged().await;
    office.slack.all_heard().await;
    let took = app.took();
    let find = |part: &str| took.iter().map(|(_, body)| body).find(|body| body.contains(part)).expect("it was taken");
    assert!(find("event_callback").contains("etcd &amp; more"));
    assert!(find("command=%2Fkquiz").contains("text=top%201%262"));
    assert!(find("payload=%7B").contains("%22callback%5Fid%22%3A%22card%22"));
    assert!(office.slack.deliveries().iter().all(|delivery| delivery.statuses == [200]));
}

#[tokio::test]
async fn what_is_not_rightly_signed_is_not() {
    let office = Office::new().await;
    sets_the_clock(&office);
    let (app, base) = App::starts(&office).await;
    office.slack.delivers_to(&base).await;
    for signing in [Signing::Wrong, Signing::Aged(301), Signing::Missing] {
        office.slack.signs(signing);
        office.ana.writes(&office.daily, "?");
        let refused = |slack: &crate::standin::Slack| {
            slack.deliveries().last().is_some_and(|delivery| delivery.statuses == [401]).then_some(())
        };
        office.slack.until("a refusal", refused).await;
    }
    assert_eq!(app.took().len(), 1, "the challenge alone");
    office.slack.signs(Signing::Aged(290));
    office.ana.writes(&office.daily, "just in time");
    office.slack.until("the last one", |slack| (slack.deliveries().last()?.acknowledged == 1).then_some(())).await;
}

#[tokio::test]
async fn what_fails_is_tried_again_and_anything_can_be_replayed() {
    let office = Office::new().await;
    sets_the_clock(&office);
    let (app, base) = App::starts(&office).await;
    office.slack.delivers_to(&base).await;
    office.slack.signs(Signing::Wrong);
    office.ana.writes(&office.daily, "?");
    office.slack.until("a refusal", |slack| (slack.deliveries()[0].statuses == [401]).then_some(())).await;
    office.slack.signs(Signing::Right);
    assert_eq!(office.slack.redelivers(), 1);
    office.slack.all_heard().await;
    assert_eq!(office.slack.replays().await, 200);
    let took = app.took();
    assert_eq!(took.len(), 3);
    assert_eq!(
        (&took[1].0["x-slack-retry-num"], &took[1].0["x-slack-retry-reason"]),
        (&"1".parse().expect("text"), &"http_timeout".parse().expect("text"))
    );
    assert_eq!(
        (&took[1].1, &took[1].0["x-slack-signature"]),
        (&took[2].1, &took[2].0["x-slack-signature"]),
        "the same to the byte"
    );
}
