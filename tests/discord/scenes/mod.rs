//! Whole scenes in a Discord server.

mod boards;
mod buttons;
mod cards;
mod completion;
mod day;
mod greeting;
mod hosts;
mod intents;
mod late;
mod reactions;
mod registered;
mod replies;
mod reveal;
mod schedules;
mod seasons;
mod shards;
mod typed;
