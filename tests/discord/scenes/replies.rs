//! Answers by replies, with and without the intent that lets a bot read what people write.

use insta::assert_snapshot;
use rstest::rstest;

use crate::{deck::only, stage::Stage, standin::Pings};

#[rstest]
#[case("3", Some("kube-scheduler"))]
#[case("c", Some("kube-scheduler"))]
#[case("C)", Some("kube-scheduler"))]
#[case("the scheduler", None)]
#[case("Kube Scheduler!", Some("kube-scheduler"))]
#[tokio::test]
async fn by_number_letter_and_text(#[case] text: &str, #[case] counts: Option<&str>) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let reply = ana.replies(&question, text);
    if counts.is_some() {
        stage.signed(&reply, "📥").await;
    } else {
        let hint = stage.daily.hears(2).await;
        assert_eq!(
            hint.content(),
            "I could not read that as an answer. Send the number of one option, 1 to 4, or its text."
        );
        assert_eq!((hint.reply_to(), hint.pings()), (Some(reply.id), Pings::default()));
    }
    stage.counts(&ana, counts).await;
}

#[tokio::test]
async fn without_the_mention_and_without_the_intent() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let reply = ana.replies_quietly(&question, "3");
    let hint = stage.daily.hears(2).await;
    assert_snapshot!(hint.shows(), @"kcard to ana “3”: I see that you replied, and not what you wrote. Reply with the mention turned on (the @ ON beside your text), and I can read it.");
    assert_eq!(hint.pings(), Pings::default(), "it rings for nobody");
    stage.discord.until("the hint to be taken away", |_| (!hint.stands()).then_some(())).await;
    stage.counts(&ana, None).await;
    ana.replies(&question, "3");
    stage.counts(&ana, Some("kube-scheduler")).await;
    assert!(reply.reacted("📥").is_empty());
}

#[tokio::test]
async fn without_the_mention_and_with_the_intent() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.discord.with_message_content(true);
    stage.plans(vec![stage.plan("daily", &stage.daily, "weekdays 09:00")]);
    stage.starts().await;
    stage.until("2026-11-23 09:00").await;
    let (ana, question) = (stage.team.member("ana"), stage.question(&stage.daily));
    ana.says(&stage.daily, "3 is my lucky number");
    let reply = ana.replies_quietly(&question, "3");
    stage.signed(&reply, "📥").await;
    stage.counts(&ana, Some("kube-scheduler")).await;
    assert_eq!(stage.daily.of_bot().len(), 1, "nothing had to be said");
}

/// What somebody edits their reply to is their answer from then on, as if they had written it anew.
#[tokio::test]
async fn a_reply_that_is_edited() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, bo) = (stage.team.member("ana"), stage.team.member("bo"));
    stage.team.nicknames(&ana, "Ana of Ops");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let reply = ana.replies(&question, "1");
    stage.counts(&ana, Some("etcd")).await;
    stage.clock.advance(jiff::SignedDuration::from_mins(5));
    ana.edits(&reply, "3");
    stage.counts(&ana, Some("kube-scheduler")).await;
    let talk = bo.replies(&reply, "4");
    bo.edits(&talk, "2");
    stage.discord.all_heard().await;
    stage.counts(&bo, None).await;
    stage.closes().await;
    assert!(stage.daily.latest().content().contains("**Ana of Ops** 10 points"), "{}", stage.daily.shows());

    stage.clock.advance(jiff::SignedDuration::from_mins(5));
    ana.edits(&reply, "1");
    stage.discord.all_heard().await;
    assert_eq!(stage.store.verify().await.expect("the store answers"), []);
    let stats = ana.commands(&stage.daily, "kquiz stats", &[]).message().await.content();
    assert!(stats.contains("10 points from 1 round"), "{stats}");
}

#[tokio::test]
async fn a_typed_reply_that_is_edited_is_another_try() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let reply = ana.replies(&question, "container");
    stage.signed(&reply, "2️⃣").await;
    stage.clock.advance(jiff::SignedDuration::from_mins(1));
    ana.edits(&reply, "a pod");
    stage.signed(&reply, "1️⃣").await;
    assert!(reply.reacted("2️⃣").is_empty(), "{}", reply.shows());
    stage.counts(&ana, Some("a pod")).await;
}

#[tokio::test]
async fn to_whom_it_is_not_meant() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (ana, robot) = (stage.team.member("ana"), stage.team.another_bot("robot"));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let reply = robot.replies(&question, "3");
    let chat = ana.says(&stage.daily, "Who knows?");
    ana.replies(&chat, "3");
    ana.says(&stage.daily, "3");
    robot.replies(&reply, "1");
    let answer = ana.replies(&question, "4");
    stage.signed(&answer, "📥").await;
    stage.counts(&robot, None).await;
    stage.counts(&ana, Some("kubelet")).await;
    assert_eq!(stage.daily.of_bot().len(), 1, "nothing had to be said");
}
