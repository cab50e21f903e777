//! How a message of the bot comes to be and changes, wherever it was sent from.

use serde_json::Value;

use super::{
    id::Id,
    limits,
    mentions::Rules,
    permissions,
    refusal::{
        Problems, Refusal, cannot_send_to_user, empty_message, missing_access, missing_permissions, unknown_channel,
    },
    state::State,
    world::{Kind, Message, Pings},
};

/// The flag of a message that only one person sees.
pub const EPHEMERAL: u64 = 1 << 6;

/// The flag of a deferral.
pub const THINKING: u64 = 1 << 7;

impl State {
    /// What the bot may do in a channel, if it sees it.
    pub fn bot_may(&self, channel: Id) -> Result<u64, Refusal> {
        let found = self.world.channels.get(&channel).ok_or_else(unknown_channel)?;
        let may = self.world.permissions(self.bot, found);
        if may & permissions::VIEW_CHANNEL == 0 { Err(missing_access()) } else { Ok(may) }
    }

    /// `POST /channels/{id}/messages`.
    pub fn bot_posts(&mut self, channel: Id, body: &Value, files: &[String]) -> Result<Id, Refusal> {
        let may = self.bot_may(channel)?;
        let place = &self.world.channels[&channel];
        let needed = match place.kind {
            Kind::Thread => permissions::SEND_MESSAGES_IN_THREADS,
            Kind::Text | Kind::Direct => permissions::SEND_MESSAGES,
        };
        if may & needed == 0 {
            return Err(missing_permissions());
        }
        if let Some(person) = place.recipient {
            let closed = self.world.users.get(&person).is_none_or(|user| user.closed);
            if closed || !self.world.share_a_guild(self.bot, person) {
                return Err(cannot_send_to_user());
            }
        }
        limits::message(body)?;
        if let Some(before) = self.posted_before(channel, body) {
            return Ok(before);
        }
        let reply_to = self.answered(channel, may, &body["message_reference"])?;
        let mut message = self.blank(self.bot, channel);
        message.kind = if reply_to.is_some() { 19 } else { 0 };
        message.reply_to = reply_to;
        message.nonce = Some(body["nonce"].clone()).filter(|nonce| !nonce.is_null());
        if !files.is_empty() && may & permissions::ATTACH_FILES == 0 {
            return Err(missing_permissions());
        }
        self.fill(&mut message, body, files, may)?;
        if body["enforce_nonce"] == true
            && let Some(nonce) = &message.nonce
        {
            let until = self.now + jiff::SignedDuration::from_mins(5);
            self.nonces.push((channel, nonce.to_string(), message.id, until));
        }
        Ok(self.posts(message))
    }

    /// The message that the same enforced nonce made in this channel.
    fn posted_before(&self, channel: Id, body: &Value) -> Option<Id> {
        let nonce = body["nonce"].to_string();
        let mut kept = self.nonces.iter().filter(|(place, kept, _, until)| {
            body["enforce_nonce"] == true && *place == channel && *kept == nonce && self.now < *until
        });
        kept.next().map(|(_, _, message, _)| *message).filter(|message| self.world.messages.contains_key(message))
    }

