//! The `kcard` command, played as people use it: what it says, how it ends, what it leaves behind.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may end here")]

mod commands;
mod decks;
mod foreign;
mod guests;
mod kept;
mod kit;
mod looked_after;
mod manifest;
mod process;
mod refused;
mod running;
mod secrets;
