//! Tokens, ids, permissions, history, nonces: the REST API outside its limits.

use serde_json::{Value, json};

use super::kit::Town;
use crate::standin::{Id, Pings, permissions};

#[tokio::test]
async fn a_token_that_does_not_hold_is_refused() {
    let town = Town::new().await;
    let wrong = town.request("GET", "/users/@me").header("Authorization", "Bot other");
    // The second header of two is not read; the first is the right one.
    assert_eq!(wrong.send().await.expect("an answer").status(), 200);
    town.discord.revokes_the_token();
    let (status, said) = town.get("/users/@me").await;
    assert_eq!((status, &said["code"]), (401, &json!(0)));
    assert_eq!(town.discord.invalid_requests(), 1);
    assert_eq!(town.get("/gateway").await.0, 200, "the gateway's address needs no token");
}

#[tokio::test]
async fn what_is_not_there_has_its_code() {
    let town = Town::new().await;
    let (daily, guild) = (town.messages(), town.guild.id);
    let away = town.discord.guild_without_bot("away");
    for (path, status, code) in [
        ("/channels/1/messages".to_owned(), 404, 10003),
        (format!("{daily}/1"), 404, 10008),
        ("/guilds/1".to_owned(), 404, 10004),
        (format!("/guilds/{}/roles", away.id), 404, 10004),
        (format!("/guilds/{guild}/members/1"), 404, 10007),
        ("/users/1".to_owned(), 404, 10013),
        (format!("/channels/{}", away.channel("there").id), 403, 50001),
    ] {
        let (answered, said) = town.get(&path).await;
        assert_eq!((answered, &said["code"]), (status, &json!(code)), "{path}");
    }
    town.discord.assert_clean();
    assert_eq!(town.get("/voice/regions").await.0, 404);
    town.discord.forgives("does not know");
}

#[tokio::test]
async fn permissions_decide() {
    let town = Town::new().await;
    let path = town.messages();
    let say = || town.call("POST", &path, json!({"content": "hello"}));
    let refused = async |denied: u64, code: u32| {
        town.daily.denies_bot(denied);
        let (status, said) = say().await;
        assert_eq!((status, &said["code"]), (403, &json!(code)));
    };
    refused(permissions::SEND_MESSAGES, 50013).await;
    refused(permissions::VIEW_CHANNEL, 50001).await;
    town.daily.denies_bot(0);
    let question = say().await.1["id"].as_str().expect("an id").to_owned();

    town.daily.denies_bot(permissions::ADD_REACTIONS);
    let reaction = format!("{}/{question}/reactions/1%EF%B8%8F%E2%83%A3/@me", town.messages());
    assert_eq!(town.call("PUT", &reaction, Value::Null).await.1["code"], 50013);
    town.ana.reacts(&town.daily.latest(), "1️⃣");
    assert_eq!(town.call("PUT", &reaction, Value::Null).await.0, 204, "to join one that stands, reading is enough");

    town.daily.denies_bot(permissions::EMBED_LINKS);
    let (status, said) =
        town.call("POST", &town.messages(), json!({"content": "hi", "embeds": [{"title": "t"}]})).await;
    assert_eq!((status, &said["embeds"]), (200, &json!([])), "embeds are dropped without a word");

    town.daily.denies_bot(permissions::READ_MESSAGE_HISTORY);
    assert_eq!(town.get(&town.messages()).await, (200, json!([])));
    town.daily.denies_bot(0);

    let theirs = town.ana.says(&town.daily, "mine");
    let path = format!("{}/{}", town.messages(), theirs.id);
    assert_eq!(town.call("DELETE", &path, Value::Null).await.1["code"], 50013);
    town.guild.grants_bot(permissions::MANAGE_MESSAGES);
    assert_eq!(town.call("PATCH", &path, json!({"content": "yours"})).await.1["code"], 50005);
    town.discord.forgives("50005");
    assert_eq!(town.call("DELETE", &path, Value::Null).await.0, 204);
}

