//! Tokens, scopes, and how arguments may come.

use rstest::rstest;
use serde_json::json;

use super::kit::Office;

#[tokio::test]
async fn a_call_needs_the_right_token() {
    let office = Office::new().await;
    let url = |method: &str| format!("{}/{method}", office.slack.api_url());
    let (status, said) = office.posts_to(&url("auth.test"), json!({})).await;
    assert_eq!((status, &said["error"]), (200, &json!("not_authed")));
    let call = |method: &str, token: &str| office.send(reqwest::Client::new().post(url(method)).bearer_auth(token));
    assert_eq!(call("auth.test", "xoxb-another").await.1["error"], "invalid_auth");
    assert_eq!(call("apps.connections.open", &office.slack.bot_token()).await.1["error"], "not_allowed_token_type");
    assert_eq!(call("users.info", &office.slack.app_token()).await.1["error"], "not_allowed_token_type");
    assert_eq!(call("auth.test", &office.slack.app_token()).await.1["ok"], true);
    office.slack.revokes_the_tokens("account_inactive");
    assert_eq!(office.call("auth.test", json!({})).await["error"], "account_inactive");
}

#[rstest]
#[case("chat:write", "chat.postMessage")]
#[case("reactions:read", "reactions.get")]
#[case("reactions:write", "reactions.add")]
#[case("channels:history", "conversations.history")]
#[case("channels:read", "conversations.info")]
#[case("channels:read", "conversations.list")]
#[case("im:write", "conversations.open")]
#[case("users:read", "users.info")]
#[case("usergroups:read", "usergroups.list")]
#[case("files:write", "files.getUploadURLExternal")]
#[tokio::test]
async fn a_call_needs_its_scope(#[case] scope: &str, #[case] method: &str) {
    let office = Office::new().await;
    let args = [("channel", office.daily.id.as_str())];
    assert_ne!(office.get(method, &args).await["error"], "missing_scope");
    office.slack.takes_scope(scope);
    let said = office.get(method, &args).await;
    assert_eq!((&said["error"], &said["needed"]), (&json!("missing_scope"), &json!(scope)), "{said}");
    let provided = said["provided"].as_str().expect("the others");
    assert!(!provided.contains(scope) && provided.contains("commands"));
    forget(&office);
}

/// A call without all that it needs breaks other rules too; they are not what is proved here.
fn forget(office: &Office) {
    if !office.slack.violations().is_empty() {
        office.slack.forgives("");
    }
}

#[tokio::test]
async fn a_private_channel_needs_a_scope_of_its_own() {
    let office = Office::new().await;
    let secret = office.slack.private_channel("secret");
    secret.invites_bot();
    office.slack.takes_scope("groups:history");
    assert_eq!(office.get("conversations.history", &[("channel", &secret.id)]).await["needed"], "groups:history");
    assert_eq!(office.get("conversations.history", &[("channel", &office.daily.id)]).await["ok"], true);
}

#[tokio::test]
async fn arguments_come_by_get_by_form_and_by_json() {
    let office = Office::new().await;
    let form = [("channel", office.daily.id.as_str()), ("text", "a & b"), ("blocks", r#"[{"type":"divider"}]"#)];
    let (_, said) = office.send(office.request("chat.postMessage").form(&form)).await;
    assert_eq!((&said["ok"], &said["message"]["text"]), (&json!(true), &json!("a & b")));
    let url = format!("{}/chat.postMessage", office.slack.api_url());
    let form = [
        ("token", office.slack.bot_token()),
        ("channel", office.daily.id.clone()),
        ("text", "token in the form".to_owned()),
    ];
    assert_eq!(office.send(reqwest::Client::new().post(&url).form(&form)).await.1["ok"], true);
    let json = json!({"token": office.slack.bot_token(), "channel": office.daily.id, "text": "?"});
    assert_eq!(office.posts_to(&url, json).await.1["error"], "not_authed", "in JSON no token is read");
    assert_eq!(office.get("conversations.info", &[("channel", &office.daily.id)]).await["ok"], true);
    assert_eq!(
        office.call("conversations.info", json!({"channel": office.daily.id})).await["error"],
        "invalid_arguments"
    );
    office.slack.forgives("conversations.info takes no JSON");
    office.slack.forgives("conversations.info was refused");
    let broken = office.request("chat.postMessage").header("content-type", "application/json").body("{");
    assert_eq!(office.send(broken).await.1["error"], "invalid_json");
    office.slack.forgives("invalid_json");
}

#[tokio::test]
async fn what_slack_does_not_know_is_told() {
    let office = Office::new().await;
    assert_eq!(office.call("chat.postMassage", json!({})).await["error"], "unknown_method");
    office.slack.forgives("unknown_method");
    office.posts(json!({"text": "?", "nonce": "1"})).await;
    office.slack.forgives("unknown argument `nonce` for chat.postMessage");
}

#[tokio::test]
#[should_panic(expected = "the bot broke Slack's rules")]
async fn a_broken_rule_fails_the_test() {
    let office = Office::new().await;
    office.call("chat.postMassage", json!({})).await;
}
