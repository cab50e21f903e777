//! How often the bot may call.

use std::time::Duration;

use serde_json::json;

use super::kit::Office;
use crate::standin::{Limit, Limits};

#[tokio::test]
async fn posts_are_limited_in_each_channel() {
    let office = Office::strict().await;
    let other = office.slack.channel("other");
    for n in 0..3 {
        office.posts(json!({"text": n.to_string()})).await;
    }
    let response =
        office.request("chat.postMessage").json(&json!({"channel": office.daily.id, "text": "4"})).send().await;
    let response = response.expect("an answer");
    assert_eq!(response.status().as_u16(), 429);
    let after: u64 = response.headers()["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert_eq!(after, 1);
    assert_eq!(response.json::<serde_json::Value>().await.expect("JSON")["error"], "ratelimited");
    assert_eq!(office.daily.of_bot().len(), 3);
    assert_eq!(office.call("chat.postMessage", json!({"channel": other.id, "text": "1"})).await["ok"], true);
    assert_eq!(office.slack.too_many(), 1);
    office.slack.forgives("chat.postMessage was called too often");
}

#[tokio::test]
async fn each_method_has_its_tier() {
    let office = Office::strict().await;
    for _ in 0..20 {
        assert_eq!(office.get("usergroups.list", &[]).await["ok"], true);
    }
    assert_eq!(office.get("usergroups.list", &[]).await["error"], "ratelimited");
    office.slack.forgives("usergroups.list was called too often");
    for _ in 0..50 {
        assert_eq!(office.get("conversations.info", &[("channel", &office.daily.id)]).await["ok"], true);
    }
    assert_eq!(office.get("conversations.info", &[("channel", &office.daily.id)]).await["error"], "ratelimited");
    office.slack.forgives("conversations.info was called too often");
}

#[tokio::test]
async fn limits_can_be_others() {
    let office = Office::strict().await;
    let posts = Limit { calls: 1, per: Duration::from_mins(5) };
    office.slack.limits(Limits { posts, ..Limits::default() });
    office.posts(json!({"text": "one"})).await;
    let said = office.call("chat.postMessage", json!({"channel": office.daily.id, "text": "two"})).await;
    assert_eq!(said["error"], "ratelimited");
    office.slack.forgives("too often");
    office.slack.limits(Limits::none());
    office.posts(json!({"text": "three"})).await;
}
