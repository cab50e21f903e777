//! Signed requests in place of sockets.

use std::sync::Arc;

use kcard::chat::slack::{Hears, Settings, Slack as Face};
use tokio::net::TcpListener;

use crate::{
    deck::only,
    scenes::button,
    stage::Stage,
    standin::{Signing, Slack},
};

/// A stage whose face hears by requests, and where they go.
async fn listening() -> Stage {
    listening_at().await.0
}

/// The same, and the address.
async fn listening_at() -> (Stage, String) {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.plans(vec![stage.plan("daily", &stage.daily, "weekdays 09:00")]);
    let settings =
        Settings { hears: Hears::Requests { secret: stage.slack.signing_secret().into() }, ..stage.settings() };
    let face = Face::new(settings);
    let runs = Arc::clone(&face);
    stage.begins(face.clone(), |bot, stop| runs.run(bot, stop)).await;
    let router = face.router(&stage.bot(), stage.clock.clone()).expect("it hears by requests");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    tokio::spawn(async move { axum::serve(listener, router).await });
    let address = format!("http://{address}");
    let (status, answer) = stage.slack.delivers_to(&address).await;
    assert_eq!(status, 200, "{answer}");
    stage.work().await;
    (stage, address)
}

#[tokio::test]
async fn a_day_by_requests() {
    let stage = listening().await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.slack.person(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
    assert!(bo.clicks(&question, &button(&question, "etcd")).reads().await.contains("It is in"));
    assert!(bo.slash(&stage.daily, "/kquiz", "mine").reads().await.contains("etcd"));
}

#[tokio::test]
async fn a_request_that_comes_again_changes_nothing() {
    let stage = listening().await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.replies_in_thread(&question, "3");
    stage.counts(&ana, Some("kube-scheduler")).await;
    assert_eq!(stage.slack.replays().await, 200);
    stage.slack.all_heard().await;
    assert_eq!(ana.ephemerals(&stage.daily).len(), 0);
}

#[tokio::test]
async fn what_slack_did_not_sign_is_refused_and_nothing_done() {
    let stage = listening().await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    // Rightly signed, but long ago, or not yet.
    for signing in [Signing::Wrong, Signing::Aged(301), Signing::Aged(-301), Signing::Missing] {
        let before = stage.slack.deliveries().len();
        stage.slack.signs(signing);
        ana.reacts(&question, "three");
        ana.unreacts(&question, "three");
        // They are signed when they are sent.
        let answered = |slack: &Slack| {
            let since = slack.deliveries().split_off(before);
            (since.len() == 2 && since.iter().all(|delivery| delivery.statuses.len() == 1)).then_some(since)
        };
        for delivery in stage.slack.until("answers", answered).await {
            assert_eq!(delivery.statuses, [401], "{signing:?}");
        }
    }
    stage.counts(&ana, None).await;
}

/// Nobody makes kcard hold more of a request than Slack's own have, and nobody else's is read at all.
#[tokio::test]
async fn a_request_that_is_too_large_or_none_of_slacks_is_refused() {
    let (_stage, address) = listening_at().await;
    let http = reqwest::Client::new();
    for path in ["events", "commands", "interactions"] {
        let sends = async |body: Vec<u8>| {
            let answer =
                http.post(format!("{address}/slack/{path}")).header("x-slack-signature", "v0=00").body(body).send();
            answer.await.expect("an answer").status().as_u16()
        };
        assert_eq!(sends(vec![b'x'; 1_100_000]).await, 413, "{path}");
        assert_eq!(sends(b"payload=%7B%7D".to_vec()).await, 401, "{path}");
        assert_eq!(sends(vec![0xff; 10]).await, 401, "{path}");
    }
}
