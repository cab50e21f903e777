//! Interactions: what the bot hears of them, in which time it answers, and what people read.

use std::time::Duration;

use serde_json::{Value, json};

use super::kit::{INTENTS, Line, Town};
use crate::standin::{Answered, permissions};

/// A town with commands, and a line that hears of interactions.
async fn ready() -> (Town, Line) {
    let town = Town::new().await;
    let options = json!([
        {"type": 2, "name": "schedule", "description": "Schedules", "options": [
            {"type": 1, "name": "add", "description": "A new one", "options": [
                {"type": 3, "name": "at", "description": "When", "required": true, "min_length": 2},
                {"type": 4, "name": "level", "description": "How hard", "min_value": 1, "max_value": 5},
                {"type": 3, "name": "style", "description": "Style", "choices": [{"name": "Social", "value": "social"}]},
                {"type": 3, "name": "deck", "description": "Deck", "autocomplete": true},
                {"type": 6, "name": "who", "description": "Who"},
            ]},
        ]},
        {"type": 1, "name": "mine", "description": "Mine"},
    ]);
    let admin = json!({
        "name": "setup", "description": "Set up", "default_member_permissions": permissions::MANAGE_GUILD.to_string(), "contexts": [0],
    });
    let commands = json!([{"name": "kquiz", "description": "The quiz", "options": options, "contexts": [0, 1]}, admin]);
    let (status, said) =
        town.call("PUT", &format!("/applications/{}/commands", town.discord.application()), commands).await;
    assert_eq!(status, 200, "{said}");
    let line = town.session(INTENTS).await;
    (town, line)
}

async fn asked(line: &mut Line) -> Value {
    loop {
        let (name, data) = line.event().await;
        if name == "INTERACTION_CREATE" {
            return data;
        }
    }
}

async fn answers(town: &Town, asked: &Value, body: Value) -> (u16, Value) {
    let text = |field: &str| asked[field].as_str().expect("text").to_owned();
    town.call("POST", &format!("/interactions/{}/{}/callback", text("id"), text("token")), body).await
}

fn webhook(town: &Town, asked: &Value, rest: &str) -> String {
    format!("/webhooks/{}/{}{rest}", town.discord.application(), asked["token"].as_str().expect("text"))
}

#[tokio::test]
async fn a_command_is_answered_to_one_person() {
    let (town, mut line) = ready().await;
    let ask =
        town.ana.commands(&town.daily, "kquiz schedule add", &[("at", json!("09:00")), ("who", json!(town.ana.id))]);
    let heard = asked(&mut line).await;
    let add = &heard["data"]["options"][0]["options"][0];
    assert_eq!((&add["name"], &add["options"][0]["value"]), (&json!("add"), &json!("09:00")));
    assert_eq!(heard["data"]["resolved"]["users"][town.ana.id.to_string()]["username"], "ana");
    assert_eq!(
        (&heard["context"], &heard["member"]["permissions"]),
        (&json!(0), &json!(permissions::EVERYONE.to_string()))
    );
    let (status, _) = answers(&town, &heard, json!({"type": 4, "data": {"content": "Added.", "flags": 64}})).await;
    assert_eq!(status, 204);
    let first = ask.first().await;
    assert!(first.kind == Answered::Message && first.ephemeral && first.after < Duration::from_secs(3));
    assert_eq!(ask.reads().await, "kcard (to ana alone): Added.");
    assert_eq!(town.daily.shows(), "", "nobody else sees it");
    assert_eq!(town.get(&town.messages()).await.1, json!([]));
    let (status, said) = answers(&town, &heard, json!({"type": 4, "data": {"content": "Again."}})).await;
    assert_eq!((status, &said["code"]), (400, &json!(40060)));
    town.discord.forgives("40060");
}

#[tokio::test]
async fn who_is_late_is_not_heard() {
    let (town, mut line) = ready().await;
    town.discord.patience(Duration::ZERO);
    let ask = town.ana.commands(&town.daily, "kquiz mine", &[]);
    let heard = asked(&mut line).await;
    let (status, said) = answers(&town, &heard, json!({"type": 5})).await;
    assert_eq!((status, &said["code"]), (404, &json!(10062)));
    assert!(ask.answered().is_none());
    town.discord.forgives("too late");
    town.discord.forgives("10062");
}

#[tokio::test]
async fn a_deferral_becomes_an_answer() {
    let (town, mut line) = ready().await;
    let ask = town.ana.commands(&town.ana.direct(), "kquiz mine", &[]);
    let heard = asked(&mut line).await;
    assert_eq!((&heard["context"], &heard["user"]["username"]), (&json!(1), &json!("ana")));
    assert!(heard["member"].is_null() && heard["guild_id"].is_null());
    let original = webhook(&town, &heard, "/messages/@original");
    assert_eq!(town.call("PATCH", &original, json!({"content": "early"})).await.1["code"], 10015);
    town.discord.forgives("10015");

    answers(&town, &heard, json!({"type": 5, "data": {"flags": 64}})).await;
    assert_eq!(ask.first().await.kind, Answered::Deferred);
    let (status, _) = town.call("PATCH", &original, json!({"content": "Yours.", "flags": 0})).await;
    assert_eq!(status, 200);
    assert_eq!(ask.reads().await, "kcard (to ana alone): Yours.", "private stays private");
    assert_eq!(town.call("POST", &webhook(&town, &heard, ""), json!({"content": "More."})).await.0, 200);
    assert_eq!(ask.follow_up(0).await.shows(), "kcard: More.");

    town.clock.advance(jiff::SignedDuration::from_mins(15));
    assert_eq!(
        town.call("PATCH", &original, json!({"content": "late"})).await,
        (401, json!({"message": "Invalid Webhook Token", "code": 50027}))
    );
    town.discord.forgives("15 minutes");
    town.discord.forgives("50027");
}

