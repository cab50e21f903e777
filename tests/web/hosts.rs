//! A room that nobody has set up yet, and who may.

use serde_json::json;

use crate::kit::Room;

#[tokio::test]
async fn a_room_without_schedules_has_its_first_channel() {
    let room = Room::unscheduled().await;
    let ana = room.enters("ana").await;
    assert_eq!(ana.get("/api/room").await["channels"], json!([{ "name": "daily-quiz", "schedules": [] }]));
    let reply = ana.says("k1", "/kquiz schedule list").await;
    assert!(reply["reply"].is_object(), "{reply}");
    ana.says("k2", "hello").await;
}

#[tokio::test]
async fn only_a_name_that_somebody_has_can_be_made_host() {
    let room = Room::unscheduled().await;
    let admin = room.stranger();
    let opened = admin.client.get(room.web.admin_link()).send().await.expect("an answer");
    assert!(opened.status().is_redirection(), "{}", opened.status());
    let (status, me) = admin.joins("root").await;
    assert_eq!(status, 200, "{me}");
    room.enters("Hostess").await;
    for (key, command, said) in [
        ("k1", "add:@nobodyknows", "There is no player named"),
        ("k2", "add:web:nobodyknows", "There is no player named"),
        ("k3", "add:web:<@&1>", "There is no player named"),
        ("k4", "add:@HOSTESS", "Hosts are now: web:Hostess"),
        ("k5", "add:web:hostess", "Hosts are now: web:Hostess"),
        ("k6", "remove:@nobodyknows", "There is no player named"),
        ("k7", "remove:hostess", "There are no hosts any more"),
    ] {
        let answer = admin.says(key, &format!("/kquiz settings hosts {command}")).await;
        assert!(answer.to_string().contains(said), "{command}: {answer}");
    }
}
