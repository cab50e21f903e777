//! Forms and App Homes.

use std::time::Duration;

use serde_json::{Value, json};

use super::kit::{Line, Office};
use crate::standin::{Ask, View};

fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": text})
}

fn form(title: &str) -> Value {
    let text = json!({"type": "plain_text_input", "action_id": "text", "max_length": 10, "initial_value": "pod"});
    let pick = json!({"type": "static_select", "action_id": "pick", "options": [{"text": plain("a"), "value": "1"}, {"text": plain("b"), "value": "2"}]});
    json!({"type": "modal", "title": plain(title), "submit": plain("Send"), "close": plain("Back"), "callback_id": "answer",
    "private_metadata": "q1", "blocks": [
        {"type": "input", "block_id": "answer", "label": plain("Your answer"), "element": text},
        {"type": "input", "block_id": "more", "label": plain("More"), "optional": true, "element": pick},
    ]})
}

async fn opens(office: &Office, title: &str) -> (Ask, View) {
    let ask = office.ana.slash(&office.daily, "/kquiz", "");
    let said = office.call("views.open", json!({"trigger_id": ask.trigger(), "view": form(title)})).await;
    assert_eq!(said["ok"], true, "{said}");
    let view = ask.view().await;
    (ask, view)
}

/// Answers the next envelope that is a submission.
async fn answers(line: &mut Line, payload: Value) -> Value {
    loop {
        let frame = line.hears().await;
        if frame["payload"]["type"] == "view_submission" {
            line.says(json!({"envelope_id": frame["envelope_id"], "payload": payload})).await;
            return frame["payload"].clone();
        }
        line.acknowledges(&frame).await;
    }
}

