//! What open pages hear: everything public, in order, nothing private; and an end when the room stops.

use futures_util::{Stream, StreamExt};
use reqwest::Method;
use serde_json::{Value, json};

use crate::kit::Room;

async fn next(news: &mut (impl Stream<Item = (String, Value)> + Unpin)) -> (String, Value) {
    news.next().await.expect("the stream goes on")
}

#[tokio::test]
async fn every_page_hears_what_is_said_and_how_reactions_stand() {
    let room = Room::open().await;
    room.works().await;
    let (ana, bo) = (room.enters("ana").await, room.enters("bo").await);
    let mut news = bo.listens().await;
    assert_eq!(next(&mut news).await.0, "hello", "all is to be read anew after a connection");

    ana.says("k1", "hello").await;
    let (kind, message) = next(&mut news).await;
    assert_eq!((kind.as_str(), &message["text"], &message["author"]), ("message", &json!("hello"), &json!("ana")));

    let id = ana.question().await["id"].clone();
    ana.does("/api/react", json!({ "key": "k2", "message": id, "option": 1, "on": true })).await;
    assert_eq!(next(&mut news).await.1["reactions"], json!([{ "option": 1, "count": 1, "mine": false }]));
    bo.does("/api/react", json!({ "key": "k3", "message": id, "option": 1, "on": true })).await;
    assert_eq!(next(&mut news).await.1["reactions"], json!([{ "option": 1, "count": 2, "mine": true }]));
    ana.does("/api/react", json!({ "key": "k4", "message": id, "option": 1, "on": false })).await;
    assert_eq!(next(&mut news).await.1["reactions"], json!([{ "option": 1, "count": 1, "mine": true }]));
}

#[tokio::test]
async fn a_private_answer_is_in_no_other_stream_and_in_no_messages() {
    let room = Room::open().await;
    room.works().await;
    let (ana, bo) = (room.enters("ana").await, room.enters("bo").await);
    let (mut own, mut other) = (ana.listens().await, bo.listens().await);
    let id = ana.question().await["id"].clone();
    let heard = ana.does("/api/react", json!({ "key": "k1", "message": id, "option": 1, "on": true })).await;
    let private = "It is in";
    assert!(heard.to_string().contains(private), "{heard}");
    ana.says("k2", "/kquiz mine").await;
    ana.says("k3", "the end").await;
    for news in [&mut own as &mut (dyn Stream<Item = (String, Value)> + Unpin), &mut other] {
        loop {
            let (_, data) = news.next().await.expect("the stream goes on");
            assert!(!data.to_string().contains(private), "{data}");
            if data["text"] == "the end" {
                break;
            }
        }
    }
    assert!(!json!(bo.messages().await).to_string().contains(private));
}

#[tokio::test]
async fn streams_end_when_the_room_stops_and_a_page_that_comes_back_reads_all() {
    let room = Room::open().await;
    let ana = room.enters("ana").await;
    let mut news = ana.listens().await;
    assert_eq!(next(&mut news).await.0, "hello");
    room.stops().await;
    assert!(news.next().await.is_none());
}

#[tokio::test]
async fn one_player_has_a_few_live_pages_at_once_and_places_come_back() {
    let room = Room::open().await;
    let ana = room.enters("ana").await;
    let mut open = Vec::new();
    for _ in 0..4 {
        open.push(ana.listens().await);
    }
    let refused = ana.request(Method::GET, "/api/events").send().await.expect("an answer");
    assert_eq!(refused.status(), 429);
    assert!(refused.text().await.expect("words").contains("too many tabs"));
    let _other = room.enters("bo").await.listens().await;
    drop(open);
    // The server notices at its next write that nobody reads any more.
    while ana.request(Method::GET, "/api/events").send().await.expect("an answer").status() == 429 {
        tokio::task::yield_now().await;
    }
}
