//! A role that a schedule calls.

use insta::assert_snapshot;
use serde_json::json;

use crate::{deck::only, stage::Stage, standin::Pings};

#[tokio::test]
async fn only_that_role_rings_and_only_for_the_question() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.starts().await;
    let (host, ana) = (stage.team.admin("root"), stage.team.member("ana"));
    let role = stage.team.role("quizzers", 0);
    stage.team.mentionable(role, true);
    let add = |who: serde_json::Value| [("name", json!("daily")), ("at", json!("daily 09:00")), ("mention", who)];
    let person = host.tries(&stage.daily, "kquiz schedule add", &add(json!(ana.id)));
    assert!(person.is_err_and(|why| why.contains("`mention` takes a value of type 8")), "people cannot be picked");
    let added = host.commands(&stage.daily, "kquiz schedule add", &add(json!(role))).message().await;
    assert_snapshot!(added.shows(), @"
    kcard (to root alone): Schedule added.

    **daily** — `daily 09:00` from deck cluster in #daily
    Social, or contest in a season, each open until the next, at most 24 h, mentions @quizzers
    Next: Mon 23 Nov 2026, 09:00 (Europe/Berlin)

    Ask one now?
    [Ask one now]
    ");
    assert_eq!(added.pings(), Pings::default());
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    assert_eq!(question.pings(), Pings { roles: vec![role], ..Pings::default() });
    stage.seeded(&question, 4).await;
    assert_snapshot!(question.shows(), @"
    kcard: Which component picks a node for a new Pod?

    1️⃣ etcd
    2️⃣ kube-apiserver
    3️⃣ kube-scheduler
    4️⃣ kubelet
    @quizzers
    │ Level: 1 of 5
    │ Topic: architecture
    │ Closes: <t:1795507200:R>, <t:1795507200:f>
    │ How to answer: React with 1️⃣–4️⃣, reply with the number or press a button. You can change it until the close.
    │ — kcard · q1
    [1. etcd] [2. kube-apiserver] [3. kube-scheduler] [4. kubelet]
    1️⃣×1 2️⃣×1 3️⃣×1 4️⃣×1
    ");
    stage.closes_now().await;
    assert_snapshot!(question.shows().lines().next().unwrap_or_default(), @"kcard (edited): Which component picks a node for a new Pod?");
    assert_eq!(stage.daily.latest().pings(), Pings::default());
}
