//! A day in a channel, as the people in it see it.

use insta::assert_snapshot;

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_day_in_a_channel() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, bo, cy) = (stage.team.member("ana"), stage.team.member("bo"), stage.team.member("cy"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard: Which component picks a node for a new Pod?

    1️⃣ etcd
    2️⃣ kube-apiserver
    3️⃣ kube-scheduler
    4️⃣ kubelet
    │ Level: 1 of 5
    │ Topic: architecture
    │ Closes: <t:1795507200:R>, <t:1795507200:f>
    │ How to answer: React with 1️⃣–4️⃣, reply with the number or press a button. You can change it until the close.
    │ — kcard · q1
    [1. etcd] [2. kube-apiserver] [3. kube-scheduler] [4. kubelet]
    1️⃣×1 2️⃣×1 3️⃣×1 4️⃣×1
    ");

    ana.reacts(&question, "3️⃣");
    stage.counts(&ana, Some("kube-scheduler")).await;
    let reply = bo.replies(&question, "etcd");
    stage.counts(&bo, Some("etcd")).await;
    stage.discord.until("a sign", |_| (!reply.reacted("📥").is_empty()).then_some(())).await;
    let click = cy.clicks(&question, "3. kube-scheduler");
    assert_snapshot!(click.reads().await, @"kcard (to cy alone): It is in: `kube-scheduler`. You can change it until the close.");

    stage.until("2026-11-24 09:00").await;
    stage.seeded(&stage.question(&stage.daily), 4).await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard (edited): Which component picks a node for a new Pod?

    1️⃣ etcd — 1 of 3, 33% ▰▰▰▱▱▱▱▱▱▱
    2️⃣ kube-apiserver — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱
    3️⃣ ✅ **kube-scheduler** — 2 of 3, 67% ▰▰▰▰▰▰▰▱▱▱
    4️⃣ kubelet — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱

    **Closed.** 3 players answered, 2 fully right.
    │ Level: 1 of 5
    │ Topic: architecture
    │ — kcard · q1
    1️⃣×1 2️⃣×1 3️⃣×2 4️⃣×1

    bo to kcard “Which component picks a node for a new P”: etcd
    📥×1

    kcard to kcard “Which component picks a node for a new P”: ✅ The answer: **kube-scheduler**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    3 players answered, 2 fully right.
    1️⃣ etcd — 1 of 3, 33% ▰▰▰▱▱▱▱▱▱▱
    2️⃣ kube-apiserver — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱
    3️⃣ ✅ **kube-scheduler** — 2 of 3, 67% ▰▰▰▰▰▰▰▱▱▱
    4️⃣ kubelet — 0 of 3, 0% ▱▱▱▱▱▱▱▱▱▱

    🏅 **ana** 10 points and **cy** 10 points
    │ — kcard · r1
    [Dispute]

    kcard: Which component picks a node for a new Pod?

    1️⃣ kube-apiserver
    2️⃣ kube-scheduler
    3️⃣ etcd
    4️⃣ kubelet
    │ Level: 1 of 5
    │ Topic: architecture
    │ Closes: <t:1795593600:R>, <t:1795593600:f>
    │ How to answer: React with 1️⃣–4️⃣, reply with the number or press a button. You can change it until the close.
    │ — kcard · q2
    [1. kube-apiserver] [2. kube-scheduler] [3. etcd] [4. kubelet]
    1️⃣×1 2️⃣×1 3️⃣×1 4️⃣×1
    ");
}
