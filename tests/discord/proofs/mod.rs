//! Proofs that the stand-in is what it says: strict where Discord is, and readable by the client library that the bot uses.

mod builders;
mod client;
mod contract;
mod faults;
mod gateway;
mod interactions;
mod kit;
mod limits;
mod rates;
mod rest;
mod shows;
