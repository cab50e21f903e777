use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;
use crate::{
    chat::{Fact, Field},
    quiz::id::{MessageRef, RoundId},
};

fn channel() -> ChannelId {
    ChannelId::new("discord:7")
}

fn json(body: &impl serde::Serialize) -> Value {
    serde_json::to_value(body).expect("a body is JSON")
}

fn post(text: &str) -> Post {
    Post::new(PostKey::question(RoundId(17)), text)
}

#[test]
fn a_question_carries_its_words_its_facts_and_its_key() {
    let asked = Post {
        facts: vec![Fact { name: "Level".into(), value: "2 of 5".into() }],
        closes: Some(Timestamp::from_second(1_795_590_000).expect("a time of our age")),
        controls: vec![Control::Button { id: ControlId::Option(RoundId(17), 1), label: "1. etcd".into() }],
        ..post("Which?  \n1️⃣ etcd")
    };
    let body = json(&message(&channel(), &asked));
    assert_eq!(body["content"], "Which?\n1️⃣ etcd");
    assert_eq!(body["embeds"][0]["footer"]["text"], "kcard · q17");
    assert_eq!(body["embeds"][0]["fields"][1]["value"], "<t:1795590000:R>, <t:1795590000:f>");
    assert_eq!(body["components"][0]["components"][0]["custom_id"], "a:17:1");
    assert_eq!(body["enforce_nonce"], true);
    assert!(body["nonce"].as_str().is_some_and(|nonce| nonce.len() == NONCE));
}

#[test]
fn nobody_is_mentioned_but_the_one_role() {
    let body = json(&message(&channel(), &post("@everyone <@&5> <@6>")));
    assert_eq!(body["allowed_mentions"], json!({"parse": [], "users": [], "roles": [], "replied_user": false}));
    let called = Post { mention: Some("discord:42".into()), ..post("@everyone") };
    let body = json(&message(&channel(), &called));
    assert_eq!(body["allowed_mentions"], json!({"parse": [], "users": [], "roles": ["42"], "replied_user": false}));
    assert_eq!(body["content"], "@everyone\n<@&42>");
    assert_eq!(json(&edit(&called))["allowed_mentions"]["roles"], json!([]), "an edit calls nobody again");
}

#[test]
fn the_same_post_has_the_same_nonce_and_no_other_has() {
    let of = |channel: &str, post: &Post| json(&message(&ChannelId::new(channel), post))["nonce"].clone();
    let one = of("discord:7", &post("Which?"));
    let later = Post { closes: Some(Timestamp::UNIX_EPOCH), ..post("Which?") };
    assert_eq!(one, of("discord:7", &later), "tried again, it closes later");
    assert_ne!(one, of("discord:8", &post("Which?")));
    assert_ne!(one, of("discord:7", &post("What?")), "another store's question of the same number");
    assert_ne!(one, of("discord:7", &Post::new(PostKey::reveal(RoundId(17)), "Which?")));
}

#[test]
fn whatever_the_words_are_the_limits_are_kept() {
    let long = "ß🎉".repeat(3_000);
    let id = |number| ControlId::Option(RoundId(i64::MAX), number);
    let mut controls: Vec<Control> = (1..=30).map(|n| Control::Button { id: id(n), label: long.clone() }).collect();
    controls.insert(
        0,
        Control::Menu { id: ControlId::Menu(RoundId(1)), label: long.clone(), options: vec![long.clone(); 40] },
    );
    let facts = vec![Fact { name: long.clone(), value: long.clone() }; 3];
    let asked = Post { facts, controls, mention: Some("discord:42".into()), ..post(&long) };
    let body = json(&message(&channel(), &asked));
    let chars = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    assert!(chars(&body["content"]) <= 2_000 && body["content"].as_str().is_some_and(|text| text.ends_with("<@&42>")));
    let field = &body["embeds"][0]["fields"][0];
    assert!(chars(&field["name"]) <= 256 && chars(&field["value"]) <= 1_024);
    let rows = body["components"].as_array().expect("rows");
    assert!(rows.len() <= 5 && rows.iter().all(|row| row["components"].as_array().is_some_and(|row| row.len() <= 5)));
    assert!(chars(&rows[1]["components"][0]["label"]) <= 80);
    let menu = &rows[0]["components"][0];
    assert!(
        chars(&menu["placeholder"]) <= 150 && menu["options"].as_array().is_some_and(|options| options.len() == 25)
    );
    assert!(chars(&menu["options"][0]["label"]) <= 100 && menu["max_values"] == 25);
}

#[test]
fn a_form_asks_for_its_fields_by_name() {
    let field = Field {
        name: "at".into(),
        label: "When".repeat(20),
        hint: "weekdays 09:00".into(),
        value: String::new(),
        long: false,
        file: false,
        optional: true,
    };
    let file = Field { name: "file".into(), file: true, ..field.clone() };
    let form = FormSpec {
        id: "c:kquiz schedule add".into(),
        title: "New schedule".into(),
        fields: [vec![file], vec![field; 7]].concat(),
    };
    let body = json(&modal(&form));
    assert_eq!((&body["custom_id"], &body["title"]), (&json!("c:kquiz schedule add"), &json!("New schedule")));
    assert_eq!(body["components"].as_array().map(Vec::len), Some(5));
    let input = &body["components"][0]["components"][0];
    assert_eq!((&input["custom_id"], &input["required"], &input["style"]), (&json!("at"), &json!(false), &json!(1)));
    assert!(input["label"].as_str().is_some_and(|label| label.chars().count() <= 45));
}

#[test]
fn a_reveal_answers_its_question_even_where_that_was_deleted() {
    let question = MessageRef { channel: channel(), id: "9".into() };
    let body = json(&message(&channel(), &Post { reply_to: Some(question), ..post("So it is.") }));
    assert_eq!(body["message_reference"]["message_id"], "9");
    assert_eq!(body["message_reference"]["fail_if_not_exists"], false);
}

#[test]
fn a_private_word_is_private() {
    assert_eq!(json(&response(&Reply::private("psst")))["flags"], 64);
    assert_eq!(json(&response(&Reply::public("hear, hear")))["flags"], Value::Null);
}
