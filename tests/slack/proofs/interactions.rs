//! Commands, buttons, menus and shortcuts, and the response URL.

use serde_json::{Value, json};

use super::kit::Office;

fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": text})
}

async fn asks(office: &Office) {
    let option = |text: &str| json!({"text": plain(text), "value": text});
    let elements = json!([
        {"type": "button", "action_id": "pick:1", "value": "one", "text": plain("etcd")},
        {"type": "static_select", "action_id": "menu", "placeholder": plain("Pick"), "options": [option("a"), option("b")]},
        {"type": "checkboxes", "action_id": "boxes", "options": [option("x"), option("y"), option("z")]},
    ]);
    office
        .posts(json!({"text": "Which?", "blocks": [{"type": "actions", "block_id": "q1", "elements": elements}]}))
        .await;
}

#[tokio::test]
async fn a_click_says_what_where_and_who() {
    let office = Office::new().await;
    asks(&office).await;
    let question = office.daily.latest();
    let mut payload = office.ana.clicks(&question, "etcd").delivered().payload;
    assert_eq!(
        payload["container"],
        json!({"type": "message", "message_ts": question.ts, "channel_id": office.daily.id, "is_ephemeral": false})
    );
    assert_eq!(payload["message"]["ts"], json!(question.ts));
    assert_eq!(payload["user"]["id"], json!(office.ana.id));
    payload["actions"][0]["action_ts"].take();
    assert_eq!(
        payload["actions"],
        json!([{"type": "button", "action_id": "pick:1", "block_id": "q1", "value": "one",
        "text": plain("etcd"), "action_ts": null}])
    );
    let payload = office.ana.selects(&question, "menu", &["b"]).delivered().payload;
    assert_eq!(payload["actions"][0]["selected_option"]["value"], "b");
    assert_eq!(payload["state"]["values"]["q1"]["menu"]["selected_option"]["value"], "b");
    let payload = office.ana.selects(&question, "boxes", &["x", "z"]).delivered().payload;
    assert_eq!(payload["actions"][0]["selected_options"].as_array().map(Vec::len), Some(2));
    let payload = office.ana.uses_message_shortcut(&question, "answer").delivered().payload;
    assert_eq!(
        (&payload["type"], &payload["callback_id"], &payload["message_ts"]),
        (&json!("message_action"), &json!("answer"), &json!(question.ts))
    );
    let payload = office.ana.uses_shortcut("card").delivered().payload;
    assert_eq!((&payload["type"], &payload["response_url"]), (&json!("shortcut"), &Value::Null));
    let payload = office.ana.slash(&office.daily, "/kquiz", "top week").delivered().payload;
    assert_eq!(
        (&payload["command"], &payload["text"], &payload["channel_name"]),
        (&json!("/kquiz"), &json!("top week"), &json!("daily"))
    );
}

#[tokio::test]
#[should_panic(expected = "there is no `kubelet`")]
async fn what_is_not_offered_cannot_be_clicked() {
    let office = Office::new().await;
    asks(&office).await;
    office.ana.clicks(&office.daily.latest(), "kubelet");
}

#[tokio::test]
async fn a_response_url_serves_five_times_in_half_an_hour() {
    let office = Office::new().await;
    let ask = office.ana.slash(&office.daily, "/kquiz", "");
    let url = ask.response_url().expect("it has one");
    for n in 0..5 {
        assert_eq!(office.posts_to(&url, json!({"text": n.to_string()})).await, (200, json!("ok")));
    }
    assert_eq!(ask.message_number(4).await.shows(), "kcard (to ana alone): 4");
    let (status, said) = office.posts_to(&url, json!({"text": "6"})).await;
    assert_eq!((status, &said["error"], ask.messages()), (404, &json!("used_url"), 5));
    office.slack.forgives("used_url");
    let late = office.ana.slash(&office.daily, "/kquiz", "");
    office.clock.advance(jiff::SignedDuration::from_mins(30));
    let (status, said) = office.posts_to(&late.response_url().expect("it has one"), json!({"text": "?"})).await;
    assert_eq!((status, &said["error"]), (404, &json!("expired_url")));
}

#[tokio::test]
async fn a_response_is_for_one_or_for_all_and_may_replace_or_delete() {
    let office = Office::new().await;
    asks(&office).await;
    let question = office.daily.latest();
    let click = office.ana.clicks(&question, "etcd");
    let url = click.response_url().expect("it has one");
    office.posts_to(&url, json!({"text": "It is in."})).await;
    office.posts_to(&url, json!({"text": "All read this.", "response_type": "in_channel"})).await;
    assert_eq!(office.daily.of_bot().len(), 2);
    let alone = click.message().await;
    assert_eq!(alone.shows(), "kcard (to ana alone): It is in.");
    office.posts_to(&url, json!({"text": "Closed.", "replace_original": true})).await;
    assert_eq!(question.shows(), "kcard (edited): Closed.");
    office.posts_to(&url, json!({"delete_original": true})).await;
    assert!(!question.stands());

    let args = json!({"channel": office.daily.id, "user": office.ana.id, "text": "Sure?", "blocks": [{"type": "actions",
        "elements": [{"type": "button", "action_id": "yes", "text": plain("Yes")}]}]});
    office.call("chat.postEphemeral", args).await;
    let sure = office.ana.ephemerals(&office.daily).pop().expect("she was told");
    let click = office.ana.clicks(&sure, "Yes");
    let payload = click.delivered().payload;
    assert_eq!((&payload["container"]["is_ephemeral"], &payload["message"]), (&json!(true), &Value::Null));
    office
        .posts_to(&click.response_url().expect("it has one"), json!({"text": "Done.", "replace_original": true}))
        .await;
    assert_eq!(sure.shows(), "kcard (to ana alone) (edited): Done.");
}

#[tokio::test]
async fn an_acknowledgement_may_answer_a_command_and_nothing_else() {
    let office = Office::new().await;
    asks(&office).await;
    let mut line = office.line().await;
    let ask = office.ana.slash(&office.daily, "/kquiz", "");
    let frame = line.hears().await;
    assert_eq!((&frame["type"], &frame["accepts_response_payload"]), (&json!("slash_commands"), &json!(true)));
    line.says(
        json!({"envelope_id": frame["envelope_id"], "payload": {"text": "At once.", "response_type": "in_channel"}}),
    )
    .await;
    assert_eq!(ask.reads().await, "kcard: At once.");
    assert_eq!(ask.answer().await["text"], "At once.");
    let click = office.ana.clicks(&office.daily.of_bot()[0], "etcd");
    // What all read is told as an event too.
    assert_eq!(line.takes().await["type"], "events_api");
    let frame = line.hears().await;
    line.says(json!({"envelope_id": frame["envelope_id"], "payload": {"text": "?"}})).await;
    click.acknowledged().await;
    office.slack.forgives("a block_actions takes no answer");
}
