//! The load run on Slack (docs/benchmarks.md): the real binary against the stand-in, with Slack's own limits in force, over two sockets.
//! First a question is asked in each of 50 channels; then 500 people click 300 times a second for 30 s. `-- CHANNELS CLICKS SECONDS` runs
//! another size.
//!
//! It ends by itself, and fails where a click was not acknowledged within 3 s and once, or not answered visibly, or an answer of 429 was
//! of kcard's making.

#[path = "../tests/shared/standin.rs"]
#[allow(dead_code, reason = "the load run waits for little")]
mod shared;
#[path = "../tests/slack/standin/mod.rs"]
#[allow(dead_code, reason = "the load run needs a small part of what people can do")]
mod standin;

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use kcard::{
    clock::SetClock,
    quiz::{
        draw::Filter,
        id::{ChannelId, DeckId, SpaceId},
        question::Kind,
        schedule::{Pattern, Plan},
    },
    store::Store,
};
use standin::{Ask, Channel, Msg, Person, Slack};
use tokio::time::{interval, sleep};

/// People in the workspace, who are in all its channels.
const PEOPLE: usize = 500;
/// How long the posting of one question may take on average, before the run counts as stuck.
const STUCK: Duration = Duration::from_secs(1);
/// How long the answers to the last clicks may take.
const PATIENCE: Duration = Duration::from_secs(30);

struct Size {
    channels: usize,
    clicks: usize,
    seconds: usize,
}

impl Size {
    /// From the words after `--`; what cargo itself adds is no number.
    fn read() -> Self {
        let mut numbers = std::env::args().filter_map(|word| word.parse::<usize>().ok());
        let mut next = |default| numbers.next().unwrap_or(default);
        Self { channels: next(50), clicks: next(300), seconds: next(30) }
    }
}

#[tokio::main]
async fn main() {
    let size = Size::read();
    let clock = Arc::new(SetClock::new(Timestamp::now()));
    tokio::spawn({
        let clock = Arc::clone(&clock);
        async move {
            let mut every = interval(Duration::from_millis(5));
            loop {
                every.tick().await;
                clock.set(Timestamp::now());
            }
        }
    });
    let slack = Slack::start(clock).await;
    let channels: Vec<Channel> = (0..size.channels).map(|number| slack.channel(&format!("daily{number}"))).collect();
    let people: Vec<Person> = (0..PEOPLE).map(|number| slack.person(&format!("p{number}"))).collect();
    let home = tempfile::tempdir().expect("a directory can be made");
    let url = format!("sqlite://{}", home.path().join("kcard.db").display());
    schedules(&url, &slack, &channels).await;

    let kcard = start(&slack, home.path(), &url);
    slack.within(PATIENCE, "two sockets", |slack| (slack.sockets() == 2).then_some(())).await;
    let questions = post(&slack, &channels).await;
    // What is nice to have, such as seeded reactions, still goes out while people click: so it is in a channel's morning.
    click(&slack, &questions, &people, &size).await;
    println!("memory at the end: {} MB resident, at most {} MB", memory(&kcard, "VmRSS"), memory(&kcard, "VmHWM"));
    for call in slack.calls().iter().filter(|call| call.status == 429) {
        println!("429: {} {}", call.method, call.args);
    }
    assert_eq!(slack.too_many(), 0, "429s of kcard's own making");
}

/// The process, which ends with the run, however that ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// A schedule in each channel that asks a choice as soon as kcard runs.
async fn schedules(url: &str, slack: &Slack, channels: &[Channel]) {
    let store = Store::open(url).await.expect("the store opens");
    let space = SpaceId::new(format!("slack:{}", slack.team()));
    for (number, channel) in channels.iter().enumerate() {
        let channel = ChannelId::new(format!("slack:{}", channel.id));
        let pattern = Pattern::parse("daily 00:00").expect("a pattern");
        let plan = Plan {
            ask_on_start: true,
            window_ms: Some(3_600_000),
            filter: Filter { kinds: vec![Kind::Choice], ..Filter::default() },
            ..Plan::new(format!("daily{number}"), channel, DeckId::new("kubernetes"), pattern)
        };
        store.add_schedule(&space, &plan, Timestamp::now()).await.expect("the store answers").expect("a new name");
    }
    store.close().await;
}

