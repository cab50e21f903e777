//! What Slack refuses in messages, views and response URLs, where it says that it stands, and that each refusal is told to the test.

use rstest::rstest;
use serde_json::{Value, json};

use super::kit::Office;

fn long(length: usize) -> String {
    "x".repeat(length)
}

fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": text})
}

fn section(text: &str) -> Value {
    json!({"type": "section", "text": {"type": "mrkdwn", "text": text}})
}

fn button(action_id: &str) -> Value {
    json!({"type": "button", "action_id": action_id, "text": plain("etcd"), "value": "1"})
}

fn actions(elements: impl Into<Value>) -> Value {
    json!([{"type": "actions", "elements": elements.into()}])
}

fn options(count: usize) -> Value {
    (0..count).map(|n| json!({"text": plain(&format!("o{n}")), "value": n.to_string()})).collect()
}

fn with(mut element: Value, field: &str, value: Value) -> Value {
    element[field] = value;
    element
}

fn input(element: impl Into<Value>) -> Value {
    json!([{"type": "input", "label": plain("l"), "element": element.into()}])
}

#[rstest]
#[case::blocks(vec![section("x"); 51].into(), "no more than 50 items allowed [json-pointer:/blocks]")]
#[case::section(json!([section(&long(3001))]), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]")]
#[case::empty(json!([section("")]), "must be more than 0 characters [json-pointer:/blocks/0/text/text]")]
#[case::nothing(json!([{"type": "section"}]), "missing required field: text [json-pointer:/blocks/0]")]
#[case::bare(json!([{"type": "section", "text": "x"}]), "must provide an object [json-pointer:/blocks/0/text]")]
#[case::kind(json!([{"type": "section", "text": {"type": "markdown", "text": "x"}}]), "unsupported type: markdown [json-pointer:/blocks/0/text/type]")]
#[case::fields(json!([{"type": "section", "fields": vec![plain("f"); 11]}]), "no more than 10 items allowed [json-pointer:/blocks/0/fields]")]
#[case::field(json!([{"type": "section", "fields": [plain(&long(2001))]}]), "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]")]
#[case::header(json!([{"type": "header", "text": plain(&long(151))}]), "must be less than 151 characters [json-pointer:/blocks/0/text/text]")]
#[case::header_kind(json!([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]), "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]")]
#[case::context(json!([{"type": "context", "elements": vec![plain("c"); 11]}]), "no more than 10 items allowed [json-pointer:/blocks/0/elements]")]
#[case::elements(actions((0..26).map(|n| button(&format!("b{n}"))).collect::<Value>()), "no more than 25 items allowed [json-pointer:/blocks/0/elements]")]
#[case::no_elements(actions(json!([])), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]")]
#[case::action_twice(actions(json!([button("a"), button("a")])), "`action_id` \"a\" already exists [json-pointer:/blocks/0/elements/1/action_id]")]
#[case::block_twice(json!([with(section("x"), "block_id", json!("b")), with(section("y"), "block_id", json!("b"))]), "`block_id` \"b\" already exists [json-pointer:/blocks/1/block_id]")]
#[case::block_id(json!([with(section("x"), "block_id", json!(long(256)))]), "must be less than 256 characters [json-pointer:/blocks/0/block_id]")]
#[case::action_id(actions(json!([button(&long(256))])), "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]")]
#[case::label(actions(json!([with(button("a"), "text", plain(&long(76)))])), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]")]
#[case::value(actions(json!([with(button("a"), "value", json!(long(2001)))])), "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]")]
#[case::style(actions(json!([with(button("a"), "style", json!("green"))])), "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]")]
#[case::stray(json!([with(section("x"), "color", json!("red"))]), "invalid additional property: color [json-pointer:/blocks/0]")]
#[case::stray_below(actions(json!([with(button("a"), "disabled", json!(true))])), "invalid additional property: disabled [json-pointer:/blocks/0/elements/0]")]
#[case::unknown(json!([{"type": "poll"}]), "unsupported type: poll [json-pointer:/blocks/0/type]")]
#[case::typed(actions(json!([{"type": "plain_text_input", "action_id": "a"}])), "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]")]
#[case::boxes(actions(json!([{"type": "checkboxes", "action_id": "a", "options": options(11)}])), "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]")]
#[case::radio(actions(json!([{"type": "radio_buttons", "action_id": "a", "options": options(11)}])), "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]")]
#[case::menu(actions(json!([{"type": "static_select", "action_id": "a", "options": options(101)}])), "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]")]
#[case::placeholder(actions(json!([{"type": "static_select", "action_id": "a", "options": options(1), "placeholder": plain(&long(151))}])), "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]")]
#[case::option(actions(json!([{"type": "static_select", "action_id": "a", "options": [{"text": plain(&long(76)), "value": "1"}]}])), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]")]
#[case::option_value(actions(json!([{"type": "static_select", "action_id": "a", "options": [{"text": plain("o"), "value": long(151)}]}])), "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]")]
#[case::initial(actions(json!([{"type": "static_select", "action_id": "a", "options": options(1), "initial_option": {"text": plain("o0"), "value": "9"}}])), "must match an option defined in options [json-pointer:/blocks/0/elements/0/initial_option]")]
#[case::no_options(actions(json!([{"type": "static_select", "action_id": "a"}])), "must define either options or option_groups [json-pointer:/blocks/0/elements/0]")]
#[case::alt(json!([{"type": "image", "image_url": "https://kubernetes.io/i.png"}]), "missing required field: alt_text [json-pointer:/blocks/0]")]
#[case::picture(json!([{"type": "image", "alt_text": "a"}]), "must define either image_url or slack_file [json-pointer:/blocks/0]")]
#[case::input_label(json!([{"type": "input", "label": plain(&long(2001)), "element": {"type": "plain_text_input"}}]), "must be less than 2001 characters [json-pointer:/blocks/0/label/text]")]
#[case::input_hint(json!([{"type": "input", "label": plain("l"), "hint": plain(&long(2001)), "element": {"type": "plain_text_input"}}]), "must be less than 2001 characters [json-pointer:/blocks/0/hint/text]")]
#[case::input_length(input(json!({"type": "plain_text_input", "max_length": 3001})), "must be between 1 and 3000 [json-pointer:/blocks/0/element/max_length]")]
#[case::input_min(input(json!({"type": "plain_text_input", "max_length": 3, "min_length": 4})), "must be less than or equal to max_length [json-pointer:/blocks/0/element/min_length]")]
#[case::input_button(input(button("a")), "unsupported type: button [json-pointer:/blocks/0/element/type]")]
#[tokio::test]
async fn what_is_wrong_is_refused_everywhere(#[case] blocks: Value, #[case] why: &str) {
    let office = Office::new().await;
    let said =
        office.call("chat.postMessage", json!({"channel": office.daily.id, "text": "?", "blocks": blocks})).await;
    assert_eq!((&said["ok"], &said["error"]), (&json!(false), &json!("invalid_blocks")), "{said}");
    assert_eq!(said["errors"][0], why);
    assert_eq!(said["response_metadata"]["messages"][0], format!("[ERROR] {why}"));
    assert_eq!(office.daily.shows(), "", "and nothing was posted");
    office.slack.forgives("chat.postMessage was refused");

    let ask = office.ana.slash(&office.daily, "/kquiz", "");
    let (status, said) =
        office.posts_to(&ask.response_url().expect("it has one"), json!({"text": "?", "blocks": blocks})).await;
    assert_eq!((status, &said["error"]), (400, &json!("invalid_blocks")));
    assert_eq!(ask.messages(), 0);
    office.slack.forgives("response_url was refused");

    // A view takes twice as many blocks.
    if blocks.as_array().is_some_and(|blocks| blocks.len() > 50) {
        return;
    }
    let view = json!({"type": "modal", "title": plain("t"), "submit": plain("s"), "blocks": blocks});
    let said = office.call("views.open", json!({"trigger_id": ask.trigger(), "view": view})).await;
    assert_eq!(said["error"], "invalid_arguments");
    assert_eq!(said["errors"][0], why.replace("/blocks", "/view/blocks"));
    office.slack.forgives("views.open was refused");
}

