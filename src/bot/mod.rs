//! What happens when: ask, answer, close, command, schedule, outbox. Knows quiz, decks, store and the chat port, and no platform.
//!
//! Everything can be driven one step at a time by a test with a set clock: [`Bot::tick`], [`Bot::outbox_step`],
//! [`Bot::read_back_step`].

mod view;

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    chat::{
        Caller, Chat, ControlId, Given, Reply,
        command::{Command, complete::Completion},
    },
    clock::Clock,
    decks::Decks,
    quiz::{
        id::{MessageRef, SpaceId},
        schedule::Plan,
    },
    store::{Store, StoreError},
};

pub use view::Upcoming;

/// The bot. Shared by all faces; cheap to clone.
#[derive(Clone)]
pub struct Bot {}

/// What the bot needs to be.
pub struct Parts {
    /// What lasts.
    pub store: Store,
    /// The decks to begin with.
    pub decks: Decks,
    /// The faces.
    pub faces: Vec<Arc<dyn Chat>>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// The seed of all drawing and shuffling.
    pub seed: u64,
    /// The schedules of the configuration file.
    pub plans: Vec<Plan>,
    /// The zone of spaces that set none.
    pub timezone: TimeZone,
}

impl Bot {
    /// Takes up work: stores the file's schedules, fills the memory that completion uses, and marks every open round to be read back
    /// before it may close.
    pub async fn start(parts: Parts) -> Result<Self, StoreError> {
        let _ = parts;
        todo!()
    }

    // What faces hand in. None of these fail: what goes wrong is said to the person and to the log.

    /// A reaction or a reply. `None` where there is nothing to say (a stranger's message).
    pub async fn answer(&self, given: Given) -> Option<Reply> {
        let _ = given;
        todo!()
    }

    /// A button or a menu was pressed; `picked` are a menu's option numbers.
    pub async fn press(&self, caller: Caller, control: ControlId, picked: Vec<u8>) -> Reply {
        let _ = (caller, control, picked);
        todo!()
    }

    /// A form was submitted: its fields by name.
    pub async fn submit(&self, caller: Caller, control: ControlId, fields: BTreeMap<String, String>) -> Reply {
        let _ = (caller, control, fields);
        todo!()
    }

    /// A command, understood.
    pub async fn command(&self, caller: Caller, command: Command) -> Reply {
        let _ = (caller, command);
        todo!()
    }

    /// A command line, for faces whose commands are text.
    pub async fn line(&self, caller: Caller, line: &str) -> Reply {
        let _ = (caller, line);
        todo!()
    }

    /// Completions of a command line, from memory.
    pub fn complete(&self, space: &SpaceId, line: &str) -> Vec<Completion> {
        let _ = (space, line);
        todo!()
    }

    /// A face was away and is back: its open rounds are read back before they close.
    pub async fn reconnected(&self, face: &str) {
        let _ = face;
        todo!()
    }

    /// A question's message was deleted on the platform: its round is closed and its answers kept.
    pub async fn message_gone(&self, message: &MessageRef) {
        let _ = message;
        todo!()
    }

    /// New decks are in force from the next draw on.
    pub fn set_decks(&self, decks: Decks) {
        let _ = decks;
        todo!()
    }

    // What has to be done as time goes by.

    /// Closes rounds past their window, asks for due slots, freezes seasons that are over. When it has to be called next, at the
    /// latest.
    pub async fn tick(&self) -> Result<Timestamp, StoreError> {
        todo!()
    }

    /// Sends what waits in the outbox, each channel's oldest; how many were sent.
    pub async fn outbox_step(&self) -> Result<usize, StoreError> {
        todo!()
    }

    /// Reads back the rounds that wait for it; how many are left.
    pub async fn read_back_step(&self) -> Result<usize, StoreError> {
        todo!()
    }

    /// Runs tick, outbox and read-back until `stop` is cancelled; then finishes what is under way.
    pub async fn run(&self, stop: tokio_util::sync::CancellationToken) {
        let _ = stop;
        todo!()
    }
}
