//! The secrets of the app: refused, revoked, and never told to anybody. The real binary runs.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use serde_json::Value;

use super::questions;
use crate::{
    deck::only,
    process::{Home, Running, Said, run},
    scenes::button,
    stage::Stage,
    standin::{Fault, Slack},
};

/// All that libraries could say, asked for by name.
const ALL: &str = "trace,slack_morphism=trace,reqwest=trace,hyper=trace,hyper_util=trace,tungstenite=trace,tokio_tungstenite=trace,\
                   rustls=trace,sqlx=trace";
/// How long a whole process may take for something.
const PATIENCE: Duration = Duration::from_secs(20);

/// A workspace at the machine's time, and a home that asks a choice in `daily` as soon as kcard runs.
async fn home() -> (Stage, Home) {
    let (stage, home) = (Stage::set(only(&["scheduler"])).await, Home::new());
    stage.clock.set(Timestamp::now());
    let channel = &stage.daily.id;
    let when = "at = \"daily 09:00\"\nask_on_start = true\nkinds = [\"choice\"]\n";
    home.write("kcard.toml", &format!("[[schedule]]\nname = \"daily\"\nchannel = \"slack:{channel}\"\n{when}"));
    (stage, home)
}

/// `kcard run` that hears by sockets.
fn kcard(home: &Home, slack: &Slack, log: &str) -> Command {
    let mut command = home.kcard(&["run", "--config", "kcard.toml", "--data", "data"]);
    command.env("SLACK_BOT_TOKEN", slack.bot_token()).env("SLACK_APP_TOKEN", slack.app_token());
    command.env("SLACK_API_URL", slack.api_url()).env("KCARD_LOG", log);
    command.stderr(Stdio::piped());
    command
}

async fn starts(mut command: Command) -> Running {
    tokio::task::spawn_blocking(move || Running::start_logging(&mut command)).await.expect("it starts")
}

/// Stops it, which has 5 s; how it ended.
async fn stops(running: Running) -> Said {
    tokio::task::spawn_blocking(move || running.stop("TERM")).await.expect("it stops")
}

