//! What people write, and how they react.

use std::sync::Arc;

use super::super::{
    messages::is_emoji,
    state::State,
    world::{Message, Ts},
};
use super::{Channel, Msg, Person};

impl State {
    /// Complains where somebody cannot do anything in a channel.
    pub fn person_may(&self, person: &str, channel: &str, what: &str) {
        let found = self.world.channels.get(channel).expect("the channel is there");
        let user = &self.world.users[person];
        assert!(found.members.contains(person), "{} is not in #{}, and so cannot {what}", user.name, found.name);
        assert!(!found.archived, "#{} is archived, and so nobody can {what}", found.name);
        assert!(!user.deleted, "{} left the workspace, and so cannot {what}", user.name);
    }

    fn says(&mut self, person: &str, channel: &str, text: &str, thread: Option<Ts>, broadcast: bool) -> Ts {
        self.person_may(person, channel, "write");
        let text = self.typed(text);
        let (channel, user) = (channel.to_owned(), person.to_owned());
        self.posts(Message { channel, user, text, thread, broadcast, ..Message::default() })
    }

    /// What becomes of a text that is typed: the three signs are escaped, and `@name` of somebody who is there mentions them.
    fn typed(&self, text: &str) -> String {
        let mut text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        for user in self.world.users.values() {
            text = text.replace(&format!("@{}", user.name), &format!("<@{}>", user.id));
        }
        text
    }
}

impl Person {
    fn msg(&self, channel: &str, ts: Ts) -> Msg {
        Msg { shared: Arc::clone(&self.shared), channel: channel.to_owned(), ts }
    }

    /// Writes into a channel; `@kcard` mentions the bot.
    pub fn writes(&self, channel: &Channel, text: &str) -> Msg {
        let ts = self.shared.with(|state| state.says(&self.id, &channel.id, text, None, false));
        self.msg(&channel.id, ts)
    }

    /// Writes into the thread of a message.
    pub fn replies_in_thread(&self, to: &Msg, text: &str) -> Msg {
        self.threads(to, text, false)
    }

    /// Writes into the thread of a message, and lets the channel see it too.
    pub fn replies_to_all(&self, to: &Msg, text: &str) -> Msg {
        self.threads(to, text, true)
    }

    fn threads(&self, to: &Msg, text: &str, broadcast: bool) -> Msg {
        let ts = self.shared.with(|state| {
            let found = state.world.message(&to.channel, &to.ts).expect("the message stands");
            assert!(found.ephemeral.is_none(), "what one person sees alone has no thread");
            let root = found.thread.clone().unwrap_or_else(|| to.ts.clone());
            state.says(&self.id, &to.channel, text, Some(root), broadcast)
        });
        self.msg(&to.channel, ts)
    }

    /// Edits their own message.
    pub fn edits(&self, message: &Msg, text: &str) {
        self.shared.with(|state| {
            state.person_may(&self.id, &message.channel, "edit");
            let found = state.world.message(&message.channel, &message.ts).expect("the message stands");
            assert_eq!(found.user, self.id, "people edit their own messages");
            let text = state.typed(text);
            state.edits(&message.channel, &message.ts, &self.id, Some(text), None);
        });
    }

    /// Deletes a message: their own, or anyone's where they are an admin.
    pub fn deletes(&self, message: &Msg) {
        self.shared.with(|state| {
            let found = state.world.message(&message.channel, &message.ts).expect("the message stands");
            let user = &state.world.users[&self.id];
            assert!(found.user == self.id || user.admin || user.owner, "{} may not delete this", user.name);
            state.deletes(&message.channel, &message.ts);
        });
    }

    /// Reacts with an emoji by its name: `one`.
    pub fn reacts(&self, message: &Msg, name: &str) {
        assert!(is_emoji(name), "no emoji is called `{name}`");
        self.shared.with(|state| {
            state.person_may(&self.id, &message.channel, "react");
            assert!(state.reacts(&message.channel, &message.ts, &self.id, name), "that reaction stands already");
        });
    }

    pub fn unreacts(&self, message: &Msg, name: &str) {
        self.shared.with(|state| {
            assert!(state.unreacts(&message.channel, &message.ts, &self.id, name), "there is no such reaction");
        });
    }
}
