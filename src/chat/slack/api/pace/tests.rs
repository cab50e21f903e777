//! The limits, on a clock that stands until somebody waits.

use std::collections::VecDeque;

use super::*;
use crate::chat::slack::api::method::{EDIT, OPEN_SOCKET, PERSON, REACT};

/// No minute has more calls than the tier lets through, whatever comes at once.
#[tokio::test(start_paused = true)]
async fn a_method_keeps_to_its_tier_in_every_minute() {
    let pace = Pace::new();
    let mut calls: VecDeque<Instant> = VecDeque::new();
    for _ in 0..300 {
        pace.turn(&REACT.in_background()).await.expect("it has patience");
        let now = Instant::now();
        calls.push_back(now);
        calls.retain(|call| now - *call < Duration::from_mins(1));
        assert!(calls.len() <= 50, "{} in a minute", calls.len());
    }
    let took = pace.began.elapsed();
    assert!(took < Duration::from_mins(8), "it goes as fast as it may: {took:?}");
}

#[tokio::test(start_paused = true)]
async fn who_would_wait_too_long_is_told_when_to_come_again() {
    let pace = Pace::new();
    let mut told = None;
    for _ in 0..100 {
        if let Err(NotYet(wait)) = pace.turn(&PERSON).await {
            told = Some(wait);
            break;
        }
        pace.stop(&PERSON, Duration::from_secs(30));
    }
    assert_eq!(told, Some(Duration::from_secs(30)));
    pace.turn(&EDIT).await.expect("another method is free");
}

/// However much waits that has time, who has none gets a turn.
#[tokio::test(start_paused = true)]
async fn the_patient_are_in_nobodys_way() {
    let pace = std::sync::Arc::new(Pace::new());
    for _ in 0..500 {
        let pace = std::sync::Arc::clone(&pace);
        tokio::spawn(async move { pace.turn(&PERSON.in_background()).await });
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    pace.turn(&PERSON).await.expect("its turn");
    assert!(pace.began.elapsed() < Duration::from_secs(4), "{:?}", pace.began.elapsed());
}

/// Also a method that has no limit of its own here is not called while Slack asks to wait.
#[tokio::test(start_paused = true)]
async fn what_slack_asks_to_wait_for_is_waited_for() {
    let pace = Pace::new();
    pace.turn(&OPEN_SOCKET).await.expect("it is free");
    pace.stop(&OPEN_SOCKET, Duration::from_secs(30));
    assert_eq!(pace.turn(&OPEN_SOCKET).await, Err(NotYet(Duration::from_secs(30))));
    tokio::time::sleep(Duration::from_secs(30)).await;
    pace.turn(&OPEN_SOCKET).await.expect("it is free again");
}

#[tokio::test(start_paused = true)]
async fn a_channel_gets_one_message_a_second_after_the_answer_to_the_last() {
    let pace = Pace::new();
    for _ in 0..3 {
        let posting = pace.posting("C1").await.expect("its turn");
        // Slack takes its time.
        tokio::time::sleep(Duration::from_millis(400)).await;
        drop(posting);
        pace.posting("C2").await.map(drop).expect("another channel is free");
    }
    assert!(pace.began.elapsed() >= Duration::from_millis(3 * 400 + 2 * 1_000));
}

#[tokio::test(start_paused = true)]
async fn a_channel_that_slack_wants_quiet_is_quiet() {
    let pace = Pace::new();
    pace.posting("C1").await.expect("its turn").quiet_for(Duration::from_secs(20));
    assert_eq!(pace.posting("C1").await.err(), Some(NotYet(Duration::from_secs(20))));
    tokio::time::sleep(Duration::from_secs(16)).await;
    pace.posting("C1").await.map(drop).expect("4 s are waited for");
}

#[tokio::test(start_paused = true)]
async fn channels_that_are_quiet_are_forgotten() {
    let pace = Pace::new();
    for channel in 0..MOST_CHANNELS + 10 {
        pace.posting(&format!("C{channel}")).await.map(drop).expect("its turn");
        tokio::time::advance(Duration::from_secs(2)).await;
    }
    assert!(pace.channels.lock().expect("free").len() < MOST_CHANNELS);
}
