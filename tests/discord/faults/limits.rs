//! Discord asks to wait, and kcard never brings that upon itself.

use std::time::Duration;

use kcard::quiz::schedule::Plan;

use super::{posts, questions, reveals};
use crate::{
    deck::only,
    stage::Stage,
    standin::{Answered, Channel, Fault},
};

const SHORT: Duration = Duration::from_millis(200);
/// Longer than a parcel is held for.
const LONG: Duration = Duration::from_millis(1_500);

fn wait(after: Duration) -> Fault {
    Fault::TooMany { after, global: false }
}

/// A stage with schedules at 09:00 in these channels.
async fn with_channels(names: &[&str], change: impl Fn(Plan) -> Plan) -> (Stage, Vec<Channel>) {
    let stage = Stage::set(only(&["scheduler"])).await;
    let channels: Vec<Channel> = names.iter().map(|name| stage.team.channel(name)).collect();
    let plan = |(channel, name): (&Channel, &&str)| change(stage.plan(name, channel, "daily 09:00"));
    stage.plans(channels.iter().zip(names).map(plan).collect());
    stage.starts().await;
    stage.work().await;
    (stage, channels)
}

#[tokio::test]
async fn a_short_wait_is_waited_out_at_once() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.discord.fails(&posts(&stage.daily), wait(SHORT));
    stage.until("2026-11-23 09:00").await;
    assert_eq!(questions(&stage.daily).len(), 1);
    let made = stage.discord.requests_to(&posts(&stage.daily));
    assert_eq!(made.iter().map(|made| made.status).collect::<Vec<_>>(), [429, 200]);
    assert!(made[1].at - made[0].at >= SHORT);
    assert_eq!(stage.discord.too_many(), 0);
}

#[tokio::test]
async fn a_long_wait_holds_up_one_channel_only() {
    let (stage, channels) = with_channels(&["daily", "other"], |plan| plan).await;
    let [daily, other] = &channels[..] else { panic!("two") };
    stage.discord.fails(&posts(daily), wait(LONG));
    stage.until("2026-11-23 09:00").await;
    assert_eq!((questions(daily).len(), questions(other).len()), (0, 1));
    stage.lives("the question", async || questions(daily).pop()).await;
    let made = stage.discord.requests_to(&posts(daily));
    assert_eq!(made.len(), 2, "nothing is tried while it waits");
    assert!(made[1].at - made[0].at >= LONG);
    assert_eq!(stage.discord.too_many(), 0);
}

#[tokio::test]
async fn a_wait_for_the_whole_bot_holds_up_all_but_interactions() {
    let (stage, channels) = with_channels(&["daily", "other"], |plan| plan).await;
    let [daily, other] = &channels[..] else { panic!("two") };
    stage.discord.fails("POST /channels/*/messages", Fault::TooMany { after: LONG, global: true });
    stage.until("2026-11-23 09:00").await;
    let shown = stage.team.member("ana").commands(daily, "kcard", &[]).first().await;
    assert!(shown.kind == Answered::Message && shown.after < LONG, "{shown:?}");
    stage.lives("both", async || (questions(daily).len() + questions(other).len() == 2).then_some(())).await;
    let made = stage.discord.requests();
    let stopped = made.iter().position(|made| made.status == 429).expect("it was stopped");
    let under_way = Duration::from_millis(100);
    for later in made[stopped + 1..].iter().filter(|made| !made.path.starts_with("/interactions")) {
        let waited = later.at - made[stopped].at;
        assert!(waited < under_way || waited >= LONG, "{} {} after {waited:?}", later.method, later.path);
    }
    assert_eq!(stage.discord.too_many(), 0);
}

#[tokio::test]
async fn reactions_wait_as_long_as_it_takes() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.discord.fails("PUT /channels/*/messages/*/reactions/**", wait(Duration::from_millis(2_500)));
    stage.until("2026-11-23 09:00").await;
    stage.seeded(&stage.question(&stage.daily), 4).await;
    assert_eq!(stage.discord.too_many(), 0);
}

#[tokio::test]
async fn an_edit_and_a_reading_wait_too() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.dies().await;
    ana.reacts(&question, "3️⃣");
    stage.discord.fails("GET /channels/*/messages", wait(LONG));
    stage.discord.fails("GET /channels/*/messages/*/reactions/*", wait(LONG));
    stage.discord.fails("PATCH /channels/*/messages/*", wait(LONG));
    stage.clock.advance(jiff::SignedDuration::from_hours(24));
    stage.starts().await;
    stage.lives("the reveal", async || reveals(&stage.daily).pop()).await;
    assert_eq!(question.edits(), 1);
    assert!(
        reveals(&stage.daily)[0].content().contains("**ana** 10 points"),
        "{}\n{}",
        stage.daily.shows(),
        stage.discord.last_requests()
    );
    assert_eq!((stage.discord.faults_left(), stage.discord.too_many()), (0, 0));
}

#[tokio::test]
async fn eight_posts_into_one_channel_at_once() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let plan = |number| stage.plan(&format!("plan{number}"), &stage.daily, "daily 09:00");
    stage.plans((1..=8).map(plan).collect());
    stage.starts().await;
    stage.until("2026-11-23 09:00").await;
    stage.lives("all", async || (questions(&stage.daily).len() == 8).then_some(())).await;
    assert_eq!(stage.discord.too_many(), 0);
}

#[tokio::test]
async fn thirty_channels_at_once() {
    let names: Vec<String> = (1..=30).map(|number| format!("channel{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (stage, channels) = with_channels(&names, |plan| plan).await;
    stage.until("2026-11-23 09:00").await;
    for channel in &channels {
        stage.lives("a question", async || questions(channel).pop()).await;
    }
    for channel in &channels {
        stage.seeded(&questions(channel)[0], 4).await;
    }
    assert_eq!(stage.discord.too_many(), 0);
}