#[rstest]
#[case::title(json!({"title": plain(&long(25))}), "must be less than 25 characters [json-pointer:/view/title/text]")]
#[case::submit(json!({"submit": plain(&long(25))}), "must be less than 25 characters [json-pointer:/view/submit/text]")]
#[case::close(json!({"close": plain(&long(25))}), "must be less than 25 characters [json-pointer:/view/close/text]")]
#[case::no_title(json!({"title": null}), "missing required field: title [json-pointer:/view]")]
#[case::metadata(json!({"private_metadata": long(3001)}), "must be less than 3001 characters [json-pointer:/view/private_metadata]")]
#[case::callback(json!({"callback_id": long(256)}), "must be less than 256 characters [json-pointer:/view/callback_id]")]
#[case::blocks(json!({"blocks": vec![section("x"); 101]}), "no more than 100 items allowed [json-pointer:/view/blocks]")]
#[case::stray(json!({"color": "red"}), "invalid additional property: color [json-pointer:/view]")]
#[case::home(json!({"type": "home"}), "must be modal [json-pointer:/view/type]")]
#[case::unsent(json!({"blocks": input(json!({"type": "plain_text_input"}))}), "missing required field: submit [json-pointer:/view/submit]")]
#[tokio::test]
async fn forms_have_limits_of_their_own(#[case] change: Value, #[case] why: &str) {
    let office = Office::new().await;
    let mut view = json!({"type": "modal", "title": plain("t"), "blocks": [section("x")]});
    view.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
    let ask = office.ana.slash(&office.daily, "/kquiz", "");
    let said = office.call("views.open", json!({"trigger_id": ask.trigger(), "view": view})).await;
    assert_eq!((&said["error"], &said["errors"][0]), (&json!("invalid_arguments"), &json!(why)), "{said}");
    assert!(!ask.opened());
    office.slack.forgives("views.open was refused");
}

