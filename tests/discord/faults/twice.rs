//! Discord delivers every event twice.

use super::{label, questions, reveals, verified};
use crate::{deck::only, stage::Stage};

#[tokio::test]
async fn a_day_of_events_that_all_come_twice() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.discord.delivers_twice(true);
    stage.plans(vec![stage.plan("daily", &stage.daily, "weekdays 09:00")]);
    stage.starts().await;
    let [ana, bo, cy, dee] = ["ana", "bo", "cy", "dee"].map(|name| stage.team.member(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "1️⃣");
    ana.reacts(&question, "3️⃣");
    bo.reacts(&question, "2️⃣");
    stage.counts(&bo, Some("kube-apiserver")).await;
    bo.unreacts(&question, "2️⃣");
    let reply = cy.replies(&question, "kube-scheduler");
    let unreadable = dee.replies(&question, "no idea");
    dee.clicks(&question, &label(&question, "etcd")).message().await;
    stage.counts(&ana, Some("kube-scheduler")).await;
    stage.counts(&bo, None).await;
    stage.counts(&cy, Some("kube-scheduler")).await;
    stage.counts(&dee, Some("etcd")).await;
    stage.discord.until("a sign", |_| (!reply.reacted("📥").is_empty()).then_some(())).await;

    let next = stage.asks("scheduler").await;
    assert_eq!(questions(&stage.daily).len(), 2, "asked once");
    dee.replies(&next, "kube-scheduler");
    stage.counts(&dee, Some("kube-scheduler")).await;
    stage.closes().await;
    stage.until("2026-11-24 08:59").await;
    stage.team.owner().deletes(&question);
    stage.discord.all_heard().await;
    stage.until("2026-11-24 09:00").await;
    stage.lives("the next question", async || (questions(&stage.daily).len() == 2).then_some(())).await;

    let hints = stage.discord.requests_to(&super::posts(&stage.daily));
    let hints = hints.iter().filter(|made| made.body["message_reference"]["message_id"] == unreadable.id.to_string());
    assert_eq!(hints.count(), 1, "a hint is given once");
    assert_eq!((questions(&stage.daily).len(), reveals(&stage.daily).len()), (2, 2));
    let board = dee.commands(&stage.daily, "kquiz leaderboard", &[]).message().await.content();
    for line in ["ana — 10 points", "cy — 10 points", "dee — 10 points"] {
        assert!(board.contains(line), "{board}");
    }
    verified(&stage).await;
}