fn start(slack: &Slack, home: &Path, url: &str) -> Process {
    let log = std::fs::File::create(home.join("log")).expect("it can be written");
    std::fs::write(home.join("kcard.toml"), "schedule = []\n").expect("it can be written");
    let kcard = Command::new(env!("CARGO_BIN_EXE_kcard"))
        .args(["--config"])
        .arg(home.join("kcard.toml"))
        .env("KCARD_DATA", home)
        .env("DATABASE_URL", url)
        .env("KCARD_LISTEN", "127.0.0.1:0")
        .env("KCARD_LOG", "warn")
        // As in the container image, unless the run is told otherwise.
        .env("MALLOC_ARENA_MAX", std::env::var_os("MALLOC_ARENA_MAX").unwrap_or_else(|| "1".into()))
        .env_remove("DISCORD_TOKEN")
        .env_remove("SLACK_SIGNING_SECRET")
        .env("SLACK_BOT_TOKEN", slack.bot_token())
        .env("SLACK_APP_TOKEN", slack.app_token())
        .env("SLACK_API_URL", slack.api_url())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn();
    Process(kcard.expect("the binary starts"))
}

/// Waits until every channel has its question, and says how fast they came.
async fn post(slack: &Slack, channels: &[Channel]) -> Vec<Msg> {
    let deadline = Instant::now() + STUCK * u32::try_from(channels.len()).expect("few");
    let missing = || channels.iter().filter(|channel| channel.of_bot().is_empty()).count();
    while missing() > 0 {
        assert!(Instant::now() < deadline, "{} questions did not come", missing());
        sleep(Duration::from_millis(200)).await;
    }
    let posted = slack.calls_of("chat.postMessage");
    let times = || posted.iter().map(|call| call.at);
    let took = times().max().expect("some").duration_since(times().min().expect("some")).as_secs_f64();
    println!("{} channels due at once: {took:.1} s; 429s: {}", channels.len(), slack.too_many());
    channels.iter().map(Channel::latest).collect()
}

/// Clicks at an even rate, and says how fast they were acknowledged.
async fn click(slack: &Slack, questions: &[Msg], people: &[Person], size: &Size) {
    let buttons: Vec<Vec<String>> = questions.iter().map(Msg::controls).collect();
    let total = size.clicks * size.seconds;
    let mut every = interval(Duration::from_secs(1) / u32::try_from(size.clicks).expect("few"));
    let mut asks: Vec<Ask> = Vec::with_capacity(total);
    let began = Instant::now();
    for number in 0..total {
        every.tick().await;
        let at = number % questions.len();
        let person = &people[number % people.len()];
        let button = &buttons[at][number * 7 % buttons[at].len()];
        asks.push(person.clicks(&questions[at], button));
    }
    let took = began.elapsed().as_secs_f64();
    let answered = |_: &Slack| asks.iter().all(|ask| ask.messages() > 0).then_some(());
    slack.within(PATIENCE, "every click to be answered", answered).await;
    let mut waits: Vec<Duration> = Vec::with_capacity(total);
    for ask in &asks {
        let delivered = ask.delivered();
        assert_eq!((delivered.sent, delivered.acknowledged, ask.messages()), (1, 1, 1), "{delivered:?}");
        waits.push(delivered.took.expect("it was acknowledged"));
    }
    waits.sort();
    let at = |share: usize| waits[(waits.len() - 1) * share / 1_000].as_secs_f64() * 1_000.0;
    #[allow(clippy::cast_precision_loss, reason = "thousands")]
    let rate = total as f64 / took;
    println!(
        "{total} clicks at {rate:.0}/s, each acknowledged once and answered: median {:.1} ms, p99 {:.1} ms, p99.9 {:.1} ms, \
         slowest {:.1} ms",
        at(500),
        at(990),
        at(999),
        at(1_000)
    );
}

/// A figure of a process's memory, in MB.
fn memory(process: &Process, figure: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.0.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1_000
}
