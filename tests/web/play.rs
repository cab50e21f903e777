//! A round over HTTP: by reaction, reply and button; what is sent twice counts once; text stays text.

use kcard::quiz::round::Style;
use serde_json::{Value, json};

use crate::kit::Room;

/// The number of the right option, as it was shuffled.
fn right(question: &Value) -> u64 {
    let control = question["controls"].as_array().expect("buttons");
    let at = control.iter().position(|button| button["label"].as_str().expect("a label").contains("kube-scheduler"));
    at.expect("the right one is there") as u64 + 1
}

#[tokio::test]
async fn a_round_is_played_by_reaction_reply_and_button_and_shows_who_knew() {
    let room = Room::open().await;
    room.works().await;
    let (ana, bo, cy) = (room.enters("ana").await, room.enters("bo").await, room.enters("cy").await);
    let question = ana.question().await;
    let (id, right) = (question["id"].clone(), right(&question));
    assert_eq!(question["offered"], 3);

    let heard = ana.does("/api/react", json!({ "key": "k", "message": id, "option": right, "on": true })).await;
    assert!(heard["reply"]["nodes"].to_string().contains("It is in"), "{heard}");
    let heard = bo
        .does("/api/say", json!({ "key": "k", "channel": "daily-quiz", "text": "kube-scheduler", "reply_to": id }))
        .await;
    assert!(heard["reply"]["nodes"].to_string().contains("It is in"), "{heard}");
    let wrong = &question["controls"][usize::from(right == 1)]["id"];
    let heard = cy.does("/api/press", json!({ "key": "k", "channel": "daily-quiz", "control": wrong })).await;
    assert!(heard["reply"]["nodes"].to_string().contains("It is in"), "{heard}");

    let seen = bo.question().await;
    assert_eq!(seen["reactions"], json!([{ "option": right, "count": 1, "mine": false }]));
    assert_eq!(ana.question().await["reactions"][0]["mine"], true);

    room.closes().await;
    let reveal = ana.messages().await.into_iter().find(|message| message["role"] == "reveal").expect("a reveal");
    assert_eq!(reveal["reply_to"], id);
    assert!(reveal.to_string().contains("<img src=x onerror=alert(1)>"), "raw HTML of a card is text");
    let board = ana.get("/api/board?period=all").await;
    let rows: Vec<_> = board["rows"].as_array().expect("rows").iter().map(|row| (&row["name"], &row["rank"])).collect();
    assert_eq!(rows[..2], [(&json!("ana"), &json!(1)), (&json!("bo"), &json!(1))]);
    assert_eq!(board["own"]["mine"], true);
}

#[tokio::test]
async fn what_is_sent_twice_is_done_once_and_hears_the_same() {
    let room = Room::open().await;
    room.works().await;
    let (ana, bo) = (room.enters("ana").await, room.enters("bo").await);
    let question = ana.question().await;
    let id = question["id"].clone();
    for (path, body) in [
        ("/api/say", json!({ "key": "same", "channel": "daily-quiz", "text": "hello" })),
        ("/api/say", json!({ "key": "reply", "channel": "daily-quiz", "text": "1", "reply_to": id })),
        ("/api/react", json!({ "key": "react", "message": id, "option": 2, "on": true })),
        ("/api/press", json!({ "key": "press", "channel": "daily-quiz", "control": question["controls"][0]["id"] })),
        ("/api/say", json!({ "key": "line", "channel": "daily-quiz", "text": "/kquiz mine" })),
    ] {
        let first = ana.does(path, body.clone()).await;
        let (second, third) = tokio::join!(ana.does(path, body.clone()), ana.does(path, body.clone()));
        assert_eq!((&second, &third), (&first, &first), "{path}");
    }
    assert_eq!(ana.messages().await.len(), 3, "the question, one hello and one reply");
    bo.says("same", "another's key is another's").await;
    assert_eq!(ana.messages().await.len(), 4);
}

#[tokio::test]
async fn a_reply_gives_no_answer_to_a_contest_away() {
    let room = Room::of(Some(Style::Contest)).await;
    room.works().await;
    let (ana, bo) = (room.enters("ana").await, room.enters("bo").await);
    let question = ana.question().await;
    assert_eq!((&question["offered"], &question["replies"]), (&json!(0), &json!(false)));
    let body = json!({ "key": "k", "channel": "daily-quiz", "text": "kube-scheduler", "reply_to": question["id"] });
    let (status, refused) = ana.post("/api/say", body).await;
    assert_eq!(status, 409, "{refused}");
    let reaction = json!({ "key": "k3", "message": question["id"], "option": 1, "on": true });
    assert_eq!(ana.post("/api/react", reaction).await.0, 400);
    let heard = ana
        .does("/api/press", json!({ "key": "k2", "channel": "daily-quiz", "control": question["controls"][0]["id"] }))
        .await;
    assert!(heard["reply"]["nodes"].to_string().contains("It is in"), "{heard}");
    assert_eq!(bo.messages().await.len(), 1, "nobody sees any of it");
    assert_eq!(bo.question().await["reactions"], json!([]));
}

#[tokio::test]
async fn text_stays_the_text_it_is() {
    let room = Room::open().await;
    room.works().await;
    let ana = room.enters("<b>דנה").await;
    for (n, text) in
        ["<script>alert(1)</script>", "@everyone **not bold**", "שלום \u{202e}abc 🎉", "a\n\tb", "' OR 1=1 --"]
            .into_iter()
            .enumerate()
    {
        let said = ana.says(&format!("k{n}"), text).await;
        let message =
            ana.messages().await.into_iter().find(|message| message["id"] == said["message"]).expect("it is there");
        assert_eq!((&message["text"], &message["author"]), (&json!(text), &json!("<b>דנה")));
    }
}

#[tokio::test]
async fn commands_are_answered_in_the_browser_that_gave_them() {
    let room = Room::open().await;
    room.works().await;
    let ana = room.enters("ana").await;
    let before = ana.messages().await.len();
    for (n, line) in
        ["/kquiz help", "/kquiz nonsense", "/", "/kquiz schedule remove daily", "/🎉"].into_iter().enumerate()
    {
        let heard = ana.says(&format!("k{n}"), line).await;
        assert!(heard["reply"]["nodes"].as_array().is_some_and(|nodes| !nodes.is_empty()), "{line}: {heard}");
    }
    assert_eq!(ana.messages().await.len(), before);
    let offered = ana.get("/api/complete?line=/kq").await;
    assert!(offered.as_array().is_some_and(|offered| !offered.is_empty()));
}

#[tokio::test]
async fn who_deletes_their_data_is_named_nowhere() {
    let room = Room::open().await;
    let (ana, bo) = (room.enters("ana").await, room.enters("bo").await);
    ana.says("k1", "/kcard public:yes").await;
    let card = bo.messages().await.pop().expect("all see the card");
    assert_eq!((&card["by"], &card["author"]), (&json!("ana"), &Value::Null), "kcard's card, by ana: {card}");
    room.works().await;
    let question = ana.question().await;
    let (id, right) = (question["id"].clone(), right(&question));
    ana.does("/api/react", json!({ "key": "k2", "message": id, "option": right, "on": true })).await;
    room.closes().await;
    let room_reads = async || serde_json::to_string(&bo.messages().await).expect("JSON");
    assert!(room_reads().await.contains("reveal") && room_reads().await.matches("ana").count() >= 2);
    ana.says("k3", "/kquiz privacy delete confirm:yes").await;
    room.works().await;
    assert!(room_reads().await.contains("reveal") && !room_reads().await.contains("ana"), "{}", room_reads().await);
}
