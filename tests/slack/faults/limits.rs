//! Slack asks to wait, or would if kcard were too fast.

use std::time::Duration;

use kcard::{
    quiz::{id::SpaceId, schedule::Plan},
    store::Space,
};
use rstest::rstest;

use super::{questions, reveals, verified};
use crate::{
    deck::only,
    scenes::button,
    stage::{Stage, moment},
    standin::{Channel, Fault, Slack},
};

const WAIT: Duration = Duration::from_secs(1);

fn told_to_wait() -> Fault {
    Fault::TooMany { after: WAIT }
}

/// A method that was answered 429 once was not called again before the wait was over.
async fn is_waited_out(stage: &Stage, method: &str) {
    let tried_again =
        |slack: &Slack| slack.calls_of(method).last().is_some_and(|call| call.status == 200).then_some(());
    stage.slack.until("another try", tried_again).await;
    let calls = stage.slack.calls_of(method);
    let stopped = calls.iter().position(|call| call.status == 429).expect("it was stopped");
    for later in &calls[stopped + 1..] {
        let waited = later.at - calls[stopped].at;
        assert!(waited >= WAIT, "{method} after {waited:?}");
    }
    assert_eq!((stage.slack.too_many(), stage.slack.too_many_injected(), stage.slack.faults_left()), (0, 1, 0));
}

/// Whatever Slack stops on a round's way, it comes to its end, and nothing is there twice.
#[rstest]
#[tokio::test]
async fn a_round_that_is_stopped_anywhere(
    #[values(
        "chat.postMessage",
        "conversations.history",
        "reactions.add",
        "reactions.get",
        "conversations.replies",
        "users.info",
        "chat.update"
    )]
    method: &str,
) {
    let stage = Stage::with(only(&["scheduler"]), |plan| Plan { window_ms: Some(3_600_000), ..plan }).await;
    let ana = stage.slack.person("ana");
    if method == "conversations.history" {
        stage.slack.fails("chat.postMessage", Fault::AnswerLost);
    }
    stage.slack.fails(method, told_to_wait());
    stage.clock.set(moment("2026-11-23 09:00"));
    let question = stage.lives("the question", async || questions(&stage.daily).pop()).await;
    stage.lives("the round", async || stage.store.open_rounds(None).await.expect("it answers").pop()).await;
    ana.reacts(&question, "three");
    stage.counts(&ana, Some("kube-scheduler")).await;
    stage.seeded(&question, 4).await;
    stage.clock.set(moment("2026-11-23 10:01"));
    let reveal = stage.lives("the reveal", async || reveals(&question).pop()).await;
    stage.lives("the edit", async || question.shows().contains("Closed.").then_some(())).await;
    assert!(reveal.shows().contains("10 points"), "{}", reveal.shows());
    assert_eq!((questions(&stage.daily).len(), reveals(&question).len()), (1, 1));
    is_waited_out(&stage, method).await;
    verified(&stage).await;
}

#[tokio::test]
async fn an_answer_by_its_address_is_told_otherwise() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.fails("response_url", told_to_wait());
    stage.slack.fails("chat.postEphemeral", told_to_wait());
    ana.clicks(&question, &button(&question, "kube-scheduler"));
    assert!(ana.is_told(&stage.daily, 1).await.shows().contains("It is in"));
    let told = stage.slack.calls_of("chat.postEphemeral");
    assert!(told.len() == 2 && told[1].at - told[0].at >= WAIT, "{told:#?}");
    assert_eq!(stage.slack.too_many(), 0);
}

/// Nobody is left with a form that says to wait.
#[tokio::test]
async fn a_form_says_in_the_end_what_came_of_it() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    let form = ana.clicks(&question, &button(&question, "Answer")).view().await;
    stage.slack.fails("views.update", told_to_wait());
    ana.submits(&form, &[("answer", &["a pod"])]);
    form.changed(2).await;
    assert!(form.shows().contains("It is in"), "{}", form.shows());
    is_waited_out(&stage, "views.update").await;
}

/// A form can be opened for 3 s only: who cannot have it is told so.
#[tokio::test]
async fn a_form_that_cannot_be_opened_is_said() {
    let stage = Stage::daily(only(&["smallest"])).await;
    let ana = stage.slack.person("ana");
    stage.until("2026-11-23 09:00").await;
    let question = stage.question(&stage.daily);
    stage.slack.fails("views.open", told_to_wait());
    let said = ana.clicks(&question, &button(&question, "Answer")).reads().await;
    assert!(said.contains("try again"), "{said}");
    ana.clicks(&question, &button(&question, "Answer")).view().await;
    is_waited_out(&stage, "views.open").await;
}

#[tokio::test]
async fn ones_own_page_comes_later() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.slack.person("ana");
    stage.slack.fails("views.publish", told_to_wait());
    ana.opens_home();
    assert!(ana.home().await.shows().contains("Your figures"));
    is_waited_out(&stage, "views.publish").await;
}