#[tokio::test]
async fn buttons_and_menus_are_what_the_message_shows() {
    let (town, mut line) = ready().await;
    town.posts(json!({"content": "Which?", "components": [
        {"type": 1, "components": [
            {"type": 2, "style": 1, "label": "etcd", "custom_id": "a:0"},
            {"type": 2, "style": 1, "label": "kubelet", "custom_id": "a:1", "disabled": true},
        ]},
        {"type": 1, "components": [{"type": 3, "custom_id": "m", "placeholder": "All that fit", "max_values": 2, "options": [
            {"label": "network", "value": "0"}, {"label": "volumes", "value": "1"},
        ]}]},
    ]})).await;
    let question = town.daily.latest();
    assert_eq!(question.shows(), "kcard: Which?\n[etcd] [x kubelet]\n{All that fit: network | volumes}");
    assert!(town.ana.can_click(&question, "etcd") && !town.ana.can_click(&question, "kubelet"));

    let ask = town.ana.clicks(&question, "etcd");
    let heard = asked(&mut line).await;
    assert_eq!((&heard["data"]["custom_id"], &heard["message"]["content"]), (&json!("a:0"), &json!("Which?")));
    answers(&town, &heard, json!({"type": 7, "data": {"content": "Which? (1 answer)"}})).await;
    assert_eq!(ask.first().await.kind, Answered::Update);
    assert_eq!((question.content().as_str(), question.edits()), ("Which? (1 answer)", 1));

    town.ana.picks(&question, "m", &["network", "1"]);
    let heard = asked(&mut line).await;
    assert_eq!(heard["data"]["values"], json!(["0", "1"]));
    let (status, said) = answers(&town, &heard, json!({"type": 8, "data": {"choices": []}})).await;
    assert_eq!((status, &said["code"]), (400, &json!(50035)));
    town.discord.forgives("is no answer to an interaction of type 3");
}

#[tokio::test]
async fn a_form_opens_and_is_sent() {
    let (town, mut line) = ready().await;
    let ask = town.ana.commands(&town.daily, "kquiz mine", &[]);
    let heard = asked(&mut line).await;
    let input = |length: usize| {
        json!({"type": 9, "data": {"custom_id": "f", "title": "Answer".repeat(length), "components": [
            {"type": 1, "components": [{"type": 4, "custom_id": "text", "label": "Your answer", "style": 1, "required": true}]},
        ]}})
    };
    assert_eq!(answers(&town, &heard, input(8)).await.0, 400, "45 characters are the most for a title");
    town.discord.forgives("callback");
    answers(&town, &heard, input(1)).await;
    let form = ask.modal().await;
    assert_eq!(form.shows(), "Answer\nYour answer: []");
    form.submits(&[("Your answer", "etcd")]);
    let heard = asked(&mut line).await;
    assert_eq!(
        (&heard["type"], &heard["data"]["components"][0]["components"][0]["value"]),
        (&json!(5), &json!("etcd"))
    );
    assert_eq!(answers(&town, &heard, input(1)).await.0, 400, "a form does not follow a form");
    town.discord.forgives("is no answer to an interaction of type 5");
}

#[tokio::test]
async fn completion_is_typed_and_chosen() {
    let (town, mut line) = ready().await;
    let ask = town.ana.autocompletes(&town.daily, "kquiz schedule add", &[("level", json!(2))], "deck", "kub");
    let heard = asked(&mut line).await;
    let typed = &heard["data"]["options"][0]["options"][0]["options"][1];
    assert_eq!((&typed["focused"], &typed["value"]), (&json!(true), &json!("kub")));
    answers(&town, &heard, json!({"type": 8, "data": {"choices": [{"name": "Kubernetes", "value": "kubernetes"}]}}))
        .await;
    assert_eq!(ask.choices().await, [("Kubernetes".to_owned(), json!("kubernetes"))]);
}

#[tokio::test]
async fn discords_client_sends_only_what_fits() {
    let (town, _line) = ready().await;
    let add = |options: &[(&str, Value)]| town.ana.tries(&town.daily, "kquiz schedule add", options).err();
    let at = || ("at", json!("09:00"));
    assert!(add(&[]).is_some_and(|why| why.contains("needs \"at\"")));
    assert!(add(&[("at", json!("9"))]).is_some(), "too short");
    assert!(add(&[at(), ("level", json!(6))]).is_some(), "too much");
    assert!(add(&[at(), ("level", json!("2"))]).is_some(), "not a number");
    assert!(add(&[at(), ("style", json!("contest"))]).is_some(), "no such choice");
    assert!(add(&[at(), ("who", json!("1"))]).is_some(), "nobody");
    assert!(add(&[at(), ("zone", json!("UTC"))]).is_some(), "no such option");
    assert!(add(&[at(), ("level", json!(5)), ("style", json!("social"))]).is_none());
    assert!(town.ana.tries(&town.daily, "kquiz", &[]).is_err(), "a command with subcommands is not called bare");
    assert!(!town.ana.is_offered(&town.daily, "setup") && town.guild.admin("olga").is_offered(&town.daily, "setup"));
    assert!(!town.guild.admin("olga").is_offered(&town.ana.direct(), "setup"));
}
