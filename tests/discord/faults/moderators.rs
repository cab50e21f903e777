//! What moderators do to questions.

use rstest::rstest;

use super::{log::Log, questions, reveals, shown, verified};
use crate::{deck::only, stage::Stage, standin::Channel};

#[rstest]
#[case::single(false)]
#[case::bulk(true)]
#[tokio::test]
async fn an_open_question_is_deleted(#[case] bulk: bool) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "3️⃣");
    stage.counts(&ana, Some("kube-scheduler")).await;
    let (one, other) = (ana.says(&stage.daily, "hm"), ana.says(&stage.daily, "hm"));
    if bulk {
        stage.team.owner().deletes_all(&[&one, &question, &other]);
    } else {
        stage.team.owner().deletes(&question);
    }
    let reveal = stage.lives("the reveal", async || reveals(&stage.daily).pop()).await;
    assert!(reveal.content().contains("**ana** 10 points"), "{}", reveal.content());
    assert_eq!(log.says("a question was deleted").len(), 1);
    let late = stage.discord.requests_to("PATCH /channels/*/messages/*").len();
    assert!(late <= 1, "what is gone is edited once at most");
    stage.until("2026-11-24 09:00").await;
    stage.lives("the next question", async || questions(&stage.daily).pop()).await;
    verified(&stage).await;
}

#[rstest]
#[case::all(None)]
#[case::one_emoji(Some("3️⃣"))]
#[tokio::test]
async fn reactions_are_cleared(#[case] emoji: Option<&str>) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let [ana, bo] = ["ana", "bo"].map(|name| stage.team.member(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    ana.reacts(&question, "3️⃣");
    bo.reacts(&question, "1️⃣");
    stage.counts(&ana, Some("kube-scheduler")).await;
    stage.counts(&bo, Some("etcd")).await;
    stage.team.owner().clears_reactions(&question, emoji);
    let left = emoji.map(|_| "etcd");
    let read = async || {
        let (one, other) = (shown(&stage, &ana).await, shown(&stage, &bo).await);
        (one.is_none() && other.as_deref() == left).then_some(())
    };
    stage.lives("what stands", read).await;
    ana.reacts(&question, "2️⃣");
    stage.counts(&ana, Some("kube-apiserver")).await;
}

/// The thread on a question is deleted while kcard hears nothing of it.
#[tokio::test]
async fn a_thread_is_deleted_meanwhile() {
    let stage = Stage::with(only(&["scheduler"]), |plan| kcard::quiz::schedule::Plan { thread: true, ..plan }).await;
    let log = Log::keeps();
    let [ana, bo] = ["ana", "bo"].map(|name| stage.team.member(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let thread = Channel::thread_of(&question).expect("a thread");
    bo.says(&thread, "etcd");
    stage.discord.all_heard().await;
    stage.discord.refuses_connections(true);
    stage.discord.drops_gateway(Some(4009));
    stage.discord.connected(0).await;
    ana.reacts(&question, "3️⃣");
    stage.team.deletes(&thread);
    stage.discord.refuses_connections(false);
    stage.lives("the answer", async || shown(&stage, &ana).await).await;
    assert_eq!(log.says("could not read back"), Vec::<String>::new());
}

/// The answer to a question's deletion: nothing asks for it again and again.
#[tokio::test]
async fn a_click_on_a_question_that_was_taken_back() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, root) = (stage.team.member("ana"), stage.team.admin("root"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let control = question.controls()[0].clone();
    root.commands(&stage.daily, "kquiz round cancel", &[]).message().await;
    stage.work().await;
    let heard = ana.clicks_late(&question, &control).reads().await;
    assert!(heard.contains("(to ana alone)"), "{heard}");
    verified(&stage).await;
}
