//! A thread on a question, for schedules that open one.

use insta::assert_snapshot;
use kcard::quiz::schedule::Plan;

use crate::{
    deck::only,
    stage::Stage,
    standin::{Channel, Msg},
};

/// A schedule that opens threads, and its first question with its thread.
async fn asked(content: bool) -> (Stage, Msg, Channel) {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.discord.with_message_content(content);
    stage.plans(vec![Plan { thread: true, ..stage.plan("daily", &stage.daily, "weekdays 09:00") }]);
    stage.starts().await;
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    let thread = stage.discord.until("a thread", |_| Channel::thread_of(&question)).await;
    (stage, question, thread)
}

#[tokio::test]
async fn what_is_written_in_it_answers_and_chat_is_hinted_at_once() {
    let (stage, question, thread) = asked(true).await;
    let (ana, bo) = (stage.team.member("ana"), stage.team.member("bo"));
    assert_snapshot!(question.shows(), @"
    kcard: Which component picks a node for a new Pod?

    1️⃣ etcd
    2️⃣ kube-apiserver
    3️⃣ kube-scheduler
    4️⃣ kubelet
    │ Level: 1 of 5
    │ Topic: architecture
    │ Closes: <t:1795507200:R>, <t:1795507200:f>
    │ How to answer: React with 1️⃣–4️⃣, reply with the number or press a button. You can change it until the close. You may write it in the thread too.
    │ — kcard · q1
    [1. etcd] [2. kube-apiserver] [3. kube-scheduler] [4. kubelet]
    1️⃣×1 2️⃣×1 3️⃣×1 4️⃣×1
    🧵 Which component picks a node for a new Pod?
    ");
    bo.says(&thread, "Hm, that is a hard one");
    let hint = thread.hears(1).await;
    assert_snapshot!(hint.shows(), @"kcard to bo “Hm, that is a hard one”: I could not read that as an answer. Send the number of one option, 1 to 4, or its text.");
    stage.discord.until("the hint to be taken away", |_| (!hint.stands()).then_some(())).await;
    bo.says(&thread, "Let me think");
    let answer = bo.says(&thread, "kubelet");
    stage.signed(&answer, "📥").await;
    stage.counts(&bo, Some("kubelet")).await;
    let answer = ana.says(&thread, "3");
    stage.signed(&answer, "📥").await;
    assert!(thread.of_bot().is_empty(), "each is told once");
    let round = ana.commands(&thread, "kquiz round show", &[]);
    assert_snapshot!(round.reads().await, @"
    kcard (to ana alone): Which component picks a node for a new Pod?

    Round 1 is open, closes in 1 d. 2 players answered so far.
    ");

    stage.closes().await;
    let late = bo.says(&thread, "3");
    ana.says(&thread, "It was the scheduler, wasn't it?");
    let reply = bo.replies(&late, "3");
    stage.discord.all_heard().await;
    bo.commands(&thread, "kquiz mine", &[]).message().await;
    assert!(thread.of_bot().is_empty() && late.reacted("📥").is_empty() && reply.reacted("📥").is_empty());
    stage.counts(&bo, Some("kubelet")).await;
}

#[tokio::test]
async fn without_the_intent_a_message_in_it_mentions_kcard() {
    let (stage, _, thread) = asked(false).await;
    let ana = stage.team.member("ana");
    ana.says(&thread, "3");
    let hint = thread.hears(1).await;
    assert_snapshot!(hint.shows(), @"kcard to ana “3”: I see that you wrote something here, and not what. If it is your answer, write it with my name before it, @kcard, and I can read it.");
    stage.discord.until("the hint to be taken away", |_| (!hint.stands()).then_some(())).await;
    ana.says(&thread, "4");
    let answer = ana.says(&thread, &format!("<@{}> 3", stage.discord.bot()));
    stage.signed(&answer, "📥").await;
    stage.counts(&ana, Some("kube-scheduler")).await;
    assert!(thread.of_bot().is_empty(), "each is told once");
}

/// People may talk about a question in a thread of their own; that is nobody's answer, also when kcard reads back what it missed.
#[tokio::test]
async fn a_thread_that_somebody_else_opened_is_only_talk() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.discord.with_message_content(true);
    stage.plans(vec![stage.plan("daily", &stage.daily, "weekdays 09:00")]);
    stage.starts().await;
    stage.until("2026-11-23 09:00").await;
    let (ana, question) = (stage.team.member("ana"), stage.question(&stage.daily));
    let thread = ana.opens_thread(&question, "Who knows?");
    ana.says(&thread, "3");
    stage.dies().await;
    ana.says(&thread, "1");
    let reply = stage.team.member("bo").replies(&question, "2");
    stage.starts().await;
    stage.work().await;
    stage.counts(&stage.team.member("bo"), Some("kube-apiserver")).await;
    stage.counts(&ana, None).await;
    assert!(thread.of_bot().is_empty() && reply.stands());
}

/// A typed answer has tries, and people talk in a thread: only what is said to kcard uses one up.
#[tokio::test]
async fn talk_in_it_uses_up_no_try() {
    let stage = Stage::set(only(&["smallest"])).await;
    stage.discord.with_message_content(true);
    stage.plans(vec![Plan { thread: true, ..stage.plan("daily", &stage.daily, "weekdays 09:00") }]);
    stage.starts().await;
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    assert!(question.shows().contains("in the thread too, with my name before it."), "{}", question.shows());
    let (ana, thread) = (stage.team.member("ana"), Channel::thread_of(&question).expect("a thread"));
    ana.says(&thread, "good morning all");
    let hint = thread.hears(1).await;
    assert_snapshot!(hint.shows(), @"kcard to ana “good morning all”: If that is your answer, write it with my name before it, or reply to the question: what else is said here uses up no try.");
    stage.discord.until("the hint to be taken away", |_| (!hint.stands()).then_some(())).await;
    ana.says(&thread, "that was a hard week");
    stage.discord.all_heard().await;
    stage.dies().await;
    ana.says(&thread, "anyone up for lunch?");
    stage.starts().await;
    stage.work().await;
    stage.counts(&ana, None).await;
    let answer = ana.says(&thread, &format!("<@{}> pod", stage.discord.bot()));
    stage.signed(&answer, "2️⃣").await;
    stage.counts(&ana, Some("pod")).await;
    assert!(thread.of_bot().is_empty(), "each is told once");
}
