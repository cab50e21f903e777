//! The killer: starts the process and kills it, again and again, at moments that chance chooses.

use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};
use tokio::time::{sleep, timeout};

use crate::{
    life::{Life, Place},
    platform::Platform,
    players::Game,
};

/// How long the killer waits for the event in whose midst it kills.
const EVENT: Duration = Duration::from_millis(1_500);
/// How long a start may take on a busy machine.
const START: Duration = Duration::from_mins(1);

/// When a life ends.
enum Moment {
    /// Before it has come up.
    Starting(Duration),
    /// So long after it has.
    After(Duration),
    /// While the platform works on one of its requests, or has just done so.
    Request(Duration),
    /// Right after a player pressed something.
    Press(Duration),
}

impl Moment {
    fn choose(chance: &mut ChaCha8Rng) -> Self {
        let mut within = |most: u64| Duration::from_micros(chance.random_range(0..most * 1_000));
        let moments =
            [Self::Starting(within(400)), Self::After(within(900)), Self::Request(within(4)), Self::Press(within(30))];
        let place = [0, 1, 1, 1, 2, 2, 2, 2, 3, 3][chance.random_range(0..10)];
        moments.into_iter().nth(place).expect("there are four")
    }
}

/// Kills the process so often.
pub async fn rages<P: Platform>(kills: usize, seed: u64, place: &Place, platform: &P, game: &Game) {
    let (mut chance, begun) = (ChaCha8Rng::seed_from_u64(seed), Instant::now());
    for _ in 0..kills {
        let life = started(place, platform).await;
        if chance.random_bool(0.4) {
            platform.loses_an_answer(&mut chance);
        }
        platform.delivers_twice(chance.random_bool(0.2));
        match Moment::choose(&mut chance) {
            Moment::Starting(after) => {
                sleep(after).await;
                life.dies();
            }
            Moment::After(after) => {
                let life = up(life, place, platform).await;
                sleep(after).await;
                life.dies();
            }
            Moment::Request(after) => {
                let life = up(life, place, platform).await;
                let (reached, held) = platform.holds(&mut chance);
                timeout(EVENT, reached).await.ok();
                sleep(after).await;
                life.dies();
                drop(held);
            }
            Moment::Press(after) => {
                let life = up(life, place, platform).await;
                timeout(EVENT, game.acted.notified()).await.ok();
                sleep(after).await;
                life.dies();
            }
        }
        if chance.random_bool(0.05) {
            sleep(Duration::from_millis(chance.random_range(0..2_000))).await;
        }
    }
    println!("{kills} kills in {:?}", begun.elapsed());
}

/// A new process, once the platform has noticed that the one before is gone.
pub async fn started<P: Platform>(place: &Place, platform: &P) -> Life {
    while platform.is_connected() {
        sleep(Duration::from_millis(1)).await;
    }
    place.starts()
}

/// Waits until the process hears what happens.
pub async fn up<P: Platform>(mut life: Life, place: &Place, platform: &P) -> Life {
    let begun = Instant::now();
    while !platform.is_connected() {
        let fails = !life.lives() || begun.elapsed() > START;
        assert!(!fails, "kcard did not come up\n{}\n{}", platform.story(), place.log());
        sleep(Duration::from_millis(5)).await;
    }
    life
}
