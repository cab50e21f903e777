//! The bot's token: refused, revoked, and never told to anybody.

use std::time::{Duration, Instant};

use rstest::rstest;

use super::{log::Log, questions, reveals};
use crate::{
    deck::only,
    process::{Home, Running, Said, run},
    stage::Stage,
    standin::{Discord, Fault},
};

fn kcard(home: &Home, discord: &Discord, log: &str) -> std::process::Command {
    let mut command = home.kcard(&["run", "--config", "kcard.toml", "--data", "data"]);
    command.env("DISCORD_TOKEN", discord.token()).env("DISCORD_API_URL", discord.api_url()).env("KCARD_LOG", log);
    command
}

#[tokio::test]
async fn revoked_while_kcard_runs() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    stage.until("2026-11-23 09:00").await;
    stage.seeded(&stage.question(&stage.daily), 4).await;
    stage.discord.revokes_the_token();
    stage.discord.connected(0).await;
    stage.until("2026-11-23 12:00").await;
    stage.lives("an error", async || log.says("ERROR Discord refuses the bot's token").pop()).await;
    let before = stage.discord.requests().len();
    stage.until("2026-11-25 12:00").await;
    assert_eq!(stage.discord.requests().len(), before, "nothing is asked with a token that was refused");
    assert!(stage.discord.invalid_requests() <= 2, "{}", stage.discord.last_requests());
    assert_eq!(log.says("Discord refuses the bot's token").iter().filter(|line| line.contains("ERROR")).count(), 1);
    assert_eq!(questions(&stage.daily).len(), 1);
}

/// REST hears of it before the gateway does.
#[tokio::test]
async fn revoked_right_before_a_post() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    stage.discord.revokes_the_token();
    stage.until("2026-11-23 09:00").await;
    stage.lives("an error", async || log.says("ERROR Discord refuses the bot's token").pop()).await;
    stage.until("2026-11-24 12:00").await;
    stage.lives("the word", async || log.says("ERROR Discord refuses the bot's token").pop()).await;
    assert!(stage.discord.invalid_requests() <= 2, "asked once more, to be sure: {}", stage.discord.last_requests());
    assert_eq!(log.says("ERROR Discord refuses the bot's token").len(), 1, "{:#?}", log.says(""));
}

/// One refusal that Discord does not stand by.
#[rstest]
#[case::of_a_post("POST /channels/*/messages")]
#[case::of_a_reading("GET /channels/*/messages")]
#[tokio::test]
async fn refused_once(#[case] request: &str) {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let log = Log::keeps();
    stage.discord.fails(request, Fault::Status(401));
    stage.until("2026-11-23 09:05").await;
    assert_eq!((questions(&stage.daily).len(), stage.discord.faults_left()), (1, 0));
    stage.until("2026-11-24 09:05").await;
    assert_eq!((questions(&stage.daily).len(), reveals(&stage.daily).len()), (2, 1));
    assert_eq!(log.errors(), Vec::<String>::new());
}

