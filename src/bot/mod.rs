//! What happens when: ask, answer, close, command, schedule, outbox. Knows quiz, decks, store and the chat port, and no platform.
//!
//! Everything can be driven one step at a time by a test with a set clock: [`Bot::tick`], [`Bot::outbox_step`],
//! [`Bot::read_back_step`]. [`Bot`] is the door; the work is done in the files, each for one thing that happens.

mod answer;
mod ask;
mod card;
mod close;
mod commands;
mod counted;
mod dispute;
mod gone;
mod in_time;
mod left;
mod locked;
mod memory;
mod message;
mod notices;
mod outbox;
mod permission;
mod place;
mod press;
mod read_back;
mod run;
mod said;
mod scheduler;
mod settle;
mod view;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    chat::{
        Caller, Chat, ControlId, Given, Reply, Upload,
        command::{Command, Who, complete::Completion},
    },
    clock::Clock,
    decks::Decks,
    quiz::{
        id::{ChannelId, MessageRef, PlayerId, SpaceId},
        schedule::Plan,
    },
    store::{Store, StoreError},
};

pub use said::Once;
pub use view::Upcoming;

/// The bot. Shared by all faces; cheap to clone.
#[derive(Clone)]
pub struct Bot(Arc<Inner>);

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

/// What the bot is made of.
struct Inner {
    store: Store,
    faces: Vec<Arc<dyn Chat>>,
    clock: Arc<dyn Clock>,
    seed: u64,
    /// What must be decided at once is decided from here.
    memory: memory::Memory,
    file_plans: place::FilePlans,
    started: scheduler::Started,
    back: read_back::ReadBacks,
    threads: settle::Threads,
    faults: outbox::Faults,
    /// The events by which a host asked a question.
    asked: said::Once,
    said: said::Said,
    there: left::There,
    wakes: run::Wakes,
}

impl Inner {
    /// The face of that name, where it is configured.
    fn chat(&self, face: &str) -> Option<&dyn Chat> {
        self.faces.iter().find(|chat| chat.face() == face).map(AsRef::as_ref)
    }
}

impl Bot {
    /// Takes up work: stores the file's schedules, fills the memory that completion uses, and marks every open round to be read back
    /// before it may close.
    pub async fn start(parts: Parts) -> Result<Self, StoreError> {
        let Parts { store, decks, faces, clock, seed, plans, timezone } = parts;
        let inner = Inner {
            memory: memory::Memory::new(decks, timezone),
            file_plans: place::FilePlans::new(plans),
            started: scheduler::Started::default(),
            back: read_back::ReadBacks::default(),
            threads: settle::Threads::default(),
            faults: outbox::Faults::default(),
            asked: said::Once::default(),
            said: said::Said::default(),
            there: left::There::default(),
            wakes: run::Wakes::default(),
            store,
            faces,
            clock,
            seed,
        };
        for face in &inner.faces {
            inner.back.expect_face(face.face(), inner.clock.now());
        }
        inner.count_from_nothing();
        inner.place_plans(inner.clock.now()).await?;
        inner.memory.fill(&inner.store).await?;
        Ok(Self(Arc::new(inner)))
    }

    // What faces hand in. None of these fail: what goes wrong is said to the person and to the log.

    /// A reaction or a reply. `None` where there is nothing to say (a stranger's message).
    pub async fn answer(&self, given: Given) -> Option<Reply> {
        self.0.answer(given).await
    }

    /// A button or a menu was pressed; `picked` are a menu's option numbers.
    pub async fn press(&self, caller: Caller, control: ControlId, picked: Vec<u8>) -> Reply {
        let reply = self.0.press(caller.clone(), control, picked).await;
        self.0.with_notices(&caller, reply).await
    }

    /// A form was submitted: its fields by name.
    pub async fn submit(&self, caller: Caller, control: ControlId, fields: BTreeMap<String, String>) -> Reply {
        let reply = self.0.submit(caller.clone(), control, fields).await;
        self.0.with_notices(&caller, reply).await
    }

    /// A command, understood.
    pub async fn command(&self, caller: Caller, command: Command) -> Reply {
        let reply = self.0.command(caller.clone(), command).await;
        self.0.with_notices(&caller, reply).await
    }

