//! Slack: the stand-in, a workspace and its people.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use jiff::Timestamp;
use kcard::clock::SetClock;
use rand::{RngExt, rngs::ChaCha8Rng, seq::IndexedRandom};
use tokio::{sync::oneshot, time::timeout};

use crate::platform::{Held, PATIENCE, PLAYERS, Platform, Question, Revealed};

#[path = "../slack/standin/mod.rs"]
#[allow(dead_code, reason = "what people and Slack can do is more than is done here")]
mod standin;

use standin::{Ask, Channel, Fault, Limits, Msg, Slack};

/// The calls in whose midst the process is killed.
const KINDS: [&str; 8] = [
    "chat.postMessage",
    "chat.postMessage",
    "chat.update",
    "conversations.replies",
    "reactions.add",
    "response_url",
    "views.open",
    "views.update",
];

const NUMBERS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

pub struct OnSlack {
    slack: Slack,
    channels: Vec<Channel>,
}

impl OnSlack {
    /// A workspace with so many channels.
    pub async fn new(clock: Arc<SetClock>, channels: usize) -> Self {
        let slack = Slack::start(clock).await;
        // A process that was killed knows nothing of what it sent before, and here is killed every second: limits are tested elsewhere.
        slack.limits(Limits::none());
        slack.admin("root");
        for name in PLAYERS {
            slack.person(name);
        }
        let channels = (0..channels).map(|number| slack.channel(&format!("c{number}"))).collect();
        Self { slack, channels }
    }

    /// What people read in answer; `None` where it does not come.
    async fn read(ask: &Ask) -> Option<String> {
        timeout(PATIENCE, ask.reads()).await.ok().map(|shown| said(&shown))
    }
}

/// What is said, without who says it to whom.
fn said(shown: &str) -> String {
    shown.split("│ ").skip(1).collect()
}

/// The number behind a key's letter.
fn keyed(message: &Msg, letter: char) -> Option<i64> {
    let metadata = message.metadata()?;
    metadata["event_payload"]["key"].as_str()?.strip_prefix(letter)?.parse().ok()
}

/// When a message was taken.
fn at(message: &Msg) -> Timestamp {
    let microseconds = message.ts.replace('.', "").parse().expect("a message's name is its time");
    Timestamp::from_microsecond(microseconds).expect("a time")
}

/// The action of the button whose label ends so.
fn action(message: &Msg, label: &str) -> String {
    let blocks = message.blocks();
    let elements = blocks.iter().flat_map(|block| block["elements"].as_array().into_iter().flatten());
    let mut named =
        elements.filter_map(|element| Some((element["action_id"].as_str()?, element["text"]["text"].as_str())));
    let found = named.find(|(id, text)| id.contains(label) || text.is_some_and(|text| text.ends_with(label)));
    found.expect("it has such an element").0.to_owned()
}

/// What somebody does with what may be gone by now.
fn tried<T>(act: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(AssertUnwindSafe(act)).ok()
}

impl Platform for OnSlack {
    type Msg = Msg;

    fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("SLACK_BOT_TOKEN", self.slack.bot_token()),
            ("SLACK_APP_TOKEN", self.slack.app_token()),
            ("SLACK_API_URL", self.slack.api_url()),
        ]
    }

    fn is_connected(&self) -> bool {
        self.slack.sockets() > 0
    }

    fn channels(&self) -> Vec<String> {
        self.channels.iter().map(|channel| format!("slack:{}", channel.id)).collect()
    }

    fn mention(&self, channel: usize) -> String {
        format!("<#{}|c{channel}>", self.channels[channel].id)
    }

    fn space(&self) -> String {
        format!("slack:{}", self.slack.team())
    }

    fn questions(&self, channel: usize) -> Vec<Question<Msg>> {
        let question = |message: Msg| {
            let (round, text) = (keyed(&message, 'q')?, message.shows());
            let is_contest = text.contains("Contest:");
            Some(Question { round, channel, at: at(&message), text, is_contest, message })
        };
        self.channels[channel].of_bot().into_iter().filter_map(question).collect()
    }

    fn reveals(&self, channel: usize) -> Vec<Revealed> {
        let replies = self.channels[channel].of_bot().into_iter().flat_map(|message| message.replies());
        let revealed = |message: Msg| {
            let text = message.shows().replace("│ ", "");
            Some(Revealed { round: keyed(&message, 'r')?, at: at(&message), text })
        };
        replies.filter_map(revealed).collect()
    }

    fn notes(&self, channel: usize) -> Vec<String> {
        let messages = self.channels[channel].of_bot().into_iter();
        messages
            .filter(|message| ['n', 's'].iter().any(|key| keyed(message, *key).is_some()))
            .map(|message| message.shows().replace('*', ""))
            .collect()
    }

    fn violations(&self) -> Vec<String> {
        // Of seeds that a process did not live to put, the next one knows only that some are missing: it puts all anew.
        if self.slack.violations().iter().any(|violation| violation.contains("already_reacted")) {
            self.slack.forgives("already_reacted");
        }
        self.slack.violations()
    }

    fn story(&self) -> String {
        self.slack.last_calls()
    }

    fn holds(&self, chance: &mut ChaCha8Rng) -> (oneshot::Receiver<()>, Held) {
        self.slack.holds(KINDS.choose(chance).expect("there are some"))
    }

    fn loses_an_answer(&self, chance: &mut ChaCha8Rng) {
        let method = KINDS[..3].choose(chance).expect("there are some");
        let fault = match chance.random_range(0..4) {
            0 => Fault::Slow(Duration::from_millis(chance.random_range(1..1_500))),
            1 => Fault::Status(503),
            _ => Fault::AnswerLost,
        };
        self.slack.fails(method, fault);
        // Slack tells again what was not acknowledged.
        if chance.random_bool(0.5) {
            self.slack.redelivers();
        }
    }

    fn delivers_twice(&self, twice: bool) {
        self.slack.delivers_twice(twice);
    }

    fn reacts(&self, who: &str, question: &Msg, number: u8, stands: bool) {
        let (person, emoji) = (self.slack.person(who), NUMBERS[usize::from(number) - 1]);
        if stands {
            person.reacts(question, emoji);
        } else {
            person.unreacts(question, emoji);
        }
    }

    fn replies(&self, who: &str, question: &Msg, text: &str) {
        self.slack.person(who).replies_in_thread(question, text);
    }

    async fn presses(&self, who: &str, question: &Msg, option: &str) -> Option<String> {
        let ask = tried(|| self.slack.person(who).clicks(question, &action(question, option)))?;
        Self::read(&ask).await
    }

    async fn picks(&self, who: &str, question: &Msg, options: &[&str]) -> Option<String> {
        let text = question.shows();
        let number = |option: &&str| {
            let line = text.lines().find(|line| line.ends_with(option) && line.contains('\u{20e3}'))?;
            line.split('\u{fe0f}').next()?.chars().last().map(String::from)
        };
        let numbers: Vec<String> = options.iter().filter_map(number).collect();
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let ask = tried(|| {
            let person = self.slack.person(who);
            let ticks = question.controls().into_iter().find(|id| id.starts_with("ticks:")).expect("there are boxes");
            person.selects(question, &ticks, &numbers);
            person.clicks(question, &action(question, "Answer"))
        })?;
        Self::read(&ask).await
    }

    async fn fills_in(&self, who: &str, question: &Msg, text: &str) -> Option<Option<String>> {
        let person = self.slack.person(who);
        let ask = tried(|| person.clicks(question, &action(question, "Answer")))?;
        let form = timeout(PATIENCE, ask.view()).await.ok()?;
        person.submits(&form, &[("answer", &[text])]);
        // A form that is delivered again is acknowledged again, and says again to wait.
        let answered = async {
            for times in 2.. {
                form.changed(times).await;
                if !form.shows().contains("One moment") {
                    return;
                }
            }
        };
        let told = timeout(PATIENCE, answered).await.is_ok();
        Some(told.then(|| {
            let shown = form.shows();
            shown.find("It is in").map_or(shown.clone(), |from| shown[from..].to_owned())
        }))
    }

    async fn commands(&self, channel: usize, words: &str, options: &[(&str, String)]) -> Option<String> {
        let (command, rest) = words.split_once(' ').unwrap_or((words, ""));
        let options: Vec<String> = options.iter().map(|(name, value)| format!("{name}:{value}")).collect();
        let line = format!("{rest} {}", options.join(" "));
        let ask = tried(|| self.slack.person("root").slash(&self.channels[channel], &format!("/{command}"), &line))?;
        Self::read(&ask).await
    }
}
