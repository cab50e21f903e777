//! What belongs to a question and is missing there, since Discord was away or the process died: it comes while the round runs.

use kcard::quiz::schedule::Plan;

use super::log::Log;
use crate::{
    deck::only,
    stage::Stage,
    standin::{Channel, Fault},
};

const SEEDS: &str = "PUT /channels/*/messages/*/reactions/**";
const THREADS: &str = "POST /channels/*/messages/*/threads";

/// A question whose first reaction could not be seeded.
async fn unseeded() -> Stage {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    for _ in 0..3 {
        stage.discord.fails(SEEDS, Fault::Status(503));
    }
    stage.until("2026-11-23 09:00").await;
    stage.lives("a word", async || log.says("could not seed reactions").pop()).await;
    stage
}

#[tokio::test]
async fn reactions_come_with_the_next_start_and_only_where_they_are_missing() {
    let stage = unseeded().await;
    stage.dies().await;
    stage.starts().await;
    stage.work().await;
    stage.seeded(&stage.question(&stage.daily), 4).await;
    let seeds = || stage.discord.requests_to(SEEDS).len();
    let before = seeds();
    stage.dies().await;
    stage.starts().await;
    stage.work().await;
    stage.closes().await;
    assert_eq!(seeds(), before);
}

#[tokio::test]
async fn reactions_come_when_discord_is_back() {
    let stage = unseeded().await;
    stage.discord.drops_gateway(Some(4000));
    stage.discord.until("a resume", |discord| (discord.resumes() == 1).then_some(())).await;
    stage.discord.all_heard().await;
    stage.work().await;
    stage.seeded(&stage.question(&stage.daily), 4).await;
}

fn with_thread(plan: Plan) -> Plan {
    Plan { thread: true, ..plan }
}

fn has_thread(stage: &Stage) -> bool {
    Channel::thread_of(&stage.question(&stage.daily)).is_some()
}

#[tokio::test]
async fn a_thread_is_tried_again() {
    let stage = Stage::with(only(&["scheduler"]), with_thread).await;
    for _ in 0..2 {
        stage.discord.fails(THREADS, Fault::Status(503));
    }
    stage.until("2026-11-23 09:00").await;
    assert!(!has_thread(&stage));
    stage.until("2026-11-23 09:01").await;
    stage.until("2026-11-23 09:02").await;
    assert!(has_thread(&stage));
    assert_eq!(stage.discord.requests_to(THREADS).len(), 3);
}

#[tokio::test]
async fn a_thread_is_tried_a_few_times_only() {
    let stage = Stage::with(only(&["scheduler"]), with_thread).await;
    for _ in 0..9 {
        stage.discord.fails(THREADS, Fault::Status(503));
    }
    for minute in 0..9 {
        stage.until(&format!("2026-11-23 09:0{minute}")).await;
    }
    assert!(!has_thread(&stage));
    assert_eq!(stage.discord.requests_to(THREADS).len(), 5);
    stage.closes().await;
}

#[tokio::test]
async fn a_thread_comes_with_the_next_start() {
    let stage = Stage::with(only(&["scheduler"]), with_thread).await;
    stage.discord.fails(THREADS, Fault::Status(503));
    stage.until("2026-11-23 09:00").await;
    stage.dies().await;
    stage.starts().await;
    stage.work().await;
    assert!(has_thread(&stage));
}

#[tokio::test]
async fn a_thread_whose_answer_was_lost_is_there() {
    let stage = Stage::with(only(&["scheduler"]), with_thread).await;
    stage.discord.fails(THREADS, Fault::AnswerLost);
    stage.until("2026-11-23 09:00").await;
    stage.until("2026-11-23 09:01").await;
    assert!(has_thread(&stage));
    assert_eq!(stage.discord.requests_to(THREADS).len(), 1);
}
