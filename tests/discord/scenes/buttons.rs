//! Answers by buttons and menus.

use insta::assert_snapshot;

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_button_and_another() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let first = ana.clicks(&question, "1. etcd");
    assert_snapshot!(first.reads().await, @"kcard (to ana alone): It is in: `etcd`. You can change it until the close.");
    assert!(first.first().await.ephemeral);
    assert_snapshot!(ana.clicks(&question, "3. kube-scheduler").reads().await, @"kcard (to ana alone): It is in: `kube-scheduler`. You can change it until the close.");
    stage.counts(&ana, Some("kube-scheduler")).await;
    assert_eq!(stage.daily.messages().len(), 1, "nobody else sees anything");
}

#[tokio::test]
async fn a_menu_where_several_are_right() {
    let stage = Stage::daily(only(&["shared"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    assert_snapshot!(question.shows(), @"
    kcard: What do the containers of a Pod share?

    1️⃣ volumes
    2️⃣ the image
    3️⃣ the network
    4️⃣ the file system
    │ Level: 1 of 5
    │ Topic: pods
    │ Closes: <t:1795507200:R>, <t:1795507200:f>
    │ How to answer: React with all right ones of 1️⃣–4️⃣, reply with all right numbers or pick from the menu. You can change it until the close.
    │ — kcard · q1
    {Pick all right ones: 1. volumes | 2. the image | 3. the network | 4. the file system}
    1️⃣×1 2️⃣×1 3️⃣×1 4️⃣×1
    ");
    let picks = ana.picks(&question, "Pick all right ones", &["1", "2"]);
    assert_snapshot!(picks.reads().await, @"kcard (to ana alone): It is in: `volumes, the image`. You can change your picks until the close.");
    assert_snapshot!(ana.picks(&question, "Pick all right ones", &["4"]).reads().await, @"kcard (to ana alone): It is in: `the file system`. You can change your picks until the close.");
    stage.closes().await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard (edited): What do the containers of a Pod share?

    1️⃣ ✅ **volumes** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    2️⃣ the image — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    3️⃣ ✅ **the network** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    4️⃣ the file system — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰

    **Closed.** 1 player answered.
    │ Level: 1 of 5
    │ Topic: pods
    │ — kcard · q1
    1️⃣×1 2️⃣×1 3️⃣×1 4️⃣×1

    kcard to kcard “What do the containers of a Pod share?”: ✅ All right ones: **volumes** and **the network**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    1 player answered.
    1️⃣ ✅ **volumes** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    2️⃣ the image — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    3️⃣ ✅ **the network** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    4️⃣ the file system — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰

    Nobody scored this time. The next one is yours!
    │ — kcard · r1
    [Dispute]
    ");
}

/// Gateways deliver events twice now and then; the second says nothing and does nothing.
#[tokio::test]
async fn a_click_that_is_delivered_twice() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.discord.delivers_twice(true);
    let form = ana.clicks(&question, "Answer").modal().await;
    assert_snapshot!(form.submits(&[("answer", "container")]).reads().await, @"kcard (to ana alone): It is in: `container`. 2 tries left; your best one counts.");
    let reply = ana.replies(&question, "node");
    stage.signed(&reply, "1️⃣").await;
}
