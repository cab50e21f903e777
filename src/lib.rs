//! kcard puts a deck of flashcards into a team's chat: questions on a schedule, answers by reaction, reply or
//! button, a leaderboard that lasts.
//!
//! The map of the house, from the middle to the edge (ARCHITECTURE.md walks through it):
//!
//! - [`quiz`]: the rules. Pure: no I/O, no clock, no randomness that is not handed in.
//! - [`decks`]: deck files to [`quiz::deck::Deck`] and back.
//! - [`store`]: what lasts; the one place that knows SQL.
//! - [`chat`]: the port to a platform, the command language and the wording; then a room for each face.
//! - [`bot`]: what happens when: ask, answer, close, command, schedule, outbox.
//! - [`http`]: one web server for health, pages and what platforms call.
//! - [`measure`]: what is counted for those who look after kcard.
//! - [`config`], [`cli`], [`clock`]: what the process is told, how it is started, and what time it is.

pub mod bot;
pub mod chat;
pub mod cli;
pub mod clock;
pub mod config;
pub mod decks;
pub mod http;
pub mod measure;
pub mod quiz;
pub mod store;
