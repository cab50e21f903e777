//! What a player may not, tried by requests that no page sends: any control can be pressed and any form submitted by who writes the
//! request themselves.

use serde_json::{Value, json};

use crate::{
    faces::permissions::{given, line, not_for_everyone, refusal},
    kit::{Browser, Room},
    played::words,
};

#[tokio::test]
async fn a_control_made_up_by_a_player_opens_nothing() {
    let room = Room::open().await;
    room.works().await;
    let _bo = room.enters("bo").await;
    let before = room.stored();
    let sends = async |player: &Browser, key: &str, path: &str, mut body: Value| {
        body["key"] = json!(key);
        body["channel"] = json!("daily-quiz");
        let (status, answer) = player.post(path, body).await;
        assert_eq!(status, 200, "{answer}");
        words(&answer["reply"]["nodes"])
    };
    for (n, spec) in not_for_everyone().enumerate() {
        // A player each, since what one may do in a second has a limit.
        let player = room.enters(&format!("p{n}")).await;
        let fields: serde_json::Map<_, _> =
            given(spec).into_iter().map(|(option, value)| (option.name.to_owned(), json!(value))).collect();
        let words = spec.words.join(" ");
        let file = json!({ "name": "tea.yaml", "content": "IyMj" });
        let pressed = line(spec);
        let pressed = format!("r:{}", pressed.trim_start_matches('/'));
        for (key, (path, body)) in [
            ("/api/press", json!({ "control": pressed })),
            ("/api/submit", json!({ "control": format!("c:{words}"), "fields": fields })),
            ("/api/submit", json!({ "control": format!("c:{words}"), "fields": fields, "file": file })),
        ]
        .into_iter()
        .enumerate()
        {
            // A control's id has an end, so the longest line cannot be pressed at all.
            if path == "/api/press" && pressed.chars().count() > 100 {
                continue;
            }
            let said = sends(&player, &format!("k{key}"), path, body).await;
            assert!(said.contains(refusal(spec.who)), "{path} {}: {said}", line(spec));
        }
    }
    let said = sends(&room.enters("ana").await, "k", "/api/press", json!({ "control": "n:1" })).await;
    assert!(said.contains("That is for hosts and admins."), "{said}");
    room.works().await;
    assert_eq!(room.stored(), before, "something was done all the same");
}
