//! Slack as the whole bot meets it: a strict stand-in for its Web API, Socket Mode and signed HTTP.

mod proofs;
#[path = "../shared/standin.rs"]
mod shared;
#[allow(dead_code, reason = "what people and Slack can do is more than the scenes use at any one time")]
mod standin;
