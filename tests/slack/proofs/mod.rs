//! Proofs that the stand-in is what it says: strict where Slack is, and readable by the client library that the bot uses.

mod blocks;
mod channels;
mod chat;
mod client;
mod faults;
mod files;
mod forms;
mod interactions;
mod kit;
mod listener;
mod rates;
mod shows;
mod signed;
mod sockets;
mod tokens;
