//! The stage: the whole bot with its Discord face on a real store, the stand-in, and a clock that stands until a scene moves it.

use std::{ops::Deref, sync::Arc, time::Duration};

use kcard::{
    chat::discord::{Discord as Face, Settings},
    decks::Decks,
    quiz::{
        id::{ChannelId, PlayerId},
        schedule::Plan,
    },
    store::{Round, Store},
};

pub use crate::whole::moment;
use crate::{
    standin::{Channel, Discord, Guild, Member, Msg},
    whole::{self, Whole},
};

/// Where a scene is played: a guild `Team` with a channel `daily`.
pub struct Stage {
    pub discord: Discord,
    pub team: Guild,
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
    /// Monday, 23 November 2026, 08:00 in Berlin; nothing runs yet.
    pub async fn set(decks: Decks) -> Self {
        let whole = Whole::set(decks).await;
        let discord = Discord::start(Arc::clone(&whole.clock)).await;
        let team = discord.guild("Team");
        team.grants_bot(kcard_needs());
        Self { daily: team.channel("daily"), team, discord, whole }
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
        whole::plan(name, &ChannelId::new(format!("discord:{}", channel.id)), at)
    }

    /// The process starts and has connected.
    pub async fn starts(&self) {
        self.starts_unconnected().await;
        self.discord.connected(1).await;
    }

    /// The process starts.
    pub async fn starts_unconnected(&self) {
        let settings = Settings {
            api: Some(self.discord.api_url()),
            hint_stands: Duration::from_millis(100),
            ..Settings::new(self.discord.token().into())
        };
        let face = Face::new(settings);
        self.begins(face.clone(), |bot, stop| face.run(bot, stop)).await;
    }

    /// From the next start on the store is another.
    pub fn moves_to(&mut self, store: Store) {
        self.whole.store = store;
    }

    /// The process is killed.
    pub async fn dies(&self) {
        if self.ends().await {
            self.discord.connected(0).await;
        }
    }

    /// Time passes as it does outside, and everything is done when it is due, until something can be seen.
    pub async fn lives<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        self.passes(what, || self.discord.last_requests(), look).await
    }

    /// The question that was asked last in a channel.
    pub fn question(&self, channel: &Channel) -> Msg {
        let has_key = |message: &Msg| message.embeds().iter().any(|embed| footer(embed).contains(" · q"));
        channel.of_bot().into_iter().rev().find(has_key).expect("a question stands there")
    }

    /// A question's address, as people copy it.
    pub fn link(&self, question: &Msg) -> String {
        format!("https://discord.com/channels/{}/{}/{}", self.team.id, self.daily.id, question.id)
    }

    /// Waits until that many number reactions of the bot stand under a question.
    pub async fn seeded(&self, question: &Msg, count: u8) {
        let last = format!("{count}\u{fe0f}\u{20e3}");
        self.discord.until("seeded reactions", |_| (!question.reacted(&last).is_empty()).then_some(())).await;
    }

    /// Waits until the bot has put this sign under a message.
    pub async fn signed(&self, message: &Msg, sign: &str) {
        let bot = self.discord.bot();
        self.discord.until(sign, |_| message.reacted(sign).contains(&bot).then_some(())).await;
    }

    /// The round of that question.
    pub async fn round(&self, question: &Msg) -> Round {
        let embeds = question.embeds();
        let key = embeds.iter().find_map(|embed| footer(embed).split(" · q").nth(1).map(str::to_owned));
        self.round_numbered(key.and_then(|key| key.parse().ok()).expect("a question has its round's number")).await
    }

    /// A person of a guild as the store knows them.
    pub fn player(&self, guild: &Guild, person: &Member) -> PlayerId {
        PlayerId::new(format!("discord:{}/{}", guild.id, person.id))
    }

    /// Waits until this is what counts of somebody's answer to the latest question in `daily`; `None` where nothing stands.
    pub async fn counts(&self, person: &Member, answer: Option<&str>) {
        let round = self.round(&self.question(&self.daily)).await;
        self.counts_in(&round, &self.player(&self.team, person), answer).await;
    }

    /// An admin has this card asked in `daily`.
    pub async fn asks(&self, card: &str) -> Msg {
        let admin = self.team.admin("root");
        let ask = admin.commands(&self.daily, "kquiz ask", &[("card", card.into())]);
        assert_eq!(ask.message().await.content(), "A question is on its way.");
        self.work().await;
        self.question(&self.daily)
    }

    /// An admin closes the latest round in `daily`, as soon as what was answered is read.
    pub async fn closes(&self) {
        let admin = self.team.admin("root");
        loop {
            let said = admin.commands(&self.daily, "kquiz round close", &[]).message().await.content();
            self.work().await;
            if said.contains("is closed") {
                return;
            }
            assert!(said.contains("I am still reading"), "{said}");
        }
    }
}

fn footer(embed: &serde_json::Value) -> String {
    embed["footer"]["text"].as_str().unwrap_or_default().to_owned()
}

/// What an invitation asks for.
pub fn kcard_needs() -> u64 {
    1024 | 2048 | 16_384 | 32_768 | 64 | 65_536 | 1 << 35 | 1 << 38
}
