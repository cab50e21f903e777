//! What stands in a channel and in a message, for tests to look at.

use std::sync::Arc;

use serde_json::Value;

use super::super::{
    state::State,
    world::{Message, Ts},
};
use super::{Channel, Msg, Person, elements};

impl Channel {
    fn msgs<'a>(&self, found: impl Iterator<Item = &'a Message>) -> Vec<Msg> {
        found.map(|message| self.message(&message.ts)).collect()
    }

    /// The message of that time.
    pub fn message(&self, ts: &str) -> Msg {
        Msg { shared: Arc::clone(&self.shared), channel: self.id.clone(), ts: ts.to_owned() }
    }

    /// What everybody reads here, without threads, oldest first.
    pub fn messages(&self) -> Vec<Msg> {
        self.shared.sees(|state| self.msgs(state.world.history(&self.id)))
    }

    /// The bot's messages, without threads, oldest first.
    pub fn of_bot(&self) -> Vec<Msg> {
        self.shared.sees(|state| self.msgs(state.world.history(&self.id).filter(|message| message.user == state.bot)))
    }

    /// The bot's latest message.
    pub fn latest(&self) -> Msg {
        self.of_bot().pop().expect("the bot said something here")
    }

    /// Waits until the bot has said that many messages here; the last of them.
    pub async fn hears(&self, messages: usize) -> Msg {
        let look = |state: &State| {
            let mut mine = state.world.history(&self.id).filter(|message| message.user == state.bot);
            mine.nth(messages.saturating_sub(1)).map(|message| message.ts.clone())
        };
        let ts = self.shared.wait(&format!("{messages} messages of the bot"), look).await;
        self.message(&ts)
    }

    /// What everybody reads here, in words, with the threads.
    pub fn shows(&self) -> String {
        self.shared.sees(|state| state.channel_shows(&self.id, None))
    }

    /// What one person reads here: what they were told alone too.
    pub fn shows_to(&self, person: &Person) -> String {
        self.shared.sees(|state| state.channel_shows(&self.id, Some(&person.id)))
    }
}

impl Person {
    /// What they were told alone in a channel, oldest first.
    pub fn ephemerals(&self, channel: &Channel) -> Vec<Msg> {
        self.shared.sees(|state| {
            let mine = state
                .world
                .messages
                .values()
                .filter(|message| message.channel == channel.id && message.ephemeral.as_ref() == Some(&self.id));
            channel.msgs(mine)
        })
    }

    /// Waits until they were told so many things alone in a channel; the last of them.
    pub async fn is_told(&self, channel: &Channel, messages: usize) -> Msg {
        let look = |state: &State| {
            let mut mine = state
                .world
                .messages
                .values()
                .filter(|message| message.channel == channel.id && message.ephemeral.as_ref() == Some(&self.id));
            mine.nth(messages.saturating_sub(1)).map(|message| message.ts.clone())
        };
        let ts = self.shared.wait(&format!("{messages} messages to one person alone"), look).await;
        channel.message(&ts)
    }

    /// What they write to mention them.
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }
}

impl Msg {
    fn look<T>(&self, look: impl FnOnce(&Message) -> T) -> T {
        self.shared.sees(|state| look(state.world.message(&self.channel, &self.ts).expect("the message stands")))
    }

    pub fn stands(&self) -> bool {
        self.shared.sees(|state| state.world.message(&self.channel, &self.ts).is_some_and(|message| !message.tombstone))
    }

    /// Who wrote it.
    pub fn author(&self) -> String {
        self.look(|message| message.user.clone())
    }

    /// What notifications and screen readers say, as the bot sent it.
    pub fn text(&self) -> String {
        self.look(|message| message.text.clone())
    }

    /// The blocks, with their ids.
    pub fn blocks(&self) -> Vec<Value> {
        self.look(|message| message.blocks.clone())
    }

    /// The action ids of the buttons and menus.
    pub fn controls(&self) -> Vec<String> {
        self.look(|message| {
            let ids = elements::elements(&message.blocks);
            ids.into_iter().filter_map(|(_, element)| element["action_id"].as_str().map(str::to_owned)).collect()
        })
    }

    pub fn metadata(&self) -> Option<Value> {
        self.look(|message| message.metadata.clone())
    }

    /// Whom it rang for: `<!channel>`, `<@U1>`.
    pub fn pings(&self) -> Vec<String> {
        self.look(|message| message.pings.clone())
    }

    /// How often it was edited.
    pub fn edits(&self) -> usize {
        self.look(|message| message.edits)
    }

    pub fn is_ephemeral(&self) -> bool {
        self.look(|message| message.ephemeral.is_some())
    }

    /// The message whose thread it stands in.
    pub fn thread(&self) -> Option<Ts> {
        self.look(|message| message.thread.clone())
    }

    /// What stands in its thread, oldest first.
    pub fn replies(&self) -> Vec<Msg> {
        self.shared.sees(|state| {
            let channel = Channel { shared: Arc::clone(&self.shared), id: self.channel.clone() };
            channel.msgs(state.world.replies(&self.channel, &self.ts))
        })
    }

    /// Waits until so many replies stand in its thread; the last of them.
    pub async fn replied(&self, replies: usize) -> Msg {
        let look = |state: &State| {
            let mut found = state.world.replies(&self.channel, &self.ts);
            found.nth(replies.saturating_sub(1)).map(|message| message.ts.clone())
        };
        let ts = self.shared.wait(&format!("{replies} replies in a thread"), look).await;
        Msg { shared: Arc::clone(&self.shared), channel: self.channel.clone(), ts }
    }

    /// Who reacts with an emoji now.
    pub fn reacted(&self, name: &str) -> Vec<String> {
        self.look(|message| {
            let found = message.reactions.iter().find(|(other, _)| other == name);
            found.map(|(_, users)| users.clone()).unwrap_or_default()
        })
    }

    /// Waits until the message has been edited that often.
    pub async fn edited(&self, times: usize) {
        let look = |state: &State| {
            state.world.message(&self.channel, &self.ts).filter(|message| message.edits >= times).map(|_| ())
        };
        self.shared.wait(&format!("edit {times} of a message"), look).await;
    }

    /// What it shows, in words.
    pub fn shows(&self) -> String {
        self.shared.sees(|state| {
            state.message_shows(state.world.message(&self.channel, &self.ts).expect("the message stands"))
        })
    }
}
