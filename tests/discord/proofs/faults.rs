//! What goes wrong on demand goes wrong as said.

use std::time::{Duration, Instant};

use serde_json::json;

use super::kit::Town;
use crate::standin::Fault;

#[tokio::test]
async fn an_answer_is_lost_and_the_post_stands() {
    let town = Town::new().await;
    town.discord.fails("POST /channels/*/messages", Fault::AnswerLost);
    let body = json!({"content": "Which?", "nonce": "q1", "enforce_nonce": true});
    let lost = town.request("POST", &town.messages()).json(&body).send().await;
    assert!(lost.is_err(), "the connection closes: {lost:?}");
    assert_eq!(town.daily.messages().len(), 1);
    let found = town.posts(body).await;
    assert_eq!(town.daily.messages().len(), 1, "posted again, it is found");
    assert_eq!(town.daily.latest().id.to_string(), found);
}

#[tokio::test]
async fn a_cut_and_a_failure_do_nothing() {
    let town = Town::new().await;
    let post = || town.request("POST", &town.messages()).json(&json!({"content": "hello"}));
    town.discord.fails("* /channels/**", Fault::Cut);
    assert!(post().send().await.is_err());
    town.discord.fails("POST /channels/*/messages", Fault::Status(503));
    assert_eq!(post().send().await.expect("an answer").status(), 503);
    town.discord.fails("POST /channels/*/messages", Fault::Hangs);
    assert!(post().timeout(Duration::from_millis(100)).send().await.is_err_and(|error| error.is_timeout()));
    assert_eq!(town.daily.shows(), "");
    town.discord.fails("POST /channels/*/messages", Fault::Slow(Duration::from_millis(100)));
    let began = Instant::now();
    assert_eq!(post().send().await.expect("an answer").status(), 200);
    assert!(began.elapsed() >= Duration::from_millis(100));
}

#[tokio::test]
async fn an_answer_is_held_until_the_test_goes_on() {
    let town = Town::new().await;
    let (posted, go_on) = town.discord.holds("POST /channels/*/messages");
    let posting = tokio::spawn(town.request("POST", &town.messages()).json(&json!({"content": "hello"})).send());
    posted.await.expect("it is posted");
    assert_eq!(town.daily.messages().len(), 1);
    assert!(!posting.is_finished());
    go_on.send(()).expect("it waits");
    assert_eq!(posting.await.expect("it ends").expect("an answer").status(), 200);
}

#[tokio::test]
async fn while_discord_is_away_people_act() {
    let town = Town::new().await;
    let mut line = town.session(super::kit::INTENTS).await;
    town.discord.is_away(true);
    assert!(town.request("GET", "/users/@me").send().await.is_err());
    town.discord.connected(0).await;
    line.is_cut().await;
    town.ana.says(&town.daily, "where is it?");
    town.discord.is_away(false);
    assert_eq!(town.get(&town.messages()).await.1.as_array().map(Vec::len), Some(1));
}
