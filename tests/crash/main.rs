//! The crash test: the real binary on a real store, killed with SIGKILL again and again, at moments that chance chooses, while schedules
//! fire, players answer by every way, rounds close and seasons end. Some of the moments are chosen among what happens: a request that the
//! platform has taken and not answered yet, a press. The stand-in takes some posts and cuts the answer off. Then everything that the
//! stand-in, the players and the host saw is held against each other (`check`).
//!
//! `KCRASH_KILLS` says how often the process is killed in all (200), `KCRASH_SEED` what chance begins with. The same seed gives the same
//! moments, faults and acts; how far the process has come by then is up to the machine.
//!
//! It was seen to fail, with 25 kills of each process, where an attempt that was cut is not looked for (a question of a slot that is stored
//! as skipped), where a player is told 20 ms before the commit (an answer that was told to be in is in no reveal), and where rounds close
//! without being read back (the same for replies and reactions).

mod check;
#[path = "../discord/contract.rs"]
#[allow(dead_code, reason = "whether it is at hand is asked elsewhere")]
mod contract;
#[path = "../scenes/stage/database.rs"]
mod database;
mod deck;
mod discord;
mod disk;
mod life;
mod platform;
mod players;
#[path = "../cli/process.rs"]
#[allow(dead_code, reason = "what is needed of it here is little")]
mod process;
mod records;
#[path = "../shared/reveal.rs"]
mod reveal;
mod seasons;
#[path = "../shared/standin.rs"]
mod shared;
mod slack;
mod storm;
mod world;

use database::{Database, On};

/// Kills in all, where nothing else is asked for.
const KILLS: usize = 200;
/// Kills in one world: afterwards it is looked at, and the next one begins.
const IN_A_WORLD: usize = 100;
/// Channels on Discord. An attempt that was cut keeps its channel waiting for a minute, so there are many.
const DISCORD_CHANNELS: usize = 48;
/// Channels on Slack, which lets kcard read 50 threads a minute.
const SLACK_CHANNELS: usize = 8;

/// What the environment says, for a process that is killed so many hundredths of all kills.
struct Run {
    kills: usize,
    seed: u64,
}

impl Run {
    fn of(hundredths: usize) -> Self {
        let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("it is a number"));
        let kills = number("KCRASH_KILLS").map_or(KILLS, |kills| usize::try_from(kills).expect("not that many"));
        let seed = number("KCRASH_SEED").unwrap_or_else(|| rand::random::<u64>() % 1_000_000);
        Self { kills: (kills * hundredths).div_ceil(100), seed }
    }

    /// Plays one world after the other, until there were so many kills.
    fn plays(self, name: &str, world: impl AsyncFn(usize, u64)) {
        sqlx::any::install_default_drivers();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        let (mut left, mut seed) = (self.kills, self.seed);
        while left > 0 {
            let kills = left.min(IN_A_WORLD);
            // Shown where the test fails.
            println!("{name}: {kills} kills, KCRASH_SEED={seed}");
            runtime.block_on(world(kills, seed));
            (left, seed) = (left - kills, seed + 1);
        }
    }
}

async fn discord(on: On, kills: usize, seed: u64) {
    let Some(database) = Database::fresh(on).await else { return };
    let discord = discord::OnDiscord::new(world::clock(), DISCORD_CHANNELS).await;
    world::plays(discord, database, kills, seed).await;
}

async fn slack(on: On, kills: usize, seed: u64) {
    let Some(database) = Database::fresh(on).await else { return };
    let slack = slack::OnSlack::new(world::clock(), SLACK_CHANNELS).await;
    world::plays(slack, database, kills, seed).await;
}

/// Both platforms at the same time, a process each: two thirds of the kills.
#[test]
fn on_sqlite() {
    Run::of(33).plays("SQLite, twice", async |kills, seed| {
        tokio::join!(discord(On::Sqlite, kills, seed), slack(On::Sqlite, kills, seed));
    });
}

#[test]
fn on_postgres() {
    Run::of(34).plays("PostgreSQL", async |kills, seed| discord(On::Postgres, kills, seed).await);
}
