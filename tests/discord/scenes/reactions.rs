//! Answers by reactions.

use insta::assert_snapshot;

use crate::{deck::only, stage::Stage};

/// What is not a number of an option, or not on the question, or a bot's: nothing.
#[tokio::test]
async fn what_is_no_answer_is_left_alone() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, robot) = (stage.team.member("ana"), stage.team.another_bot("robot"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    let chat = ana.says(&stage.daily, "Good morning! 3 coffees, please.");
    ana.reacts(&chat, "3️⃣");
    ana.reacts(&question, "👍");
    ana.reacts(&question, "🔟");
    ana.reacts(&question, "2️⃣");
    robot.reacts(&question, "3️⃣");
    stage.counts(&ana, Some("kube-apiserver")).await;
    stage.closes().await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard (edited): Which component picks a node for a new Pod?

    1️⃣ etcd — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    2️⃣ kube-apiserver — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    3️⃣ ✅ **kube-scheduler** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    4️⃣ kubelet — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱

    **Closed.** 1 player answered.
    │ Level: 1 of 5
    │ Topic: architecture
    │ — kcard · q1
    1️⃣×1 2️⃣×2 3️⃣×2 4️⃣×1 👍×1 🔟×1

    ana: Good morning! 3 coffees, please.
    3️⃣×1

    kcard to kcard “Which component picks a node for a new P”: ✅ The answer: **kube-scheduler**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    1 player answered.
    1️⃣ etcd — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    2️⃣ kube-apiserver — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    3️⃣ ✅ **kube-scheduler** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱
    4️⃣ kubelet — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱

    Nobody scored this time. The next one is yours!
    │ — kcard · r1
    [Dispute]
    ");
}

#[tokio::test]
async fn a_number_that_no_option_has() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    ana.reacts(&question, "3️⃣");
    ana.reacts(&question, "7️⃣");
    ana.unreacts(&question, "7️⃣");
    stage.counts(&ana, Some("kube-scheduler")).await;
    let hint = stage.daily.hears(2).await;
    assert_snapshot!(hint.shows(), @"kcard: ana: I could not read that as an answer. Send the number of one option, 1 to 4, or its text.");
    stage.discord.until("the hint to be taken away", |_| (!hint.stands()).then_some(())).await;
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
    1️⃣×1 2️⃣×1 3️⃣×2 4️⃣×1
    ");
}

/// Two people, two ways each: the last one counts, whichever it was.
#[tokio::test]
async fn two_ways_mixed() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, bo) = (stage.team.member("ana"), stage.team.member("bo"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "1️⃣");
    stage.counts(&ana, Some("etcd")).await;
    assert_snapshot!(ana.clicks(&question, "3. kube-scheduler").reads().await, @"kcard (to ana alone): It is in: `kube-scheduler`. You can change it until the close.");
    stage.counts(&ana, Some("kube-scheduler")).await;
    bo.replies(&question, "3");
    stage.counts(&bo, Some("kube-scheduler")).await;
    bo.reacts(&question, "2️⃣");
    stage.counts(&bo, Some("kube-apiserver")).await;
    bo.unreacts(&question, "2️⃣");
    stage.counts(&bo, Some("kube-scheduler")).await;
    // Ana's first reaction still stands under the question; taking it away takes nothing else back.
    ana.unreacts(&question, "1️⃣");
    let mine = ana.commands(&stage.daily, "kquiz mine", &[]).reads().await;
    assert_snapshot!(mine.replace(&stage.link(&question), "LINK"), @"
    kcard (to ana alone): Which component picks a node for a new Pod? (#daily, [go there](LINK))
    Your answer: `kube-scheduler`, closes in 1 d
    ");
}
