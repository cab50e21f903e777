//! Files, as Slack takes and gives them.

use serde_json::json;

use super::kit::Office;

#[tokio::test]
async fn a_file_comes_whole_before_it_is_shared() {
    let office = Office::new().await;
    let place = office
        .get("files.getUploadURLExternal", &[("filename", "board.png"), ("length", "4"), ("alt_txt", "The board")])
        .await;
    let (id, url) = (place["file_id"].clone(), place["upload_url"].as_str().expect("an address").to_owned());
    let complete = json!({"files": [{"id": id, "title": "Standings"}], "channel_id": office.daily.id});
    assert_eq!(office.call("files.completeUploadExternal", complete.clone()).await["error"], "file_update_failed");
    let upload = |bytes: &'static [u8]| reqwest::Client::new().post(&url).body(bytes);
    assert_eq!(office.send(upload(b"five!")).await.0, 400);
    office.slack.forgives("was said to have 4 bytes");
    assert_eq!(office.send(upload(b"four")).await, (200, json!("OK - 4")));
    assert_eq!(office.send(upload(b"four")).await.0, 404, "once only");
    let said = office.call("files.completeUploadExternal", complete.clone()).await;
    assert_eq!((&said["ok"], &said["files"][0]["title"]), (&json!(true), &json!("Standings")));
    assert_eq!(office.daily.shows(), "kcard: \n📎 Standings");
    assert_eq!(office.call("files.completeUploadExternal", complete).await["error"], "file_update_failed", "once only");

    let private = said["files"][0]["url_private"].as_str().expect("an address").to_owned();
    assert_eq!(office.downloads(&private, &office.slack.bot_token()).await, (200, "four".to_owned()));
    assert_eq!(office.downloads(&private, "xoxb-another").await.0, 403);
    assert_eq!(
        office.get("files.info", &[("file", id.as_str().expect("an id"))]).await["file"]["alt_txt"],
        "The board"
    );
    assert_eq!(office.get("files.info", &[("file", "F404")]).await["error"], "file_not_found");
}
