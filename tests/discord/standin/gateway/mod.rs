//! The gateway: sessions, what they have been told, and who is connected.

mod socket;
mod tell;

use std::time::Instant;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

pub use socket::serve;

pub const GUILDS: u64 = 1;
pub const GUILD_MEMBERS: u64 = 1 << 1;
pub const GUILD_PRESENCES: u64 = 1 << 8;
pub const GUILD_MESSAGES: u64 = 1 << 9;
pub const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
pub const DIRECT_MESSAGES: u64 = 1 << 12;
pub const DIRECT_MESSAGE_REACTIONS: u64 = 1 << 13;
pub const MESSAGE_CONTENT: u64 = 1 << 15;

/// All that Discord names: 0 to 16, 20, 21, 24 and 25.
pub const KNOWN_INTENTS: u64 = 0x1_ffff | 3 << 20 | 3 << 24;

/// What a connection is made to do.
#[derive(Debug)]
pub enum Out {
    Say(Value),
    /// Close, with a code or without one.
    Close(Option<u16>),
    /// The line is cut.
    Cut,
}

/// A session; it outlives its connection, so that it can be resumed.
pub struct Session {
    pub id: String,
    pub intents: u64,
    pub shard: u64,
    pub shards: u64,
    pub seq: u64,
    /// All that it was told, for a resume.
    pub told: Vec<Value>,
    pub line: Option<UnboundedSender<Out>>,
    /// The last sequence number that a heartbeat named.
    pub heard: u64,
    /// When its line was lost, by the set clock.
    pub left: Option<jiff::Timestamp>,
}

impl Session {
    /// Tells it an event; one without a connection hears of it at the resume.
    fn dispatch(&mut self, name: &str, data: &Value) {
        self.seq += 1;
        let payload = json!({"op": 0, "t": name, "s": self.seq, "d": data});
        self.told.push(payload.clone());
        self.say(payload);
    }

    fn say(&mut self, payload: Value) {
        if self.line.as_ref().is_some_and(|line| line.send(Out::Say(payload)).is_err()) {
            self.line = None;
        }
    }
}

/// The state of the gateway.
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Gateway {
    pub sessions: Vec<Session>,
    pub numbers: u64,
    pub heartbeat_interval: u64,
    /// Heartbeats are answered.
    pub acks: bool,
    /// New connections are cut at once.
    pub refuses: bool,
    /// How many were.
    pub refused: usize,
    /// Every event is delivered twice.
    pub twice: bool,
    /// The next so many resumes are refused, though the session is known.
    pub forgets: bool,
    pub identifies: Vec<(Instant, u64)>,
    /// IDENTIFYs within five seconds of the one before, in one bucket of `max_concurrency`.
    pub hasty: usize,
    pub resumes: usize,
    pub intents: u64,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            sessions: Vec::new(),
            numbers: 0,
            heartbeat_interval: 41_250,
            acks: true,
            refuses: false,
            refused: 0,
            twice: false,
            forgets: false,
            identifies: Vec::new(),
            hasty: 0,
            resumes: 0,
            intents: 0,
        }
    }
}

impl Gateway {
    /// Does something to every connection.
    pub fn everyone(&mut self, act: impl Fn() -> Out) {
        for session in &mut self.sessions {
            if let Some(line) = &session.line {
                line.send(act()).ok();
            }
        }
    }

    pub fn connected(&self) -> usize {
        self.sessions.iter().filter(|session| session.line.is_some()).count()
    }
}
