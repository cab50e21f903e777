//! One world: a platform with its people, a store and the process, from the first start over many deaths to the last look.
//!
//! 1. The process starts, undisturbed.
//! 2. It is killed again and again while schedules fire, players answer, rounds close and seasons end.
//! 3. It is away for longer than a slot; people act on.
//! 4. It runs again, undisturbed, and catches up.
//! 5. It stops when told to, and starts without any schedule, until nothing is left to be said.
//! 6. What all saw is compared.

use std::{fmt::Write as _, sync::Arc, time::Duration};

use jiff::Timestamp;
use kcard::clock::SetClock;
use rand::{SeedableRng, rngs::ChaCha8Rng};
use sqlx::Row as _;
use tokio::time::{Instant, sleep};

use crate::{
    check,
    database::Database,
    deck,
    life::Place,
    platform::{PLAYERS, Platform},
    players::{ATTEMPTS, Game, Player, WINDOW},
    seasons::Seasons,
    storm::{self, started, up},
};

/// How long the process is away at the end: longer than from slot to slot.
const OUTAGE: Duration = Duration::from_secs(26);
/// How long it runs undisturbed afterwards: longer than a round.
const CALM: Duration = Duration::from_secs(20);
/// How long it may take until all is said: a lease of a minute, and a round.
const REST: Duration = Duration::from_mins(4);

/// How often a channel is asked, seconds; and how late it is still asked by every third schedule, seconds.
pub const EVERY: u32 = 20;
pub const SHORT_CATCH_UP: u32 = 10;

/// When what happened.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// The process had come up for the first time.
    pub begun: Timestamp,
    /// It was killed for the last time.
    pub away: Timestamp,
    /// It started after the outage.
    pub back: Timestamp,
    /// It had come up.
    pub up: Timestamp,
    /// It was told to stop.
    pub stopped: Timestamp,
}

/// All that a check looks at.
pub struct World<P> {
    pub platform: P,
    pub place: Place,
    pub game: Game,
    pub seasons: Seasons,
    pub times: Times,
}

/// A clock for the stand-in that goes as the machine's does.
pub fn clock() -> Arc<SetClock> {
    let clock = Arc::new(SetClock::new(Timestamp::now()));
    let goes = Arc::downgrade(&clock);
    tokio::spawn(async move {
        while let Some(clock) = goes.upgrade() {
            clock.set(Timestamp::now());
            sleep(Duration::from_millis(1)).await;
        }
    });
    clock
}

/// Plays a world and checks it.
pub async fn plays<P: Platform>(platform: P, database: Database, kills: usize, seed: u64) {
    let place = Place::new(database, platform.settings(), &schedules(&platform));
    let (game, seasons) = (Game::default(), Seasons::default());
    let (chance, times) = (ChaCha8Rng::seed_from_u64(seed), std::cell::Cell::new(None));

    let story = async {
        let first = up(started(&place, &platform).await, &place, &platform).await;
        let begun = Timestamp::now();
        sleep(Duration::from_secs(1)).await;
        first.dies();
        storm::rages(kills, seed, &place, &platform, &game).await;
        let away = Timestamp::now();
        platform.delivers_twice(false);
        sleep(OUTAGE).await;
        let back = Timestamp::now();
        let life = up(started(&place, &platform).await, &place, &platform).await;
        let connected = Timestamp::now();
        sleep(CALM).await;
        game.over.set(true);
        // What was asked last is answered to its end.
        sleep(Duration::from_secs(4)).await;
        seasons.end_all(&platform).await;
        let stopped = Timestamp::now();
        assert!(life.stops().await, "it stops well\n{}", place.log());
        times.set(Some(Times { begun, away, back, up: connected, stopped }));
    };
    let players =
        PLAYERS.iter().zip(1..).map(|(who, number)| Player::new(who, seed ^ number, &platform, &game).plays());
    let players = futures_util::future::join_all(players);
    tokio::join!(story, players, seasons.are_held(&platform, &game, chance));
    let times = times.get().expect("the story was told");

    place.schedules("schedule = []\n");
    let life = up(started(&place, &platform).await, &place, &platform).await;
    rests(&place, &platform).await;
    assert!(life.stops().await, "it stops well\n{}", place.log());
    check::all(&World { platform, place, game, seasons, times }).await;
}

/// Waits until no round is open and nothing waits to be said.
async fn rests<P: Platform>(place: &Place, platform: &P) {
    let until = Instant::now() + REST;
    loop {
        let left = place
            .rows(
                "SELECT (SELECT COUNT(*) FROM rounds WHERE state IN ('posting', 'open')) AS rounds,
                        (SELECT COUNT(*) FROM outbox WHERE settled IS NULL) AS parcels,
                        (SELECT COUNT(*) FROM seasons WHERE frozen IS NULL) AS seasons",
            )
            .await;
        let [rounds, parcels, seasons] = ["rounds", "parcels", "seasons"].map(|what| left[0].get::<i64, _>(what));
        if rounds + parcels + seasons == 0 {
            return;
        }
        assert!(
            Instant::now() < until,
            "after {REST:?}, {rounds} rounds are not closed, {parcels} parcels not sent, {seasons} seasons not frozen\n{}\n{}",
            platform.story(),
            place.log()
        );
        sleep(Duration::from_millis(200)).await;
    }
}

/// A schedule for each channel, each at seconds of its own.
fn schedules<P: Platform>(platform: &P) -> String {
    let mut schedules = String::new();
    for (number, channel) in platform.channels().iter().enumerate() {
        let first = u32::try_from(number).expect("few") % EVERY;
        let seconds: Vec<String> = (first..60).step_by(EVERY as usize).map(|second| second.to_string()).collect();
        let catch_up = if number % 3 == 0 { format!("{SHORT_CATCH_UP}s") } else { "2h".to_owned() };
        write!(
            schedules,
            "\n[[schedule]]\nname = \"s{number}\"\nchannel = \"{channel}\"\ndeck = \"{}\"\ncron = \"{} * * * * *\"\n\
             window = \"{}s\"\nattempts = {ATTEMPTS}\ncatch_up = \"{catch_up}\"\n",
            deck::NAME,
            seconds.join(","),
            WINDOW.as_secs(),
        )
        .expect("a text takes it");
    }
    schedules
}