#[tokio::test]
async fn what_just_fits_is_taken() {
    let office = Office::new().await;
    let mut blocks: Vec<Value> = vec![json!({"type": "divider"}); 44];
    blocks.extend([
        section(&"ß".repeat(3000)),
        json!({"type": "header", "text": plain(&long(150))}),
        json!({"type": "section", "fields": vec![plain(&long(30)); 10], "accessory": button(&long(255))}),
        json!({"type": "context", "elements": vec![plain("c"); 10]}),
        json!({"type": "actions", "elements": (0..25).map(|n| with(button(&format!("b{n}")), "value", json!(long(2000)))).collect::<Vec<_>>()}),
        json!({"type": "actions", "elements": [
            {"type": "multi_static_select", "action_id": "m", "options": options(100), "max_selected_items": 3},
            {"type": "checkboxes", "action_id": "c", "options": options(10)},
        ]}),
    ]);
    office.posts(json!({"text": "?", "blocks": blocks})).await;
    assert_eq!(office.daily.latest().controls().len(), 28);
}

#[tokio::test]
async fn all_the_text_together_has_a_limit() {
    let office = Office::new().await;
    let blocks =
        |last: usize| json!([section(&long(3000)), section(&long(3000)), section(&long(3000)), section(&long(last))]);
    office.posts(json!({"text": "?", "blocks": blocks(2999)})).await;
    let said =
        office.call("chat.postMessage", json!({"channel": office.daily.id, "text": "?", "blocks": blocks(3000)})).await;
    assert_eq!(said["error"], "msg_blocks_too_long");
    office.slack.forgives("msg_blocks_too_long");
    let ts = office.posts(json!({"text": long(40_001)})).await;
    assert_eq!(office.daily.latest().text().len(), 40_000);
    office.slack.forgives("cut off at 40,000");
    let said = office.call("chat.update", json!({"channel": office.daily.id, "ts": ts, "text": long(40_001)})).await;
    assert_eq!(said["error"], "msg_too_long");
    office.slack.forgives("msg_too_long");
}

#[tokio::test]
async fn a_text_stands_beside_the_blocks() {
    let office = Office::new().await;
    office.posts(json!({"blocks": [section("Which?")]})).await;
    office.slack.forgives("without a text for notifications");
    let said = office.call("chat.postMessage", json!({"channel": office.daily.id, "text": " "})).await;
    assert_eq!(said["error"], "no_text");
    office.slack.forgives("no_text");
    let said = office.call("chat.postMessage", json!({"channel": office.daily.id, "text": "?", "blocks": "[{"})).await;
    assert_eq!(said["error"], "invalid_blocks_format");
    office.slack.forgives("invalid_blocks_format");
}

#[tokio::test]
async fn whom_a_message_rings_for() {
    let office = Office::new().await;
    let group = office.slack.group("hosts", &[]).id;
    let text = format!(
        "<!here> &lt;!channel&gt; <!subteam^{group}|hosts> {} <#C1> <https://kubernetes.io|docs>",
        office.ana.mention()
    );
    office.posts(json!({"text": text})).await;
    let rings = ["<!here>".to_owned(), format!("<!subteam^{group}|hosts>"), office.ana.mention()];
    assert_eq!(office.daily.latest().pings(), rings);
    office
        .posts(
            json!({"text": "?", "blocks": [section("<!channel>"), {"type": "header", "text": plain("<!everyone>")}]}),
        )
        .await;
    assert_eq!(office.daily.latest().pings(), ["<!channel>"], "plain text rings for nobody");
    office.posts(json!({"text": "a < b, and c > d; @channel"})).await;
    assert_eq!(office.daily.latest().pings(), [""; 0]);
}
