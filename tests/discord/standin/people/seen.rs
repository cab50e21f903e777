//! What stands in a channel and in a message, for tests to look at.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::super::{Id, Pings, state::State, world::Message};
use super::{Channel, Msg, press};

impl Channel {
    fn msg(&self, id: Id) -> Msg {
        Msg { shared: Arc::clone(&self.shared), id }
    }

    /// What everybody reads here, oldest first.
    pub fn messages(&self) -> Vec<Msg> {
        let ids: Vec<Id> = self.shared.sees(|state| state.world.history(self.id).map(|message| message.id).collect());
        ids.into_iter().map(|id| self.msg(id)).collect()
    }

    /// The bot's messages, oldest first.
    pub fn of_bot(&self) -> Vec<Msg> {
        let bot = self.shared.sees(|state| state.bot);
        self.messages().into_iter().filter(|message| message.author() == bot).collect()
    }

    /// The bot's latest message.
    pub fn latest(&self) -> Msg {
        self.of_bot().pop().expect("the bot said something here")
    }

    /// Waits until the bot has said that many messages here; the last of them.
    pub async fn hears(&self, messages: usize) -> Msg {
        let look = |state: &State| {
            let mine = state.world.history(self.id).filter(|message| message.author == state.bot && !message.thinking);
            mine.map(|message| message.id).nth(messages.saturating_sub(1))
        };
        self.msg(self.shared.wait(&format!("{messages} messages of the bot"), look).await)
    }

    /// The thread that hangs at a message.
    pub fn thread_of(message: &Msg) -> Option<Self> {
        let there = message.shared.sees(|state| state.world.channels.contains_key(&message.id));
        there.then(|| Self { shared: Arc::clone(&message.shared), id: message.id })
    }

    pub fn name(&self) -> String {
        self.shared.sees(|state| state.world.channels[&self.id].name.clone())
    }

    /// What everybody reads here, in words; see [`Msg::shows`].
    pub fn shows(&self) -> String {
        self.shared.sees(|state| state.shows(self.id))
    }
}

impl Msg {
    fn look<T>(&self, look: impl FnOnce(&Message) -> T) -> T {
        self.shared.sees(|state| look(state.world.messages.get(&self.id).expect("the message stands")))
    }

    pub fn stands(&self) -> bool {
        self.shared.sees(|state| state.world.messages.contains_key(&self.id))
    }

    pub fn author(&self) -> Id {
        self.look(|message| message.author)
    }

    pub fn content(&self) -> String {
        self.look(|message| message.content.clone())
    }

    pub fn embeds(&self) -> Vec<Value> {
        self.look(|message| message.embeds.clone())
    }

    /// Rows of components, as the bot sent them.
    pub fn components(&self) -> Vec<Value> {
        self.look(|message| message.components.clone())
    }

    /// The custom ids of the enabled buttons and menus.
    pub fn controls(&self) -> Vec<String> {
        self.look(|message| {
            let enabled = press::components(message).filter(|component| component["disabled"] != true);
            enabled.filter_map(|component| component["custom_id"].as_str().map(str::to_owned)).collect()
        })
    }

    /// Files, as Discord keeps them.
    pub fn attachments(&self) -> Vec<Value> {
        self.look(|message| message.attachments.clone())
    }

    /// Whom it rang for.
    pub fn pings(&self) -> Pings {
        self.look(|message| message.pings.clone())
    }

    /// How often it was edited.
    pub fn edits(&self) -> usize {
        self.look(|message| message.edits)
    }

    pub fn at(&self) -> Timestamp {
        self.look(|message| message.at)
    }

    pub fn is_ephemeral(&self) -> bool {
        self.look(|message| message.ephemeral.is_some())
    }

    pub fn reply_to(&self) -> Option<Id> {
        self.look(|message| message.reply_to)
    }

    /// Who reacts with an emoji now.
    pub fn reacted(&self, emoji: &str) -> Vec<Id> {
        self.look(|message| {
            let found = message.reactions.iter().find(|(other, _)| other == emoji);
            found.map(|(_, users)| users.clone()).unwrap_or_default()
        })
    }

    /// Waits until the message has been edited that often.
    pub async fn edited(&self, times: usize) {
        let look =
            |state: &State| state.world.messages.get(&self.id).filter(|message| message.edits >= times).map(|_| ());
        self.shared.wait(&format!("edit {times} of a message"), look).await;
    }

    /// What it shows, in words.
    pub fn shows(&self) -> String {
        self.shared.sees(|state| state.message_shows(self.id))
    }
}
