//! What people write, and how they react.

use std::sync::Arc;

use super::super::{Id, permissions, state::State, world::Message};
use super::{Channel, Member, Msg};

impl State {
    /// Complains where a person may not do something here.
    pub fn person_may(&self, person: Id, channel: Id, permission: u64, what: &str) -> u64 {
        let found = self.world.channels.get(&channel).expect("the channel is there");
        let may = self.world.permissions(person, found);
        let name = self.world.name_of(person, found.guild);
        let mine = found.recipient.is_none_or(|recipient| recipient == person);
        assert!(mine && may & permission == permission, "{name} may not {what} in #{}", found.name);
        may
    }

    fn says(&mut self, person: Id, channel: Id, text: &str, to: Option<Id>, mention: bool) -> Id {
        let may = self.person_may(person, channel, permissions::VIEW_CHANNEL | permissions::SEND_MESSAGES, "write");
        let replied = to.and_then(|to| self.world.messages.get(&to)).map(|to| to.author).filter(|_| mention);
        let pings = self.pings_of(channel, text, replied, may);
        let kind = if to.is_some() { 19 } else { 0 };
        let message = Message { content: text.to_owned(), kind, reply_to: to, pings, ..self.blank(person, channel) };
        self.posts(message)
    }
}

impl Member {
    fn msg(&self, id: Id) -> Msg {
        Msg { shared: Arc::clone(&self.shared), id }
    }

    /// What a user of Discord writes to mention them.
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// The direct messages with the bot.
    pub fn direct(&self) -> Channel {
        let id = self.shared.with(|state| state.world.direct(state.now, self.id));
        Channel { shared: Arc::clone(&self.shared), id }
    }

    /// Takes no direct messages from the bot.
    pub fn closes_direct_messages(&self) {
        self.shared.with(|state| state.world.users.get_mut(&self.id).expect("somebody").closed = true);
    }

    pub fn says(&self, channel: &Channel, text: &str) -> Msg {
        self.msg(self.shared.with(|state| state.says(self.id, channel.id, text, None, false)))
    }

    /// Replies as Discord's clients do by default: whom it answers is mentioned.
    pub fn replies(&self, to: &Msg, text: &str) -> Msg {
        self.answers(to, text, true)
    }

    /// Replies with the mention switched off.
    pub fn replies_quietly(&self, to: &Msg, text: &str) -> Msg {
        self.answers(to, text, false)
    }

    fn answers(&self, to: &Msg, text: &str, mention: bool) -> Msg {
        let id = self.shared.with(|state| {
            let channel = state.world.messages.get(&to.id).expect("the message stands").channel;
            state.says(self.id, channel, text, Some(to.id), mention)
        });
        self.msg(id)
    }

    /// Edits their own message.
    pub fn edits(&self, message: &Msg, text: &str) {
        self.shared.with(|state| {
            let found = state.world.messages.get(&message.id).expect("the message stands");
            assert_eq!(found.author, self.id, "people edit their own messages");
            let (channel, to) = (found.channel, found.reply_to);
            // An edit rings for nobody, but what it mentions shows as mentioned; the one replied to stays so.
            let replied = to.and_then(|to| state.world.messages.get(&to)).map(|to| to.author);
            let replied = replied.filter(|replied| found.pings.users.contains(replied));
            let pings = state.pings_of(channel, text, replied, 0);
            let now = state.now;
            let found = state.world.messages.get_mut(&message.id).expect("the message stands");
            text.clone_into(&mut found.content);
            found.edited = Some(now);
            found.edits += 1;
            found.pings = pings;
            state.tell_message("MESSAGE_UPDATE", message.id);
        });
    }

    /// Deletes a message: their own, or anyone's where they may manage messages.
    pub fn deletes(&self, message: &Msg) {
        self.shared.with(|state| {
            let found = state.world.messages.get(&message.id).expect("the message stands");
            if found.author != self.id {
                state.person_may(self.id, found.channel, permissions::MANAGE_MESSAGES, "delete messages");
            }
            state.removes(message.id);
        });
    }

    /// Deletes several messages of a channel at once.
    pub fn deletes_all(&self, messages: &[&Msg]) {
        self.shared.with(|state| {
            let ids: Vec<Id> = messages.iter().map(|message| message.id).collect();
            let channel = state.world.messages.get(&ids[0]).expect("the message stands").channel;
            state.person_may(self.id, channel, permissions::MANAGE_MESSAGES, "delete messages");
            state.world.messages.retain(|id, _| !ids.contains(id));
            state.tell_deleted(channel, &ids);
        });
    }

    pub fn reacts(&self, message: &Msg, emoji: &str) {
        self.shared.with(|state| {
            let found = state.world.messages.get(&message.id).expect("the message stands");
            let needed = if found.reactions.iter().any(|(other, _)| other == emoji) {
                permissions::READ_MESSAGE_HISTORY
            } else {
                permissions::READ_MESSAGE_HISTORY | permissions::ADD_REACTIONS
            };
            state.person_may(self.id, found.channel, needed, "react");
            state.adds_reaction(message.id, self.id, emoji);
        });
    }

    pub fn unreacts(&self, message: &Msg, emoji: &str) {
        self.shared.with(|state| state.takes_reaction(message.id, self.id, emoji));
    }

    /// Takes all reactions of a message away, or all of one emoji.
    pub fn clears_reactions(&self, message: &Msg, emoji: Option<&str>) {
        self.shared.with(|state| {
            let channel = state.world.messages.get(&message.id).expect("the message stands").channel;
            state.person_may(self.id, channel, permissions::MANAGE_MESSAGES, "clear reactions");
            state.clears_reactions(message.id, emoji);
        });
    }

    /// Begins a thread at a message.
    pub fn opens_thread(&self, message: &Msg, name: &str) -> Channel {
        self.shared.with(|state| {
            let channel = state.world.messages.get(&message.id).expect("the message stands").channel;
            state.person_may(self.id, channel, permissions::CREATE_PUBLIC_THREADS, "begin threads");
            state.opens_thread(channel, message.id, name, self.id);
        });
        Channel { shared: Arc::clone(&self.shared), id: message.id }
    }
}
