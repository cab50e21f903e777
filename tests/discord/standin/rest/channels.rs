//! `/channels/{id}` and what hangs under it.

use serde_json::{Value, json};

use super::super::{
    id::Id,
    permissions,
    refusal::{Problems, Refusal, missing_permissions, unknown_channel, unknown_message},
    state::State,
    world::{Channel, Kind},
};
use super::{Answer, Call};

impl State {
    pub fn channels(&mut self, call: &Call, channel: &str, rest: &[&str]) -> Answer {
        let id = Id::parse(channel).filter(|id| self.world.channels.contains_key(id)).ok_or_else(unknown_channel)?;
        let may = self.bot_may(id)?;
        match (call.method.as_str(), rest) {
            ("GET", []) => Ok((200, self.world.channel_json(&self.world.channels[&id]))),
            ("POST", ["typing"]) => Ok((204, Value::Null)),
            ("GET", ["messages"]) => self.page(call, id, may),
            ("POST", ["messages"]) => {
                let message = self.bot_posts(id, &call.body, &call.files)?;
                Ok((200, self.world.fresh_message_json(&self.world.messages[&message], self.reader())))
            }
            (_, ["messages", message, rest @ ..]) => {
                let found = Id::parse(message).and_then(|message| self.world.messages.get(&message));
                let found = found.filter(|found| found.channel == id && found.ephemeral.is_none());
                let message = found.ok_or_else(unknown_message)?.id;
                match rest {
                    ["reactions", rest @ ..] => self.reactions(call, message, rest, may),
                    ["threads"] if call.method == "POST" => self.thread(call, id, message, may),
                    [] => self.message(call, message, may),
                    _ => self.unrouted(call),
                }
            }
            _ => self.unrouted(call),
        }
    }

    /// A thread that begins at a message has the message's id.
    fn thread(&mut self, call: &Call, channel: Id, message: Id, may: u64) -> Answer {
        if may & permissions::CREATE_PUBLIC_THREADS == 0 {
            return Err(missing_permissions());
        }
        if self.world.channels.contains_key(&message) {
            return Err(Refusal::new(400, 160_004, "A thread has already been created for this message"));
        }
        let mut problems = Problems::default();
        problems.text("name", &call.body["name"], 1, 100);
        let duration = &call.body["auto_archive_duration"];
        if !duration.is_null() && ![60, 1440, 4320, 10080].contains(&duration.as_u64().unwrap_or_default()) {
            problems.add("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).");
        }
        problems.verdict()?;
        let name = call.body["name"].as_str().unwrap_or_default();
        let json = self.opens_thread(channel, message, name, self.bot);
        Ok((201, json))
    }

    /// A thread begins at a message of a channel.
    pub fn opens_thread(&mut self, channel: Id, message: Id, name: &str, owner: Id) -> Value {
        let guild = self.world.guild_of(channel);
        self.world.channels.insert(
            message,
            Channel {
                id: message,
                kind: Kind::Thread,
                name: name.to_owned(),
                guild,
                parent: Some(channel),
                overwrites: Vec::new(),
                recipient: None,
                owner: Some(owner),
            },
        );
        self.tell_channel("THREAD_CREATE", message);
        if let Some(found) = self.world.messages.get_mut(&message) {
            found.flags |= 1 << 5;
        }
        let mut json = self.world.channel_json(&self.world.channels[&message]);
        json["guild_id"] = json!(guild);
        json
    }
}
