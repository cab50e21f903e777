//! How fast requests arrive at Discord, by how long they are on their way. Time passes at once.

use std::sync::{Arc, Mutex};

use reqwest::{StatusCode, header::HeaderMap};
use rstest::rstest;
use tokio::{
    task::JoinSet,
    time::{Duration, Instant, sleep},
};

use super::{NotYet, Pace, Route, Urgency};

const SECOND: Duration = Duration::from_secs(1);
const DAILY: Route = Route("post", 0);

/// Numbers without order, the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most.max(1)
    }
}

/// When 500 requests in 500 channels arrive that are so many milliseconds on their way at least, and at most so many more, both there
/// and back.
async fn arrivals(way: u64, more: u64) -> Vec<Instant> {
    let (pace, mut dice, arrived) = (Pace::new(), Dice(7), Arc::new(Mutex::new(Vec::new())));
    let mut tasks = JoinSet::new();
    for number in 0..500 {
        let (pace, arrived) = (pace.clone(), Arc::clone(&arrived));
        let [there, back] = [dice.below(more), dice.below(more)].map(|more| Duration::from_millis(way + more));
        // The first also open a connection.
        let there = there + if number < 20 { Duration::from_millis(150) } else { Duration::ZERO };
        tasks.spawn(async move {
            let mut held = pace.turn(&Route("post", number), Urgency::Post).await.expect("its turn comes");
            sleep(there).await;
            arrived.lock().unwrap().push(Instant::now());
            sleep(back).await;
            pace.learn(&mut held, StatusCode::OK, &HeaderMap::new(), "");
        });
    }
    tasks.join_all().await;
    let mut arrived = arrived.lock().unwrap().clone();
    arrived.sort();
    arrived
}

#[rstest]
#[case::near(0, 1, 48)]
#[case::at_50_ms(25, 1, 48)]
#[case::at_100_ms_more_or_less(40, 20, 47)]
#[case::at_250_ms(125, 1, 48)]
#[case::at_250_ms_more_or_less(100, 50, 45)]
#[case::far(400, 1, 48)]
#[case::nobody_knows(10, 400, 33)]
#[tokio::test(start_paused = true)]
async fn never_more_than_50_arrive_in_a_second(#[case] way: u64, #[case] more: u64, #[case] at_least: u64) {
    let arrived = arrivals(way, more).await;
    for (first, past) in arrived.iter().zip(&arrived[50..]) {
        assert!(*past - *first >= SECOND, "51 arrived in {:?}", *past - *first);
    }
    // As soon as it is known how long they take at least.
    let took = arrived[499] - arrived[100];
    assert!(took <= Duration::from_millis(400 * 1_000 / at_least), "400 took {took:?}");
}

fn window(left: u64) -> HeaderMap {
    let headers = [("x-ratelimit-limit", "5".to_owned()), ("x-ratelimit-reset-after", "5".to_owned())];
    let headers = headers.into_iter().chain([("x-ratelimit-remaining", left.to_string())]);
    headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>()
}

#[tokio::test(start_paused = true)]
async fn the_last_of_a_window_is_kept_for_what_a_channel_waits_for() {
    let pace = Pace::new();
    let began = Instant::now();
    for left in [4, 3, 2] {
        let mut hint = pace.turn(&DAILY, Urgency::Extra).await.expect("its turn comes");
        pace.learn(&mut hint, StatusCode::OK, &window(left), "");
    }
    let hint = tokio::spawn({
        let pace = pace.clone();
        async move { pace.turn(&DAILY, Urgency::Extra).await.map(|_| Instant::now()) }
    });
    for left in [1, 0] {
        sleep(SECOND).await;
        let mut post = pace.turn(&DAILY, Urgency::Post).await.expect("its turn comes");
        assert!(began.elapsed() < 3 * SECOND);
        pace.learn(&mut post, StatusCode::OK, &window(left), "");
    }
    assert!(matches!(pace.turn(&DAILY, Urgency::Post).await, Err(NotYet(_))));
    assert!(pace.turn(&DAILY, Urgency::Pages).await.is_ok(), "pages wait for the next window");
    assert!(hint.await.unwrap().expect("its turn comes") - began >= 5 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_route_takes_nobodys_turn() {
    let pace = Pace::new();
    let hangs = pace.turn(&DAILY, Urgency::Extra).await.expect("its turn comes");
    for _ in 0..200 {
        let pace = pace.clone();
        tokio::spawn(async move { pace.turn(&DAILY, Urgency::First).await.map(drop) });
    }
    sleep(SECOND).await;
    let began = Instant::now();
    pace.turn(&Route("post", 1), Urgency::Extra).await.expect("its turn comes");
    assert!(began.elapsed() < Duration::from_millis(50), "{:?}", began.elapsed());
    drop(hangs);
}

#[rstest]
#[case::of_the_route(r#"{"retry_after": 3.5, "global": false}"#, false)]
#[case::of_the_bot(r#"{"retry_after": 3.5, "global": true}"#, true)]
#[case::of_what_stands_before_discord("<html>error code: 1015</html>", true)]
#[tokio::test(start_paused = true)]
async fn whom_a_stop_means(#[case] body: &str, #[case] all: bool) {
    let pace = Pace::new();
    let headers = HeaderMap::from_iter([("retry-after".parse().unwrap(), "4".parse().unwrap())]);
    let mut held = pace.turn(&DAILY, Urgency::Post).await.expect("its turn comes");
    let wait = pace.learn(&mut held, StatusCode::TOO_MANY_REQUESTS, &headers, body).expect("a wait");
    drop(held);
    assert!(wait >= Duration::from_millis(3_500));
    assert!(matches!(pace.turn(&DAILY, Urgency::Post).await, Err(NotYet(_))));
    assert_eq!(pace.turn(&Route("post", 1), Urgency::Post).await.is_err(), all);
}