#[tokio::test]
async fn a_trigger_serves_once_and_for_three_seconds() {
    let office = Office::new().await;
    let (ask, view) = opens(&office, "One").await;
    insta::assert_snapshot!(view.shows(), @"
    == One ==
    │ Your answer: [] pod
    │ More (optional): [ ▾]
    [Back] [Send]
    ");
    let open = |trigger: String| office.call("views.open", json!({"trigger_id": trigger, "view": form("Two")}));
    assert_eq!(open(ask.trigger()).await["error"], "exchanged_trigger_id");
    office.slack.forgives("exchanged_trigger_id");
    assert_eq!(open("1.2.3".to_owned()).await["error"], "invalid_trigger_id");
    office.slack.forgives("invalid_trigger_id");
    let late = office.ana.slash(&office.daily, "/kquiz", "");
    office.clock.advance(jiff::SignedDuration::from_millis(3001));
    assert_eq!(open(late.trigger()).await["error"], "expired_trigger_id");
    let slow = office.ana.slash(&office.daily, "/kquiz", "");
    office.slack.patience(Duration::ZERO);
    assert_eq!(open(slow.trigger()).await["error"], "expired_trigger_id", "by the machine's clock too");
}

#[tokio::test]
async fn a_submission_says_all_that_stands_in_the_form() {
    let office = Office::new().await;
    let mut line = office.line().await;
    let (_, view) = opens(&office, "One").await;
    let ask = office.ana.submits(&view, &[("More", &["b"])]);
    let payload = answers(&mut line, Value::Null).await;
    let values = &payload["view"]["state"]["values"];
    assert_eq!(
        values["answer"]["text"],
        json!({"type": "plain_text_input", "value": "pod"}),
        "what was filled in at first"
    );
    assert_eq!(values["more"]["pick"]["selected_option"]["value"], "2");
    assert_eq!(
        (&payload["view"]["private_metadata"], &payload["view"]["callback_id"]),
        (&json!("q1"), &json!("answer"))
    );
    assert!(payload["response_url"].is_null());
    ask.acknowledged().await;
    view.closes().await;
}

#[tokio::test]
async fn a_submission_is_refused_changed_stacked_or_cleared() {
    let office = Office::new().await;
    let mut line = office.line().await;
    let (_, view) = opens(&office, "One").await;
    office.ana.submits(&view, &[("answer", &["node"])]);
    answers(&mut line, json!({"response_action": "errors", "errors": {"answer": "No."}})).await;
    assert!(view.is_refused().await.ends_with("! answer: No."));
    assert!(view.is_open());
    office.ana.submits(&view, &[("answer", &["node"])]);
    answers(&mut line, json!({"response_action": "update", "view": form("Two")})).await;
    view.changed(1).await;
    assert_eq!(view.title(), "Two");
    let pushes = office.ana.submits(&view, &[]);
    answers(&mut line, json!({"response_action": "push", "view": form("Three")})).await;
    pushes.acknowledged().await;
    let top = office.ana.form().expect("a form");
    assert_eq!(top.title(), "Three");
    office.ana.submits(&top, &[]);
    answers(&mut line, json!({"response_action": "clear"})).await;
    view.closes().await;
    assert!(office.ana.form().is_none());
}

#[tokio::test]
async fn a_wrong_answer_to_a_submission_is_told() {
    let office = Office::new().await;
    let mut line = office.line().await;
    let (_, view) = opens(&office, "One").await;
    for (payload, told) in [
        (json!({"response_action": "errors", "errors": {"nothing": "No."}}), "an error for `nothing`"),
        (json!({"response_action": "errors", "errors": {}}), "without any error"),
        (json!({"response_action": "update", "view": {"type": "modal"}}), "is refused"),
        (json!({"response_action": "explode"}), "no such response_action"),
    ] {
        let ask = office.ana.submits(&view, &[]);
        answers(&mut line, payload).await;
        ask.acknowledged().await;
        office.slack.forgives(told);
    }
}

#[tokio::test]
async fn three_forms_lie_on_each_other_and_no_more() {
    let office = Office::new().await;
    opens(&office, "One").await;
    let push = |trigger: String| office.call("views.push", json!({"trigger_id": trigger, "view": form("More")}));
    for ok in [true, true, false] {
        let said = push(office.ana.slash(&office.daily, "/kquiz", "").trigger()).await;
        assert_eq!(said["ok"], ok, "{said}");
    }
    office.slack.forgives("push_limit_reached");
    let top = office.ana.form().expect("a form");
    assert!(office.ana.closes(&top).is_none(), "the app did not ask to hear of it");
    assert_eq!(office.ana.form().expect("the one below").title(), "More");
}

#[tokio::test]
async fn an_update_needs_the_view_as_it_is() {
    let office = Office::new().await;
    let (_, view) = opens(&office, "One").await;
    let update = |more: Value| {
        let mut args = json!({"view": form("Two")});
        args.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        office.call("views.update", args)
    };
    assert_eq!(update(json!({"view_id": view.id, "hash": "1.a"})).await["error"], "hash_conflict");
    let hash = update(json!({"view_id": view.id})).await["view"]["hash"].clone();
    assert_eq!(update(json!({"view_id": view.id, "hash": hash})).await["ok"], true);
    assert_eq!(update(json!({"view_id": "V404"})).await["error"], "not_found");
    office.ana.closes(&view);
    assert_eq!(update(json!({"view_id": view.id})).await["error"], "not_found");
}

#[tokio::test]
async fn a_name_of_the_apps_own_is_given_to_one_view() {
    let office = Office::new().await;
    let named = |title: &str| {
        let mut view = form(title);
        view["external_id"] = json!("q1");
        view
    };
    let open = |view: Value| {
        let trigger = office.ana.slash(&office.daily, "/kquiz", "").trigger();
        office.call("views.open", json!({"trigger_id": trigger, "view": view}))
    };
    assert_eq!(open(named("One")).await["ok"], true);
    assert_eq!(open(named("Two")).await["error"], "duplicate_external_id");
    let said = office.call("views.update", json!({"external_id": "q1", "view": named("Three")})).await;
    assert_eq!(said["view"]["title"]["text"], "Three");
    office.ana.closes(&office.ana.form().expect("a form"));
    assert_eq!(open(named("Four")).await["ok"], true);
}

#[tokio::test]
async fn a_home_is_published_and_acts() {
    let office = Office::new().await;
    let mut line = office.line().await;
    office.ana.opens_home();
    let event = line.takes().await["payload"]["event"].clone();
    assert_eq!(
        (&event["type"], &event["tab"], &event["view"]),
        (&json!("app_home_opened"), &json!("home"), &Value::Null)
    );
    let home = |text: &str| {
        json!({"type": "home", "blocks": [{"type": "section", "text": plain(text),
        "accessory": {"type": "button", "action_id": "card", "text": plain("A card")}}]})
    };
    let publish = |text: &str, hash: Value| {
        office.call("views.publish", json!({"user_id": office.ana.id, "view": home(text), "hash": hash}))
    };
    let first = publish("One", Value::Null).await["view"]["hash"].clone();
    assert_eq!(publish("Two", first.clone()).await["ok"], true);
    assert_eq!(publish("Three", first).await["error"], "hash_conflict");
    let view = office.ana.home().await;
    assert_eq!(view.shows(), "│ Two\n│ [A card]");
    let payload = office.ana.clicks_in(&view, "A card").delivered().payload;
    assert_eq!(
        (&payload["container"]["type"], &payload["view"]["type"], &payload["response_url"]),
        (&json!("view"), &json!("home"), &Value::Null)
    );
    office.ana.opens_home();
    line.takes().await;
    assert!(line.takes().await["payload"]["event"]["view"].is_object());
    assert_eq!(
        office.call("views.publish", json!({"user_id": "U404", "view": home("x")})).await["error"],
        "user_not_found"
    );
}
