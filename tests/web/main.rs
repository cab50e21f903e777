//! The web room as its browsers and its attackers see it: the real router on a loopback port, over HTTP.

mod decks;
mod gate;
mod hosts;
mod kit;
mod live;
mod page;
mod play;
mod rates;
mod session;
mod stuck;