/// What an interaction's answer is told is about the interaction's token.
#[tokio::test]
async fn an_interaction_that_is_over_says_nothing_of_the_token() {
    let stage = Stage::daily(only(&["scheduler"])).await;
    let ana = stage.team.member("ana");
    for fault in [Fault::Refused(401, 50_027), Fault::Status(401)] {
        stage.discord.fails("POST /interactions/**", fault);
        drop(ana.commands(&stage.daily, "kquiz mine", &[]));
        stage.discord.until("the refusal", |discord| (discord.faults_left() == 0).then_some(())).await;
    }
    stage.until("2026-11-23 09:00").await;
    assert_eq!(questions(&stage.daily).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_at_the_start() {
    let stage = Stage::set(only(&["scheduler"])).await;
    stage.discord.revokes_the_token();
    let home = Home::new();
    home.write("kcard.toml", "");
    for log in ["info", "trace"] {
        let mut command = kcard(&home, &stage.discord, log);
        let Said { code, out, err } = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("it ends");
        assert_eq!(code, Some(2), "{err}");
        let lines: Vec<&str> = err.lines().filter(|line| line.contains("Discord refuses the bot's token")).collect();
        assert!(log != "info" || lines.len() == 1, "{err}");
        assert!(!out.contains(&stage.discord.token()) && !err.contains(&stage.discord.token()), "{err}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_reaches_the_log() {
    let stage = Stage::set(only(&["scheduler"])).await;
    let ana = stage.team.admin("ana");
    let home = Home::new();
    home.write(
        "kcard.toml",
        &format!(
            "[[schedule]]\nname = \"daily\"\nchannel = \"discord:{}\"\nat = \"daily 09:00\"\nask_on_start = true\nkinds = [\"choice\"]\n",
            stage.daily.id
        ),
    );
    let all = "trace,serenity=trace,reqwest=trace,hyper=trace,hyper_util=trace,tungstenite=trace,tokio_tungstenite=trace,sqlx=trace";
    let mut command = kcard(&home, &stage.discord, all);
    command.stderr(std::fs::File::create(home.path("log")).expect("a file"));
    let running = tokio::task::spawn_blocking(move || Running::start_logging(&mut command)).await.expect("it starts");
    let question = stage.daily.hears(1).await;
    stage.discord.connected(1).await;
    let patient = Duration::from_secs(20);
    stage.discord.within(patient, "seeds", |_| (!question.reacted("1️⃣").is_empty()).then_some(())).await;
    ana.commands(&stage.daily, "kcard", &[]).message().await;
    ana.commands(&stage.daily, "kquiz mine", &[]).message().await;
    ana.autocompletes(&stage.daily, "kquiz ask", &[], "card", "a").choices().await;
    ana.reacts(&question, "1️⃣");
    ana.clicks_late(&question, "nonsense").message().await;
    stage.discord.revokes_the_token();
    stage.discord.connected(0).await;
    let (running, ready) = tokio::task::spawn_blocking(move || {
        let ready = running.get("/readyz").0;
        (running, ready)
    })
    .await
    .expect("it answers");
    assert_eq!(ready, "HTTP/1.1 200 OK", "the room goes on without Discord");
    let said = tokio::task::spawn_blocking(move || running.stop("TERM")).await.expect("it stops");
    assert_eq!(said.code, Some(0));
    let log = std::fs::read_to_string(home.path("log")).expect("the log");
    assert!(log.contains("connected to Discord") && log.contains("TRACE"), "{log}");
    assert!(!log.contains(&stage.discord.token()), "the token is in the log");
    for token in stage.discord.interaction_tokens() {
        assert!(!log.contains(&token), "an interaction's token is in the log");
    }
}

/// Nobody listens at Discord's address.
#[test]
fn a_discord_that_cannot_be_reached_keeps_nobody_else_from_playing() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = closed.local_addr().expect("bound");
    drop(closed);
    let home = Home::new();
    home.write("kcard.toml", "");
    let mut command = home.kcard(&["run", "--config", "kcard.toml", "--data", "data"]);
    command.env("DISCORD_TOKEN", "MTIz.a.token").env("DISCORD_API_URL", format!("http://{address}"));
    let running = Running::start(&mut command);
    assert_eq!(running.get("/").0, "HTTP/1.1 200 OK");
    assert_eq!(running.get("/readyz").0, "HTTP/1.1 503 Service Unavailable", "who waits for the platform sees it");
    let Said { code, err, .. } = running.stop("TERM");
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("Discord cannot be reached") && !err.contains("MTIz.a.token"), "{err}");
}

/// A Discord that takes the connection and says nothing: the room on this machine is there soon all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_waits_for_no_answer() {
    let stage = Stage::set(only(&["scheduler"])).await;
    for _ in 0..3 {
        stage.discord.fails("GET /applications/@me", Fault::Hangs);
    }
    let home = Home::new();
    home.write("kcard.toml", "");
    let (mut command, begun) = (kcard(&home, &stage.discord, "info"), Instant::now());
    let running = tokio::task::spawn_blocking(move || Running::start(&mut command)).await.expect("it starts");
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
    tokio::task::spawn_blocking(move || running.stop("TERM")).await.expect("it stops");
}
