//! Names, cookies and the admin link.

use std::fs;

use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::kit::Room;

#[tokio::test]
async fn a_name_is_bound_to_a_secret_cookie_that_only_the_browser_has() {
    let room = Room::open().await;
    let browser = room.stranger();
    let request = browser.request(Method::POST, "/api/join").json(&json!({ "key": "0".repeat(32), "name": "  ana " }));
    let answer = request.send().await.expect("an answer");
    let cookie = answer.headers()[header::SET_COOKIE].to_str().expect("text").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let secret = cookie.split(['=', ';']).nth(1).expect("a value").to_owned();
    assert_eq!(secret.len(), 64);
    assert_eq!(answer.json::<Value>().await.expect("JSON"), json!({ "name": "ana", "admin": false }));
    assert_eq!(browser.get("/api/room").await["me"]["name"], "ana");
    for file in fs::read_dir(room.data.path()).expect("the data") {
        let stored = fs::read(file.expect("a file").path()).expect("bytes");
        assert!(!stored.windows(secret.len()).any(|part| part == secret.as_bytes()), "the secret itself is stored");
    }
}

#[tokio::test]
async fn without_a_name_there_is_nothing_to_see_or_do() {
    let room = Room::open().await;
    room.works().await;
    let stranger = room.stranger();
    assert_eq!(stranger.get("/api/room").await, json!({ "me": null, "channels": [] }));
    for path in ["/api/messages?channel=daily-quiz", "/api/board", "/api/events", "/api/complete?line=/"] {
        assert_eq!(stranger.request(Method::GET, path).send().await.expect("an answer").status(), 401, "{path}");
    }
    let (status, _) = stranger.post("/api/say", json!({ "key": "k", "channel": "daily-quiz", "text": "hi" })).await;
    assert_eq!(status, 401);
    let forged = stranger.request(Method::GET, "/api/board").header("cookie", "kcard-0=0; kcard=1").send().await;
    assert_eq!(forged.expect("an answer").status(), 401);
}

#[tokio::test]
async fn a_taken_name_is_refused_however_it_is_written() {
    let room = Room::open().await;
    let _ana = room.enters("ana").await;
    for name in ["ana", "ANA", " Ana ", "a na", "ａｎａ"] {
        let (status, answer) = room.stranger().joins(name).await;
        assert_eq!((status.as_u16(), &answer["error"]), (409, &json!("this name is taken; pick another")), "{name}");
    }
    for name in ["", "a/b", "web:ana", "kcard", "a\u{202e}na", "\u{200b}"] {
        let (status, answer) = room.stranger().joins(name).await;
        assert_eq!(status, 422, "{name}: {answer}");
    }
}

#[tokio::test]
async fn the_admin_link_makes_the_browser_that_opens_it_admin() {
    let room = Room::open().await;
    let link = room.web.admin_link();
    let path = link.strip_prefix(&room.base).expect("the link leads here").to_owned();

    let newcomer = room.stranger();
    let opened = newcomer.request(Method::GET, &path).send().await.expect("an answer");
    assert_eq!(
        (opened.status().as_u16(), &opened.headers()[header::LOCATION]),
        (303, &header::HeaderValue::from_static("/"))
    );
    assert_eq!(newcomer.joins("ana").await.1["admin"], true);

    let player = room.enters("bo").await;
    assert_eq!(player.get("/api/room").await["me"]["admin"], false);
    player.request(Method::GET, &path).send().await.expect("an answer");
    assert_eq!(player.get("/api/room").await["me"]["admin"], true, "also who had a name before");
    assert_eq!(room.enters("cy").await.get("/api/room").await["me"]["admin"], false, "and nobody else");
}

#[tokio::test]
async fn a_wrong_or_old_admin_link_makes_nobody_admin() {
    let (before, room) = (Room::open().await, Room::open().await);
    let old = before.web.admin_link().split_once('?').expect("a secret").1.to_owned();
    for secret in ["admin=", "admin=0", &old] {
        let browser = room.stranger();
        let answer = browser.request(Method::GET, &format!("/?{secret}")).send().await.expect("an answer");
        assert_eq!(answer.status(), 403);
        assert!(answer.headers().get(header::SET_COOKIE).is_none());
        assert!(answer.text().await.expect("words").contains("no longer valid"));
        assert_eq!(browser.joins(&format!("p{}", secret.len())).await.1["admin"], false);
    }
}
