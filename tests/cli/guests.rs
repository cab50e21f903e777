//! People in the room of a kcard that runs.

use std::cell::Cell;

use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::process::{Home, Running};

/// A configuration that asks one question about soup at once, and none for a year.
pub const SOUP: &str = "decks = [\"decks\"]
[[schedule]]
name = \"soup\"
channel = \"web:daily-quiz\"
cron = \"0 0 1 1 *\"
window = \"30d\"
deck = \"soup\"
kinds = [\"choice\"]
ask_on_start = true
";

/// Somebody's browser.
pub struct Guest {
    pub name: String,
    base: String,
    client: reqwest::Client,
    runtime: Runtime,
    acts: Cell<u32>,
}

impl Guest {
    /// Somebody new.
    pub fn enters(running: &Running, name: &str) -> Self {
        Self::by(&running.link, &running.link, name)
    }

    /// Somebody who came by the admin's link.
    pub fn looks_after(running: &Running, name: &str) -> Self {
        Self::by(&running.admin_link, &running.link, name)
    }

    fn by(link: &str, base: &str, name: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
        let guest = Self { name: name.into(), base: base.into(), client, runtime, acts: Cell::new(0) };
        guest.runtime.block_on(async { guest.client.get(link).send().await.unwrap() });
        let (status, answer) = guest.does("join", &json!({ "key": format!("{name:0>32}"), "name": name })).unwrap();
        assert_eq!(status, 200, "{answer}");
        guest
    }

    /// Sends something as the page does; the status and the answer, if one came.
    pub fn does(&self, what: &str, body: &Value) -> Option<(u16, Value)> {
        let request = self.client.post(format!("{}api/{what}", self.base)).json(body);
        self.runtime.block_on(async {
            let answer = request.send().await.ok()?;
            Some((answer.status().as_u16(), answer.json().await.unwrap_or_default()))
        })
    }

    /// The newest question, once there is one.
    pub fn question(&self) -> Value {
        loop {
            let url = format!("{}api/messages?channel=daily-quiz", self.base);
            let read: Value = self.runtime.block_on(async { self.client.get(url).send().await?.json().await }).unwrap();
            let found = read["messages"].as_array().unwrap().iter().rev().find(|message| message["role"] == "question");
            if let Some(found) = found {
                return found.clone();
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    /// Puts the reaction of an option under a question: the answer's key, and whether kcard said that it is in; `None` where kcard says
    /// nothing.
    pub fn reacts(&self, question: &Value, option: usize) -> Option<(String, bool)> {
        let key = self.acts.replace(self.acts.get() + 1).to_string();
        let react = json!({ "key": key, "message": question["id"], "option": option, "on": true });
        let (status, _) = self.does("react", &react)?;
        Some((format!("web:{}:{key}", self.name), status == 200))
    }

    /// Says something in the channel, or below a message.
    pub fn says(&self, text: &str, below: Option<&Value>) -> Value {
        let key = self.acts.replace(self.acts.get() + 1).to_string();
        let say = json!({ "key": key, "channel": "daily-quiz", "text": text, "reply_to": below.map(|message| &message["id"]) });
        let (status, answer) = self.does("say", &say).unwrap();
        assert_eq!(status, 200, "{answer}");
        answer
    }
}

/// The number of the option that says this.
pub fn option(question: &Value, says: &str) -> usize {
    let buttons = question["controls"].as_array().unwrap();
    buttons.iter().position(|button| button["label"].as_str().unwrap().contains(says)).unwrap() + 1
}

/// A home with the deck and the configuration.
pub fn home() -> Home {
    let home = crate::kit::home_with_deck(crate::kit::DECK);
    home.write("kcard.toml", SOUP);
    home
}

/// A kcard that runs in it.
pub fn run_in(home: &Home) -> Running {
    Running::start(&mut home.kcard(&["--config", "kcard.toml", "--data", "data"]))
}
