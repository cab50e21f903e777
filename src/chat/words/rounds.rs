//! A round, as hosts and players look at it.

use jiff::Timestamp;

use super::{
    RoundView, Score,
    question::with_ask,
    tally,
    text::{count, int, span},
};
use crate::{
    chat::post::Reply,
    quiz::{id::RoundId, round::State},
};

/// A round at `now`: while it is open how many answered, never what; after its close how the answers fell.
pub fn show(round: &RoundView<'_>, state: State, answered: usize, scores: &[Score<'_>], now: Timestamp) -> Reply {
    let id = round.id;
    let rest = match state {
        State::Posting => format!("Round {id} is on its way to the channel."),
        State::Open => {
            let closes =
                round.closes.map(|at| format!(", closes in {}", span(at.duration_since(now)))).unwrap_or_default();
            format!("Round {id} is open{closes}. {} answered so far.", count(int(answered), "player"))
        }
        State::Closed => {
            format!("{}\n\nRound {id} is closed. {}", tally::lines(round.asked, scores), tally::answered(scores))
        }
        State::Cancelled => format!("Round {id} was cancelled and counts for nothing."),
    };
    Reply::private(with_ask(round.asked, &rest))
}

/// Closed by a host; the reveal follows.
pub fn closed(round: RoundId) -> Reply {
    Reply::private(format!("Round {round} is closed. The reveal is on its way."))
}

/// Cancelled by a host.
pub fn cancelled(round: RoundId) -> Reply {
    Reply::private(format!("Round {round} is cancelled and counts for nothing."))
}

/// It had ended before.
pub fn ended(round: RoundId) -> Reply {
    Reply::private(format!("Round {round} is over already."))
}

/// It cannot be closed yet: its question is not in the channel.
pub fn posting(round: RoundId) -> Reply {
    Reply::private(format!("Round {round} is not in the channel yet. Cancel it, or try again in a moment."))
}

/// It cannot be closed yet: what was answered while kcard was away is being read.
pub fn reading(round: RoundId) -> Reply {
    Reply::private(format!("I am still reading what was answered to round {round}. Please try again in a moment."))
}

/// No such round, or none in this channel yet.
pub fn none(round: Option<RoundId>) -> Reply {
    Reply::private(match round {
        Some(round) => format!("There is no round {round} here."),
        None => "No question was asked in this channel yet.".into(),
    })
}
