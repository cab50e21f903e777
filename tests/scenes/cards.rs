//! `/kcard`: a card on demand.

use kcard::chat::{Control, ControlId, Reply};

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
    reads!(ana.clicks(&ControlId::Run("kcard".into())).await.text, @"There is no card to show right now. Try again when the open rounds are closed.");
    assert_eq!(
        ana.types("/kquiz stats").await,
        "You have no closed round yet. Your figures begin with your first one."
    );
}

#[tokio::test]
async fn a_card_without_a_question_is_shown_and_never_asked() {
    let mut decks = only(&["scheduler"]);
    for card in decks.0.values_mut().flat_map(|deck| &mut deck.cards) {
        card.questions.clear();
    }
    let stage = Stage::playing(decks, vec![]).await;
    let ana = stage.player("ana");
    let card = ana.runs("/kcard").await;
    reads!(card.text, @"Which component picks a node for a new Pod?");
    let [Control::Button { id, .. }] = card.controls.as_slice() else { panic!("{:?}", card.controls) };
    reads!(ana.clicks(id).await.text, @"
    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>
    ");
    let refused = stage.player("root").admin().types("/kquiz ask").await;
    reads!(refused, @"There is no card to ask: none passes the filter and can be answered in an open way. Widen topic, exam, level or kinds, or open more ways.");
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
    let show = button(&ana.runs("/kcard").await, "Show the answer");
    stage.room().asks("scheduler").await;
    reads!(ana.clicks(&show).await.text, @"There is no card to show right now. Try again when the open rounds are closed.");
    stage.room().closes().await;
    assert!(ana.clicks(&show).await.text.contains("kube-scheduler"));
}

#[tokio::test]
async fn a_typed_card_by_form_and_a_public_one() {
    let stage = Stage::playing(only(&["smallest", "scheduler"]), vec![]).await;
    let ana = stage.player("ana");
    let card = ana.runs("/kcard topic:pods public").await;
    assert!(card.public);
    let form = button(&card, "Answer");
    let bo = stage.player("bo");
    assert!(
        bo.submits(form.clone(), fields(&[("answer", "a pod")])).await.starts_with("✅ Right!"),
        "all may answer it"
    );
    reads!(ana.submits(form.clone(), fields(&[("answer", "…")])).await, @"I could not read that as an answer. A word or a few are enough.");
    reads!(ana.submits(form.clone(), fields(&[("answer", "a pod")])).await, @"
    ✅ Right! Found: Pod.

    ✅ The answer: **Pod**

    So it is written.

    Source: <https://kubernetes.io/docs/concepts/>
    ");
    reads!(ana.types("/kcard topic:podz").await, @"There is no topic named `podz`. Did you mean **pods**?");
}

#[tokio::test]
async fn a_button_of_an_older_card_never_marks_a_newer_one() {
    let stage = Stage::playing(only(&["smallest", "scheduler"]), vec![]).await;
    let (ana, bo) = (stage.player("ana"), stage.player("bo"));
    let older = ana.runs("/kcard topic:pods public").await;
    bo.runs("/kcard topic:architecture").await;
    let shown = bo.clicks(&button(&older, "Show the answer")).await.text;
    assert!(shown.starts_with("✅ The answer: **Pod**"), "{shown}");
    ana.runs("/kcard topic:architecture").await;
    for (who, control) in [(&ana, "Answer"), (&bo, "Answer")] {
        reads!(who.submits(button(&older, control), fields(&[("answer", "a pod")])).await, @"That card is no longer up. `/kcard` shows a new one.");
    }
}

#[tokio::test]
async fn another_card_keeps_to_topic_and_deck() {
    let stage = Stage::bare().await;
    let ana = stage.player("ana");
    let mut card = ana.runs("/kcard topic:pods deck:cluster").await;
    for _ in 0..4 {
        let pods = ["What do the containers", "What is the smallest unit"];
        assert!(pods.iter().any(|ask| card.text.starts_with(ask)), "{}", card.text);
        let answer = ana.clicks(&button(&card, "Show the answer")).await;
        card = ana.clicks(&button(&answer, "Another card")).await;
    }
}

/// What pressing this means.
fn button(reply: &Reply, wanted: &str) -> ControlId {
    let found = reply.controls.iter().find_map(|control| match control {
        Control::Button { id, label } | Control::Form { id, label } if label == wanted => Some(id.clone()),
        _ => None,
    });
    found.expect("it has such a button")
}
