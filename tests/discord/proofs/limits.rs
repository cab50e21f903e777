//! What Discord refuses in a message, a form and a command, and that each refusal is told to the test.

use rstest::rstest;
use serde_json::{Value, json};

use super::kit::Town;

fn long(length: usize) -> String {
    "x".repeat(length)
}

fn button(custom_id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "etcd", "custom_id": custom_id})
}

fn rows(rows: &[Value]) -> Value {
    json!({"content": "?", "components": rows.iter().map(|row| json!({"type": 1, "components": row})).collect::<Vec<_>>()})
}

fn menu(options: usize) -> Value {
    let options: Vec<Value> =
        (0..options).map(|n| json!({"label": format!("o{n}"), "value": format!("{n}")})).collect();
    rows(&[json!([{"type": 3, "custom_id": "m", "options": options}])])
}

#[rstest]
#[case::content(json!({"content": long(2001)}), "content")]
#[case::embeds(json!({"embeds": vec![json!({"title": "t"}); 11]}), "embeds")]
#[case::title(json!({"embeds": [{"title": long(257)}]}), "embeds.0.title")]
#[case::description(json!({"embeds": [{"description": long(4097)}]}), "embeds.0.description")]
#[case::footer(json!({"embeds": [{"title": "t", "footer": {"text": long(2049)}}]}), "embeds.0.footer.text")]
#[case::fields(json!({"embeds": [{"fields": vec![json!({"name": "n", "value": "v"}); 26]}]}), "embeds.0.fields")]
#[case::name(json!({"embeds": [{"fields": [{"name": long(257), "value": "v"}]}]}), "embeds.0.fields.0.name")]
#[case::value(json!({"embeds": [{"fields": [{"name": "n", "value": ""}]}]}), "embeds.0.fields.0.value")]
#[case::all(json!({"embeds": [{"description": long(3500)}, {"description": long(2501)}]}), "embeds")]
#[case::rows(rows(&vec![json!([button("a")]); 6]), "components")]
#[case::buttons(rows(&[json!((0..6).map(|n| button(&format!("b{n}"))).collect::<Vec<_>>())]), "components.0.components")]
#[case::twice(rows(&[json!([button("a"), button("a")])]), "components.0.components.1.custom_id")]
#[case::id(rows(&[json!([button(&long(101))])]), "components.0.components.0.custom_id")]
#[case::label(rows(&[json!([{"type": 2, "style": 1, "label": long(81), "custom_id": "a"}])]), "components.0.components.0.label")]
#[case::options(menu(26), "components.0.components.0.options")]
#[case::no_options(menu(0), "components.0.components.0.options")]
#[case::row(json!({"content": "?", "components": [button("a")]}), "components.0.type")]
#[case::mentions(json!({"content": "?", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}), "allowed_mentions")]
#[case::reply(json!({"content": "?", "message_reference": {"message_id": "1"}}), "message_reference")]
#[tokio::test]
async fn what_is_too_much_is_refused(#[case] body: Value, #[case] at: &str) {
    let town = Town::new().await;
    let (status, said) = town.call("POST", &town.messages(), body).await;
    assert_eq!((status, &said["code"]), (400, &json!(50035)), "{said}");
    let problem = at.split('.').fold(&said["errors"], |errors, step| &errors[step]);
    assert!(problem["_errors"][0]["message"].is_string(), "{said}");
    assert_eq!(town.daily.shows(), "", "and nothing was posted");
    assert!(town.discord.violations().iter().any(|violation| violation.contains("50035")));
    // The contract knows some of these too.
    town.discord.forgives("POST /channels");
}

#[tokio::test]
async fn what_just_fits_is_taken() {
    let town = Town::new().await;
    let buttons = |row: usize| json!((0..5).map(|n| button(&format!("{row}{n}{}", long(98)))).collect::<Vec<_>>());
    let mut body = rows(&(0..5).map(buttons).collect::<Vec<_>>());
    body["content"] = json!("ß".repeat(2000));
    body["embeds"] = json!([{"title": long(256), "description": long(4096), "url": "https://kubernetes.io/"}, {"footer": {"text": long(1648)}}]);
    town.posts(body).await;
    town.posts(menu(25)).await;
}

#[tokio::test]
async fn an_empty_message_is_refused() {
    let town = Town::new().await;
    let (status, said) = town.call("POST", &town.messages(), json!({"content": "  "})).await;
    assert_eq!((status, &said["code"]), (400, &json!(50006)));
    town.discord.forgives("50006");
}

fn command(options: &Value) -> Value {
    json!([{"name": "kquiz", "description": "The quiz", "options": options}])
}

#[rstest]
#[case::capital(json!([{"name": "Kquiz", "description": "d"}]))]
#[case::description(json!([{"name": "kquiz", "description": ""}]))]
#[case::twice(json!([{"name": "kquiz", "description": "d"}, {"name": "kquiz", "description": "d"}]))]
#[case::order(command(&json!([
    {"type": 3, "name": "a", "description": "d"}, {"type": 3, "name": "b", "description": "d", "required": true},
])))]
#[case::choices(command(&json!([{"type": 3, "name": "a", "description": "d",
    "choices": (0..26).map(|n| json!({"name": format!("{n}"), "value": "v"})).collect::<Vec<_>>()}])))]
#[case::both(command(&json!([{"type": 3, "name": "a", "description": "d", "autocomplete": true,
    "choices": [{"name": "n", "value": "v"}]}])))]
#[case::mixed(command(&json!([{"type": 1, "name": "a", "description": "d"}, {"type": 3, "name": "b", "description": "d"}])))]
#[case::nested(command(&json!([{"type": 1, "name": "a", "description": "d", "options": [{"type": 1, "name": "b", "description": "d"}]}])))]
#[case::large(command(&json!((0..25).map(|n| json!({"type": 1, "name": format!("s{n}"), "description": long(100), "options":
    (0..3).map(|o| json!({"type": 3, "name": format!("o{o}"), "description": long(100)})).collect::<Vec<_>>()})).collect::<Vec<_>>())))]
#[tokio::test]
async fn commands_follow_the_rules(#[case] commands: Value) {
    let town = Town::new().await;
    let path = format!("/applications/{}/commands", town.discord.application());
    let (status, said) = town.call("PUT", &path, commands).await;
    assert_eq!((status, &said["code"]), (400, &json!(50035)), "{said}");
    assert!(town.discord.commands().is_empty());
    town.discord.forgives("commands");
}
