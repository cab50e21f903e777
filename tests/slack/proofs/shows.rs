//! What a channel shows, in words.

use serde_json::{Value, json};

use super::kit::Office;

fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": text})
}

#[tokio::test]
async fn a_channel_reads_like_a_chat() {
    let office = Office::new().await;
    let hosts = office.slack.group("hosts", &[]).id;
    let option = |text: &str| json!({"text": plain(text), "value": text});
    office.posts(json!({"text": "Which component picks a node?", "blocks": [
        {"type": "header", "text": plain("Question")},
        {"type": "section", "text": {"type": "mrkdwn", "text": format!("*Which* &lt;one&gt; picks a node, <@{}>?", office.ana.id)},
         "fields": [plain("Level\n1 of 5")], "accessory": {"type": "overflow", "action_id": "o", "options": [option("Report")]}},
        {"type": "actions", "elements": [
            {"type": "button", "action_id": "a", "text": plain("1. etcd")},
            {"type": "static_select", "action_id": "b", "placeholder": plain("Pick one"), "options": [option("x")]},
            {"type": "checkboxes", "action_id": "c", "options": [option("volumes"), option("the image")]},
        ]},
        {"type": "divider"},
        {"type": "image", "image_url": "https://kubernetes.io/i.png", "alt_text": "A picture"},
        {"type": "context", "elements": [
            {"type": "mrkdwn", "text": "Closes <!date^1795507200^{time}|09:00 UTC>"}, plain("q1"),
        ]},
    ]})).await;
    let question = office.daily.latest();
    let bo = office.slack.person("bo");
    office.ana.reacts(&question, "one");
    bo.reacts(&question, "one");
    bo.reacts(&question, "two");
    let reply = bo.replies_in_thread(&question, "1 < 2 & @ana knows");
    bo.edits(&reply, "kube-scheduler");
    bo.replies_to_all(&question, "@kcard I know");
    office.posts(json!({"text": format!("<!subteam^{hosts}> see <https://kubernetes.io|the docs> in <#{}>", office.daily.id)})).await;
    insta::assert_snapshot!(office.daily.shows(), @"
    kcard:
    │ # Question
    │ *Which* <one> picks a node, @ana?
    │ Level: 1 of 5
    │ [⋮ · Report]
    │ [1. etcd] [Pick one ▾] ☐ volumes  ☐ the image
    │ ———
    │ 🖼 A picture
    │ (Closes 09:00 UTC · q1)
    :one:×2 :two:×1
      ↳ bo (edited): kube-scheduler
      ↳ bo (also in the channel): @kcard I know

    bo (also in the channel): @kcard I know

    kcard: @hosts see the docs (https://kubernetes.io) in #daily
    ");
}
