//! Socket Mode, as Slack speaks it.

use serde_json::json;

use super::kit::{Line, Office};
use crate::standin::Leave;

#[tokio::test]
async fn an_envelope_goes_to_one_of_the_lines() {
    let office = Office::new().await;
    let mut first = Line::to(&office.socket_url().await).await.expect("a line");
    let hello = first.hears().await;
    assert_eq!((&hello["type"], &hello["num_connections"]), (&json!("hello"), &json!(1)));
    assert!(
        hello["debug_info"]["approximate_connection_time"].is_number()
            && hello["connection_info"]["app_id"].is_string()
    );
    let mut second = Line::to(&office.socket_url().await).await.expect("a line");
    assert_eq!(second.hears().await["num_connections"], 2);

    office.ana.writes(&office.daily, "one");
    office.ana.writes(&office.daily, "two");
    let (one, two) = (first.takes().await, second.takes().await);
    let mut texts = [&one, &two].map(|frame| frame["payload"]["event"]["text"].as_str().expect("a text"));
    texts.sort_unstable();
    assert_eq!(texts, ["one", "two"]);
    assert_eq!((&one["type"], &one["accepts_response_payload"]), (&json!("events_api"), &json!(false)));
    office.slack.all_heard().await;
    assert!(office.slack.deliveries().iter().all(|delivery| delivery.took.is_some()));
}

#[tokio::test]
async fn an_address_opens_one_line() {
    let office = Office::new().await;
    let url = office.socket_url().await;
    let _line = Line::to(&url).await.expect("a line");
    assert!(Line::to(&url).await.is_err(), "it was used");
    assert!(Line::to(&url.replace("ticket=", "ticket=x")).await.is_err(), "it was never given");
    let mut more = Vec::new();
    for _ in 1..10 {
        more.push(office.line().await);
    }
    assert!(Line::to(&office.socket_url().await).await.is_err(), "ten are the most");
}

#[tokio::test]
async fn what_is_not_acknowledged_comes_again() {
    let office = Office::new().await;
    let mut line = office.line().await;
    office.ana.writes(&office.daily, "one");
    let first = line.hears().await;
    assert_eq!((&first["retry_attempt"], &first["retry_reason"]), (&json!(0), &json!("")));
    assert_eq!(office.slack.redelivers(), 1);
    let again = line.hears().await;
    assert_eq!((&again["retry_attempt"], &again["retry_reason"]), (&json!(1), &json!("timeout")));
    assert_eq!(again["payload"], first["payload"], "the same event");
    line.acknowledges(&again).await;
    office.slack.all_heard().await;
    assert_eq!(office.slack.redelivers(), 0);

    office.ana.slash(&office.daily, "/kquiz", "");
    office.ana.writes(&office.daily, "two");
    assert_eq!([1, 1, 1, 0], [(); 4].map(|()| office.slack.redelivers()), "three times, and never a command");
}

#[tokio::test]
async fn what_was_never_sent_cannot_be_acknowledged() {
    let office = Office::new().await;
    let mut line = office.line().await;
    line.says(json!({"envelope_id": "nonsense"})).await;
    office.slack.until("a violation", |slack| (!slack.violations().is_empty()).then_some(())).await;
    office.slack.forgives("acknowledged what Slack never sent");
    office.ana.writes(&office.daily, "one");
    let frame = line.takes().await;
    line.acknowledges(&frame).await;
    office.slack.until("a violation", |slack| (!slack.violations().is_empty()).then_some(())).await;
    office.slack.forgives("more often than it was sent");
    office.ana.writes(&office.daily, "two");
    let frame = line.hears().await;
    line.says(json!({"envelope_id": frame["envelope_id"], "payload": {"text": "?"}})).await;
    office.slack.until("a violation", |slack| (!slack.violations().is_empty()).then_some(())).await;
    office.slack.forgives("an event takes no answer");
}

#[tokio::test]
async fn an_acknowledgement_may_come_too_late() {
    let office = Office::new().await;
    let mut line = office.line().await;
    office.slack.patience(std::time::Duration::ZERO);
    office.ana.writes(&office.daily, "one");
    line.takes().await;
    office.slack.all_heard().await;
    office.slack.forgives("acknowledged only after");
}

#[tokio::test]
async fn everything_can_come_twice() {
    let office = Office::new().await;
    let mut line = office.line().await;
    office.slack.delivers_twice(true);
    office.ana.writes(&office.daily, "one");
    let (one, two) = (line.takes().await, line.takes().await);
    assert_eq!(one["payload"]["event_id"], two["payload"]["event_id"]);
    office.slack.all_heard().await;
}

