//! Much is going on: nobody waits for what others have brought about.

use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::{questions, reveals};
use crate::{
    deck::only,
    stage::{Stage, moment},
    standin::{Channel, Fault, Msg},
};

/// A stage with a question at 09:00 in `daily` and one at 09:05 elsewhere; the first has been asked.
async fn two_channels() -> (Stage, Channel, Msg) {
    let stage = Stage::set(only(&["scheduler"])).await;
    let other = stage.team.channel("other");
    stage.plans(vec![stage.plan("a", &stage.daily, "daily 09:00"), stage.plan("b", &other, "daily 09:05")]);
    stage.starts().await;
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.seeded(&question, 4).await;
    (stage, other, question)
}

fn reply(stage: &Stage, question: &Msg, people: usize, text: &str) {
    for number in 0..people {
        stage.team.member(&format!("person{number:03}")).replies(question, text);
    }
}

#[tokio::test]
async fn a_backlog_of_signs_holds_up_no_other_channel() {
    let (stage, other, question) = two_channels().await;
    reply(&stage, &question, 200, "3");
    tokio::time::sleep(Duration::from_secs(1)).await;
    stage.clock.set(moment("2026-11-23 09:05"));
    stage.work().await;
    let began = Instant::now();
    stage.seeded(&questions(&other)[0], 4).await;
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert_eq!(stage.discord.too_many(), 0);
}

#[tokio::test]
async fn a_sign_that_hangs_holds_up_no_other_channel() {
    let (stage, other, question) = two_channels().await;
    reply(&stage, &question, 90, "3");
    tokio::time::sleep(Duration::from_secs(1)).await;
    stage.discord.fails("PUT /channels/*/messages/*/reactions/**", Fault::Hangs);
    stage.discord.until("the fault", |discord| (discord.faults_left() == 0).then_some(())).await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let began = Instant::now();
    stage.clock.set(moment("2026-11-23 09:05"));
    stage.lives("the question", async || questions(&other).pop()).await;
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

#[tokio::test]
async fn hints_hold_up_no_reveal() {
    let (stage, _, question) = two_channels().await;
    reply(&stage, &question, 60, "what is this?");
    // Long enough for as many as go at once.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let (began, start) = (Instant::now(), moment("2026-11-24 09:00"));
    let (bot, stop) = (stage.bot(), CancellationToken::new());
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { bot.run(stop).await }
    });
    while reveals(&stage.daily).is_empty() || questions(&stage.daily).len() < 2 {
        stage.clock.set(start + began.elapsed());
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert!(began.elapsed() < Duration::from_secs(2), "{}", stage.discord.last_requests());
    }
    stop.cancel();
    running.await.expect("it ends");
    assert_eq!(stage.discord.too_many(), 0);
}

/// Twelve pages of talk and seven of reactions, of which Discord gives five in 5 s.
#[tokio::test]
async fn a_busy_channel_is_closed_and_holds_up_no_other() {
    let (stage, other, question) = two_channels().await;
    stage.until("2026-11-23 09:05").await;
    stage.seeded(&question, 4).await;
    stage.seeded(&stage.question(&other), 4).await;
    stage.dies().await;
    for number in 0..1_100 {
        let person = stage.team.member(&format!("person{:03}", number % 600));
        if number < 600 {
            person.reacts(&question, "3️⃣");
        }
        person.says(&stage.daily, "hm");
    }
    stage.starts().await;
    stage.clock.set(moment("2026-11-24 09:00"));
    let (bot, stop) = (stage.bot(), CancellationToken::new());
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { bot.run(stop).await }
    });
    let history = format!("GET /channels/{}/messages", stage.daily.id);
    let patient = Duration::from_secs(40);
    let pages =
        |pages| move |discord: &crate::standin::Discord| (discord.requests_to(&history).len() >= pages).then_some(());
    stage.discord.within(patient, "pages", pages(4)).await;
    stage.clock.set(moment("2026-11-24 09:05"));
    stage.discord.within(patient, "the other reveal", |_| reveals(&other).pop()).await;
    assert_eq!(reveals(&stage.daily).len(), 0, "it is still being read");
    let reveal = stage.discord.within(patient, "the reveal", |_| reveals(&stage.daily).pop()).await;
    assert!(reveal.content().contains("600 players answered"), "{}", reveal.content());
    stop.cancel();
    running.await.expect("it ends");
    assert_eq!(stage.discord.too_many(), 0);
}
