//! Secrets stay secret: in what kcard shows of its settings, in what it says of wrong ones, and in its log.

use std::{fs::File, io::Write as _, net::TcpStream, path::Path};

use kcard::{
    chat::{discord, slack},
    config::{Config, Over, SlackOver},
};
use rstest::rstest;

use crate::process::{Home, Running, Said, run};

const SECRETS: [&str; 5] = ["hush-discord", "xoxb-hush-bot", "xapp-hush-app", "hush-signing", "hush-database"];

/// What is told of secrets by the environment.
fn told(app_token: bool) -> Over {
    let [discord, bot, app, signing, database] = SECRETS.map(str::to_owned);
    let slack = SlackOver {
        bot_token: Some(bot),
        app_token: app_token.then_some(app),
        signing_secret: Some(signing),
        api_url: None,
    };
    let database_url = Some(format!("postgres://kcard:{database}@127.0.0.1/kcard?password={database}"));
    Over { discord_token: Some(discord), slack, database_url, ..Over::default() }
}

#[rstest]
#[case::sockets(true)]
#[case::requests(false)]
fn no_settings_show_a_secret(#[case] app_token: bool) {
    let config = Config::parse("", Path::new("kcard.toml"), told(app_token)).unwrap();
    let (token, secret) = (config.discord.clone().unwrap().token, config.slack.clone().unwrap().token);
    let hears = if app_token {
        slack::Hears::Sockets(slack::Sockets::new(SECRETS[2].to_owned().into()))
    } else {
        slack::Hears::Requests { secret: SECRETS[3].to_owned().into() }
    };
    let faces = (
        discord::Settings::new(token.secret().clone()),
        slack::Settings { token: secret.secret().clone(), hears, api: None, admins: Vec::new() },
    );
    let shown = format!("{config:#?} {faces:#?} {}", config.database);
    assert!(shown.contains("127.0.0.1"), "something is shown: {shown}");
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
}

#[rstest]
#[case::discord(&[("DISCORD_TOKEN", "hush hush")])]
#[case::slack(&[("SLACK_BOT_TOKEN", "hush-hush"), ("SLACK_APP_TOKEN", "xapp-hush")])]
#[case::signing(&[("SLACK_BOT_TOKEN", "xoxb-hush"), ("SLACK_SIGNING_SECRET", "hush hush")])]
#[case::a_proxy_for_discord(&[("DISCORD_TOKEN", "hush"), ("DISCORD_API_URL", "http://me:hush@127.0.0.1:1")])]
#[case::a_proxy_for_slack(&[("SLACK_BOT_TOKEN", "xoxb-hush"), ("SLACK_APP_TOKEN", "xapp-hush"), ("SLACK_API_URL", "http://me:hush@127.0.0.1:1/api")])]
#[case::a_database(&[("DATABASE_URL", "postgres://kcard:hush@127.0.0.1:1/kcard?password=hush")])]
fn a_wrong_setting_is_said_without_its_secret(#[case] set: &[(&str, &str)]) {
    let Said { code, out, err } = run(Home::new().kcard(&[]).envs(set.iter().copied()));
    assert_eq!(code, Some(2), "{err}");
    let is_named = set.iter().any(|(name, _)| err.contains(name)) || err.contains("127.0.0.1:1");
    assert!(is_named, "it is said which: {err}");
    assert!(!err.contains("hush") && !out.contains("hush"), "{err}");
}

/// The room at the most talkative log: neither the admin link nor a browser's cookie is in it, and above debug no answer's text.
#[test]
fn the_rooms_log_tells_nobody_who_is_who() {
    let home = Home::new();
    home.write(
        "kcard.toml",
        "[[schedule]]\nname = \"daily\"\nchannel = \"web:daily-quiz\"\nat = \"daily 09:00\"\nask_on_start = true\n",
    );
    let mut command = home.kcard(&["run", "--config", "kcard.toml", "--data", "data"]);
    command.env("KCARD_LOG", "trace,hyper=trace,hyper_util=trace,sqlx=trace,tower_http=trace,axum=trace");
    command.stderr(File::create(home.path("log")).unwrap());
    let running = Running::start_logging(&mut command);
    let secret = running.admin_link.split_once("admin=").unwrap().1.to_owned();
    let opened = sends(&running, "GET", &format!("/?admin={secret}"), "", "");
    assert!(opened.starts_with("HTTP/1.1 303"), "{opened}");
    let joined =
        sends(&running, "POST", "/api/join", "", &format!("{{\"key\":\"{}\",\"name\":\"ana\"}}", "0".repeat(32)));
    let cookie = joined.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap().split(';').next().unwrap();
    let said = sends(
        &running,
        "POST",
        "/api/say",
        cookie,
        "{\"key\":\"k\",\"channel\":\"daily-quiz\",\"text\":\"a tell-tale answer\"}",
    );
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    assert_eq!(running.stop("TERM").code, Some(0));
    let log = std::fs::read_to_string(home.path("log")).unwrap();
    assert!(log.contains("DEBUG"), "{log}");
    for secret in [secret.as_str(), cookie.split_once('=').unwrap().1] {
        assert!(secret.len() == 64 && !log.contains(secret), "{secret} is in the log");
    }
    let loud = log.lines().filter(|line| !line.contains("TRACE") && !line.contains("DEBUG"));
    assert_eq!(loud.filter(|line| line.contains("tell-tale")).count(), 0, "{log}");
}

/// The answer to a request, head and body.
fn sends(running: &Running, method: &str, path: &str, cookie: &str, body: &str) -> String {
    let address = running.address();
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncookie: {cookie}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    std::io::read_to_string(stream).unwrap()
}
