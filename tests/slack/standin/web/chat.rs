//! Messages: `chat.…`.

use serde_json::{Value, json};

use super::super::{
    render::permalink,
    state::State,
    world::{Id, Message},
};
use super::{super::refusal::Refusal, Answer, body::Call};

/// Slack's largest metadata, in bytes.
const LARGEST: usize = 8000;

impl State {
    pub fn post_message(&mut self, call: &Call) -> Answer {
        let channel = self.target(call.text("channel"));
        if self.own_channel(&channel)?.archived {
            return Err("is_archived".into());
        }
        let (text, blocks) = self.content(&call.args)?;
        let metadata = metadata(&call.args["metadata"])?;
        let thread = self.thread(call, &channel)?;
        let message = Message {
            channel: channel.clone(),
            user: self.bot.clone(),
            text,
            blocks,
            broadcast: thread.is_some() && call.flag("reply_broadcast"),
            thread,
            metadata,
            ..Message::default()
        };
        let ts = self.posts(message);
        let message = self.world.message(&channel, &ts).expect("it was posted just now");
        Ok(json!({"channel": channel, "ts": ts, "message": self.message_json(message, true)}))
    }

    /// Where a message goes: a channel, or the direct messages of a person.
    fn target(&mut self, given: &str) -> Id {
        if given.starts_with('U') && self.world.users.contains_key(given) {
            let bot = self.bot.clone();
            return self.world.direct(self.now, &bot, given);
        }
        given.to_owned()
    }

    /// The thread that a message goes to: that of the message named, or the one that it stands in itself.
    fn thread(&self, call: &Call, channel: &str) -> Result<Option<String>, Refusal> {
        let given = call.text("thread_ts");
        if given.is_empty() {
            return Ok(None);
        }
        let found = self.world.message(channel, given).filter(|found| found.ephemeral.is_none());
        let found = found.ok_or("thread_not_found")?;
        Ok(Some(found.thread.clone().unwrap_or_else(|| given.to_owned())))
    }

    pub fn update(&mut self, call: &Call) -> Answer {
        let (channel, ts) = (call.text("channel").to_owned(), call.text("ts").to_owned());
        if self.own_channel(&channel)?.archived {
            return Err("is_archived".into());
        }
        let known = self.standing(&channel, &ts)?;
        if known.user != self.bot {
            return Err("cant_update_message".into());
        }
        let old = known.metadata.clone();
        if call.text("text").chars().count() > 40_000 {
            return Err("msg_too_long".into());
        }
        let metadata = if call.args["metadata"].is_null() { old } else { metadata(&call.args["metadata"])? };
        let (text, blocks) = self.content(&call.args)?;
        if let Some(known) = self.world.message_mut(&channel, &ts) {
            known.metadata = metadata;
        }
        let bot = self.bot.clone();
        // Blocks that are not named stay; an empty list takes them away.
        let blocks = call.args["blocks"].is_array().then_some(blocks);
        self.edits(&channel, &ts, &bot, Some(text), blocks);
        let message = self.world.message(&channel, &ts).expect("it stands");
        Ok(json!({"channel": channel, "ts": ts, "text": message.text, "message": self.message_json(message, true)}))
    }

    /// A message that the bot can name: none that one person sees alone, and none that was deleted.
    pub fn standing(&self, channel: &str, ts: &str) -> Result<&Message, Refusal> {
        let found = self.world.message(channel, ts).filter(|found| found.ephemeral.is_none() && !found.tombstone);
        found.ok_or_else(|| "message_not_found".into())
    }

    pub fn delete(&mut self, call: &Call) -> Answer {
        let (channel, ts) = (call.text("channel").to_owned(), call.text("ts").to_owned());
        self.own_channel(&channel)?;
        if self.standing(&channel, &ts)?.user != self.bot {
            return Err("cant_delete_message".into());
        }
        self.deletes(&channel, &ts);
        Ok(json!({"channel": channel, "ts": ts}))
    }

    pub fn post_ephemeral(&mut self, call: &Call) -> Answer {
        let (channel, person) = (call.text("channel").to_owned(), call.text("user").to_owned());
        let found = self.own_channel(&channel)?;
        if found.archived {
            return Err("is_archived".into());
        }
        if !found.members.contains(&person) {
            return Err("user_not_in_channel".into());
        }
        let (text, blocks) = self.content(&call.args)?;
        let thread = self.thread(call, &channel)?;
        let message = Message {
            channel,
            user: self.bot.clone(),
            text,
            blocks,
            thread,
            ephemeral: Some(person),
            ..Message::default()
        };
        Ok(json!({"message_ts": self.posts(message)}))
    }

    pub fn get_permalink(&self, call: &Call) -> Answer {
        let channel = call.text("channel");
        self.known_channel(channel)?;
        let message = self.standing(channel, call.text("message_ts"))?;
        Ok(json!({"channel": channel, "permalink": permalink(message)}))
    }
}

/// The metadata of a message: an event type and a flat payload.
fn metadata(given: &Value) -> Result<Option<Value>, Refusal> {
    if given.is_null() {
        return Ok(None);
    }
    if !given["event_type"].is_string() || !given["event_payload"].is_object() {
        return Err("invalid_metadata_format".into());
    }
    if given.to_string().len() > LARGEST {
        return Err("metadata_too_large".into());
    }
    Ok(Some(given.clone()))
}