#[tokio::test]
async fn slack_asks_to_leave() {
    let office = Office::new().await;
    let mut line = office.line().await;
    office.slack.asks_to_leave(Leave::Warning);
    let warning = line.hears().await;
    assert_eq!((&warning["type"], &warning["reason"]), (&json!("disconnect"), &json!("warning")));
    office.ana.writes(&office.daily, "still heard");
    assert_eq!(line.takes().await["payload"]["event"]["text"], "still heard");
    office.slack.asks_to_leave(Leave::Refresh);
    assert_eq!(line.hears().await["reason"], "refresh_requested");
    assert!(line.ends().await, "with a closing");
    let mut line = office.line().await;
    office.slack.asks_to_leave(Leave::Disabled);
    assert_eq!(line.hears().await["reason"], "link_disabled");
    let said = office.send(
        reqwest::Client::new()
            .post(format!("{}/apps.connections.open", office.slack.api_url()))
            .bearer_auth(office.slack.app_token()),
    );
    assert_eq!(said.await.1["error"], "socket_mode_not_enabled");
}

#[tokio::test]
async fn a_silent_line_says_nothing_and_pings_come_back() {
    let office = Office::new().await;
    let mut line = office.line().await;
    office.slack.pings();
    office.ana.writes(&office.daily, "one");
    line.takes().await;
    office.slack.all_heard().await;
    office.slack.until("a pong", |slack| (slack.pongs() == 1).then_some(())).await;
    office.slack.silences_sockets();
    office.ana.writes(&office.daily, "two");
    let mut other = office.line().await;
    assert_eq!(office.slack.redelivers(), 1);
    assert_eq!(other.takes().await["payload"]["event"]["text"], "two");
}

#[tokio::test]
async fn the_bot_hears_only_what_it_may() {
    let office = Office::new().await;
    let mut line = office.line().await;
    let outside = office.slack.channel_without_bot("outside");
    office.ana.writes(&outside, "unheard");
    office.slack.subscribes(&["message.im", "app_mention"]);
    office.ana.writes(&office.daily, "unheard too");
    office.ana.writes(&office.daily, "@kcard, hello");
    assert_eq!(line.takes().await["payload"]["event"]["type"], "app_mention");
    office.ana.writes(&office.ana.direct(), "psst");
    let event = line.takes().await["payload"]["event"].clone();
    assert_eq!((&event["channel_type"], &event["text"]), (&json!("im"), &json!("psst")));
}

#[tokio::test]
async fn other_bots_are_told_apart() {
    let office = Office::new().await;
    let mut line = office.line().await;
    let robo = office.slack.other_bot("robo");
    robo.writes(&office.daily, "beep");
    let event = line.takes().await["payload"]["event"].clone();
    assert_eq!((&event["subtype"], &event["username"]), (&json!("bot_message"), &json!("robo")));
    assert!(event["bot_id"].as_str().is_some_and(|id| id.starts_with('B')) && event["user"].is_null());
    office.posts(json!({"text": "mine"})).await;
    let event = line.takes().await["payload"]["event"].clone();
    assert_eq!((&event["user"], &event["subtype"]), (&json!(office.slack.bot()), &serde_json::Value::Null));
    assert!(event["bot_id"].is_string(), "what the bot says itself is told it too");
}

#[tokio::test]
async fn an_event_says_all_that_slack_says() {
    let office = Office::new().await;
    let mut line = office.line().await;
    let message = office.ana.writes(&office.daily, "one");
    let payload = line.takes().await["payload"].clone();
    assert_eq!(payload["type"], "event_callback");
    assert_eq!(payload["authorizations"][0]["user_id"], office.slack.bot());
    assert!(payload["event_id"].as_str().expect("an id").starts_with("Ev"));
    assert_eq!(payload["event_time"], 1_795_420_800);
    let event = &payload["event"];
    assert_eq!(
        (&event["ts"], &event["event_ts"], &event["user"]),
        (&json!(message.ts), &json!(message.ts), &json!(office.ana.id))
    );
    office.ana.reacts(&message, "one");
    let event = line.takes().await["payload"]["event"].clone();
    assert_eq!(event["item"], json!({"type": "message", "channel": office.daily.id, "ts": message.ts}));
    assert_eq!((&event["reaction"], &event["item_user"]), (&json!("one"), &json!(office.ana.id)));
    office.ana.edits(&message, "two");
    let event = line.takes().await["payload"]["event"].clone();
    assert_eq!(
        (&event["subtype"], &event["message"]["text"], &event["previous_message"]["text"]),
        (&json!("message_changed"), &json!("two"), &json!("one"))
    );
    assert!(event["message"]["edited"]["ts"].is_string());
    office.ana.deletes(&message);
    let event = line.takes().await["payload"]["event"].clone();
    assert_eq!((&event["subtype"], &event["deleted_ts"]), (&json!("message_deleted"), &json!(message.ts)));
}
