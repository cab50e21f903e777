//! The gateway: who is let in, who hears of what, and how a session is taken up again.

use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};

use super::kit::{INTENTS, Town};

const CONTENT: u64 = 1 << 15;

#[rstest]
#[case::token(json!({"token": "other", "intents": 1}), 4004)]
#[case::unknown_intent(json!({"intents": 1 << 30}), 4013)]
#[case::no_intents(json!({}), 4013)]
#[case::privileged(json!({"intents": CONTENT}), 4014)]
#[case::shard(json!({"intents": 1, "shard": [2, 2]}), 4010)]
#[tokio::test]
async fn who_may_not_is_sent_away(#[case] mut identify: Value, #[case] code: u16) {
    let town = Town::new().await;
    if identify["token"].is_null() {
        identify["token"] = json!(town.discord.token());
    }
    let mut line = town.line().await;
    line.says(2, identify).await;
    assert_eq!(line.closes().await, code);
}

#[tokio::test]
async fn message_content_is_a_privilege() {
    let town = Town::new().await;
    town.discord.with_message_content(true);
    let (mut reads, mut does_not) = (town.session(INTENTS | CONTENT).await, town.session(INTENTS).await);
    let question = town.posts(json!({"content": "Which?"})).await;
    let heard = async |line: &mut super::kit::Line| {
        let (name, message) = line.event().await;
        assert_eq!(name, "MESSAGE_CREATE");
        message
    };
    for line in [&mut reads, &mut does_not] {
        assert_eq!(heard(line).await["content"], "Which?", "the bot reads itself");
    }
    town.ana.replies_quietly(&town.daily.latest(), "etcd");
    town.ana.replies(&town.daily.latest(), "kubelet");
    town.ana.says(&town.ana.direct(), "psst");
    for (content, answers) in [("etcd", &mut reads), ("", &mut does_not)] {
        let reply = heard(answers).await;
        assert_eq!(reply["content"], content);
        assert_eq!((&reply["referenced_message"]["id"], &reply["member"]["roles"]), (&json!(question), &json!([])));
        assert_eq!(heard(answers).await["content"], "kubelet", "a reply mentions whom it answers");
        assert_eq!(heard(answers).await["content"], "psst", "and direct messages are read");
    }
}

#[tokio::test]
async fn intents_decide_what_is_heard() {
    let town = Town::new().await;
    let (mut reactions, mut messages) = (town.session(1 << 10).await, town.session(1 << 9).await);
    town.posts(json!({"content": "Which?"})).await;
    town.ana.reacts(&town.daily.latest(), "1️⃣");
    let (name, data) = reactions.event().await;
    assert_eq!((name.as_str(), &data["emoji"]["name"]), ("MESSAGE_REACTION_ADD", &json!("1️⃣")));
    assert_eq!((&data["user_id"], &data["member"]["user"]["username"]), (&json!(town.ana.id), &json!("ana")));
    assert_eq!(messages.event().await.0, "MESSAGE_CREATE");
    town.ana.says(&town.ana.direct(), "psst");
    town.guild.role("host", 0);
    reactions.hears_nothing().await;
    messages.hears_nothing().await;
    town.daily.denies_bot(crate::standin::permissions::VIEW_CHANNEL);
    town.ana.says(&town.daily, "hello");
    messages.hears_nothing().await;
}

#[tokio::test]
async fn a_guild_is_on_one_shard() {
    let town = Town::new().await;
    let second = town.discord.guild("second");
    let shard = |guild: crate::standin::Id| (guild.0 >> 22) % 2;
    assert_ne!(shard(town.guild.id), shard(second.id), "neighbours are on different shards");
    let mut lines = Vec::new();
    for shard in 0..2 {
        let mut line = town.line().await;
        line.says(2, json!({"token": town.discord.token(), "intents": INTENTS, "shard": [shard, 2]})).await;
        let (_, ready) = line.event().await;
        assert_eq!(ready["guilds"].as_array().map(Vec::len), Some(1));
        assert_eq!(line.event().await.0, "GUILD_CREATE");
        lines.push(line);
    }
    let here = usize::try_from(shard(town.guild.id)).expect("0 or 1");
    town.ana.says(&town.daily, "hello");
    assert_eq!(lines[here].event().await.0, "MESSAGE_CREATE");
    lines[1 - here].hears_nothing().await;
    town.ana.says(&town.ana.direct(), "psst");
    assert_eq!(lines[0].event().await.0, "MESSAGE_CREATE", "direct messages are on the first");
    assert_eq!((town.discord.identifies(), town.discord.hasty_identifies()), (2, 1));
}

#[tokio::test]
async fn a_session_is_taken_up_where_it_was_left() {
    let town = Town::new().await;
    let mut line = town.session(INTENTS).await;
    town.ana.says(&town.daily, "first");
    let seq = line.hears().await["s"].clone();
    town.discord.cuts_gateway();
    town.discord.connected(0).await;
    town.ana.says(&town.daily, "missed");

    let resume = json!({"token": town.discord.token(), "session_id": "session0001", "seq": seq});
    let mut line = town.line().await;
    line.says(6, resume.clone()).await;
    assert_eq!([line.event().await.0, line.event().await.0], ["MESSAGE_CREATE", "RESUMED"]);
    town.discord.drops_gateway(Some(4000));
    assert_eq!(line.closes().await, 4000);

    town.discord.connected(0).await;
    town.clock.advance(jiff::SignedDuration::from_mins(6));
    let mut line = town.line().await;
    line.says(6, resume.clone()).await;
    assert_eq!(line.hears().await, json!({"op": 9, "s": null, "t": null, "d": false}));
    line.says(6, resume).await;
    assert_eq!(line.hears().await["op"], 9, "it is forgotten for good");
    assert_eq!(town.discord.resumes(), 3);
}

#[tokio::test]
async fn a_gateway_may_misbehave() {
    let town = Town::new().await;
    town.discord.heartbeat_interval(Duration::from_millis(100));
    let mut line = town.session(INTENTS).await;
    town.discord.acknowledges_heartbeats(false);
    line.says(1, json!(2)).await;
    town.ana.says(&town.daily, "still there?");
    assert_eq!(line.event().await.0, "MESSAGE_CREATE", "no acknowledgement, but events");
    town.discord.delivers_twice(true);
    town.ana.says(&town.daily, "twice");
    let (once, again) = (line.event().await, line.event().await);
    assert_eq!(once, again);
    town.discord.asks_to_reconnect();
    assert_eq!(line.hears().await["op"], 7);
    town.discord.refuses_connections(true);
    town.discord.drops_gateway(None);
    assert_eq!(line.closes().await, 0, "no code");
    town.discord.connected(0).await;
}

#[tokio::test]
async fn events_are_known_to_be_read() {
    let town = Town::new().await;
    let mut line = town.session(INTENTS).await;
    town.ana.says(&town.daily, "hello");
    let reading = async {
        let seq = line.hears().await["s"].clone();
        assert_eq!(line.hears().await["op"], 1, "the gateway asks for a heartbeat");
        line.says(1, seq).await;
    };
    tokio::join!(town.discord.all_heard(), reading);
}

#[tokio::test]
async fn a_resume_can_be_refused() {
    let town = Town::new().await;
    drop(town.session(INTENTS).await);
    town.discord.connected(0).await;
    town.discord.refuses_resume();
    let mut line = town.line().await;
    line.says(6, json!({"token": town.discord.token(), "session_id": "session0001", "seq": 1})).await;
    assert_eq!(line.hears().await["op"], 9);
}
