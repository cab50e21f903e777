//! `/kcard`: a card on demand.

use kcard::chat::{Control, ControlId};

use crate::stage::{Stage, fields, only};

#[tokio::test]
async fn a_card_on_demand_is_never_scored() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let ana = stage.player("ana");
    let card = ana.runs("/kcard").await;
    reads!(card.text, @"
    Which component picks a node for a new Pod?

    1️⃣ etcd  
    2️⃣ kube-apiserver  
    3️⃣ kube-scheduler  
    4️⃣ kubelet
    ");
    assert!(!card.public);
    let right = card.controls.iter().find_map(|control| match control {
        Control::Button { id, label } if label.ends_with("kube-scheduler") => Some(id.clone()),
        _ => None,
    });
    reads!(ana.clicks(&right.expect("it has a button")).await.text, @"
    ✅ Right! Found: kube-scheduler.

    ✅ The answer: **kube-scheduler**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>
    ");
    reads!(ana.clicks(&ControlId::CardNext).await.text, @"There is no card to show right now. Try again when the open rounds are closed.");
    assert_eq!(
        ana.types("/kquiz stats").await,
        "You have no closed round yet. Your figures begin with your first one."
    );
}

#[tokio::test]
async fn a_card_is_never_one_that_is_open_nor_the_one_just_shown() {
    let stage = Stage::playing(only(&["scheduler", "shared", "smallest"]), vec![]).await;
    let ana = stage.player("ana");
    stage.room().asks("scheduler").await;
    let mut last = String::new();
    for _ in 0..20 {
        let shown = ana.types("/kcard").await;
        assert!(!shown.contains("picks a node"), "{shown}");
        assert_ne!(shown, last);
        last = shown;
    }
    stage.room().closes().await;
    let mut again = Vec::new();
    for _ in 0..20 {
        again.push(ana.types("/kcard").await);
    }
    assert!(again.iter().any(|shown| shown.contains("picks a node")), "after the close it may come");
}

#[tokio::test]
async fn a_card_that_is_asked_meanwhile_keeps_its_answer() {
    let stage = Stage::playing(only(&["scheduler"]), vec![]).await;
    let ana = stage.player("ana");
    ana.types("/kcard").await;
    stage.room().asks("scheduler").await;
    reads!(ana.clicks(&ControlId::CardShow).await.text, @"There is no card to show right now. Try again when the open rounds are closed.");
    stage.room().closes().await;
    assert!(ana.clicks(&ControlId::CardShow).await.text.contains("kube-scheduler"));
}

#[tokio::test]
async fn a_typed_card_by_form_and_a_public_one() {
    let stage = Stage::playing(only(&["smallest", "scheduler"]), vec![]).await;
    let ana = stage.player("ana");
    let card = ana.runs("/kcard topic:pods public").await;
    assert!(card.public);
    reads!(ana.submits(ControlId::CardForm, fields(&[("answer", "…")])).await, @"I could not read that as an answer. A word or a few are enough.");
    reads!(ana.submits(ControlId::CardForm, fields(&[("answer", "a pod")])).await, @"
    ✅ Right! Found: Pod.

    ✅ The answer: **Pod**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>
    ");
    reads!(ana.types("/kcard topic:podz").await, @"There is no topic named `podz`. Did you mean **pods**?");
    reads!(stage.player("bo").clicks(&ControlId::CardShow).await.text, @"I do not know any more which card this was.");
}
