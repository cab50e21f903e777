//! Whole scenes in a Discord server.

mod answers;
mod day;