#[tokio::test]
async fn direct_messages_can_be_closed() {
    let town = Town::new().await;
    let (_, channel) = town.call("POST", "/users/@me/channels", json!({"recipient_id": town.ana.id})).await;
    let path = format!("/channels/{}/messages", channel["id"].as_str().expect("an id"));
    assert_eq!(town.call("POST", &path, json!({"content": "psst"})).await.0, 200);
    town.ana.closes_direct_messages();
    assert_eq!(town.call("POST", &path, json!({"content": "psst"})).await.1["code"], 50007);
    let stranger = town.discord.person("cy").direct();
    let path = format!("/channels/{}/messages", stranger.id);
    assert_eq!(town.call("POST", &path, json!({"content": "psst"})).await.1["code"], 50007, "no guild in common");
}

#[tokio::test]
async fn history_comes_in_pages() {
    let town = Town::new().await;
    let ids: Vec<Id> = (0..10).map(|n| town.ana.says(&town.daily, &format!("m{n}")).id).collect();
    let page = async |query: &str| -> Vec<usize> {
        let (status, page) = town.get(&format!("{}?{query}", town.messages())).await;
        assert_eq!(status, 200, "{page}");
        let ids_of = page.as_array().expect("a page").iter().map(|message| message["id"].as_str().and_then(Id::parse));
        ids_of.map(|id| ids.iter().position(|known| Some(*known) == id).expect("known")).collect()
    };
    assert_eq!(page("limit=3").await, [9, 8, 7]);
    assert_eq!(page(&format!("limit=3&before={}", ids[5])).await, [4, 3, 2]);
    assert_eq!(page(&format!("limit=3&after={}", ids[2])).await, [5, 4, 3], "right after it, newest first");
    assert_eq!(page(&format!("limit=3&around={}", ids[5])).await, [6, 5, 4]);
    assert_eq!(town.get(&format!("{}?limit=101", town.messages())).await.0, 400);
    town.discord.forgives("limit");
    assert_eq!(town.get(&format!("{}?since=1", town.messages())).await.0, 200);
    if crate::contract::is_at_hand() {
        town.discord.forgives("`since`");
    }
}

#[tokio::test]
async fn without_message_content_people_are_not_read() {
    let town = Town::new().await;
    town.posts(json!({"content": "Which?"})).await;
    let question = town.daily.latest();
    town.ana.replies(&question, "heard");
    town.ana.replies_quietly(&question, "unheard");
    let read = async || -> Vec<Value> {
        let page = town.get(&town.messages()).await.1;
        page.as_array().expect("a page").iter().rev().map(|message| message["content"].clone()).collect()
    };
    assert_eq!(read().await, ["Which?", "heard", ""]);
    town.discord.with_message_content(true);
    assert_eq!(read().await, ["Which?", "heard", "unheard"]);
    assert_eq!(town.get("/applications/@me").await.1["flags"], 1 << 19);
}

#[tokio::test]
async fn an_enforced_nonce_posts_once() {
    let town = Town::new().await;
    let body = json!({"content": "Which?", "nonce": "q1", "enforce_nonce": true});
    let first = town.posts(body.clone()).await;
    assert_eq!(town.posts(body.clone()).await, first);
    assert_eq!(town.daily.messages().len(), 1);
    assert_eq!(town.get(&town.messages()).await.1[0]["nonce"], Value::Null, "the history knows of no nonce");
    town.clock.advance(jiff::SignedDuration::from_mins(5));
    assert_ne!(town.posts(body).await, first, "after five minutes it is forgotten");
    let free = json!({"content": "Which?", "nonce": "q2"});
    assert_ne!(town.posts(free.clone()).await, town.posts(free).await, "and not enforced it means nothing");
}