/// What Slack gave away for kcard alone: tokens, tickets of sockets, and addresses to answer by.
fn secrets(slack: &Slack) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let tickets = slack.calls_of("apps.connections.open").into_iter().filter_map(|call| text(&call.answer["url"]));
    let ticket = |url: String| url.split("ticket=").nth(1).and_then(|rest| rest.split('&').next()).map(str::to_owned);
    let addresses = slack.deliveries().into_iter().filter_map(|told| text(&told.payload["response_url"]));
    let tokens = [slack.bot_token(), slack.app_token(), slack.signing_secret()];
    tokens.into_iter().chain(tickets.filter_map(ticket)).chain(addresses).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_reaches_the_log() {
    let (stage, home) = home().await;
    let (slack, ana) = (&stage.slack, stage.slack.person("ana"));
    let mut command = kcard(&home, slack, ALL);
    command.stderr(std::fs::File::create(home.path("log")).expect("a file"));
    let running = starts(command).await;
    let question = slack.within(PATIENCE, "the question", |_| questions(&stage.daily).pop()).await;
    slack.within(PATIENCE, "two sockets", |_| (slack.sockets() == 2).then_some(())).await;
    slack.within(PATIENCE, "seeds", |_| (question.reacted("two").len() == 1).then_some(())).await;
    let card = ana.slash(&stage.daily, "/kcard", "").message().await;
    ana.clicks(&card, &button(&card, "Show the answer")).message().await;
    ana.slash(&stage.daily, "/kquiz", "mine").message().await;
    ana.slash(&stage.daily, "/kquiz", "season start").view().await;
    let option = question.controls().into_iter().next().expect("there are buttons");
    // What fails on its way is logged in words.
    slack.fails("response_url", Fault::Refused("used_url"));
    ana.clicks(&question, &option);
    ana.is_told(&stage.daily, 1).await;
    slack.fails("response_url", Fault::Status(500));
    ana.clicks(&question, &option);
    slack.fails("apps.connections.open", Fault::Status(503));
    slack.cuts_sockets();
    slack.within(PATIENCE, "the sockets again", |_| (slack.sockets() == 2).then_some(())).await;
    slack.revokes_the_tokens("token_revoked");
    slack.within(PATIENCE, "the sockets to go", |_| (slack.sockets() == 0).then_some(())).await;
    let log = || std::fs::read_to_string(home.path("log")).expect("the log");
    slack
        .within(PATIENCE, "the word", |_| log().contains("Slack refuses SLACK_APP_TOKEN (token_revoked)").then_some(()))
        .await;
    let (running, ready) = tokio::task::spawn_blocking(move || {
        let ready = running.get("/readyz").0;
        (running, ready)
    })
    .await
    .expect("it answers");
    assert_eq!(ready, "HTTP/1.1 200 OK", "the room goes on without Slack");
    assert_eq!(stops(running).await.code, Some(0));
    let log = log();
    assert!(log.contains("connected to Slack") && log.contains("TRACE"), "{log}");
    let secrets = secrets(slack);
    assert!(secrets.len() >= 10, "two tokens, a secret, tickets and addresses: {secrets:?}");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_of_signed_requests_reaches_the_log() {
    let (stage, home) = home().await;
    let (slack, ana) = (&stage.slack, stage.slack.person("ana"));
    let mut command = kcard(&home, slack, ALL);
    command.env_remove("SLACK_APP_TOKEN").env("SLACK_SIGNING_SECRET", slack.signing_secret());
    command.stderr(std::fs::File::create(home.path("log")).expect("a file"));
    let running = starts(command).await;
    let (status, answer) = slack.delivers_to(&format!("http://{}", running.address())).await;
    assert_eq!(status, 200, "{answer}");
    let question = slack.within(PATIENCE, "the question", |_| questions(&stage.daily).pop()).await;
    let option = question.controls().into_iter().next().expect("there are buttons");
    assert!(ana.clicks(&question, &option).reads().await.contains("It is in"));
    slack.signs(crate::standin::Signing::Wrong);
    let refused = ana.slash(&stage.daily, "/kquiz", "mine");
    slack.within(PATIENCE, "a refusal", |_| (refused.delivered().statuses == [401]).then_some(())).await;
    assert_eq!(stops(running).await.code, Some(0));
    let log = std::fs::read_to_string(home.path("log")).expect("the log");
    assert!(log.contains("TRACE"), "{log}");
    for secret in secrets(slack) {
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_at_the_start() {
    let (stage, home) = home().await;
    stage.slack.revokes_the_tokens("token_revoked");
    for log in ["info", ALL] {
        let mut command = kcard(&home, &stage.slack, log);
        let Said { code, out, err } = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("it ends");
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains("token_revoked") && err.contains("SLACK_BOT_TOKEN"), "{err}");
        assert!(secrets(&stage.slack).iter().all(|secret| !out.contains(secret) && !err.contains(secret)), "{err}");
    }
    assert_eq!(home.names(), ["kcard.toml"], "a start that was refused leaves nothing behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_token_alone_that_is_refused() {
    let (stage, home) = home().await;
    let mut command = kcard(&home, &stage.slack, "info");
    command.env("SLACK_APP_TOKEN", "xapp-of-another-app");
    let Said { code, err, .. } = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("it ends");
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("SLACK_APP_TOKEN") && !err.contains("xapp-of-another-app"), "{err}");
}

/// A call that never comes back keeps nobody from stopping.
#[tokio::test(flavor = "multi_thread")]
async fn a_stop_waits_for_no_answer() {
    let (stage, home) = home().await;
    stage.slack.fails("chat.postMessage", Fault::Hangs);
    let running = starts(kcard(&home, &stage.slack, "info")).await;
    stage.slack.within(PATIENCE, "the post", |slack| (slack.faults_left() == 0).then_some(())).await;
    let Said { code, .. } = stops(running).await;
    assert_eq!(code, Some(0));
    assert_eq!(stage.slack.sockets(), 0);
}

/// Nobody listens at Slack's address.
#[test]
fn a_slack_that_cannot_be_reached_keeps_nobody_else_from_playing() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = closed.local_addr().expect("bound");
    drop(closed);
    let home = Home::new();
    home.write("kcard.toml", "");
    let mut command = home.kcard(&["run", "--config", "kcard.toml", "--data", "data"]);
    command.env("SLACK_BOT_TOKEN", "xoxb-a-token").env("SLACK_APP_TOKEN", "xapp-a-token");
    command.env("SLACK_API_URL", format!("http://{address}/api"));
    let running = Running::start(&mut command);
    assert_eq!(running.get("/").0, "HTTP/1.1 200 OK");
    assert_eq!(running.get("/readyz").0, "HTTP/1.1 503 Service Unavailable", "who waits for the platform sees it");
    let Said { code, err, .. } = running.stop("TERM");
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("Slack cannot be reached"), "{err}");
    assert!(!err.contains("xoxb-a-token") && !err.contains("xapp-a-token"), "{err}");
}

/// A Slack that takes the connection and says nothing: the room on this machine is there soon all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_waits_for_no_answer() {
    let (stage, home) = home().await;
    home.write("kcard.toml", "");
    for method in ["auth.test", "apps.connections.open"] {
        (0..3).for_each(|_| stage.slack.fails(method, Fault::Hangs));
    }
    let starting = tokio::spawn(starts(kcard(&home, &stage.slack, "info")));
    stage.slack.within(PATIENCE, "both calls", |slack| (slack.faults_left() <= 4).then_some(())).await;
    let began = Instant::now();
    let running = starting.await.expect("it starts");
    assert!(began.elapsed() < Duration::from_secs(9), "{:?}", began.elapsed());
    stops(running).await;
}
