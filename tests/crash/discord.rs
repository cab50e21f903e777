//! Discord: the stand-in, a server and its people.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use kcard::clock::SetClock;
use rand::{RngExt, rngs::ChaCha8Rng, seq::IndexedRandom};
use serde_json::{Value, json};
use tokio::{sync::oneshot, time::timeout};

use crate::platform::{Held, PATIENCE, PLAYERS, Platform, Question, Revealed};

#[path = "../discord/standin/mod.rs"]
#[allow(dead_code, reason = "what people and Discord can do is more than is done here")]
mod standin;

use standin::{Answered, Ask, Channel, Discord, Fault, Guild, Limits, Msg, permissions};

/// The requests in whose midst the process is killed.
const KINDS: [&str; 7] = [
    "POST /channels/*/messages",
    "POST /channels/*/messages",
    "PATCH /channels/*/messages/*",
    "GET /channels/*/messages",
    "PUT /channels/*/messages/*/reactions/**",
    "POST /interactions/*/*/callback",
    "PATCH /webhooks/*/*/messages/*",
];

pub struct OnDiscord {
    discord: Discord,
    team: Guild,
    channels: Vec<Channel>,
}

impl OnDiscord {
    /// A server with so many channels.
    pub async fn new(clock: Arc<SetClock>, channels: usize) -> Self {
        let discord = Discord::start(clock).await;
        // A process that was killed knows nothing of what it sent before, and here is killed every second: limits are tested elsewhere.
        discord.limits(Limits::none());
        let team = discord.guild("Team");
        team.grants_bot(permissions::EVERYONE);
        team.admin("root");
        for name in PLAYERS {
            team.member(name);
        }
        let channels = (0..channels).map(|number| team.channel(&format!("c{number}"))).collect();
        Self { discord, team, channels }
    }

    /// What people read in answer; `None` where it does not come.
    async fn read(ask: &Ask) -> Option<String> {
        timeout(PATIENCE, ask.message()).await.ok().map(|message| message.content())
    }
}

fn footer(message: &Msg) -> String {
    message.embeds().iter().filter_map(|embed| embed["footer"]["text"].as_str()).collect()
}

/// The number behind ` · q` or ` · r`.
fn keyed(message: &Msg, key: &str) -> Option<i64> {
    footer(message).split_once(key)?.1.parse().ok()
}

fn keycap(number: u8) -> String {
    format!("{number}\u{fe0f}\u{20e3}")
}

/// What somebody does with what may be gone by now.
fn tried<T>(act: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(AssertUnwindSafe(act)).ok()
}

impl Platform for OnDiscord {
    type Msg = Msg;

    fn settings(&self) -> Vec<(&'static str, String)> {
        vec![("DISCORD_TOKEN", self.discord.token()), ("DISCORD_API_URL", self.discord.api_url())]
    }

    fn is_connected(&self) -> bool {
        self.discord.connections() > 0
    }

    fn channels(&self) -> Vec<String> {
        self.channels.iter().map(|channel| format!("discord:{}", channel.id)).collect()
    }

    fn mention(&self, channel: usize) -> String {
        format!("<#{}>", self.channels[channel].id)
    }

    fn space(&self) -> String {
        format!("discord:{}", self.team.id)
    }

    fn questions(&self, channel: usize) -> Vec<Question<Msg>> {
        let question = |message: Msg| {
            let round = keyed(&message, " · q")?;
            let is_contest = message.embeds().iter().any(|embed| embed.to_string().contains("\"Contest\""));
            Some(Question { round, channel, at: message.at(), text: message.content(), is_contest, message })
        };
        self.channels[channel].of_bot().into_iter().filter_map(question).collect()
    }

    fn reveals(&self, channel: usize) -> Vec<Revealed> {
        let revealed = |message: Msg| {
            Some(Revealed { round: keyed(&message, " · r")?, at: message.at(), text: message.content() })
        };
        self.channels[channel].of_bot().into_iter().filter_map(revealed).collect()
    }

    fn notes(&self, channel: usize) -> Vec<String> {
        let messages = self.channels[channel].of_bot().into_iter();
        messages
            .filter(|message| [" · n", " · s"].iter().any(|key| footer(message).contains(key)))
            .map(|message| message.content())
            .collect()
    }

    fn violations(&self) -> Vec<String> {
        self.discord.violations()
    }

    fn story(&self) -> String {
        self.discord.last_requests()
    }

    fn holds(&self, chance: &mut ChaCha8Rng) -> (oneshot::Receiver<()>, Held) {
        self.discord.holds(KINDS.choose(chance).expect("there are some"))
    }

    fn loses_an_answer(&self, chance: &mut ChaCha8Rng) {
        let request = KINDS[..3].choose(chance).expect("there are some");
        let fault = match chance.random_range(0..4) {
            0 => Fault::Slow(Duration::from_millis(chance.random_range(1..1_500))),
            1 => Fault::Status(503),
            _ => Fault::AnswerLost,
        };
        self.discord.fails(request, fault);
    }

    fn delivers_twice(&self, twice: bool) {
        self.discord.delivers_twice(twice);
    }

    fn reacts(&self, who: &str, question: &Msg, number: u8, stands: bool) {
        let member = self.team.member(who);
        if stands {
            member.reacts(question, &keycap(number));
        } else {
            member.unreacts(question, &keycap(number));
        }
    }

    fn replies(&self, who: &str, question: &Msg, text: &str) {
        self.team.member(who).replies(question, text);
    }

    async fn presses(&self, who: &str, question: &Msg, option: &str) -> Option<String> {
        let ask = tried(|| {
            let rows = question.components();
            let buttons = rows.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
            let mut labels = buttons.filter_map(|button| button["label"].as_str());
            let label = labels.find(|label| label.ends_with(option)).expect("the option has a button");
            self.team.member(who).clicks(question, label)
        })?;
        Self::read(&ask).await
    }

    async fn picks(&self, who: &str, question: &Msg, options: &[&str]) -> Option<String> {
        let ask = tried(|| {
            let rows = question.components();
            let menu = &rows.first().expect("there is a menu")["components"][0];
            let offered = menu["options"].as_array().expect("it has options");
            let label = |option: &&str| {
                let found = offered.iter().filter_map(|offer| offer["label"].as_str());
                found.into_iter().find(|label| label.ends_with(option)).expect("the option is offered").to_owned()
            };
            let labels: Vec<String> = options.iter().map(label).collect();
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            self.team.member(who).picks(question, menu["custom_id"].as_str().unwrap_or_default(), &labels)
        })?;
        Self::read(&ask).await
    }

    async fn fills_in(&self, who: &str, question: &Msg, text: &str) -> Option<Option<String>> {
        let ask = tried(|| self.team.member(who).clicks(question, "Answer"))?;
        let first = timeout(PATIENCE, ask.first()).await.ok()?;
        if first.kind != Answered::Form {
            return None;
        }
        let form = ask.modal().await.submits(&[("answer", text)]);
        Some(Self::read(&form).await)
    }

    async fn commands(&self, channel: usize, words: &str, options: &[(&str, String)]) -> Option<String> {
        // It may have been killed before it could register them.
        if self.discord.commands().is_empty() {
            return None;
        }
        let options: Vec<(&str, Value)> = options.iter().map(|(name, value)| (*name, json!(value))).collect();
        let ask = tried(|| self.team.member("root").commands(&self.channels[channel], words, &options))?;
        Self::read(&ask).await
    }
}
