//! All that the stand-in knows, behind one lock: the world, the connections, what was asked and what was wrong.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use serde_json::Value;

use super::{
    deliveries::Delivery,
    faults::Faults,
    interactions::Interaction,
    methods::ALL_SCOPES,
    rates::Rates,
    signed::Address,
    socket::Socket,
    world::{Id, World},
};
use crate::shared::Known;

/// A call that the stand-in received.
#[derive(Debug, Clone)]
pub struct Request {
    /// The Web API's method, or `response_url`, `upload`, `download`.
    pub method: String,
    pub args: Value,
    /// 0 where no answer was given.
    pub status: u16,
    pub answer: Value,
    pub at: Instant,
}

pub struct State {
    pub now: Timestamp,
    pub world: World,
    pub team: Id,
    pub app: Id,
    /// The bot's user.
    pub bot: Id,
    pub bot_id: Id,
    pub bot_token: String,
    pub app_token: String,
    pub signing_secret: String,
    pub scopes: BTreeSet<String>,
    /// The events that the app hears of: `message.channels`, `reaction_added`.
    pub subscribed: BTreeSet<String>,
    /// Why no token holds any more.
    pub revoked: Option<&'static str>,
    /// All calls of the Web API are refused, and why.
    pub broken: Option<&'static str>,
    /// Channels that refuse all that is about them, and why.
    pub refuses: BTreeMap<Id, &'static str>,
    /// Neither the Web API nor the sockets answer.
    pub away: bool,
    pub base: String,
    pub socket_url: String,
    pub sockets: Vec<Socket>,
    /// Where to connect, while it was not used.
    pub tickets: BTreeSet<String>,
    pub socket_mode: bool,
    pub turn: usize,
    /// Where signed HTTP goes, instead of the sockets.
    pub address: Option<Address>,
    pub twice: bool,
    pub deliveries: Vec<Delivery>,
    pub interactions: Vec<Interaction>,
    pub rates: Rates,
    pub faults: Faults,
    pub requests: Vec<Request>,
    pub violations: Vec<String>,
    /// 429s that the bot brought upon itself, and those that a test asked for.
    pub too_many: usize,
    pub too_many_injected: usize,
    /// How long an acknowledgement may take, and a trigger holds.
    pub patience: Duration,
    /// What the Web API says what time it is; the machine's time unless set.
    pub date: Option<Timestamp>,
}

impl State {
    pub fn new(now: Timestamp, base: String, socket_url: String) -> Self {
        let mut world = World::default();
        let bot = world.user("kcard", true);
        let [team, app, bot_id] = ['T', 'A', 'B'].map(|kind| world.id(kind));
        let heard = [
            "message.channels",
            "message.groups",
            "message.im",
            "reaction_added",
            "reaction_removed",
            "app_home_opened",
            "member_joined_channel",
            "member_left_channel",
            "channel_left",
            "group_left",
            "channel_archive",
            "channel_unarchive",
            "user_change",
        ];
        Self {
            now,
            world,
            bot_token: format!("xoxb-1-{bot}-stand-in"),
            app_token: format!("xapp-1-{app}-stand-in"),
            signing_secret: "8f742231b10e8888abcd99yyyzzz85a5".to_owned(),
            team,
            app,
            bot,
            bot_id,
            scopes: ALL_SCOPES.iter().chain(&["connections:write"]).map(|scope| (*scope).to_owned()).collect(),
            subscribed: heard.map(str::to_owned).into(),
            revoked: None,
            broken: None,
            refuses: BTreeMap::new(),
            away: false,
            base,
            socket_url,
            sockets: Vec::new(),
            tickets: BTreeSet::new(),
            socket_mode: true,
            turn: 0,
            address: None,
            twice: false,
            deliveries: Vec::new(),
            interactions: Vec::new(),
            rates: Rates::default(),
            faults: Faults::default(),
            requests: Vec::new(),
            violations: Vec::new(),
            too_many: 0,
            too_many_injected: 0,
            patience: Duration::from_secs(3),
            date: None,
        }
    }

    pub fn violation(&mut self, what: impl Into<String>) {
        self.violations.push(what.into());
    }
}

impl Known for State {
    const NAME: &'static str = "Slack";

    fn at(&mut self, now: Timestamp) {
        self.now = now;
    }

    fn story(&self) -> String {
        let mut told = format!("{} sockets; the last calls:\n", self.open_sockets());
        for request in self.requests.iter().rev().take(12).rev() {
            let short = |value: &Value| value.to_string().chars().take(200).collect::<String>();
            writeln!(
                told,
                "  {} {} {} -> {}",
                request.status,
                request.method,
                short(&request.args),
                short(&request.answer)
            )
            .ok();
        }
        for delivery in self.deliveries.iter().rev().take(6).rev() {
            writeln!(told, "  {}", delivery.told()).ok();
        }
        self.violations.iter().for_each(|violation| writeln!(told, "  violation: {violation}").unwrap_or(()));
        told
    }

    fn violations(&mut self) -> &mut Vec<String> {
        &mut self.violations
    }
}
