//! Messages and reactions, as Slack takes and refuses them.

use rstest::rstest;
use serde_json::{Value, json};

use super::kit::Office;

#[rstest]
#[case::post("chat.postMessage", json!({"text": "?"}))]
#[case::update("chat.update", json!({"text": "?", "ts": "1.000001"}))]
#[case::delete("chat.delete", json!({"ts": "1.000001"}))]
#[case::ephemeral("chat.postEphemeral", json!({"text": "?", "user": "U1"}))]
#[tokio::test]
async fn a_channel_must_be_one_that_the_bot_is_in(#[case] method: &str, #[case] mut args: Value) {
    let office = Office::new().await;
    let (outside, private) = (office.slack.channel_without_bot("outside"), office.slack.private_channel("secret"));
    for (channel, error) in
        [(&outside.id, "not_in_channel"), (&private.id, "channel_not_found"), (&"C404".to_owned(), "channel_not_found")]
    {
        args["channel"] = json!(channel);
        assert_eq!(office.call(method, args.clone()).await["error"], error, "{method} in {channel}");
    }
    private.invites_bot();
    args["channel"] = json!(private.id);
    let said = office.call(method, args.clone()).await;
    assert_ne!(said["error"], "channel_not_found", "once it is invited, it is known: {said}");
    private.is_archived(true);
    if method != "chat.delete" {
        assert_eq!(office.call(method, args).await["error"], "is_archived");
    }
}

#[tokio::test]
async fn only_the_bots_own_messages_are_its_to_change() {
    let office = Office::new().await;
    let theirs = office.ana.writes(&office.daily, "mine");
    let place = json!({"channel": office.daily.id, "ts": theirs.ts, "text": "?"});
    assert_eq!(office.call("chat.update", place.clone()).await["error"], "cant_update_message");
    assert_eq!(
        office.call("chat.delete", json!({"channel": office.daily.id, "ts": theirs.ts})).await["error"],
        "cant_delete_message"
    );
    office.ana.deletes(&theirs);
    assert_eq!(office.call("chat.update", place).await["error"], "message_not_found");
}

#[tokio::test]
async fn what_one_person_sees_alone_cannot_be_named() {
    let office = Office::new().await;
    let args = json!({"channel": office.daily.id, "user": office.ana.id, "text": "Psst."});
    let ts = office.call("chat.postEphemeral", args).await["message_ts"].clone();
    assert_eq!(office.daily.shows(), "");
    assert_eq!(office.daily.shows_to(&office.ana), "kcard (to ana alone): Psst.");
    let said = office.call("chat.update", json!({"channel": office.daily.id, "ts": ts, "text": "?"})).await;
    assert_eq!(said["error"], "message_not_found");
    let bo = office.slack.person("bo");
    bo.leaves(&office.daily);
    let said = office.call("chat.postEphemeral", json!({"channel": office.daily.id, "user": bo.id, "text": "?"})).await;
    assert_eq!(said["error"], "user_not_in_channel");
}

#[tokio::test]
async fn blocks_stay_unless_they_are_named() {
    let office = Office::new().await;
    let blocks = json!([{"type": "divider", "block_id": "d"}]);
    let ts = office.posts(json!({"text": "One", "blocks": blocks})).await;
    office.call("chat.update", json!({"channel": office.daily.id, "ts": ts, "text": "Two"})).await;
    let message = office.daily.latest();
    assert_eq!((message.text(), json!(message.blocks()), message.edits()), ("Two".to_owned(), blocks, 1));
    office.call("chat.update", json!({"channel": office.daily.id, "ts": ts, "text": "Three", "blocks": []})).await;
    assert_eq!(message.shows(), "kcard (edited): Three");
}

#[tokio::test]
async fn metadata_is_told_where_it_is_asked_for() {
    let office = Office::new().await;
    let metadata = json!({"event_type": "kcard", "event_payload": {"key": "q1"}});
    let parent = office.posts(json!({"text": "One", "metadata": metadata})).await;
    office.posts(json!({"text": "In it", "thread_ts": parent, "metadata": metadata})).await;
    let first = |said: &Value| said["messages"].as_array().expect("messages").last().expect("one").clone();
    let channel = ("channel", office.daily.id.as_str());
    let told = office.get("conversations.history", &[channel, ("include_all_metadata", "true")]).await;
    assert_eq!(
        (told["messages"].as_array().map(Vec::len), &first(&told)["metadata"]),
        (Some(1), &metadata),
        "parents only"
    );
    assert!(first(&office.get("conversations.history", &[channel]).await)["metadata"].is_null());
    let replies = office.get("conversations.replies", &[channel, ("ts", &parent)]).await;
    assert_eq!((replies["messages"].as_array().map(Vec::len), &first(&replies)["metadata"]), (Some(2), &Value::Null));
    let replies = office.get("conversations.replies", &[channel, ("ts", &parent), ("include_all_metadata", "1")]).await;
    assert_eq!(first(&replies)["metadata"], metadata);
    let said = office
        .call("chat.postMessage", json!({"channel": office.daily.id, "text": "?", "metadata": {"event_type": "kcard"}}))
        .await;
    assert_eq!(said["error"], "invalid_metadata_format");
    office.slack.forgives("invalid_metadata_format");
}

