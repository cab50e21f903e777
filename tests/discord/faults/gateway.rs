//! The gateway breaks off in every way there is: what people did meanwhile counts once, and kcard hears again afterwards.

use std::time::Duration;

use rstest::rstest;

use super::{label, shown, verified};
use crate::{
    deck::only,
    stage::Stage,
    standin::{Discord, Member},
};

/// The bot's client library waits so long before it says anew who it is.
const PATIENCE: Duration = Duration::from_secs(25);

#[rstest]
#[case::unknown_error(|discord: &Discord| discord.drops_gateway(Some(4000)), 1)]
#[case::session_timed_out(|discord: &Discord| discord.drops_gateway(Some(4009)), 2)]
#[case::going_away(|discord: &Discord| discord.drops_gateway(Some(1001)), 2)]
#[case::without_a_code(|discord: &Discord| discord.drops_gateway(None), 2)]
#[case::cut(Discord::cuts_gateway, 2)]
#[case::asked_to_reconnect(Discord::asks_to_reconnect, 1)]
#[case::invalid_and_resumable(|discord: &Discord| discord.invalidates_sessions(true), 2)]
#[case::invalid(|discord: &Discord| discord.invalidates_sessions(false), 2)]
#[case::a_resume_refused(|discord: &Discord| { discord.refuses_resume(); discord.drops_gateway(Some(4000)); }, 2)]
#[tokio::test]
async fn what_people_did_meanwhile_counts_once(#[case] breaks: fn(&Discord), #[case] identifies: usize) {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.discord.heartbeat_interval(Duration::from_millis(500));
    stage.plans(vec![stage.plan("daily", &stage.daily, "weekdays 09:00")]);
    stage.starts().await;
    let [ana, bo, cy, dee] = ["ana", "bo", "cy", "dee"].map(|name| stage.team.member(name));
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    ana.reacts(&question, "1️⃣");
    bo.reacts(&question, "3️⃣");
    stage.counts(&ana, Some("etcd")).await;
    stage.counts(&bo, Some("kube-scheduler")).await;

    stage.discord.refuses_connections(true);
    breaks(&stage.discord);
    ana.unreacts(&question, "1️⃣");
    ana.reacts(&question, "3️⃣");
    bo.unreacts(&question, "3️⃣");
    cy.replies(&question, "kube-scheduler");
    dee.reacts(&question, "2️⃣");
    stage.discord.refuses_connections(false);

    let all =
        [(&ana, Some("kube-scheduler")), (&bo, None), (&cy, Some("kube-scheduler")), (&dee, Some("kube-apiserver"))];
    stage.lives("all answers", async || all_count(&stage, &all).await.then_some(())).await;
    stage.discord.within(PATIENCE, "a connection", |discord| (discord.connections() == 1).then_some(())).await;
    clicks_until_heard(&stage, &stage.team.member("eve")).await;
    stage.closes().await;
    verified(&stage).await;
    let reveal = stage.daily.latest().content();
    assert!(reveal.contains("4 players answered, 3 fully right."), "{reveal}");
    assert!(stage.discord.identifies() <= identifies, "{} IDENTIFYs", stage.discord.identifies());
}

async fn all_count(stage: &Stage, all: &[(&Member, Option<&str>)]) -> bool {
    for (person, answer) in all {
        if shown(stage, person).await.as_deref() != *answer {
            return false;
        }
    }
    true
}

/// A click right after a reconnect may be lost with its connection: Discord says so to who clicked, who clicks again.
async fn clicks_until_heard(stage: &Stage, person: &Member) {
    let question = stage.question(&stage.daily);
    let heard = stage.lives("a click", async || {
        let ask = person.clicks(&question, &label(&question, "kube-scheduler"));
        tokio::time::timeout(Duration::from_secs(1), ask.message()).await.ok()
    });
    let heard = heard.await.shows();
    assert!(heard.contains("It is in"), "{heard}");
}

