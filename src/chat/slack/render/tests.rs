use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::chat::slack::preview;
use crate::{
    chat::{
        Control, ControlId,
        slack::{limits, pressed::State},
        words,
    },
    quiz::id::RoundId,
};

fn nobody(_: &str) -> Option<String> {
    None
}

fn question() -> Post {
    Post {
        facts: vec![
            Fact { name: "Level".into(), value: "2 of 5".into() },
            Fact { name: "Topic".into(), value: words::plain("etcd & co") },
            Fact {
                name: "How to answer".into(),
                value: "React with 1️⃣–2️⃣ or press a button. You can change it until the close.".into(),
            },
        ],
        closes: Timestamp::from_second(1_795_590_000).ok(),
        controls: vec![
            Control::Button { id: ControlId::Option(RoundId(17), 1), label: "1. etcd".into() },
            Control::Button { id: ControlId::Option(RoundId(17), 2), label: "2. kube-proxy".into() },
        ],
        last: Some("Last: **kubelet**, 60% right of 5".into()),
        mention: Some("slack:S9".into()),
        ..Post::new(PostKey::question(RoundId(17)), "Which one keeps the **state**?\n\n1️⃣ etcd  \n2️⃣ kube\\-proxy")
    }
}

fn json(content: &SlackMessageContent) -> Value {
    serde_json::to_value(content).expect("a message is JSON")
}

