//! Refusals without a reason, as a proxy's, end nothing.

use rstest::rstest;

use super::{log::Log, posts, questions, reveals, verified};
use crate::{
    deck::only,
    stage::{Stage, moment},
    standin::Fault,
};

#[rstest]
#[tokio::test]
async fn of_a_question(#[values(403, 404, 408, 425, 451, 499)] status: u16) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    stage.discord.fails(&posts(&stage.daily), Fault::Status(status));
    stage.until("2026-11-23 09:05").await;
    assert_eq!((questions(&stage.daily).len(), stage.discord.faults_left()), (1, 0));
    assert_eq!(log.errors(), Vec::<String>::new());
}

/// The answers that were given while kcard was away are read all the same.
#[rstest]
#[tokio::test]
async fn of_the_reading_at_the_close(
    #[values(403, 404, 408)] status: u16,
    #[values("GET /channels/*/messages", "GET /channels/*/messages/*/reactions/*")] request: &str,
) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    ana.reacts(&question, "3️⃣");
    stage.discord.fails(request, Fault::Status(status));
    stage.clock.set(moment("2026-11-24 09:00"));
    stage.starts().await;
    stage.until("2026-11-24 09:03").await;
    let reveal = reveals(&stage.daily).pop().expect("a reveal").content();
    assert!(reveal.contains("**ana** 10 points"), "{reveal}");
    assert_eq!((log.errors(), stage.discord.faults_left()), (Vec::new(), 0));
    verified(&stage).await;
}

/// What Discord itself says is known at once.
#[tokio::test]
async fn with_a_reason() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    stage.discord.fails(&posts(&stage.daily), Fault::Refused(403, 50_013));
    stage.until("2026-11-23 09:05").await;
    assert_eq!(questions(&stage.daily).len(), 0);
    assert_eq!(log.says("ERROR gave up sending").len(), 1, "{:#?}", log.says(""));
}
