//! Discord fails, is away, or never answers.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use rstest::rstest;
use tokio_util::sync::CancellationToken;

use super::{log::Log, posts, questions, reveals, verified};
use crate::{
    deck::only,
    stage::{Stage, moment},
    standin::Fault,
};

#[rstest]
#[case(500)]
#[case(502)]
#[case(503)]
#[tokio::test]
async fn an_answer_of_5xx_delays_and_doubles_nothing(#[case] status: u16) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    let fails = |request: &str| stage.discord.fails(request, Fault::Status(status));
    fails("POST /channels/*/messages");
    fails("PUT /channels/*/messages/*/reactions/**");
    stage.until("2026-11-23 09:01").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;

    stage.dies().await;
    ana.reacts(&question, "3️⃣");
    fails("GET /channels/*/messages");
    fails("GET /channels/*/messages/*/reactions/*");
    stage.starts().await;
    stage.until("2026-11-23 09:05").await;
    stage.counts(&ana, Some("kube-scheduler")).await;

    fails("PATCH /channels/*/messages/*");
    fails("POST /channels/*/messages");
    stage.until("2026-11-24 09:01").await;
    assert_eq!((questions(&stage.daily).len(), reveals(&stage.daily).len()), (2, 1));
    assert_eq!((question.edits(), stage.discord.faults_left()), (1, 0));
    verified(&stage).await;
}

#[tokio::test]
async fn away_over_a_slot() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    stage.discord.is_away(true);
    stage.until("2026-11-23 09:00").await;
    stage.clock.set(moment("2026-11-23 09:30"));
    stage.work().await;
    assert_eq!(log.says("sending later").len(), 1, "{:#?}", log.says(""));
    stage.discord.is_away(false);
    stage.until("2026-11-23 09:31").await;
    assert_eq!(questions(&stage.daily).len(), 1);
}

#[tokio::test]
async fn away_at_the_start() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.plans(vec![stage.plan("daily", &stage.daily, "weekdays 09:00")]);
    stage.discord.is_away(true);
    stage.starts_unconnected().await;
    stage.work().await;
    stage.discord.is_away(false);
    stage.lives("a connection", async || (stage.discord.identifies() == 1).then_some(())).await;
    stage.until("2026-11-23 09:00").await;
    assert_eq!(questions(&stage.daily).len(), 1);
}

#[tokio::test]
async fn a_channel_that_hangs_holds_up_no_other() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let other = stage.team.channel("other");
    stage.plans(vec![stage.plan("a", &stage.daily, "daily 09:00"), stage.plan("b", &other, "daily 09:00")]);
    stage.starts().await;
    stage.discord.fails(&posts(&stage.daily), Fault::Hangs);
    stage.clock.advance(SignedDuration::from_hours(1));
    let (bot, stop) = (stage.bot(), CancellationToken::new());
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { bot.run(stop).await }
    });
    other.hears(1).await;
    assert_eq!(questions(&stage.daily).len(), 0);
    let ana = stage.team.member("ana");
    ana.clicks(&questions(&other)[0], "2. etcd").message().await;
    let told = Instant::now();
    stop.cancel();
    running.await.expect("it ends");
    assert!(told.elapsed() < Duration::from_secs(5), "a stop waits for no answer: {:?}", told.elapsed());

    // The next life finds nothing of it, and posts it.
    stage.dies().await;
    stage.starts().await;
    stage.until("2026-11-23 09:02").await;
    assert_eq!(questions(&stage.daily).len(), 1);
    verified(&stage).await;
}

/// Commands that Discord does not take now, or not at all, keep nobody from answering.
#[rstest]
#[case::refused(|| Fault::Refused(400, 50_035))]
#[case::forbidden(|| Fault::Refused(403, 50_001))]
#[case::refused_by_a_proxy(|| Fault::Status(403))]
#[case::limited_for_long(|| Fault::TooMany { after: Duration::from_hours(1), global: false })]
#[tokio::test]
async fn commands_that_cannot_be_written(#[case] fault: fn() -> Fault) {
    let stage = Stage::set(only(&["scheduler"])).await;
    let log = Log::keeps();
    let ana = stage.team.member("ana");
    stage.plans(vec![stage.plan("daily", &stage.daily, "weekdays 09:00")]);
    stage.discord.fails("PUT /applications/*/commands", fault());
    stage.starts().await;
    stage.until("2026-11-23 09:00").await;
    ana.reacts(&stage.question(&stage.daily), "3️⃣");
    stage.counts(&ana, Some("kube-scheduler")).await;
    assert_eq!(log.says("the commands could not be written").len(), 1, "{:#?}", log.says(""));
}

/// A gateway that cannot be asked for is asked for again.
#[rstest]
#[case("GET /gateway/bot")]
#[case("GET /gateway")]
#[case("GET /applications/*/commands")]
#[case("GET /applications/@me")]
#[tokio::test]
async fn a_start_with_one_failure(#[case] request: &str) {
    let stage = Stage::set(only(&["scheduler"])).await;
    (0..3).for_each(|_| stage.discord.fails(request, Fault::Status(503)));
    stage.starts_unconnected().await;
    stage.lives("a connection", async || (stage.discord.connections() == 1).then_some(())).await;
    let ana = stage.team.member("ana");
    ana.commands(&stage.daily, "kquiz mine", &[]).message().await;
}
