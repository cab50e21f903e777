//! Another process holds the store's lock: everybody is answered, nothing is lost, and nothing is done twice.

use futures_util::future::join_all;
use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::Connection as _;

use crate::kit::{Browser, Room};

/// Sends something once, as the page does; what it is to be told while the store is stuck.
async fn waits(browser: &Browser, path: &str, body: &Value) {
    let answer = browser.request(Method::POST, path).json(body).send().await.expect("an answer");
    assert_eq!(answer.status(), 503, "{path} {body}");
    assert!(answer.headers().contains_key("retry-after"), "{path}");
    let words: Value = answer.json().await.expect("JSON");
    assert!(words["error"].as_str().is_some_and(|words| words.contains("still working on it")), "{path}: {words}");
}

/// Sends it again until it is done, as the page does.
async fn hears(browser: &Browser, path: &str, body: &Value) -> Value {
    loop {
        let (status, answer) = browser.post(path, body.clone()).await;
        match status {
            StatusCode::OK => return answer,
            StatusCode::SERVICE_UNAVAILABLE => {}
            other => panic!("{path}: {other} {answer}"),
        }
    }
}

#[tokio::test]
async fn everybody_is_answered_and_hears_the_rest_by_the_same_key() {
    let room = Room::open().await;
    room.works().await;
    let (ana, bo, cy) = (room.enters("ana").await, room.enters("bo").await, room.enters("cy").await);
    let (dan, eve) = (room.enters("dan").await, room.stranger());
    let question = ana.question().await;
    let (id, control) = (&question["id"], &question["controls"][0]["id"]);
    let sent = [
        (&ana, "/api/react", json!({ "key": "k", "message": id, "option": 1, "on": true })),
        (&bo, "/api/say", json!({ "key": "k", "channel": "daily-quiz", "text": "1", "reply_to": id })),
        (&cy, "/api/press", json!({ "key": "k", "channel": "daily-quiz", "control": control })),
        (&dan, "/api/say", json!({ "key": "k", "channel": "daily-quiz", "text": "hello" })),
        (&eve, "/api/join", json!({ "key": "0".repeat(32), "name": "eve" })),
    ];

    let lock = room.is_stuck().await;
    join_all(sent.iter().map(|(browser, path, body)| waits(browser, path, body))).await;
    assert_eq!(ana.messages().await.len(), 1, "what is read is there all the same");
    lock.close().await.expect("released");

    let heard = join_all(sent.iter().map(|(browser, path, body)| hears(browser, path, body))).await;
    for answered in &heard[..3] {
        assert!(answered["reply"].to_string().contains("It is in"), "{answered}");
    }
    assert_eq!(eve.get("/api/room").await["me"]["name"], "eve", "the retry brought the cookie");
    let again = join_all(sent[..4].iter().map(|(browser, path, body)| hears(browser, path, body))).await;
    assert_eq!(again, heard[..4], "asked once more, they hear the same");
    assert_eq!(ana.messages().await.len(), 3, "the question, one reply and one hello");
    assert_eq!(ana.question().await["reactions"], json!([{ "option": 1, "count": 1, "mine": true }]));

    room.closes().await;
    let reveal = ana.messages().await.into_iter().find(|message| message["role"] == "reveal").expect("a reveal");
    assert!(reveal.to_string().contains("3 of 3"), "each counted once: {reveal}");
}

#[tokio::test]
async fn a_reaction_that_comes_too_late_does_not_stand() {
    let room = Room::open().await;
    room.works().await;
    let ana = room.enters("ana").await;
    let id = ana.question().await["id"].clone();
    // The round is over, and its message does not say so yet.
    room.passes(SignedDuration::from_hours(2));
    let heard = ana.does("/api/react", json!({ "key": "k", "message": id, "option": 1, "on": true })).await;
    assert!(heard["reply"].to_string().contains("closed"), "{heard}");
    assert_eq!(ana.question().await["reactions"], json!([]));
}