    /// The message replied to.
    fn answered(&self, channel: Id, may: u64, reference: &Value) -> Result<Option<Id>, Refusal> {
        let Some(to) = reference["message_id"].as_str().and_then(Id::parse) else { return Ok(None) };
        if may & permissions::READ_MESSAGE_HISTORY == 0 {
            return Err(Refusal::new(403, 160_002, "Cannot reply without permission to read message history"));
        }
        if self.world.messages.get(&to).is_some_and(|found| found.channel == channel && found.ephemeral.is_none()) {
            return Ok(Some(to));
        }
        if reference["fail_if_not_exists"] == false {
            return Ok(None);
        }
        let mut problems = Problems::default();
        problems.add("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
        problems.verdict().map(|()| None)
    }

    /// Puts what a body says into a message, and what it leaves out stays. `may`: the author's permissions.
    pub fn fill(&self, message: &mut Message, body: &Value, files: &[String], may: u64) -> Result<(), Refusal> {
        if body.get("content").is_some() {
            body["content"].as_str().unwrap_or_default().trim().clone_into(&mut message.content);
        }
        // Without Embed Links Discord takes the message and drops the embeds, and says nothing.
        if let Some(embeds) = body.get("embeds") {
            let kept = if may & permissions::EMBED_LINKS == 0 { &Value::Null } else { embeds };
            message.embeds = kept.as_array().cloned().unwrap_or_default();
            for embed in &mut message.embeds {
                embed["type"] = "rich".into();
            }
        }
        if let Some(components) = body.get("components") {
            message.components = components.as_array().cloned().unwrap_or_default();
        }
        if let Some(kept) = body.get("attachments").and_then(Value::as_array) {
            message.attachments.retain(|file| kept.iter().any(|kept| kept["id"] == file["id"]));
        }
        let attached: Vec<Value> = files.iter().map(|name| self.attachment(name)).collect();
        message.attachments.extend(attached);
        if let Some(flags) = body["flags"].as_u64() {
            message.flags = flags & !EPHEMERAL | message.flags & EPHEMERAL;
        }
        let nothing = message.content.is_empty() && message.embeds.is_empty() && message.attachments.is_empty();
        if nothing && message.components.is_empty() {
            return Err(empty_message());
        }
        if message.ephemeral.is_none() && message.edits == 0 {
            let guild = self.world.guild_of(message.channel).and_then(|guild| self.world.guilds.get(&guild));
            // An answer to a press stands under its message, but answers nobody.
            let to = message.reply_to.filter(|_| message.interaction.is_none());
            let replied = to.and_then(|to| self.world.messages.get(&to)).map(|replied| replied.author);
            let everyone = may & permissions::MENTION_EVERYONE != 0;
            message.pings =
                Rules { allowed: &body["allowed_mentions"], replied, guild, everyone }.pings(&message.content);
        }
        Ok(())
    }

    fn attachment(&self, name: &str) -> Value {
        let id = Id::at(self.now, 4_000_000 + self.requests.len() as u64);
        serde_json::json!({
            "id": id, "filename": name, "size": 1, "url": format!("https://cdn.invalid/{name}"),
            "proxy_url": format!("https://cdn.invalid/{name}"), "content_type": "application/octet-stream",
        })
    }

    /// Changes a message of the bot's as a PATCH says.
    pub fn bot_edits(&mut self, id: Id, body: &Value, files: &[String], may: u64) -> Result<(), Refusal> {
        limits::message(body)?;
        let Some(found) = self.world.messages.get(&id) else { return Err(super::refusal::unknown_message()) };
        let mut message = found.clone();
        let pings = message.pings.clone();
        let first = std::mem::take(&mut message.thinking);
        // What is said first after "… is thinking" is no edit, and it is what rings.
        message.flags &= !THINKING;
        message.edits += usize::from(!first);
        message.edited = if first { None } else { Some(self.now) };
        self.fill(&mut message, body, files, may)?;
        if !first {
            message.pings = pings;
        }
        self.world.messages.insert(id, message);
        self.tell_message("MESSAGE_UPDATE", id);
        Ok(())
    }

    /// Takes a message away, with its thread's link left as it is.
    pub fn removes(&mut self, id: Id) {
        if let Some(message) = self.world.messages.remove(&id)
            && message.ephemeral.is_none()
        {
            self.tell_deleted(message.channel, &[id]);
        }
    }

    /// What a person's message rings for: everybody it names, and whom it answers unless they switched that off.
    pub fn pings_of(&self, channel: Id, text: &str, replied: Option<Id>, may: u64) -> Pings {
        let guild = self.world.guild_of(channel).and_then(|guild| self.world.guilds.get(&guild));
        let everyone = may & permissions::MENTION_EVERYONE != 0;
        Rules { allowed: &Value::Null, replied, guild, everyone }.pings(text)
    }
}
