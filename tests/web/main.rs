//! The web room as its browsers and its attackers see it: the real router on a loopback port, over HTTP.

mod correcting;
#[path = "../scenes/stage/deck.rs"]
#[allow(dead_code, reason = "the scenes of the room need less of it")]
mod deck;
mod decks;
#[path = "../shared/faces/mod.rs"]
mod faces;
mod gate;
mod hosts;
mod kit;
mod live;
#[path = "../shared/log.rs"]
#[allow(dead_code, reason = "what is read of the log here is little")]
mod log;
mod page;
mod permissions;
mod play;
mod played;
mod quiet;
mod rates;
mod session;
mod stuck;
#[path = "../shared/stage.rs"]
#[allow(dead_code, reason = "what a stage can do is more than the room's scenes use")]
mod whole;
