//! Rate limits, on real time.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::kit::Town;
use crate::standin::{Fault, Limit, Limits};

#[tokio::test]
async fn a_channel_takes_five_posts_in_five_seconds() {
    let town = Town::strict().await;
    let post = || town.request("POST", &town.messages()).json(&json!({"content": "hello"}));
    for left in (0..5).rev() {
        let response = post().send().await.expect("an answer");
        assert_eq!(response.headers()["x-ratelimit-remaining"], left.to_string());
        assert_eq!(response.headers()["x-ratelimit-limit"], "5");
    }
    let response = post().send().await.expect("an answer");
    assert_eq!(response.status(), 429);
    let wait: u64 = response.headers()["retry-after"].to_str().expect("text").parse().expect("whole seconds");
    assert!((1..=5).contains(&wait));
    let said: Value = response.json().await.expect("JSON");
    assert!(said["retry_after"].as_f64().is_some_and(|wait| wait <= 5.001) && said["global"] == false, "{said}");
    assert_eq!((town.discord.too_many(), town.discord.invalid_requests()), (1, 1));
    let other = format!("/channels/{}/messages", town.guild.channel("other").id);
    assert_eq!(town.call("POST", &other, json!({"content": "hello"})).await.0, 200, "each channel has its own");
}

#[tokio::test]
async fn who_waits_as_told_is_let_through() {
    let town = Town::strict().await;
    let message = town.posts(json!({"content": "Which?"})).await;
    let began = Instant::now();
    for emoji in ["%E2%9C%85", "%E2%9D%8C", "%E2%9A%99"] {
        let path = format!("{}/{message}/reactions/{emoji}/@me", town.messages());
        let response = town.request("PUT", &path).send().await.expect("an answer");
        assert_eq!(response.status(), 204);
        let wait: f64 = response.headers()["x-ratelimit-reset-after"].to_str().expect("text").parse().expect("seconds");
        tokio::time::sleep(Duration::from_secs_f64(wait)).await;
    }
    assert!(began.elapsed() >= Duration::from_millis(700));
    assert_eq!(town.discord.too_many(), 0);
}

#[tokio::test]
async fn fifty_a_second_is_the_most_for_all_together() {
    let town = Town::strict().await;
    let wide = Limit { calls: 1000, per: Duration::from_secs(1) };
    // A long second, so that a slow machine does not let the window pass.
    let global = Limit { calls: 50, per: Duration::from_secs(30) };
    town.discord.limits(Limits { global, posts: wide, reactions: wide, readings: wide, others: wide });
    for _ in 0..50 {
        assert_eq!(town.get("/users/@me").await.0, 200);
    }
    let response = town.request("GET", "/users/@me").send().await.expect("an answer");
    assert_eq!(
        (response.status().as_u16(), &response.headers()["x-ratelimit-global"]),
        (429, &"true".parse().expect("a value"))
    );
    assert_eq!(response.headers()["x-ratelimit-scope"], "global");
    let (status, _) = town.call("POST", "/interactions/1/token/callback", json!({"type": 5})).await;
    assert_eq!(status, 404, "what bears a token in its path is outside of it");
    town.discord.forgives("10062");
}

#[tokio::test]
async fn an_injected_limit_is_not_the_bots_fault() {
    let town = Town::strict().await;
    town.discord.fails("POST /channels/*/messages", Fault::TooMany { after: Duration::from_millis(700), global: true });
    assert_eq!(town.get("/users/@me").await.0, 200, "others are not meant");
    let (status, said) = town.call("POST", &town.messages(), json!({"content": "hello"})).await;
    assert_eq!((status, &said["global"]), (429, &json!(true)));
    assert!(said["retry_after"].as_f64().is_some_and(|after| (0.7..0.71).contains(&after)), "{said}");
    assert_eq!((town.discord.too_many(), town.discord.faults_left()), (0, 0));
    town.posts(json!({"content": "hello"})).await;
    assert_eq!(town.discord.requests_to("POST /channels/*/messages").len(), 2);
}
