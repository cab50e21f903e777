//! The stage: the whole bot with its Slack face on a real store, the stand-in, and a clock that stands until a scene moves it.

use std::{ops::Deref, sync::Arc, time::Duration};

use kcard::{
    chat::slack::{Hears, Settings, Slack as Face, Sockets},
    decks::Decks,
    quiz::{
        id::{ChannelId, PlayerId},
        schedule::Plan,
    },
    store::Round,
};
use serde_json::Value;

pub use crate::whole::moment;
use crate::{
    standin::{Channel, Msg, Person, Slack},
    whole::{self, Whole},
};

/// Where a scene is played: a workspace with a channel `daily`.
pub struct Stage {
    pub slack: Slack,
    pub daily: Channel,
    whole: Whole,
}

impl Deref for Stage {
    type Target = Whole;

    fn deref(&self) -> &Whole {
        &self.whole
    }
}

#[allow(clippy::unused_self, reason = "a scene reads better where everything is asked of its stage")]
impl Stage {
    /// Slack's names of the number reactions, from 1.
    pub const NUMBERS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// Monday, 23 November 2026, 08:00 in Berlin; nothing runs yet.
    pub async fn set(decks: Decks) -> Self {
        let whole = Whole::set(decks).await;
        let slack = Slack::start(Arc::clone(&whole.clock)).await;
        Self { daily: slack.channel("daily"), slack, whole }
    }

    /// A bot that runs, with a schedule in `daily` on weekdays at 09:00.
    pub async fn daily(decks: Decks) -> Self {
        Self::with(decks, |plan| plan).await
    }

    /// The same, played otherwise.
    pub async fn with(decks: Decks, change: impl FnOnce(Plan) -> Plan) -> Self {
        let stage = Self::set(decks).await;
        let plan = change(stage.plan("daily", &stage.daily, "weekdays 09:00"));
        stage.plans(vec![plan]);
        stage.starts().await;
        stage.work().await;
        stage
    }

    /// A schedule of the file, by the defaults.
    pub fn plan(&self, name: &str, channel: &Channel, at: &str) -> Plan {
        whole::plan(name, &ChannelId::new(format!("slack:{}", channel.id)), at)
    }

    /// How the stand-in is reached, with two sockets.
    pub fn settings(&self) -> Settings {
        self.settings_with(|sockets| sockets)
    }

    /// The same, with other sockets.
    pub fn settings_with(&self, change: impl FnOnce(Sockets) -> Sockets) -> Settings {
        let sockets = Sockets { pause: Duration::from_millis(20), ..Sockets::new(self.slack.app_token().into()) };
        let sockets = change(sockets);
        Settings {
            token: self.slack.bot_token().into(),
            hears: Hears::Sockets(sockets),
            api: Some(self.slack.api_url()),
            admins: Vec::new(),
        }
    }

    /// The process starts and has connected.
    pub async fn starts(&self) {
        self.starts_with(self.settings()).await;
        self.slack.connected(2).await;
    }

    /// The process starts.
    pub async fn starts_with(&self, settings: Settings) {
        let face = Face::new(settings);
        self.begins(face.clone(), |bot, stop| face.run(bot, stop)).await;
    }

    /// The process is killed.
    pub async fn dies(&self) {
        if self.ends().await {
            self.slack.connected(0).await;
        }
    }

    /// Time passes as it does outside, and everything is done when it is due, until something can be seen.
    pub async fn lives<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        self.passes(what, || self.slack.last_calls(), look).await
    }

    /// The question that was asked last in a channel.
    pub fn question(&self, channel: &Channel) -> Msg {
        let found = channel.of_bot().into_iter().rev().find(|message| number(message).is_some());
        found.unwrap_or_else(|| panic!("no question stands there\n{}", self.slack.last_calls()))
    }

    /// Waits until that many number reactions of the bot stand under a question.
    pub async fn seeded(&self, question: &Msg, count: usize) {
        let last = Self::NUMBERS[count - 1];
        self.slack.until("seeded reactions", |_| (!question.reacted(last).is_empty()).then_some(())).await;
    }

    /// Waits until the bot has put this sign under a message.
    pub async fn signed(&self, message: &Msg, sign: &str) {
        let bot = self.slack.bot();
        self.slack.until(sign, |_| message.reacted(sign).contains(&bot).then_some(())).await;
    }

    /// The round of that question.
    pub async fn round(&self, question: &Msg) -> Round {
        self.round_numbered(number(question).expect("a question has its round's number")).await
    }

    /// A person as the store knows them.
    pub fn player(&self, person: &Person) -> PlayerId {
        PlayerId::new(format!("slack:{}/{}", self.slack.team(), person.id))
    }

    /// Waits until this is what counts of somebody's answer to the latest question in `daily`; `None` where nothing stands.
    pub async fn counts(&self, person: &Person, answer: Option<&str>) {
        let round = self.round(&self.question(&self.daily)).await;
        self.counts_in(&round, &self.player(person), answer).await;
    }

    /// An admin closes the latest round in `daily`, as soon as what was answered is read.
    pub async fn closes(&self) {
        let admin = self.slack.admin("root");
        loop {
            let said = admin.slash(&self.daily, "/kquiz", "round close").reads().await;
            self.work().await;
            if said.contains("is closed") {
                return;
            }
            assert!(said.contains("I am still reading"), "{said}");
        }
    }
}

/// The number of the round whose question this is.
fn number(message: &Msg) -> Option<i64> {
    let metadata = message.metadata()?;
    let key = metadata["event_payload"]["key"].as_str().map(str::to_owned);
    key.or_else(|| key_of_blocks(&message.blocks()))?.strip_prefix('q')?.parse().ok()
}

/// The key in the name of the first block.
fn key_of_blocks(blocks: &[Value]) -> Option<String> {
    blocks.first()?["block_id"].as_str()?.strip_prefix("kcard:").map(str::to_owned)
}
