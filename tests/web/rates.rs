//! A browser that sends far too much: the excess is refused, what was accepted stands, others are not disturbed.

use serde_json::json;

use crate::kit::Room;

#[tokio::test]
async fn of_three_thousand_reactions_the_excess_is_refused_and_what_was_accepted_stands() {
    let room = Room::open().await;
    room.works().await;
    let (ana, bo) = (room.enters("ana").await, room.enters("bo").await);
    let id = ana.question().await["id"].clone();
    let (mut accepted, mut standing, mut told_when) = (0, false, true);
    for n in 0..3_000 {
        let on = n % 2 == 0;
        let body = json!({ "key": format!("k{n}"), "message": id, "option": 1, "on": on });
        let answer = ana.request(reqwest::Method::POST, "/api/react").json(&body).send().await.expect("an answer");
        match answer.status().as_u16() {
            200 => (accepted, standing) = (accepted + 1, on),
            429 => told_when &= answer.headers().contains_key("retry-after"),
            other => panic!("{other}: {}", answer.text().await.unwrap_or_default()),
        }
    }
    assert!((40..3_000).contains(&accepted), "{accepted} accepted");
    assert!(told_when, "every refusal says when to come back");
    let mine =
        ana.question().await["reactions"].as_array().is_some_and(|all| all.iter().any(|one| one["mine"] == true));
    assert_eq!(mine, standing, "the last one that was accepted is the one that stands");
    bo.does("/api/react", json!({ "key": "k", "message": id, "option": 2, "on": true })).await;
}

#[tokio::test]
async fn names_cannot_be_taken_by_the_thousand() {
    let room = Room::open().await;
    let mut refused = 0;
    for n in 0..500 {
        let (status, _) = room.stranger().post("/api/join", json!({ "name": format!("p{n}") })).await;
        refused += usize::from(status == 429);
    }
    assert!(refused > 0);
}