    /// A command with a file, from typed options or a submitted form. The file is awaited only where the person may give the command; why
    /// it could not be had, the face says in words.
    pub async fn upload(
        &self,
        caller: Caller,
        command: Command,
        file: impl Future<Output = Result<Upload, Reply>> + Send,
    ) -> Reply {
        self.0.upload(caller, command, file).await
    }

    /// A command line, for faces whose commands are text.
    pub async fn line(&self, caller: Caller, line: &str) -> Reply {
        let reply = self.0.line(caller.clone(), line).await;
        self.0.with_notices(&caller, reply).await
    }

    /// What a person's own page beside the chat shows, a section each, from the top. Of the open questions those in these channels: a
    /// face names the ones that the person may read.
    pub async fn home(&self, caller: &Caller, channels: &BTreeSet<ChannelId>) -> Vec<Reply> {
        self.0.home(caller, channels).await
    }

    /// Whether this caller is a host or an admin of their space, from memory.
    pub fn is_host(&self, caller: &Caller) -> bool {
        self.0.may(caller, Who::Host)
    }

    /// A face learned what a person is called, where its events say only who they are.
    pub async fn named(&self, player: &PlayerId, name: &str) {
        if let Err(error) = self.0.store.see(player, name, self.0.clock.now()).await {
            tracing::warn!(%player, %error, "a name could not be noted");
        }
    }

    /// Somebody is called otherwise from now on. Of who is not known nothing is kept.
    pub async fn renamed(&self, player: &PlayerId, name: &str) {
        match self.0.store.person(player).await {
            Ok(Some(_)) => self.named(player, name).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(%player, %error, "a new name could not be noted"),
        }
    }

    /// The platform says that somebody left a space, or is in it again. Of who is not known nothing is kept.
    pub async fn left(&self, player: &PlayerId, left: bool) {
        self.0.left(player, left).await;
    }

    /// Completions of a command line, from memory.
    pub fn complete(&self, space: &SpaceId, line: &str) -> Vec<Completion> {
        self.0.memory.complete(space, line)
    }

    /// Values for one option of a command that a platform gives with typed options (`kquiz schedule pause`, `name`), at most 25, from
    /// memory.
    pub fn offers(&self, space: &SpaceId, words: &str, option: &str, typed: &str) -> Vec<String> {
        self.0.memory.offers(space, words, option, typed)
    }

    /// A face was away and is back: its open rounds are read back before they close.
    pub fn reconnected(&self, face: &str) {
        self.0.back.expect_face(face, self.0.clock.now());
        self.0.wakes.read_back.notify_one();
    }

    /// A question's message was deleted on the platform: its round is closed and its answers kept.
    pub async fn message_gone(&self, message: &MessageRef) {
        self.0.message_gone(message).await;
    }

    /// A question's reactions were cleared by somebody else than those who put them: what stands on it is read back.
    pub async fn reread(&self, message: &MessageRef) {
        self.0.reread(message).await;
    }

    /// A channel was deleted on the platform: its open rounds are closed and their answers kept.
    pub async fn channel_gone(&self, channel: &ChannelId) {
        self.0.channel_gone(channel).await;
    }

    /// The process loaded other decks: they are in force from the next draw on.
    pub fn set_decks(&self, decks: Decks) {
        self.0.memory.set_decks(decks);
        self.0.wakes.tick.notify_one();
    }

    // What has to be done as time goes by.

    /// Closes rounds past their window, asks for due slots, freezes seasons that are over. When it has to be called next, at the
    /// latest.
    pub async fn tick(&self) -> Result<Timestamp, StoreError> {
        self.0.tick().await
    }

    /// Sends what waits in the outbox, each channel's oldest; how many were sent.
    pub async fn outbox_step(&self) -> Result<usize, StoreError> {
        self.0.outbox_step().await
    }

    /// Reads back the rounds that wait for it; how many are left.
    pub async fn read_back_step(&self) -> Result<usize, StoreError> {
        self.0.read_back_step().await
    }

    /// Runs tick, outbox and read-back until `stop` is cancelled; then finishes what is under way.
    pub async fn run(&self, stop: tokio_util::sync::CancellationToken) {
        Arc::clone(&self.0).run(stop).await;
    }
}
