//! Discord as the whole bot meets it: a strict stand-in for its REST API and gateway, and the scenes that are played on it.

#[path = "../shared/faces/away.rs"]
mod away;
mod contract;
#[path = "../scenes/stage/deck.rs"]
mod deck;
mod every_card;
#[path = "../shared/faces/mod.rs"]
mod faces;
mod faults;
mod played;
#[path = "../cli/process.rs"]
#[allow(dead_code, reason = "what is needed of it here is little")]
mod process;
mod scenes;
#[path = "../shared/standin.rs"]
mod shared;
#[path = "../decks/shown.rs"]
mod shown;
mod stage;
#[allow(dead_code, reason = "what people and Discord can do is more than the scenes use at any one time")]
mod standin;
#[path = "../shared/stage.rs"]
mod whole;

mod proofs;