#[tokio::test]
async fn mentions_ring_as_far_as_they_are_allowed() {
    let town = Town::new().await;
    let (ana, host) = (town.ana.id, town.guild.role("host", 0));
    let content = format!("<@{ana}> <@&{host}> @everyone `<@{}>`", town.guild.owner().id);
    let rings = async |allowed: Value| {
        let mut body = json!({"content": content});
        if !allowed.is_null() {
            body["allowed_mentions"] = allowed;
        }
        town.posts(body).await;
        town.daily.latest().pings()
    };
    let only_ana = Pings { users: vec![ana], ..Pings::default() };
    assert_eq!(rings(Value::Null).await, only_ana, "the bot may mention neither everyone nor that role");
    assert!(rings(json!({"parse": []})).await.none());
    assert_eq!(rings(json!({"users": [ana]})).await, only_ana);
    town.guild.grants_bot(permissions::MENTION_EVERYONE);
    assert_eq!(rings(Value::Null).await, Pings { everyone: true, users: vec![ana], roles: vec![host] });
    assert!(rings(json!({"parse": []})).await.none());

    let theirs = town.ana.says(&town.daily, "hm");
    let mut reply = json!({"content": "yes?", "message_reference": {"message_id": theirs.id}});
    town.posts(reply.clone()).await;
    assert_eq!(town.daily.latest().pings(), only_ana, "a reply rings");
    reply["allowed_mentions"] = json!({"parse": []});
    town.posts(reply).await;
    assert!(town.daily.latest().pings().none(), "unless allowed_mentions is silent about it");
}

#[tokio::test]
async fn who_reacted_comes_in_pages() {
    let town = Town::new().await;
    let message = town.posts(json!({"content": "?"})).await;
    let people: Vec<_> = (0..5).map(|n| town.guild.member(&format!("p{n}"))).collect();
    people.iter().rev().for_each(|person| person.reacts(&town.daily.latest(), "✅"));
    let path = format!("{}/{message}/reactions/%E2%9C%85", town.messages());
    let (_, page) = town.get(&format!("{path}?limit=2&after={}", people[1].id)).await;
    assert_eq!([&page[0]["username"], &page[1]["username"]], ["p2", "p3"]);
    assert_eq!(
        town.call("PUT", &format!("{}/{message}/reactions/one/@me", town.messages()), Value::Null).await.1["code"],
        10014
    );
    town.discord.forgives("10014");
}

#[tokio::test]
async fn a_thread_begins_once_at_a_message() {
    let town = Town::new().await;
    let message = town.posts(json!({"content": "?"})).await;
    let path = format!("{}/{message}/threads", town.messages());
    let (status, thread) = town.call("POST", &path, json!({"name": "talk"})).await;
    assert_eq!((status, &thread["id"]), (201, &json!(message)));
    assert_eq!(town.call("POST", &path, json!({"name": "talk"})).await.1["code"], 160_004);
    town.daily.denies_bot(permissions::SEND_MESSAGES_IN_THREADS);
    let path = format!("/channels/{message}/messages");
    assert_eq!(town.call("POST", &path, json!({"content": "hi"})).await.1["code"], 50013);
}

#[tokio::test]
async fn files_come_along() {
    let town = Town::new().await;
    let body = json!({"content": "the leaderboard", "attachments": [{"id": 0, "filename": "board.png", "description": "a table"}]});
    let file = reqwest::multipart::Part::bytes(vec![0, 255, 13, 10, 45, 45]).file_name("board.png");
    let form = reqwest::multipart::Form::new().text("payload_json", body.to_string()).part("files[0]", file);
    let (status, message) = town.uploads("POST", &town.messages(), form).await;
    assert_eq!((status, &message["attachments"][0]["filename"]), (200, &json!("board.png")), "{message}");
    assert_eq!(town.daily.shows(), "kcard: the leaderboard\n📎 board.png");
    let garbage = town.request("POST", &town.messages()).body("{content}").send().await.expect("an answer");
    assert_eq!(garbage.status(), 400);
    town.discord.forgives("50109");
    if crate::contract::is_at_hand() {
        town.discord.forgives("not JSON");
    }
}

#[tokio::test]
#[should_panic(expected = "the bot broke Discord's rules")]
async fn a_broken_rule_fails_the_test() {
    let town = Town::new().await;
    town.call("POST", &town.messages(), json!({"content": "x".repeat(2001)})).await;
}
