//! What a channel shows, in words.

use serde_json::json;

use super::kit::Town;

#[tokio::test]
async fn a_channel_reads_like_a_chat() {
    let town = Town::new().await;
    town.posts(json!({
        "content": "**Which component picks a node?**",
        "embeds": [{"title": "Level 1", "description": "One\ntwo", "fields": [{"name": "Deck", "value": "cluster"}], "footer": {"text": "q1"}}],
        "components": [{"type": 1, "components": [
            {"type": 2, "style": 1, "label": "etcd", "custom_id": "a:0", "emoji": {"name": "1️⃣"}},
            {"type": 2, "style": 1, "label": "kubelet", "custom_id": "a:1", "disabled": true},
        ]}],
    })).await;
    let (question, bo) = (town.daily.latest(), town.guild.member("bo"));
    town.ana.reacts(&question, "1️⃣");
    bo.reacts(&question, "1️⃣");
    bo.reacts(&question, "2️⃣");
    let reply = bo.replies(&question, "etcd");
    bo.edits(&reply, "kube-scheduler");
    town.posts(
        json!({"content": format!("It is in, {}.", bo.mention()), "message_reference": {"message_id": reply.id}}),
    )
    .await;
    bo.opens_thread(&question, "why?");
    town.guild.nicknames(&bo, "Bo the Great");
    insta::assert_snapshot!(town.daily.shows(), @"
    kcard: **Which component picks a node?**
    │ # Level 1
    │ One
    │ two
    │ Deck: cluster
    │ — q1
    [1️⃣ etcd] [x kubelet]
    1️⃣×2 2️⃣×1
    🧵 why?

    Bo the Great to kcard “**Which component picks a node?**” (edited): kube-scheduler

    kcard to Bo the Great “kube-scheduler”: It is in, @bo.
    ");
    bo.deletes(&reply);
    insta::assert_snapshot!(town.daily.latest().shows(), @"kcard to a deleted message: It is in, @bo.");
}