#[tokio::test]
async fn a_socket_is_not_asked_for_again_too_soon() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    stage.slack.fails("apps.connections.open", told_to_wait());
    stage.slack.cuts_sockets();
    stage.slack.until("both again", |slack| (slack.sockets_ever() == 4).then_some(())).await;
    let opened = stage.slack.calls_of("apps.connections.open");
    let stopped = opened.iter().position(|call| call.status == 429).expect("it was stopped");
    // The other socket may have asked at the same moment.
    for later in opened[stopped + 1..].iter().filter(|later| later.at - opened[stopped].at > Duration::from_millis(50))
    {
        assert!(later.at - opened[stopped].at >= WAIT, "{opened:#?}");
    }
    assert_eq!(stage.slack.too_many(), 0);
}

/// What somebody may do is not guessed: where Slack does not say it now, they hear that it works later.
#[rstest]
#[tokio::test]
async fn who_may_is_not_told_that_they_may_not(#[values("users.info", "usergroups.list")] method: &str) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let (root, bo) = (stage.slack.admin("root"), stage.slack.person("bo"));
    let group = stage.slack.group("quizmasters", &[&bo]);
    let id = SpaceId::new(format!("slack:{}", stage.slack.team()));
    let hosts = vec![format!("slack:{}", group.id)];
    stage.store.save_space(&Space { id, timezone: None, hosts }).await.expect("it is stored");
    stage.work().await;
    let host = if method == "users.info" { root } else { bo };
    // What somebody is called is asked beside.
    for _ in 0..2 {
        stage.slack.fails(method, told_to_wait());
    }
    let said = host.slash(&stage.daily, "/kquiz", "ask").reads().await;
    assert!(said.contains("try again"), "{said}");
    stage
        .lives("the right", async || {
            host.slash(&stage.daily, "/kquiz", "ask").reads().await.contains("on its way").then_some(())
        })
        .await;
    assert_eq!(stage.slack.too_many(), 0);
}

#[tokio::test]
async fn who_kcard_is_can_be_asked_later() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.plans(vec![stage.plan("daily", &stage.daily, "weekdays 09:00")]);
    stage.slack.fails("auth.test", told_to_wait());
    stage.starts().await;
    stage.clock.set(moment("2026-11-23 08:02"));
    stage.lives("the schedule", async || stage.store.schedules(None).await.expect("it answers").pop()).await;
    stage.clock.set(moment("2026-11-23 09:00"));
    stage.lives("the question", async || questions(&stage.daily).pop()).await;
    is_waited_out(&stage, "auth.test").await;
}

/// Where Slack does not say whether kcard is in a channel, it is tried.
#[tokio::test]
async fn a_host_asks_although_the_channel_is_not_known() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let root = stage.slack.admin("root");
    stage.starts().await;
    stage.slack.fails("conversations.info", told_to_wait());
    let said = root.slash(&stage.daily, "/kquiz", "ask").reads().await;
    assert!(said.contains("on its way"), "{said}");
    stage.lives("the question", async || questions(&stage.daily).pop()).await;
    assert_eq!((stage.slack.too_many(), stage.slack.faults_left()), (0, 0));
}

#[tokio::test]
async fn the_owners_hear_of_a_problem_all_the_same() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let owner = stage.slack.owner("olga");
    let general = stage.slack.channel_without_bot("general");
    stage.plans(vec![stage.plan("daily", &general, "weekdays 09:00")]);
    stage.starts().await;
    stage.slack.fails("conversations.open", told_to_wait());
    stage.clock.set(moment("2026-11-23 09:00"));
    let told = stage.lives("the word", async || owner.direct().messages().pop()).await;
    assert!(told.shows().contains("not in this channel"), "{}", told.shows());
    is_waited_out(&stage, "conversations.open").await;
}

/// A channel gets one message a second.
#[tokio::test]
async fn four_posts_into_one_channel_at_once() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let plan = |number| stage.plan(&format!("plan{number}"), &stage.daily, "daily 09:00");
    stage.plans((1..=4).map(plan).collect());
    stage.starts().await;
    stage.clock.set(moment("2026-11-23 09:00"));
    stage.lives("all", async || (questions(&stage.daily).len() == 4).then_some(())).await;
    let posts = stage.slack.calls_of("chat.postMessage");
    assert!(posts.windows(2).all(|two| two[1].at - two[0].at >= Duration::from_secs(1)), "{posts:#?}");
    assert_eq!(stage.slack.too_many(), 0);
}

/// Twenty channels due at once have their questions at once; the 80 reactions come as fast as Slack lets them, which is no 50 a minute.
#[tokio::test]
async fn twenty_channels_at_once() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let channels: Vec<Channel> = (0..20).map(|number| stage.slack.channel(&format!("channel{number}"))).collect();
    let plan = |(number, channel)| stage.plan(&format!("daily{number}"), channel, "daily 09:00");
    stage.plans(channels.iter().enumerate().map(plan).collect());
    stage.starts().await;
    stage.clock.set(moment("2026-11-23 09:00"));
    for channel in &channels {
        stage.lives("a question", async || questions(channel).pop()).await;
    }
    let posts = stage.slack.calls_of("chat.postMessage");
    let took = posts.iter().map(|post| post.at).max().zip(posts.iter().map(|post| post.at).min());
    assert!(took.is_some_and(|(last, first)| last - first < Duration::from_secs(5)), "no channel waits for another");
    stage.slack.until("seeds", |slack| (slack.calls_of("reactions.add").len() > 11).then_some(())).await;
    assert_eq!((posts.len(), stage.slack.too_many()), (20, 0));
}