#[tokio::test]
async fn a_connection_that_only_looks_alive_is_left() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.discord.heartbeat_interval(Duration::from_millis(500));
    stage.plans(vec![stage.plan("daily", &stage.daily, "weekdays 09:00")]);
    stage.starts().await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    stage.discord.acknowledges_heartbeats(false);
    let left = |discord: &Discord| (discord.resumes() + discord.identifies() > 1).then_some(());
    stage.discord.within(PATIENCE, "another connection", left).await;
    ana.reacts(&stage.question(&stage.daily), "3️⃣");
    stage.discord.acknowledges_heartbeats(true);
    stage.lives("the answer", async || all_count(&stage, &[(&ana, Some("kube-scheduler"))]).await.then_some(())).await;
    clicks_until_heard(&stage, &stage.team.member("eve")).await;
    assert!(stage.discord.identifies() <= 3, "{} IDENTIFYs", stage.discord.identifies());
}

#[tokio::test]
async fn refused_for_a_while() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    stage.discord.refuses_connections(true);
    stage.discord.drops_gateway(Some(4009));
    stage.discord.connected(0).await;
    ana.reacts(&stage.question(&stage.daily), "3️⃣");
    // Longer than the first try to come back.
    stage.lives("the answer, at the close at the latest", async || stage.discord.refused().gt(&0).then_some(())).await;
    stage.discord.refuses_connections(false);
    stage.lives("the answer", async || all_count(&stage, &[(&ana, Some("kube-scheduler"))]).await.then_some(())).await;
    clicks_until_heard(&stage, &ana).await;
    assert_eq!(stage.discord.identifies(), 2);
    verified(&stage).await;
}

/// A line that breaks again and again brings no storm: who can resume does not say anew who it is.
#[tokio::test]
async fn broken_off_ten_times() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.until("2026-11-23 09:00").await;
    for times in 1..=10 {
        stage.discord.drops_gateway(Some(4000));
        stage.discord.within(PATIENCE, "a resume", |discord| (discord.resumes() == times).then_some(())).await;
        stage.discord.all_heard().await;
    }
    clicks_until_heard(&stage, &stage.team.member("ana")).await;
    assert_eq!((stage.discord.identifies(), stage.discord.too_many()), (1, 0));
}

/// In a process of many threads events are handled in any order: a guild that is told right after the beginning is not taken for a new
/// one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_start_greets_nobody() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let owner = stage.team.owner();
    for _ in 0..15 {
        stage.starts().await;
        stage.discord.all_heard().await;
        stage.dies().await;
    }
    assert_eq!(owner.direct().of_bot().len(), 0, "{}", owner.direct().shows());
}

/// An outage of a guild is no farewell.
#[tokio::test]
async fn a_guild_that_is_unavailable_is_the_same_when_it_is_back() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = super::log::Log::keeps();
    stage.team.is_unavailable();
    stage.team.is_available();
    stage.discord.all_heard().await;
    stage.until("2026-11-23 09:00").await;
    assert_eq!(super::questions(&stage.daily).len(), 1);
    assert_eq!(stage.team.owner().direct().of_bot().len(), 0);
    assert_eq!(log.says("removed from a server"), Vec::<String>::new());
}

/// Discord declares session after session invalid: kcard pauses, since who begins 1,000 a day loses the token.
#[tokio::test]
async fn sessions_that_are_invalid_again_and_again() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = super::log::Log::keeps();
    let pauses = |_: &Discord| {
        stage.discord.invalidates_sessions(false);
        (!log.says("again and again").is_empty()).then_some(())
    };
    stage.discord.within(Duration::from_secs(40), "a pause", pauses).await;
    assert!(stage.discord.identifies() <= 4, "{} IDENTIFYs", stage.discord.identifies());
    assert!(log.says("again and again")[0].contains("pause_s=16"), "{:#?}", log.says("again"));
}
