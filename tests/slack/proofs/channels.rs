//! Channels, people and groups, as the bot may know them.

use rstest::rstest;
use serde_json::{Value, json};

use super::kit::Office;

fn names(said: &Value) -> Vec<String> {
    let channels = said["channels"].as_array().unwrap_or_else(|| panic!("{said}"));
    channels.iter().map(|channel| channel["name"].as_str().unwrap_or("im").to_owned()).collect()
}

#[tokio::test]
async fn lists_show_what_the_bot_may_know() {
    let office = Office::new().await;
    office.slack.channel_without_bot("outside");
    let (secret, hidden) = (office.slack.private_channel("secret"), office.slack.private_channel("hidden"));
    secret.invites_bot();
    office.slack.channel("old").is_archived(true);
    office.ana.direct();
    assert_eq!(names(&office.get("conversations.list", &[]).await), ["daily", "outside", "old"]);
    let all = [("types", "public_channel,private_channel,im"), ("exclude_archived", "true")];
    assert_eq!(names(&office.get("conversations.list", &all).await), ["daily", "outside", "secret", "im"]);
    assert_eq!(names(&office.get("users.conversations", &all).await), ["daily", "secret", "im"], "those that it is in");
    let his =
        [("user", office.ana.id.as_str()), ("types", "public_channel,private_channel"), ("exclude_archived", "1")];
    assert_eq!(names(&office.get("users.conversations", &his).await), ["daily", "outside"]);
    assert_eq!(office.get("conversations.info", &[("channel", &hidden.id)]).await["error"], "channel_not_found");
    assert_eq!(office.get("conversations.members", &[("channel", &hidden.id)]).await["error"], "channel_not_found");
    assert_eq!(office.get("conversations.list", &[("types", "public")]).await["error"], "invalid_types");
    let page = office.get("conversations.list", &[("limit", "2")]).await;
    let next = page["response_metadata"]["next_cursor"].as_str().expect("a cursor");
    assert_eq!(names(&office.get("conversations.list", &[("limit", "2"), ("cursor", next)]).await), ["old"]);
}

#[tokio::test]
async fn a_direct_message_opens_once() {
    let office = Office::new().await;
    let args = json!({"users": office.ana.id});
    let first = office.call("conversations.open", args.clone()).await;
    let again = office.call("conversations.open", args).await;
    assert_eq!((&first["already_open"], &again["already_open"]), (&json!(false), &json!(true)));
    assert_eq!(first["channel"]["id"], again["channel"]["id"]);
    let said = office.call("chat.postMessage", json!({"channel": office.ana.id, "text": "Hello."})).await;
    assert_eq!(said["channel"], first["channel"]["id"], "a person's id means their direct messages");
    assert_eq!(office.ana.direct().shows(), "kcard: Hello.");
}

#[rstest]
#[case::nobody("U404", "user_not_found")]
#[case::bot("robo", "cannot_dm_bot")]
#[case::left("bo", "user_disabled")]
#[tokio::test]
async fn not_everybody_takes_direct_messages(#[case] who: &str, #[case] error: &str) {
    let office = Office::new().await;
    office.slack.other_bot("robo");
    office.slack.person("bo").is_deactivated();
    let id = if who == "U404" { who.to_owned() } else { office.slack.person(who).id };
    assert_eq!(office.call("conversations.open", json!({"users": id})).await["error"], error);
}

#[tokio::test]
async fn people_and_groups() {
    let office = Office::new().await;
    let owner = office.slack.owner("cy");
    owner.lives_in("America/New_York");
    let said = office.get("users.info", &[("user", &owner.id)]).await;
    let user = &said["user"];
    assert_eq!(
        [&user["is_admin"], &user["is_owner"], &user["is_bot"], &user["deleted"]].map(Value::as_bool),
        [Some(true), Some(true), Some(false), Some(false)]
    );
    assert_eq!((&user["tz"], &user["tz_offset"]), (&json!("America/New_York"), &json!(-18_000)));
    owner.steps_down();
    assert_eq!(office.get("users.info", &[("user", &owner.id)]).await["user"]["is_admin"], false);
    assert_eq!(office.get("users.info", &[("user", "U404")]).await["error"], "user_not_found");
    let hosts = office.slack.group("hosts", &[&owner]);
    let said = office.get("usergroups.list", &[("include_users", "true")]).await;
    assert_eq!(
        (&said["usergroups"][0]["handle"], &said["usergroups"][0]["users"]),
        (&json!("hosts"), &json!([owner.id]))
    );
    assert_eq!(office.get("usergroups.users.list", &[("usergroup", &hosts.id)]).await["users"], json!([owner.id]));
    assert_eq!(office.get("usergroups.users.list", &[("usergroup", "S404")]).await["error"], "no_such_subteam");
}
