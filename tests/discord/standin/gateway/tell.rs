//! Who hears of what: by intents, by shard, and by what the bot may see.

use serde_json::{Value, json};

use super::super::{
    id::Id,
    permissions,
    render::{Reader, emoji_json},
    state::State,
};
use super::{
    DIRECT_MESSAGE_REACTIONS, DIRECT_MESSAGES, GUILD_MESSAGE_REACTIONS, GUILD_MESSAGES, GUILDS, MESSAGE_CONTENT,
    Session,
};

impl Session {
    /// Events of a guild go to its shard, everything else to the first.
    fn carries(&self, guild: Option<Id>) -> bool {
        guild.map_or(self.shard == 0, |guild| (guild.0 >> 22) % self.shards == self.shard)
    }
}

impl State {
    /// Tells the sessions that carry this guild and have this intent (0: none is needed).
    pub fn tell(&mut self, name: &str, guild: Option<Id>, intent: u64, data: &Value) {
        let times = 1 + usize::from(self.gateway.twice);
        for session in &mut self.gateway.sessions {
            // Who asks for something while nobody listens is told at once that the bot does not respond.
            let lost = name == "INTERACTION_CREATE" && session.line.is_none();
            if session.carries(guild) && session.intents & intent == intent && !lost {
                (0..times).for_each(|_| session.dispatch(name, data));
            }
        }
    }

    /// Whether the bot is where this channel is, and sees it.
    pub fn bot_sees(&self, channel: Id) -> bool {
        let channel = self.world.channels.get(&channel);
        channel.is_some_and(|channel| self.world.permissions(self.bot, channel) & permissions::VIEW_CHANNEL != 0)
    }

    pub fn tell_message(&mut self, name: &str, message: Id) {
        let Some(message) = self.world.messages.get(&message).cloned() else { return };
        if message.ephemeral.is_some() || !self.bot_sees(message.channel) {
            return;
        }
        let guild = self.world.guild_of(message.channel);
        let intent = if guild.is_some() { GUILD_MESSAGES } else { DIRECT_MESSAGES };
        let json =
            [false, true].map(|content| self.world.message_event_json(&message, Reader { bot: self.bot, content }));
        let times = 1 + usize::from(self.gateway.twice);
        for session in &mut self.gateway.sessions {
            if session.carries(guild) && session.intents & intent != 0 {
                let content = usize::from(session.intents & MESSAGE_CONTENT != 0);
                (0..times).for_each(|_| session.dispatch(name, &json[content]));
            }
        }
    }

    /// Something about messages of a channel that carries no text.
    fn tell_of_messages(&mut self, name: &str, channel: Id, intents: (u64, u64), mut data: Value) {
        if !self.bot_sees(channel) {
            return;
        }
        let guild = self.world.guild_of(channel);
        data["channel_id"] = json!(channel);
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild);
        }
        self.tell(name, guild, if guild.is_some() { intents.0 } else { intents.1 }, &data);
    }

    pub fn tell_deleted(&mut self, channel: Id, messages: &[Id]) {
        let intents = (GUILD_MESSAGES, DIRECT_MESSAGES);
        match messages {
            [one] => self.tell_of_messages("MESSAGE_DELETE", channel, intents, json!({"id": one})),
            many => self.tell_of_messages("MESSAGE_DELETE_BULK", channel, intents, json!({"ids": many})),
        }
    }

    pub fn tell_reaction(&mut self, name: &str, channel: Id, message: Id, user: Option<Id>, emoji: Option<&str>) {
        let mut data = json!({"message_id": message});
        if let Some(emoji) = emoji {
            data["emoji"] = emoji_json(emoji);
        }
        if let Some(user) = user {
            data["user_id"] = json!(user);
            data["burst"] = json!(false);
            data["type"] = json!(0);
            let guild = self.world.guild_of(channel).and_then(|guild| self.world.guilds.get(&guild));
            if let Some(guild) =
                guild.filter(|guild| name == "MESSAGE_REACTION_ADD" && guild.members.contains_key(&user))
            {
                data["member"] = self.world.member_json(guild, user);
            }
            if name == "MESSAGE_REACTION_ADD" {
                data["message_author_id"] = json!(self.world.messages.get(&message).map(|message| message.author));
            }
        }
        self.tell_of_messages(name, channel, (GUILD_MESSAGE_REACTIONS, DIRECT_MESSAGE_REACTIONS), data);
    }

    /// Something about a channel or a thread.
    pub fn tell_channel(&mut self, name: &str, channel: Id) {
        let Some(found) = self.world.channels.get(&channel) else { return };
        let (guild, mut data) = (found.guild, self.world.channel_json(found));
        if name == "THREAD_CREATE" {
            data["newly_created"] = json!(true);
        }
        if self.bot_is_in(guild) {
            self.tell(name, guild, GUILDS, &data);
        }
    }

    pub fn tell_guild_create(&mut self, guild: Id) {
        if let Some(found) = self.world.guilds.get(&guild) {
            let data = self.world.guild_create_json(found, self.bot);
            self.tell("GUILD_CREATE", Some(guild), GUILDS, &data);
        }
    }

    pub fn bot_is_in(&self, guild: Option<Id>) -> bool {
        guild.and_then(|guild| self.world.guilds.get(&guild)).is_some_and(|guild| guild.members.contains_key(&self.bot))
    }

    /// What a new session is told first: READY, then its guilds.
    pub fn greet(&mut self, session: usize) {
        let world = &self.world;
        let Some(session) = self.gateway.sessions.get_mut(session) else { return };
        let mine = world
            .guilds
            .values()
            .filter(|guild| guild.members.contains_key(&self.bot) && session.carries(Some(guild.id)));
        let mine: Vec<_> = mine.collect();
        let mut user = world.user_json(self.bot);
        user["verified"] = json!(true);
        user["mfa_enabled"] = json!(true);
        user["flags"] = json!(0);
        user["email"] = json!(null);
        let flags = if self.message_content { 1 << 19 } else { 0 };
        let ready = json!({
            "v": 10, "user": user, "user_settings": {}, "relationships": [], "private_channels": [], "presences": [],
            "guilds": mine.iter().map(|guild| json!({"id": guild.id, "unavailable": true})).collect::<Vec<_>>(),
            "session_id": session.id, "resume_gateway_url": self.gateway_url, "session_type": "normal",
            "shard": [session.shard, session.shards], "application": {"id": self.application, "flags": flags},
        });
        session.dispatch("READY", &ready);
        if session.intents & GUILDS != 0 {
            for guild in mine {
                session.dispatch("GUILD_CREATE", &world.guild_create_json(guild, self.bot));
            }
        }
    }
}
