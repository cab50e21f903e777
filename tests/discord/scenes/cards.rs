//! `/kcard`: a card on demand.

use insta::assert_snapshot;
use serde_json::json;

use crate::{
    deck::{decks, only},
    stage::Stage,
};

#[tokio::test]
async fn a_card_alone_and_another_in_its_place() {
    let stage = Stage::daily(only(&["scheduler", "smallest"])).await;
    let ana = stage.team.member("ana");
    let first = ana.commands(&stage.daily, "kcard", &[("topic", json!("architecture"))]);
    let card = first.message().await;
    assert_snapshot!(card.shows(), @"
    kcard (to ana alone): Which component picks a node for a new Pod?

    1️⃣ kube-apiserver
    2️⃣ kubelet
    3️⃣ kube-scheduler
    4️⃣ etcd
    [1. kube-apiserver] [2. kubelet] [3. kube-scheduler] [4. etcd] [Show the answer]
    ");
    assert!(card.is_ephemeral());
    let answer = ana.clicks(&card, "4. etcd").message().await;
    assert_snapshot!(answer.shows(), @"
    kcard (to ana alone): ❌ Not this time. Missing: kube-scheduler. Wrong: etcd.

    ✅ The answer: **kube-scheduler**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>
    [Another card]
    ");
    let other = ana.commands(&stage.daily, "kcard", &[("topic", json!("pods"))]).message().await;
    assert_snapshot!(ana.clicks(&other, "Show the answer").reads().await, @"
    kcard (to ana alone): ✅ The answer: **Pod**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>
    [Another card]
    ");
    let next = ana.clicks(&answer, "Another card").message().await;
    assert_eq!(next.id, answer.id, "it takes the place of the answer");
    assert_snapshot!(next.shows(), @"
    kcard (to ana alone) (edited): Which component picks a node for a new Pod?

    1️⃣ kube-apiserver
    2️⃣ kube-scheduler
    3️⃣ etcd
    4️⃣ kubelet
    [1. kube-apiserver] [2. kube-scheduler] [3. etcd] [4. kubelet] [Show the answer]
    ");
    assert!(stage.daily.messages().is_empty(), "nobody else sees anything");
}

#[tokio::test]
async fn by_topic_with_a_form_and_a_menu() {
    let stage = Stage::daily(decks()).await;
    let ana = stage.team.member("ana");
    let card = ana.commands(&stage.daily, "kcard", &[("topic", json!("tools"))]).message().await;
    let form = ana.clicks(&card, "Answer").modal().await;
    assert_snapshot!(form.submits(&[("answer", "kubectl get pods")]).reads().await, @"
    kcard (to ana alone): ❌ Not this time. Missing: kubectl get pods --all-namespaces.

    ✅ For example: `kubectl get pods --all-namespaces`

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>
    [Another card]
    ");
    assert_snapshot!(ana.commands(&stage.daily, "kcard", &[("topic", json!("tool"))]).reads().await, @"kcard (to ana alone): There is no topic named `tool`. Did you mean **tools**?");
    let menu = loop {
        let card = ana.commands(&stage.daily, "kcard", &[("topic", json!("pods"))]).message().await;
        if card.content().contains("share") {
            break card;
        }
    };
    assert_snapshot!(menu.shows(), @"
    kcard (to ana alone): What do the containers of a Pod share?

    1️⃣ the file system
    2️⃣ the network
    3️⃣ the image
    4️⃣ volumes
    {Pick all right ones: 1. the file system | 2. the network | 3. the image | 4. volumes}
    [Show the answer]
    ");
    let picked = ana.picks(&menu, "Pick all right ones", &["1", "2", "3", "4"]);
    assert_snapshot!(picked.reads().await, @"
    kcard (to ana alone): ❌ Not this time. Found: the network and volumes. Wrong: the file system and the image.

    ✅ All right ones: **the network** and **volumes**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>
    [Another card]
    ");
    let gone = ana.clicks(&card, "Show the answer");
    assert_snapshot!(gone.reads().await, @"
    kcard (to ana alone): That card is no longer up. `/kcard` shows a new one.
    [Another card]
    ");
}

#[tokio::test]
async fn for_all_to_see() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, bo) = (stage.team.member("ana"), stage.team.member("bo"));
    let card = ana.commands(&stage.daily, "kcard", &[("public", json!(true))]).message().await;
    assert_snapshot!(stage.daily.shows(), @"
    kcard: Which component picks a node for a new Pod?

    1️⃣ etcd
    2️⃣ kubelet
    3️⃣ kube-scheduler
    4️⃣ kube-apiserver
    [1. etcd] [2. kubelet] [3. kube-scheduler] [4. kube-apiserver] [Show the answer]
    ");
    assert!(!card.is_ephemeral());
    let answer = bo.clicks(&card, "3. kube-scheduler").message().await;
    assert!(answer.is_ephemeral(), "bo reads it alone");
    assert_snapshot!(answer.shows(), @"
    kcard (to bo alone): ✅ Right! Found: kube-scheduler.

    ✅ The answer: **kube-scheduler**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>
    [Another card]
    ");
    assert!(ana.can_click(&card, "Show the answer"), "the card stays for all");
    let another = bo.clicks(&answer, "Another card").message().await;
    assert!(another.is_ephemeral());
    assert_snapshot!(another.shows(), @"
    kcard (to bo alone) (edited): Which component picks a node for a new Pod?

    1️⃣ kubelet
    2️⃣ kube-scheduler
    3️⃣ kube-apiserver
    4️⃣ etcd
    [1. kubelet] [2. kube-scheduler] [3. kube-apiserver] [4. etcd] [Show the answer]
    ");
}

#[tokio::test]
async fn never_the_card_that_is_open() {
    let stage = Stage::daily(only(&["scheduler", "smallest"])).await;
    let ana = stage.team.member("ana");
    stage.asks("scheduler").await;
    let asked = ana.commands(&stage.daily, "kcard", &[("topic", json!("architecture"))]);
    assert_snapshot!(asked.reads().await, @"kcard (to ana alone): There is no card on `architecture` to show right now. Try another topic.");
    assert!(ana.commands(&stage.daily, "kcard", &[]).reads().await.contains("smallest unit"));
    stage.closes().await;
    let asked = ana.commands(&stage.daily, "kcard", &[("topic", json!("architecture"))]);
    assert!(asked.reads().await.contains("picks a node"));
}
