//! How Discord tells the bot that somebody asked for something.

use std::time::Instant;

use serde_json::{Value, json};

use super::super::{
    id::Id,
    interaction::{self, Asked, Interaction},
    permissions,
    render::{Reader, extend},
    state::State,
    world::Kind,
};

/// What somebody asks for.
pub struct Wish {
    pub person: Id,
    pub channel: Id,
    pub asked: Asked,
    /// For complaints: the command as typed, or the custom id.
    pub what: String,
    pub data: Value,
    /// The message whose component it is about.
    pub source: Option<Id>,
}

impl State {
    pub fn interacts(&mut self, wish: Wish) -> Id {
        let id = self.id();
        let token = interaction::token(id);
        let Wish { person, channel, asked, what, data, source } = wish;
        let mut payload = json!({
            "id": id, "application_id": self.application, "type": asked as u8, "data": data, "channel_id": channel,
            "token": token, "version": 1, "locale": "en-GB", "entitlements": [], "entitlement_sku_ids": [],
            "attachment_size_limit": 10_485_760,
        });
        extend(&mut payload, self.whence(person, channel));
        if let Some(message) = source.and_then(|source| self.world.messages.get(&source)) {
            payload["message"] = self.world.message_json(message, Reader { bot: self.bot, content: true });
        }
        self.interactions.insert(
            id,
            Interaction {
                id,
                token,
                asked,
                person,
                channel,
                source,
                what,
                began: Instant::now(),
                at: self.now,
                first: None,
                original: None,
                follow_ups: Vec::new(),
                edits: 0,
            },
        );
        let guild = self.world.guild_of(channel);
        self.tell("INTERACTION_CREATE", guild, 0, &payload);
        id
    }

    /// Who asks, where, and what they and the bot may do there.
    fn whence(&self, person: Id, channel: Id) -> Value {
        let channel = &self.world.channels[&channel];
        let may = self.world.permissions(person, channel);
        let mut place = self.world.channel_json(channel);
        place["permissions"] = json!(may.to_string());
        let Some(guild) = channel.guild.and_then(|guild| self.world.guilds.get(&guild)) else {
            return json!({
                "channel": place, "user": self.world.user_json(person), "context": 1,
                "app_permissions": self.world.permissions(self.bot, channel).to_string(),
                "authorizing_integration_owners": {"0": "0"},
            });
        };
        let mut member = self.world.member_json(guild, person);
        member["permissions"] = json!(may.to_string());
        json!({
            "channel": place, "member": member, "context": 0, "guild_id": guild.id, "guild_locale": "en-US",
            "guild": {"id": guild.id, "locale": "en-US", "features": []},
            "app_permissions": self.world.permissions(self.bot, channel).to_string(),
            "authorizing_integration_owners": {"0": guild.id},
        })
    }

    /// Where a command is given, as its contexts number it: 0 in a guild, 1 in direct messages; or why it cannot be given.
    pub fn context(&self, person: Id, channel: Id) -> Result<u64, String> {
        let channel = &self.world.channels[&channel];
        let may = self.world.permissions(person, channel);
        if channel.kind == Kind::Direct {
            return if channel.recipient == Some(person) { Ok(1) } else { Err("these are another's messages".into()) };
        }
        let needed = permissions::VIEW_CHANNEL | permissions::USE_APPLICATION_COMMANDS;
        if may & needed != needed || !self.bot_is_in(channel.guild) {
            return Err(format!(
                "{} cannot use commands in #{}",
                self.world.name_of(person, channel.guild),
                channel.name
            ));
        }
        Ok(0)
    }
}
