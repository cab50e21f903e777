//! All that the stand-in knows, behind one lock: the world, the connections, what was asked and what was wrong.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use serde_json::Value;

use super::{
    faults::Faults,
    gateway::Gateway,
    id::Id,
    interaction::Interaction,
    rates::Rates,
    render::Reader,
    world::{Message, Pings, World},
};
use crate::shared::Known;

/// A request that the stand-in received.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    /// Below `/api/v10`.
    pub path: String,
    pub query: BTreeMap<String, String>,
    pub body: Value,
    /// The names of the files that came with it.
    pub files: Vec<String>,
    /// 0 where no answer was given.
    pub status: u16,
    pub at: Instant,
}

pub struct State {
    pub now: Timestamp,
    pub world: World,
    pub gateway: Gateway,
    pub rates: Rates,
    pub faults: Faults,
    pub interactions: BTreeMap<Id, Interaction>,
    pub requests: Vec<Request>,
    pub violations: Vec<String>,
    pub bot: Id,
    pub application: Id,
    pub token: String,
    pub revoked: bool,
    pub message_content: bool,
    /// Neither REST nor the gateway answers.
    pub away: bool,
    /// 429s that the bot brought upon itself, and those that a test asked for.
    pub too_many: usize,
    pub too_many_injected: usize,
    /// Answers of 401, 403 and 429: Discord bans who collects 10,000 in ten minutes.
    pub invalid: usize,
    /// How long the first answer to an interaction may take.
    pub patience: Duration,
    /// How long each request is on its way, there and back.
    pub distance: Duration,
    /// Enforced nonces: what they made, and until when they hold.
    pub nonces: Vec<(Id, String, Id, Timestamp)>,
    pub shards: u64,
    pub max_concurrency: u64,
    pub api_url: String,
    pub gateway_url: String,
    /// What REST says what time it is; the machine's time unless set.
    pub date: Option<Timestamp>,
}

impl State {
    pub fn new(now: Timestamp, api_url: String, gateway_url: String) -> Self {
        let mut world = World::default();
        let bot = world.user(now, "kcard", true);
        Self {
            now,
            world,
            gateway: Gateway::default(),
            rates: Rates::default(),
            faults: Faults::default(),
            interactions: BTreeMap::new(),
            requests: Vec::new(),
            violations: Vec::new(),
            bot,
            // Of a bot of our days the two are the same.
            application: bot,
            token: format!("MTIz.stand-in.{bot}"),
            revoked: false,
            message_content: false,
            away: false,
            too_many: 0,
            too_many_injected: 0,
            invalid: 0,
            patience: Duration::from_secs(3),
            distance: Duration::ZERO,
            nonces: Vec::new(),
            shards: 1,
            max_concurrency: 1,
            api_url,
            gateway_url,
            date: None,
        }
    }

    pub fn id(&mut self) -> Id {
        self.world.id(self.now)
    }

    /// How the bot reads over REST.
    pub fn reader(&self) -> Reader {
        Reader { bot: self.bot, content: self.message_content }
    }

    pub fn violation(&mut self, what: impl Into<String>) {
        self.violations.push(what.into());
    }

    /// Keeps a message and tells the gateway, unless only one person sees it.
    pub fn posts(&mut self, message: Message) -> Id {
        let id = message.id;
        let shown = message.ephemeral.is_none();
        self.world.messages.insert(id, message);
        if shown {
            self.tell_message("MESSAGE_CREATE", id);
        }
        id
    }

    /// A new message of somebody, empty so far.
    pub fn blank(&mut self, author: Id, channel: Id) -> Message {
        Message {
            id: self.id(),
            channel,
            author,
            at: self.now,
            kind: 0,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            reactions: Vec::new(),
            reply_to: None,
            flags: 0,
            edited: None,
            edits: 0,
            nonce: None,
            pings: Pings::default(),
            ephemeral: None,
            interaction: None,
            thinking: false,
        }
    }
}

impl Known for State {
    const NAME: &'static str = "Discord";

    fn at(&mut self, now: Timestamp) {
        self.now = now;
    }

    fn story(&self) -> String {
        let mut told = format!("{} connected; the last requests:\n", self.gateway.connected());
        for request in self.requests.iter().rev().take(12).rev() {
            let body: String = request.body.to_string().chars().take(200).collect();
            writeln!(told, "  {} {} {} {body}", request.status, request.method, request.path).ok();
        }
        self.violations.iter().for_each(|violation| writeln!(told, "  violation: {violation}").unwrap_or(()));
        told
    }

    fn violations(&mut self) -> &mut Vec<String> {
        &mut self.violations
    }
}
