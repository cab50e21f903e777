//! Answers that are typed: lists, words and commands, by replies and by the form.

use insta::assert_snapshot;
use kcard::quiz::{round::Feedback, schedule::Plan};

use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_list_by_replies_until_no_try_is_left() {
    let stage = Stage::daily(only(&["control-plane"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let first = ana.replies(&question, "etcd, scheduler");
    stage.signed(&first, "2️⃣").await;
    let second = ana.replies(&question, "etcd, kubelet");
    stage.signed(&second, "1️⃣").await;
    let third = ana.replies(&question, "etcd, scheduler, api server");
    stage.signed(&third, "0️⃣").await;
    let fourth = ana.replies(&question, "etcd, scheduler, api server, controller manager");
    stage.daily.hears(2).await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard: Name the components of the control plane.
    │ Level: 1 of 5
    │ Topic: architecture
    │ Closes: <t:1795507200:R>, <t:1795507200:f>
    │ How to answer: Reply with names separated by commas or press *Answer*. You have 3 tries, the best counts.
    │ — kcard · q1
    [Answer]

    ana to kcard “Name the components of the control plane”: etcd, scheduler
    📥×1 2️⃣×1

    ana to kcard “Name the components of the control plane”: etcd, kubelet
    📥×1 1️⃣×1

    ana to kcard “Name the components of the control plane”: etcd, scheduler, api server
    📥×1 0️⃣×1

    ana to kcard “Name the components of the control plane”: etcd, scheduler, api server, controller manager

    kcard to ana “etcd, scheduler, api server, controller ”: You have used all 3 tries. Your best one counts.
    ");
    assert!(fourth.reacted("📥").is_empty());
    stage.closes().await;
    assert_snapshot!(stage.daily.latest().shows(), @"
    kcard to kcard “Name the components of the control plane”: ✅ The whole list: **kube-apiserver**, **etcd**, **kube-scheduler** and **kube-controller-manager**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    1 player answered.
    ✅ **kube-apiserver** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    ✅ **etcd** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    ✅ **kube-scheduler** — 1 of 1, 100% ▰▰▰▰▰▰▰▰▰▰
    ✅ **kube-controller-manager** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱

    🏅 **ana** 8 points
    │ — kcard · r1
    [Dispute]
    ");
}

#[tokio::test]
async fn a_word_by_the_form() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    assert_snapshot!(question.shows(), @"
    kcard: What is the smallest unit that Kubernetes runs?
    │ Level: 1 of 5
    │ Topic: pods
    │ Closes: <t:1795507200:R>, <t:1795507200:f>
    │ How to answer: Reply with the answer or press *Answer*. You have 3 tries, the best counts.
    │ — kcard · q1
    [Answer]
    ");
    let form = ana.clicks(&question, "Answer").modal().await;
    assert_snapshot!(form.shows(), @"
    Your answer
    Your answer: [What the question asks for; several names with commas]
    ");
    assert_snapshot!(form.submits(&[("answer", "container")]).reads().await, @"kcard (to ana alone): It is in: `container`. 2 tries left; your best one counts.");
    assert_snapshot!(form.submits(&[("answer", "not a pod")]).reads().await, @"kcard (to ana alone): It is in: `not a pod`. 1 try left; your best one counts.");
    assert_snapshot!(form.submits(&[("answer", "```\n@everyone <@&1>\n```")]).reads().await, @"kcard (to ana alone): It is in: ```` ``` @everyone <@&1> ``` ````. That was your last try; your best one counts.");
    assert_snapshot!(form.submits(&[("answer", "a pod")]).reads().await, @"kcard (to ana alone): You have used all 3 tries. Your best one counts.");
    stage.closes().await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard (edited): What is the smallest unit that Kubernetes runs?

    ✅ **Pod** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱

    **Closed.** 1 player answered.
    │ Level: 1 of 5
    │ Topic: pods
    │ — kcard · q1

    kcard to kcard “What is the smallest unit that Kubernete”: ✅ The answer: **Pod**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    1 player answered.
    ✅ **Pod** — 0 of 1, 0% ▱▱▱▱▱▱▱▱▱▱

    Nobody scored this time. The next one is yours!
    │ — kcard · r1
    [Dispute]
    ");
}

#[tokio::test]
async fn a_command_by_reply_and_form() {
    let stage = Stage::daily(only(&["list-pods"])).await;
    let (ana, bo) = (stage.team.member("ana"), stage.team.member("bo"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let reply = ana.replies(&question, "`k get po -A`");
    stage.signed(&reply, "2️⃣").await;
    let form = bo.clicks(&question, "Answer").modal().await;
    assert_snapshot!(form.submits(&[("answer", "kubectl get pods")]).reads().await, @"kcard (to bo alone): It is in: `kubectl get pods`. 2 tries left; your best one counts.");
    stage.closes().await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard (edited): List the Pods of all namespaces.

    ✅ `kubectl get pods --all-namespaces` — 1 of 2, 50% ▰▰▰▰▰▱▱▱▱▱

    **Closed.** 2 players answered, 1 fully right.
    │ Level: 1 of 5
    │ Topic: tools
    │ — kcard · q1

    ana to kcard “List the Pods of all namespaces.”: `k get po -A`
    📥×1 2️⃣×1

    kcard to kcard “List the Pods of all namespaces.”: ✅ For example: `kubectl get pods --all-namespaces`

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>

    2 players answered, 1 fully right.
    ✅ `kubectl get pods --all-namespaces` — 1 of 2, 50% ▰▰▰▰▰▱▱▱▱▱

    🏅 **ana** 10 points
    │ — kcard · r1
    [Dispute]
    ");
}

/// A live quiz: everybody hears at once how an answer is marked, and never what is missing.
#[tokio::test]
async fn a_list_that_is_marked_at_once() {
    let live = |plan| Plan { feedback: Feedback::Instant, ..plan };
    let stage = Stage::with(only(&["control-plane"]), live).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let form = ana.clicks(&question, "Answer").modal().await;
    assert_snapshot!(form.submits(&[("answer", "etcd, scheduler")]).reads().await, @"kcard (to ana alone): 🟡 Partly right: 50%. It is in: `etcd, scheduler`. 2 tries left; your best one counts.");
    ana.replies(&question, "etcd");
    let said = stage.daily.hears(2).await;
    assert_snapshot!(said.shows(), @"kcard to ana “etcd”: 🟡 Partly right: 25%. It is in: `etcd`. 1 try left; your best one, `etcd, scheduler` with 50%, counts.");
    stage.discord.until("it to be taken away", |_| (!said.stands()).then_some(())).await;
}
