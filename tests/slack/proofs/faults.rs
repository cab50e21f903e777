//! What goes wrong on demand goes wrong once, and as it was asked for.

use std::time::Duration;

use serde_json::{Value, json};

use super::kit::Office;
use crate::standin::Fault;

/// A post that may get no answer.
async fn posts(office: &Office) -> Option<(u16, Value)> {
    let request = office.request("chat.postMessage").json(&json!({"channel": office.daily.id, "text": "?"}));
    let response = request.send().await.ok()?;
    let status = response.status().as_u16();
    let text = response.text().await.ok()?;
    Some((status, serde_json::from_str(&text).unwrap_or_else(|_| json!(text))))
}

#[tokio::test]
async fn what_fails_does_nothing() {
    let office = Office::new().await;
    office.slack.fails("chat.postMessage", Fault::Status(500));
    office.slack.fails("chat.postMessage", Fault::TooMany { after: Duration::from_secs(30) });
    office.slack.fails("*", Fault::Refused("internal_error"));
    office.slack.fails("chat.postMessage", Fault::Cut);
    assert_eq!(office.call("auth.test", json!({})).await["error"], "internal_error");
    assert_eq!(posts(&office).await.expect("an answer").0, 500);
    let response = office.request("chat.postMessage").send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), response.headers()["retry-after"].as_bytes()), (429, &b"30"[..]));
    assert_eq!(posts(&office).await, None);
    assert_eq!((office.daily.shows(), office.slack.faults_left()), (String::new(), 0));
    assert_eq!((office.slack.too_many(), office.slack.too_many_injected()), (0, 1), "none of the bot's making");
    assert_eq!(posts(&office).await.expect("an answer").1["ok"], true, "and then it works again");
}

#[tokio::test]
async fn what_takes_effect_may_lose_its_answer() {
    let office = Office::new().await;
    office.slack.fails("chat.postMessage", Fault::AnswerLost);
    assert_eq!(posts(&office).await, None);
    assert_eq!(office.daily.shows(), "kcard: ?");
    let (reached, go_on) = office.slack.holds("chat.postMessage");
    let (answer, ()) = tokio::join!(posts(&office), async {
        reached.await.expect("it came");
        assert_eq!(office.daily.of_bot().len(), 2, "it took effect before its answer");
        go_on.send(()).expect("it waits");
    });
    assert_eq!(answer.expect("an answer").0, 200);
    office.slack.fails("auth.test", Fault::Hangs);
    let hung = tokio::time::timeout(Duration::from_millis(50), office.call("auth.test", json!({}))).await;
    assert!(hung.is_err());
}

#[tokio::test]
async fn one_channel_refuses_and_the_others_do_not() {
    let office = Office::new().await;
    let other = office.slack.channel("other");
    office.slack.refuses(&office.daily, Some("restricted_action"));
    assert_eq!(posts(&office).await.expect("an answer").1["error"], "restricted_action");
    assert_eq!(office.call("chat.postMessage", json!({"channel": other.id, "text": "?"})).await["ok"], true);
    office.slack.refuses(&office.daily, None);
    assert_eq!(posts(&office).await.expect("an answer").1["ok"], true);
}

#[tokio::test]
async fn everything_is_refused_until_it_is_mended() {
    let office = Office::new().await;
    office.slack.is_broken(Some("internal_error"));
    for method in ["auth.test", "users.info"] {
        assert_eq!(office.get(method, &[]).await["error"], "internal_error");
    }
    assert_eq!(posts(&office).await.expect("an answer").1["error"], "internal_error");
    office.slack.is_broken(None);
    assert_eq!(posts(&office).await.expect("an answer").1["ok"], true);
}

#[tokio::test]
async fn slack_is_away_for_the_bot_alone() {
    let office = Office::new().await;
    let mut line = office.line().await;
    office.slack.is_away(true);
    assert!(!line.ends().await, "it is cut without a word");
    assert_eq!(posts(&office).await, None);
    office.ana.writes(&office.daily, "Nobody hears");
    office.slack.is_away(false);
    assert_eq!(posts(&office).await.expect("an answer").0, 200);
    let delivery = &office.slack.deliveries()[0];
    assert_eq!((delivery.sent, delivery.acknowledged), (0, 0), "what nobody listened to was not sent");
}
