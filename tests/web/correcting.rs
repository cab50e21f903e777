//! A dispute in the room: whoever looks after it hears of it with their next command, and decides there.

use serde_json::{Value, json};

use crate::kit::Room;

#[tokio::test]
async fn an_admin_hears_of_a_dispute_with_the_next_command() {
    let room = Room::open().await;
    room.works().await;
    let admin = room.stranger();
    admin.client.get(room.web.admin_link()).send().await.expect("an answer");
    assert_eq!(admin.joins("root").await.0, 200);
    let ana = room.enters("ana").await;
    let question = ana.question().await;
    let is_wrong = |control: &&Value| !control["label"].as_str().expect("a label").contains("kube-scheduler");
    let wrong = question["controls"].as_array().expect("buttons").iter().find(is_wrong).expect("there is a wrong one");
    ana.does("/api/press", json!({ "key": "k1", "channel": "daily-quiz", "control": wrong["id"] })).await;
    room.closes().await;

    let reveal = ana.messages().await.into_iter().find(|message| message["role"] == "reveal").expect("a reveal");
    let dispute = &reveal["controls"][0];
    assert_eq!((&dispute["label"], &dispute["form"]["fields"][0]["name"]), (&json!("Dispute"), &json!("reason")));
    let form = json!({ "key": "k2", "channel": "daily-quiz", "control": dispute["form"]["id"], "fields": { "reason": "<b>So.</b>" } });
    let heard = ana.does("/api/submit", form).await;
    assert!(heard["reply"].to_string().contains("before the hosts as case 1"), "{heard}");

    let heard = admin.says("k3", "/kquiz mine").await;
    assert!(heard["reply"].to_string().contains("Somebody disputes"), "{heard}");
    assert!(heard["reply"].to_string().contains("<b>So.</b>"), "what people wrote is text: {heard}");
    let heard = admin.says("k4", "/kquiz mine").await;
    assert!(!heard["reply"].to_string().contains("Somebody disputes"), "it is said once: {heard}");
    let list = admin.says("k5", "/kquiz dispute list").await;
    let accept = &list["reply"]["controls"][0];
    assert_eq!(accept["label"], "Accept case 1");
    let press = json!({ "key": "k6", "channel": "daily-quiz", "control": accept["form"]["id"], "fields": {} });
    let accepted = admin.does("/api/submit", press).await;
    assert_eq!(accepted["reply"]["file"]["name"], "correction-1.yaml", "{accepted}");
    let told = ana.says("k7", "/kquiz stats").await;
    assert!(told["reply"].to_string().contains("A host accepted your answer"), "{told}");
}
