//! Proofs that the stand-in is what it says: strict where Discord is, and readable by the client library that the bot uses.

mod client;
mod kit;
