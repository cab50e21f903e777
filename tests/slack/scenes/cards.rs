//! Cards on demand.

use insta::assert_snapshot;

use super::button;
use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_card_alone_and_its_answer() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    let card = ana.slash(&stage.daily, "/kcard", "").message().await;
    assert!(card.is_ephemeral());
    assert_snapshot!(card.shows(), @"
    kcard (to ana alone):
    │ Which component picks a node for a new Pod?
    │ 
    │ 1️⃣ kube-apiserver
    │ 2️⃣ kubelet
    │ 3️⃣ etcd
    │ 4️⃣ kube-scheduler
    │ [1. kube-apiserver] [2. kubelet] [3. etcd] [4. kube-scheduler] [Show the answer]
    ");
    let answer = ana.clicks(&card, &button(&card, "kube-scheduler")).reads().await;
    assert!(answer.contains("Right"), "{answer}");
    assert_eq!(stage.daily.messages().len(), 0);
}

#[tokio::test]
async fn a_card_for_all() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    let card = ana.slash(&stage.daily, "/kcard", "public").message().await;
    assert!(!card.is_ephemeral(), "{}", card.shows());
}

#[tokio::test]
async fn no_card_that_is_open() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let said = ana.slash(&stage.daily, "/kcard", "").reads().await;
    assert!(!said.contains("Which component picks a node"), "{said}");
}
