//! Discord's published description refuses what it should; these run where it is at hand.

use std::collections::BTreeMap;

use rstest::rstest;
use serde_json::{Value, json};

use crate::contract::{check, is_at_hand};

fn wrong(method: &str, path: &str, body: &Value) -> Vec<String> {
    check(method, &path.trim_start_matches('/').split('/').collect::<Vec<_>>(), &BTreeMap::new(), body)
}

const POST: &str = "/channels/1/messages";
const CALLBACK: &str = "/interactions/1/token/callback";

#[rstest]
#[case::message("POST", POST, json!({"content": "Which?", "nonce": "q1", "enforce_nonce": true, "allowed_mentions": {"parse": []},
    "embeds": [{"title": "t", "url": "https://kubernetes.io/", "footer": {"text": "f"}}], "components": [{"type": 1, "components": [
        {"type": 2, "style": 1, "label": "etcd", "custom_id": "a"}]}]}))]
#[case::edit("PATCH", "/channels/1/messages/2", json!({"content": "closed", "components": []}))]
#[case::reaction("PUT", "/channels/1/messages/2/reactions/✅/@me", Value::Null)]
#[case::deferral("POST", CALLBACK, json!({"type": 5, "data": {"flags": 64}}))]
#[case::choices("POST", CALLBACK, json!({"type": 8, "data": {"choices": [{"name": "n", "value": "v"}]}}))]
#[case::form("POST", CALLBACK, json!({"type": 9, "data": {"custom_id": "f", "title": "t", "components": [{"type": 1, "components": [
    {"type": 4, "custom_id": "x", "style": 1, "label": "l"}]}]}}))]
#[case::original("PATCH", "/webhooks/1/token/messages/@original", json!({"content": "done"}))]
#[case::commands("PUT", "/applications/1/commands", json!([{"name": "kquiz", "description": "The quiz", "type": 1,
    "default_member_permissions": "32", "options": [{"type": 3, "name": "deck", "description": "Which", "autocomplete": true}]}]))]
#[case::direct("POST", "/users/@me/channels", json!({"recipient_id": "1"}))]
fn what_fits_passes(#[case] method: &str, #[case] path: &str, #[case] body: Value) {
    assert_eq!(wrong(method, path, &body), Vec::<String>::new());
}

#[rstest]
#[case::long("PATCH", "/webhooks/1/token/messages/@original", json!({"content": "x".repeat(2001)}), "/content")]
#[case::much_longer("POST", POST, json!({"content": "x".repeat(4001)}), "/content")]
#[case::wrong_type("POST", POST, json!({"content": 7}), "/content")]
#[case::component("POST", POST, json!({"components": [{"type": 99}]}), "/components/0")]
#[case::row("POST", POST, json!({"components": [{"type": 1, "components": []}]}), "/components/0")]
#[case::embed("POST", POST, json!({"embeds": [{"title": "x".repeat(257)}]}), "/embeds/0/title")]
#[case::url("POST", POST, json!({"embeds": [{"url": "no address"}]}), "/embeds/0/url")]
#[case::misspelt("POST", POST, json!({"contents": "?"}), "/contents")]
#[case::misspelt_within("POST", POST, json!({"embeds": [{"titel": "?"}]}), "/embeds/0/titel")]
#[case::snowflake("POST", "/users/@me/channels", json!({"recipient_id": "ana"}), "/recipient_id")]
#[case::callback("POST", CALLBACK, json!({"type": 3}), "in the body")]
#[case::callback_data("POST", CALLBACK, json!({"type": 4, "data": {"content": "x".repeat(2001)}}), "in the body")]
#[case::command("PUT", "/applications/1/commands", json!([{"description": "no name"}]), "/0")]
#[case::no_body("POST", POST, Value::Null, "wants a body")]
#[case::method("PUT", POST, Value::Null, "no such method")]
#[case::path("GET", "/channels/1/mesages", Value::Null, "no such path")]
fn what_does_not_fit_is_named(#[case] method: &str, #[case] path: &str, #[case] body: Value, #[case] named: &str) {
    if is_at_hand() {
        let wrong = wrong(method, path, &body);
        assert!(wrong.iter().any(|wrong| wrong.contains(named)), "{wrong:#?}");
    }
}
