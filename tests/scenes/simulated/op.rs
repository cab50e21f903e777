//! What may happen, one thing at a time. Everything can happen at any time; where it makes no sense it is nothing.

use proptest::prelude::*;

/// The players.
pub const PLAYERS: [&str; 2] = ["ana", "bo"];

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Op {
    /// Time passes, seconds, and nobody does anything.
    Passes(i64),
    /// The clock is set wrong, or right: it jumps by so many minutes.
    Jumps(i64),
    /// All that is due is done.
    Works,
    /// One step of one kind is done.
    Ticks,
    Sends,
    ReadsBack,
    /// The process is killed, and starts.
    Dies,
    /// It is killed while the platform has a post and has not answered yet.
    DiesPosting,
    Starts,
    /// It is away for so many minutes, and then does all that is due.
    IsAwayFor(i64),
    /// The connection breaks and nobody notices, or is back.
    GoesDeaf,
    Hears,
    /// The platform answers nothing, or does again.
    IsAway(bool),
    /// The answer to the next post is lost.
    LosesAnswer,
    /// A host has a question asked, and all that is due is done.
    Asks,
    /// All that was handed to the bot so far is handed to it again.
    Redelivers,
    /// A player does something to the latest question.
    Acts(usize, Act),
    /// A player does something while the connection is broken, and more once it is back, before anything is read back.
    Outage(usize, Vec<Act>, Vec<Act>),
}

/// What a player does. Options count from 0, as the model knows them; the first is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Reacts(usize),
    TakesBack(usize),
    Replies(usize),
    Presses(usize),
}

pub fn any() -> impl Strategy<Value = Op> {
    prop_oneof![
        3 => (1..120i64).prop_map(Op::Passes),
        2 => (120..8_000i64).prop_map(Op::Passes),
        2 => prop::sample::select(vec![-300, -61, -10, 10, 61, 130, 300, 1_500]).prop_map(Op::Jumps),
        4 => Just(Op::Works),
        1 => Just(Op::Ticks),
        1 => Just(Op::Sends),
        1 => Just(Op::ReadsBack),
        1 => Just(Op::Dies),
        1 => Just(Op::DiesPosting),
        6 => Just(Op::Starts),
        2 => (60..480i64).prop_map(Op::IsAwayFor),
        1 => Just(Op::GoesDeaf),
        5 => Just(Op::Hears),
        1 => Just(Op::IsAway(true)),
        6 => Just(Op::IsAway(false)),
        1 => Just(Op::LosesAnswer),
        4 => Just(Op::Asks),
        1 => Just(Op::Redelivers),
        22 => (0..PLAYERS.len(), act()).prop_map(|(who, act)| Op::Acts(who, act)),
        8 => (0..PLAYERS.len(), acts(1..3), acts(0..3)).prop_map(|(who, away, back)| Op::Outage(who, away, back)),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    (0..3usize).prop_flat_map(|option| {
        prop_oneof![
            3 => Just(Act::Reacts(option)),
            2 => Just(Act::TakesBack(option)),
            2 => Just(Act::Replies(option)),
            2 => Just(Act::Presses(option)),
        ]
    })
}

fn acts(many: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec(act(), many)
}