#[tokio::test]
async fn a_history_comes_in_pages_and_within_a_time() {
    let office = Office::new().await;
    let mut times = Vec::new();
    for n in 0..5 {
        times.push(office.posts(json!({"text": n.to_string()})).await);
    }
    let channel = ("channel", office.daily.id.as_str());
    let texts = |said: &Value| {
        let messages = said["messages"].as_array().unwrap_or_else(|| panic!("{said}"));
        messages.iter().map(|message| message["text"].as_str().expect("a text").to_owned()).collect::<String>()
    };
    let first = office.get("conversations.history", &[channel, ("limit", "2")]).await;
    assert_eq!((texts(&first), &first["has_more"]), ("43".to_owned(), &json!(true)));
    let cursor = first["response_metadata"]["next_cursor"].as_str().expect("a cursor");
    assert_eq!(texts(&office.get("conversations.history", &[channel, ("limit", "2"), ("cursor", cursor)]).await), "21");
    let (oldest, latest) = (("oldest", times[1].as_str()), ("latest", times[3].as_str()));
    assert_eq!(texts(&office.get("conversations.history", &[channel, oldest, latest]).await), "2");
    assert_eq!(
        texts(&office.get("conversations.history", &[channel, oldest, latest, ("inclusive", "true")]).await),
        "321"
    );
    assert_eq!(
        office.get("conversations.history", &[channel, ("cursor", "nonsense")]).await["error"],
        "invalid_cursor"
    );
    assert_eq!(office.get("conversations.history", &[channel, ("limit", "1000")]).await["error"], "invalid_limit");
    assert_eq!(office.get("conversations.replies", &[channel, ("ts", "1.000001")]).await["error"], "thread_not_found");
}

#[tokio::test]
async fn reactions_stand_once() {
    let office = Office::new().await;
    let ts = office.posts(json!({"text": "Which?"})).await;
    let reaction = |name: &str| json!({"channel": office.daily.id, "timestamp": ts, "name": name});
    assert_eq!(office.call("reactions.remove", reaction("one")).await["error"], "no_reaction");
    assert_eq!(office.call("reactions.add", reaction("one")).await["ok"], true);
    assert_eq!(office.call("reactions.add", reaction("one")).await["error"], "already_reacted");
    office.slack.forgives("already_reacted");
    assert_eq!(office.call("reactions.add", reaction("1️⃣")).await["error"], "invalid_name");
    office.slack.forgives("invalid_name");
    office.ana.reacts(&office.daily.latest(), "one");
    assert_eq!(office.call("reactions.remove", reaction("one")).await["ok"], true);
    assert_eq!(
        office.daily.latest().reacted("one"),
        std::slice::from_ref(&office.ana.id),
        "a bot takes only its own away"
    );
    let gone = json!({"channel": office.daily.id, "timestamp": "1.000001", "name": "one"});
    assert_eq!(office.call("reactions.add", gone).await["error"], "message_not_found");
}

#[tokio::test]
async fn a_parent_that_is_deleted_leaves_its_thread() {
    let office = Office::new().await;
    let parent = office.ana.writes(&office.daily, "Which?");
    office.posts(json!({"text": "That one.", "thread_ts": parent.ts})).await;
    office.ana.deletes(&parent);
    assert_eq!(office.daily.shows(), "This message was deleted.\n  ↳ kcard: That one.");
    let said = office.get("conversations.history", &[("channel", &office.daily.id)]).await;
    assert_eq!(said["messages"][0]["subtype"], "tombstone");
    assert_eq!(
        office
            .call("chat.postMessage", json!({"channel": office.daily.id, "text": "?", "thread_ts": "1.000001"}))
            .await["error"],
        "thread_not_found"
    );
}
