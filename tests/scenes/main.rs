//! The whole bot, played through on a stand-in for the chat: a scene reads like the chat it plays. Real rules, a real store, a set
//! clock, and no waiting.

/// What somebody reads. The same on every store, so a scene that is played on several snapshots it once.
macro_rules! reads {
    ($read:expr, @$text:literal) => {{
        let read = $read;
        insta::allow_duplicates! { insta::assert_snapshot!(read, @$text) }
    }};
}

mod stage;

mod answers;
mod away;
mod cards;
mod correcting;
mod crashes;
mod crowds;
mod databases;
mod day;
mod decks;
mod faults;
mod home;
mod hosts;
mod last;
mod points;
mod privacy;
mod races;
#[path = "../shared/reveal.rs"]
mod reveal;
mod seasons;
mod simulated;
mod spaces;
mod threads;
mod time;
