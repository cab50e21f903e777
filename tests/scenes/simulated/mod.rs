//! The bot under random sequences of what may happen: answers of every way, withdrawals, redeliveries, deaths in the midst of a post,
//! connections that go deaf, platforms that are away or lose an answer, and clocks that jump. A simple model (`model`) says what may be
//! at the end; it knows the promises and none of the code.
//!
//! `PROPTEST_CASES` says how many sequences are played (64). What fails is made as short as it can be.
//!
//! It was seen to fail where an attempt whose answer was lost is not looked for (a question stands twice: `[LosesAnswer, Asks]`), where
//! a reply that was read back counts as the newest (`Change::Set` in the place of `Change::Found`), and where a slot counts as too late
//! after half its catch-up. Twice the catch-up is not seen, rightly: the outbox gives up what is too late as well.

mod ending;
mod model;
mod op;
mod play;

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use play::Play;

/// Sequences, where nothing else is asked for.
const SEQUENCES: u32 = 64;

/// The clock when a sequence begins, Berlin's time.
fn beginnings() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["2026-11-23 08:00", "2027-03-28 00:40", "2027-10-31 00:40"])
}

#[test]
fn whatever_happens_the_promises_hold() {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(SEQUENCES);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let sequences = (beginnings(), prop::collection::vec(op::any(), 1..60));
    let played = TestRunner::new(config).run(&sequences, |(begins, ops)| {
        runtime.block_on(async {
            let mut play = Play::begins(begins).await;
            for op in &ops {
                play.does(op).await?;
            }
            play.ends().await
        })
    });
    if let Err(failed) = played {
        panic!("{failed}");
    }
}
