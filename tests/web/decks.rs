//! Decks that an admin adds in the room: by a file, by pasted text, and what is too large.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::kit::{Browser, Room};

const TEA: &str = "deck: tea\ntopic: brewing\ncards:\n  - id: green\n    level: 1\n    front: How hot is the water for <b>green</b> tea?\n    \
                   back: Not boiling.\n    sources: [https://example.org/]\n    questions:\n      - text:\n          accept: [80 degrees]\n";
/// [`TEA`] whose level is out of range, as base64.
const BROKEN: &str = "ZGVjazogdGVhCnRvcGljOiBicmV3aW5nCmNhcmRzOgogIC0gaWQ6IGdyZWVuCiAgICBsZXZlbDogOQogICAgZnJvbnQ6IEhvdyBob3Q/CiAgICBiYWNrOiBOby4K";

async fn admin(room: &Room) -> Browser {
    let admin = room.stranger();
    let opened = admin.client.get(room.web.admin_link()).send().await.expect("an answer");
    assert!(opened.status().is_redirection(), "{}", opened.status());
    let (status, me) = admin.joins("root").await;
    assert_eq!(status, 200, "{me}");
    admin
}

/// Fills in the form of a command.
fn filled(key: &str, command: &str, text: &str, file: Option<(&str, &str)>) -> Value {
    let file = file.map(|(name, content)| json!({ "name": name, "content": content }));
    json!({ "key": key, "channel": "daily-quiz", "control": format!("c:kquiz deck {command}"), "fields": { "text": text }, "file": file })
}

#[tokio::test]
async fn a_deck_is_added_by_the_room_s_form() {
    let room = Room::open().await;
    let (admin, ana) = (admin(&room).await, room.enters("ana").await);
    let form = &admin.says("k1", "/kquiz deck add").await["reply"]["form"];
    let fields: Vec<_> = form["fields"].as_array().expect("fields").iter().collect();
    assert_eq!(fields.iter().map(|field| &field["file"]).collect::<Vec<_>>(), [true, false], "{form}");
    assert_eq!(fields.iter().map(|field| &field["long"]).collect::<Vec<_>>(), [false, true], "{form}");

    let said = async |body| admin.does("/api/submit", body).await["reply"]["nodes"].to_string();
    let wrong = said(filled("k2", "add", "", Some(("tea.yaml", BROKEN)))).await;
    assert!(wrong.contains("line 5, column 12: 9 is out of range"), "{wrong}");
    let checked = said(filled("k3", "check", TEA, None)).await;
    assert!(checked.contains("is in order") && checked.contains("<b>green</b>"), "raw HTML is text: {checked}");
    let whole = "ZGVjazogdGVhCnRvcGljOiBicmV3aW5nCmNhcmRzOiBbXQo=";
    let empty = said(filled("k4", "add", TEA, Some(("tea.yaml", whole)))).await;
    assert!(empty.contains("this list is empty"), "the file counts, not the text: {empty}");
    let added = said(filled("k5", "add", TEA, None)).await;
    assert!(added.contains("is added, version 1"), "{added}");
    let again = said(filled("k5", "add", TEA, None)).await;
    assert_eq!(again, added, "sent twice, done once");

    let list = ana.says("k1", "/kquiz deck list").await.to_string();
    assert!(list.contains("version 1, added by web:root on"), "{list}");
    let refused = ana.does("/api/submit", filled("k2", "add", "", Some(("tea.yaml", BROKEN)))).await.to_string();
    assert!(refused.contains("That is for hosts and admins."), "{refused}");
    let offered = admin.get("/api/complete?line=/kquiz%20deck%20remove%20").await.to_string();
    assert!(offered.contains("/kquiz deck remove tea"), "{offered}");
    let removed = admin.says("k6", "/kquiz deck remove tea").await.to_string();
    assert!(removed.contains("is removed"), "{removed}");
}

#[tokio::test]
async fn what_is_too_large_or_came_broken_is_refused_in_words() {
    let room = Room::open().await;
    let admin = admin(&room).await;
    let file = |size: usize| "IyMj".repeat(size / 3);
    for (key, text, content, status, says) in [
        ("k1", String::new(), file(2_100_000), 413, "this file is too large: it may have at most 2 MB"),
        ("k2", "x".repeat(4_001), String::new(), 413, "this is too long: a message has at most 4000 characters"),
        ("k3", String::new(), "not base64!".into(), 400, "this file came broken; send it again"),
    ] {
        let (refused, answer) =
            admin.post("/api/submit", filled(key, "add", &text, Some(("tea.yaml", &content)))).await;
        assert_eq!((refused.as_u16(), answer["error"].as_str()), (status, Some(says)));
    }
    let (status, answer) =
        admin.post("/api/submit", filled("k4", "add", "", Some(("tea.yaml", &file(1_999_998))))).await;
    assert_eq!(status, 200, "as much as may be");
    assert!(answer.to_string().contains("there is nothing in this file"), "{answer}");
    let long = json!({ "key": "k5", "channel": "daily-quiz", "text": "short", "more": "x".repeat(70_000) });
    assert_eq!(admin.post("/api/say", long).await.0, 413, "elsewhere a body is small");
}

/// What a file is called is words about it: it is no path, and no part of an answer's head.
#[tokio::test]
async fn a_files_name_leads_nowhere() {
    let room = Room::open().await;
    let admin = admin(&room).await;
    let files = || {
        let around = [room.data.path().to_owned(), room.data.path().join("..")];
        let names = around
            .map(|path| std::fs::read_dir(path).expect("it can be read").map(|file| file.expect("a file").file_name()));
        names
            .into_iter()
            .flatten()
            .filter(|name| name.to_string_lossy().contains("kcard"))
            .collect::<std::collections::BTreeSet<_>>()
    };
    let (before, content) = (files(), STANDARD.encode(TEA));
    for (n, name) in [
        "../kcard.yaml",
        "/tmp/kcard.yaml",
        "..\\kcard.yaml",
        "kcard.yaml\0.sh",
        "a\r\nset-cookie: kcard=1.yaml",
        "%2e%2e%2fkcard.yml",
    ]
    .into_iter()
    .enumerate()
    {
        let body = filled(&format!("k{n}"), "add", "", Some((name, &content)));
        let answer = admin.request(reqwest::Method::POST, "/api/submit").json(&body).send().await.expect("an answer");
        assert!(answer.status().is_success() && !answer.headers().contains_key("set-cookie"), "{name:?}: {answer:?}");
        let said = answer.text().await.expect("words");
        assert!(said.contains("version") || said.contains("this is no deck file by its name"), "{name:?}: {said}");
    }
    assert_eq!(files(), before, "no file was made");
}
