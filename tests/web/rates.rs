//! A browser that sends far too much: the excess is refused, what was accepted stands, others are not disturbed.

use futures_util::{StreamExt, stream};
use reqwest::{Body, Method, header};
use serde_json::json;

use crate::kit::Room;

/// Far more than the limits let through, however slow the machine is.
const FAR_TOO_MANY: usize = 10_000;

#[tokio::test]
async fn a_flood_of_reactions_is_refused_and_what_was_accepted_stands() {
    let room = Room::open().await;
    room.works().await;
    let (ana, bo) = (room.enters("ana").await, room.enters("bo").await);
    let id = ana.question().await["id"].clone();
    let (mut refused, mut standing) = (0, false);
    for n in 0..FAR_TOO_MANY {
        let on = n % 2 == 0;
        let body = json!({ "key": format!("k{n}"), "message": id, "option": 1, "on": on });
        let answer = ana.request(reqwest::Method::POST, "/api/react").json(&body).send().await.expect("an answer");
        match answer.status().as_u16() {
            200 => standing = on,
            429 => {
                assert!(answer.headers().contains_key("retry-after"), "a refusal says when to come back");
                refused += 1;
            }
            other => panic!("{other}: {}", answer.text().await.unwrap_or_default()),
        }
        if refused == 100 {
            break;
        }
    }
    assert_eq!(refused, 100);
    let mine =
        ana.question().await["reactions"].as_array().is_some_and(|all| all.iter().any(|one| one["mine"] == true));
    assert_eq!(mine, standing, "the last one that was accepted is the one that stands");
    bo.does("/api/react", json!({ "key": "k", "message": id, "option": 2, "on": true })).await;
}

#[tokio::test]
async fn names_cannot_be_taken_by_the_thousand() {
    let room = Room::open().await;
    for n in 0..FAR_TOO_MANY {
        let (status, _) = room.stranger().joins(&format!("p{n}")).await;
        if status == 429 {
            return;
        }
    }
    panic!("nobody was refused");
}

/// A file in a form is held in memory until it is whole.
#[tokio::test]
async fn forms_that_never_end_do_not_pile_up() {
    let room = Room::open().await;
    room.works().await;
    let (ana, bo) = (room.enters("ana").await, room.enters("bo").await);
    let never = || {
        let body = stream::iter([Ok::<_, std::io::Error>("{")]).chain(stream::pending());
        let request = ana.request(Method::POST, "/api/submit").header(header::CONTENT_TYPE, "application/json");
        tokio::spawn(request.body(Body::wrap_stream(body)).send())
    };
    let _two = [never(), never()];
    let form = json!({ "key": "k", "channel": "daily-quiz", "control": "f:1", "fields": { "answer": "x" } });
    let mut tries = 0..FAR_TOO_MANY;
    while tries.next().is_some() && ana.post("/api/submit", form.clone()).await.0 != 503 {}
    assert!(!tries.is_empty(), "a third form is not read while two are");
    bo.does("/api/submit", form).await;
}
