//! Whole scenes in a Discord server.

mod boards;
mod buttons;
mod cards;
mod completion;
mod correcting;
mod day;
mod decks;
mod direct;
mod doctor;
mod greeting;
mod hosts;
mod intents;
mod late;
mod privacy;
mod reactions;
mod registered;
mod replies;
mod reveal;
mod roles;
mod schedules;
mod seasons;
mod shards;
mod threads;
mod typed;
