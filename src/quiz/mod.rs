//! The rules of the game: cards, questions, marking, rounds, points, schedules, seasons and standings.
//!
//! Pure: no async, no I/O, no clock, and no randomness that is not handed in. Knows no other room.

pub mod answer;
pub mod asked;
pub mod correction;
pub mod deck;
pub mod draw;
pub mod grade;
pub mod id;
pub mod nearest;
pub mod points;
pub mod question;
pub mod round;
pub mod schedule;
pub mod season;
mod shown;
pub mod standing;
pub mod verdict;
