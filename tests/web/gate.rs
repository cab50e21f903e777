//! Other sites, other names, and bodies that no page sends.

use reqwest::{Method, header};
use rstest::rstest;
use serde_json::json;

use crate::kit::Room;

#[tokio::test]
async fn a_foreign_name_that_points_here_is_refused() {
    let room = Room::open().await;
    let browser = room.enters("ana").await;
    for (host, status) in [
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("evil.example:8420", 421),
        ("quiz.example.org", 200),
        ("localhost", 200),
    ] {
        for path in ["/", "/api/room", "/app.js"] {
            let answer = browser.request(Method::GET, path).header(header::HOST, host).send().await.expect("an answer");
            assert_eq!(answer.status(), status, "{host} {path}");
        }
    }
}

#[rstest]
#[case::origin("origin", "http://evil.example")]
#[case::another_port("origin", "http://127.0.0.1:1")]
#[case::sandboxed("origin", "null")]
#[case::cross_site("sec-fetch-site", "cross-site")]
#[case::same_site("sec-fetch-site", "same-site")]
#[tokio::test]
async fn a_post_from_another_site_is_refused_and_nothing_is_done(#[case] name: &str, #[case] value: &str) {
    let room = Room::open().await;
    room.works().await;
    let ana = room.enters("ana").await;
    let question = ana.question().await;
    for (path, body) in [
        ("/api/say", json!({ "key": "k1", "channel": "daily-quiz", "text": "hello" })),
        ("/api/react", json!({ "key": "k2", "message": question["id"], "option": 1, "on": true })),
        ("/api/press", json!({ "key": "k3", "channel": "daily-quiz", "control": "a:1:1" })),
        ("/api/submit", json!({ "key": "k4", "channel": "daily-quiz", "control": "f:1", "fields": {} })),
        ("/api/join", json!({ "key": "0".repeat(32), "name": "bo" })),
    ] {
        let answer = ana.request(Method::POST, path).header(name, value).json(&body).send().await.expect("an answer");
        assert_eq!(answer.status(), 403, "{path}");
    }
    assert_eq!(ana.messages().await.len(), 1);
    assert_eq!(ana.question().await["reactions"], json!([]));
}

#[tokio::test]
async fn a_form_of_another_page_cannot_post_even_without_an_origin() {
    let room = Room::open().await;
    let ana = room.enters("ana").await;
    let body = json!({ "key": "k1", "channel": "daily-quiz", "text": "hello" }).to_string();
    let answer = ana.request(Method::POST, "/api/say").header("content-type", "text/plain").body(body).send().await;
    assert_eq!(answer.expect("an answer").status(), 400);
}

#[tokio::test]
async fn a_message_of_a_megabyte_is_refused_in_words() {
    let room = Room::open().await;
    room.works().await;
    let ana = room.enters("ana").await;
    for length in [4_001, 100_000, 1_000_000] {
        let text = "a".repeat(length);
        let (status, answer) =
            ana.post("/api/say", json!({ "key": "k1", "channel": "daily-quiz", "text": text })).await;
        assert_eq!(status, 413);
        assert_eq!(answer["error"], "this is too long: a message has at most 4000 characters");
    }
    assert_eq!(ana.messages().await.len(), 1);
}

#[rstest]
#[case("/api/say", json!({}))]
#[case("/api/join", json!({ "key": "a-guess", "name": "bo" }))]
#[case("/api/say", json!({ "key": "k", "channel": "nowhere", "text": "hello" }))]
#[case("/api/say", json!({ "key": "k", "channel": "daily-quiz", "text": " \n " }))]
#[case("/api/say", json!({ "key": "k", "channel": "daily-quiz", "text": "hello", "reply_to": 999 }))]
#[case("/api/say", json!({ "key": "a:b", "channel": "daily-quiz", "text": "hello" }))]
#[case("/api/react", json!({ "key": "k", "message": 1, "option": 0, "on": true }))]
#[case("/api/react", json!({ "key": "k", "message": 1, "option": 10, "on": true }))]
#[case("/api/react", json!({ "key": "k", "message": 999, "option": 1, "on": true }))]
#[case("/api/press", json!({ "key": "k", "channel": "daily-quiz", "control": "nonsense" }))]
#[case("/api/press", json!({ "key": "k", "channel": "daily-quiz", "control": "a:1:1", "picked": [256] }))]
#[tokio::test]
async fn what_no_page_sends_is_refused_in_words(#[case] path: &str, #[case] body: serde_json::Value) {
    let room = Room::open().await;
    room.works().await;
    let ana = room.enters("ana").await;
    let (status, answer) = ana.post(path, body).await;
    assert!(status.is_client_error(), "{status}");
    assert!(answer["error"].as_str().is_some_and(|words| words.len() > 10), "{answer}");
    assert_eq!(ana.messages().await.len(), 1);
}
