//! The load run on Discord (docs/benchmarks.md): the real binary against the stand-in, with Discord's own limits in force. First 1,000
//! channels are due at once; then people click 500 times a second for 30 s. `-- CHANNELS CLICKS SECONDS` runs another size,
//! and with a fourth number each request is so many milliseconds on its way, there and back.
//!
//! It ends by itself, and fails where a click was not acknowledged, or an answer of 429 was of kcard's making.

#[path = "../tests/discord/contract.rs"]
#[allow(dead_code, reason = "the load run checks no contract")]
mod contract;
#[path = "../tests/shared/standin.rs"]
#[allow(dead_code, reason = "the load run waits for little")]
mod shared;
#[path = "../tests/discord/standin/mod.rs"]
#[allow(dead_code, reason = "the load run needs a small part of what people can do")]
mod standin;

use std::{
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
use standin::{Ask, Channel, Discord, Guild, Member};
use tokio::time::{interval, sleep};

/// People in each server.
const PEOPLE: usize = 10;
/// How long the posting of one question may take on average, before the run counts as stuck.
const STUCK: Duration = Duration::from_millis(200);

struct Size {
    channels: usize,
    clicks: usize,
    seconds: u64,
    distance: Duration,
}

impl Size {
    /// From the words after `--`; what cargo itself adds is no number.
    fn read() -> Self {
        let mut numbers = std::env::args().filter_map(|word| word.parse::<usize>().ok());
        let mut next = |default| numbers.next().unwrap_or(default);
        Self {
            channels: next(1_000),
            clicks: next(500),
            seconds: next(30) as u64,
            distance: Duration::from_millis(next(0) as u64),
        }
    }
}

struct Server {
    guild: Guild,
    channel: Channel,
    people: Vec<Member>,
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
    let discord = Discord::start(clock).await;
    discord.is_far(size.distance);
    let servers: Vec<Server> = (0..size.channels).map(|number| server(&discord, number)).collect();
    let home = tempfile::tempdir().expect("a directory can be made");
    let url = format!("sqlite://{}", home.path().join("kcard.db").display());
    schedules(&url, &servers).await;

    let kcard = start(&discord, home.path(), &url);
    discord.connected(1).await;
    post(&discord, &servers).await;
    // What is nice to have, such as seeded reactions, still goes out while people click: so it is in a channel's morning.
    click(&discord, &servers, &size).await;
    println!("memory at the end: {} MB resident, at most {} MB", memory(&kcard, "VmRSS"), memory(&kcard, "VmHWM"));
    for request in discord.requests().iter().filter(|request| request.status == 429) {
        println!("429: {} {} at {:?}", request.method, request.path, request.at);
    }
    assert_eq!(discord.too_many(), 0, "429s of kcard's own making");
}

/// The process, which ends with the run, however that ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn server(discord: &Discord, number: usize) -> Server {
    let guild = discord.guild(&format!("server {number}"));
    // What an invitation asks for.
    guild.grants_bot(117_824);
    let channel = guild.channel("daily");
    let people = (0..PEOPLE).map(|person| guild.member(&format!("p{number}-{person}"))).collect();
    Server { guild, channel, people }
}

/// A schedule in each channel that asks a choice as soon as kcard runs.
async fn schedules(url: &str, servers: &[Server]) {
    let store = Store::open(url).await.expect("the store opens");
    for server in servers {
        let channel = ChannelId::new(format!("discord:{}", server.channel.id));
        let pattern = Pattern::parse("daily 00:00").expect("a pattern");
        let plan = Plan {
            ask_on_start: true,
            window_ms: Some(3_600_000),
            filter: Filter { kinds: vec![Kind::Choice], ..Filter::default() },
            ..Plan::new("daily", channel, DeckId::new("kubernetes"), pattern)
        };
        let space = SpaceId::new(format!("discord:{}", server.guild.id));
        store.add_schedule(&space, &plan, Timestamp::now()).await.expect("the store answers").expect("a new name");
    }
    store.close().await;
}

fn start(discord: &Discord, home: &std::path::Path, url: &str) -> Process {
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
        .env("DISCORD_TOKEN", discord.token())
        .env("DISCORD_API_URL", discord.api_url())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn();
    Process(kcard.expect("the binary starts"))
}

/// Waits until every channel has its question, and says how fast they came.
async fn post(discord: &Discord, servers: &[Server]) {
    let deadline = Instant::now() + STUCK * u32::try_from(servers.len()).expect("few");
    let posted = || discord.requests_to("POST /channels/*/messages");
    while posted().len() < servers.len() {
        assert!(Instant::now() < deadline, "only {} questions came", posted().len());
        sleep(Duration::from_millis(200)).await;
    }
    let posted = posted();
    let times: Vec<Instant> = posted.iter().map(|request| request.at).collect();
    let (first, last) = (times.iter().min().expect("some"), times.iter().max().expect("some"));
    let took = last.duration_since(*first).as_secs_f64();
    let among = discord.requests().iter().filter(|request| request.at >= *first && request.at <= *last).count();
    #[allow(clippy::cast_precision_loss, reason = "thousands")]
    let (questions, all) = (posted.len() as f64 / took, among as f64 / took);
    println!(
        "{} channels due at once: {took:.1} s, {questions:.1} questions/s among {all:.1} requests/s of at most 50; 429s: {}",
        posted.len(),
        discord.too_many()
    );
}

/// Clicks at an even rate, and says how fast they were acknowledged.
async fn click(discord: &Discord, servers: &[Server], size: &Size) {
    let questions: Vec<_> = servers.iter().map(|server| server.channel.latest()).collect();
    let buttons: Vec<Vec<String>> = questions.iter().map(standin::Msg::controls).collect();
    let total = size.clicks * usize::try_from(size.seconds).expect("few");
    let mut every = interval(Duration::from_secs(1) / u32::try_from(size.clicks).expect("few"));
    let mut asks: Vec<Ask> = Vec::with_capacity(total);
    let began = Instant::now();
    for number in 0..total {
        every.tick().await;
        let at = number % servers.len();
        let person = &servers[at].people[number / servers.len() % PEOPLE];
        let button = &buttons[at][number * 7 % buttons[at].len()];
        asks.push(person.clicks(&questions[at], button));
    }
    let took = began.elapsed().as_secs_f64();
    let mut waits: Vec<Duration> = Vec::with_capacity(total);
    for ask in &asks {
        waits.push(ask.first().await.after);
    }
    waits.sort();
    let at = |share: usize| waits[(waits.len() - 1) * share / 1_000].as_secs_f64() * 1_000.0;
    #[allow(clippy::cast_precision_loss, reason = "thousands")]
    let rate = total as f64 / took;
    println!(
        "{total} clicks at {rate:.0}/s, each acknowledged once: median {:.1} ms, p99 {:.1} ms, p99.9 {:.1} ms, slowest {:.1} ms",
        at(500),
        at(990),
        at(999),
        at(1_000)
    );
    discord.assert_clean();
}

/// A figure of a process's memory, in MB.
fn memory(process: &Process, figure: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.0.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1_000
}