#[test]
fn a_question_as_people_see_it() {
    insta::assert_snapshot!(preview(&question()), @r"
    Last: kubelet, 60% right of 5
    Which one keeps the state?

    1️⃣ etcd
    2️⃣ kube-proxy

    Level: 2 of 5 · Topic: etcd & co
    How to answer: React with 1️⃣–2️⃣ or press a button. You can change it until the close.
    Closes: Wed 25 Nov 2026, 07:00 UTC
    @S9

    [1. etcd] [2. kube-proxy]
    ");
}

#[test]
fn a_question_in_words_has_everything_and_only_the_date_and_the_group_are_markup() {
    insta::assert_snapshot!(message(&question(), &nobody).text.expect("words"), @r"
    Which one keeps the state?

    1️⃣ etcd
    2️⃣ kube-proxy
    Level: 2 of 5 · Topic: etcd &amp; co
    How to answer: React with 1️⃣–2️⃣ or press a button. You can change it until the close.
    Closes <!date^1795590000^{date_short_pretty} {time}|Wed 25 Nov 2026, 07:00 UTC>
    <!subteam^S9>
    Last: kubelet, 60% right of 5
    ");
}

#[test]
fn a_question_of_many_right_ones_has_boxes_and_one_button() {
    let options = vec!["etcd".to_owned(), "kubelet".to_owned(), "*both* & none".to_owned()];
    let menu = Control::Menu { id: ControlId::Menu(RoundId(17)), label: "Pick all right ones".into(), options };
    insta::assert_snapshot!(preview(&Post { controls: vec![menu], ..Post::new(PostKey::question(RoundId(17)), "Which?") }), @r"
    Which?

    Pick all right ones
    ☐ 1. etcd
    ☐ 2. kubelet
    ☐ 3. *both* & none

    [Answer]
    ");
}

#[test]
fn a_message_is_found_again_by_either_mark() {
    let sent = json(&message(&question(), &nobody));
    let blocks = sent["blocks"].as_array().expect("blocks");
    let key = Some(PostKey::question(RoundId(17)));
    assert_eq!(key_of(Some(&sent["metadata"]), &[]), key);
    assert_eq!(key_of(None, blocks), key);
    assert_eq!(key_of(Some(&json!({"event_type": "other", "event_payload": {"key": "q1", "n": [1]}})), blocks), key);
    assert_eq!(key_of(Some(&json!({"event_type": "other", "event_payload": {"key": "q1"}})), &[]), None);
    assert_eq!(key_of(None, &[json!({"type": "divider", "block_id": "kcardigan:q1"})]), None);
    assert_eq!(key_of(None, &[json!("?"), json!({"block_id": "kcard:q1"})]), None);
}

#[test]
fn only_a_group_of_slack_is_called() {
    let called = |mention: &str| {
        let content = message(&Post { mention: Some(mention.into()), ..question() }, &nobody);
        (
            content.text.unwrap_or_default().contains("<!subteam^"),
            json!(content.blocks).to_string().contains("usergroup"),
        )
    };
    assert_eq!(called("slack:S9"), (true, true));
    for other in ["slack:s9", "slack:S9>", "discord:9", "S9", "slack:T1/U1"] {
        assert_eq!(called(other), (false, false), "{other}");
    }
}

#[test]
fn what_is_ticked_is_read_when_the_button_is_pressed() {
    let menu = ControlId::Menu(RoundId(17));
    let controls = json!(controls(
        &[Control::Menu { id: menu.clone(), label: "Pick".into(), options: vec!["a".into(), "b".into(), "c".into()] }],
        &mut LABELS.clone()
    ));
    let boxes = controls[0]["accessory"]["action_id"].as_str().expect("boxes");
    let button = controls[1]["elements"][0]["action_id"].as_str().expect("a button");
    assert!(is_tick(boxes) && !is_tick(button));
    assert_eq!(ControlId::try_from(button.to_owned()), Ok(menu.clone()));
    assert!(ControlId::try_from(boxes.to_owned()).is_err(), "a tick is no answer");
    let ticked = |action: &str, values: &[&str]| {
        let ticked: Vec<Value> = values.iter().map(|value| json!({ "value": value })).collect();
        let state = json!({"values": {"b1": {action: {"type": "checkboxes", "selected_options": ticked}}}});
        serde_json::from_value::<State>(state).expect("a state")
    };
    assert_eq!(picked(&menu, &ticked(boxes, &["1", "3"])), [1, 3]);
    assert_eq!(picked(&menu, &ticked(boxes, &[])), [0_u8; 0]);
    assert_eq!(picked(&menu, &ticked(boxes, &["x", "300", "2"])), [2]);
    assert_eq!(picked(&menu, &ticked("ticks:m:18", &["1"])), [0_u8; 0]);
}

#[test]
fn nothing_said_is_still_something_sent() {
    let sent = json(&reply(&Reply::default(), &nobody));
    assert_eq!(sent["text"], "…");
    limits::check(&sent["blocks"], BLOCKS, None);
    let sent = json(&message(&Post { mention: None, ..Post::new(PostKey::note(1), "  ") }, &nobody));
    assert_eq!(sent["text"], "…");
    limits::check(&sent["blocks"], BLOCKS, None);
}

fn control() -> impl Strategy<Value = Control> {
    let number = 1_u8..40;
    prop_oneof![
        (number, limits::hostile_line())
            .prop_map(|(n, label)| Control::Button { id: ControlId::Option(RoundId(i64::MAX), n), label }),
        (1_i64..5, limits::hostile_line())
            .prop_map(|(n, label)| Control::Form { id: ControlId::Form(RoundId(n)), label }),
        (1_i64..5, limits::hostile_line(), prop::collection::vec("\\PC{0,120}", 0..13))
            .prop_map(|(n, label, options)| Control::Menu { id: ControlId::Menu(RoundId(n)), label, options }),
    ]
}

prop_compose! {
    fn post()(
        text in limits::hostile(),
        last in prop::option::of(limits::hostile()),
        facts in prop::collection::vec((limits::hostile_line(), limits::hostile_line()), 0..30),
        controls in prop::collection::vec(control(), 0..60),
        closes in prop::option::of(-9_000_000_000_i64..90_000_000_000),
        key in "\\PC{0,400}",
    ) -> Post {
        Post {
            facts: facts.into_iter().map(|(name, value)| Fact { name, value }).collect(),
            closes: closes.and_then(|closes| Timestamp::from_second(closes).ok()),
            controls,
            last,
            mention: Some("slack:S9".into()),
            ..Post::new(PostKey(key), text)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_the_words_are_the_limits_are_kept(post in post()) {
        let long = |_: &str| Some("<!channel>".repeat(50));
        let content = message(&post, &long);
        limits::check(&json!(content.blocks), BLOCKS, Some("S9"));
        let text = content.text.unwrap_or_default();
        prop_assert!((1..=4_000).contains(&text.chars().count()));
        let fine = ["#C1>", "!subteam^S9>", "!date^"];
        prop_assert!(text.split('<').skip(1).all(|tail| fine.iter().any(|fine| tail.starts_with(fine))), "{}", text);
        prop_assert_eq!(text.matches("<!subteam").count(), 1);
        prop_assert!(!preview(&post).is_empty());
        let told = reply(&Reply { controls: post.controls, ..Reply::private(post.text) }, &long);
        limits::check(&json!(told.blocks), BLOCKS, None);
        prop_assert!((1..=4_000).contains(&told.text.unwrap_or_default().chars().count()));
    }
}
