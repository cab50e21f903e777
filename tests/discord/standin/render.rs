//! What Discord keeps, as its API writes it.

use serde_json::{Map, Value, json};

use super::{
    id::Id,
    world::{Channel, Guild, Kind, Message, Role, World},
};

/// Who reads, and whether it reads what people write.
#[derive(Clone, Copy)]
pub struct Reader {
    pub bot: Id,
    pub content: bool,
}

impl World {
    pub fn user_json(&self, id: Id) -> Value {
        let (name, bot) = self.users.get(&id).map_or(("nobody", false), |user| (user.name.as_str(), user.bot));
        json!({
            "id": id, "username": name, "discriminator": if bot { "4242" } else { "0" }, "global_name": if bot { None } else { Some(name) },
            "avatar": null, "bot": bot, "system": false, "public_flags": 0, "banner": null, "accent_color": null,
        })
    }

    pub fn member_json(&self, guild: &Guild, user: Id) -> Value {
        let mut json = Self::bare_member_json(guild, user);
        json["user"] = self.user_json(user);
        json
    }

    /// A member as it stands beside its user.
    fn bare_member_json(guild: &Guild, user: Id) -> Value {
        let member = guild.members.get(&user);
        json!({
            "nick": member.and_then(|member| member.nick.clone()), "avatar": null, "banner": null,
            "roles": member.map(|member| member.roles.clone()).unwrap_or_default(),
            "joined_at": member.map(|member| member.joined.to_string()), "premium_since": null, "deaf": false, "mute": false,
            "flags": 0, "pending": false, "communication_disabled_until": null,
        })
    }

    pub fn role_json(role: &Role, guild: &Guild) -> Value {
        let position = guild.roles.iter().position(|other| other.id == role.id).unwrap_or_default();
        json!({
            "id": role.id, "name": role.name, "permissions": role.permissions.to_string(), "mentionable": role.mentionable,
            "color": 0, "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}, "hoist": false,
            "managed": false, "position": position, "icon": null, "unicode_emoji": null, "flags": 0,
        })
    }

    pub fn channel_json(&self, channel: &Channel) -> Value {
        let last = self.history(channel.id).next_back().map(|message| message.id);
        let mut json = json!({
            "id": channel.id, "type": channel.kind as u8, "last_message_id": last, "flags": 0, "last_pin_timestamp": null,
        });
        match channel.kind {
            Kind::Direct => {
                json["recipients"] =
                    json!(channel.recipient.map(|person| self.user_json(person)).into_iter().collect::<Vec<_>>());
            }
            Kind::Text => {
                let overwrites = channel.overwrites.iter().map(|overwrite| {
                    json!({
                        "id": overwrite.id, "type": u8::from(overwrite.member),
                        "allow": overwrite.allow.to_string(), "deny": overwrite.deny.to_string(),
                    })
                });
                json["permission_overwrites"] = overwrites.collect();
                extend(
                    &mut json,
                    json!({
                        "guild_id": channel.guild, "name": channel.name, "position": 0, "parent_id": null, "topic": null,
                        "nsfw": false, "rate_limit_per_user": 0,
                    }),
                );
            }
            Kind::Thread => extend(
                &mut json,
                json!({
                    "guild_id": channel.guild, "name": channel.name, "parent_id": channel.parent, "owner_id": channel.owner,
                    "rate_limit_per_user": 0, "message_count": 0, "member_count": 1, "total_message_sent": 0,
                    "thread_metadata": {
                        "archived": false, "auto_archive_duration": 1440, "archive_timestamp": "2026-11-01T00:00:00+00:00",
                        "locked": false, "create_timestamp": "2026-11-01T00:00:00+00:00",
                    },
                }),
            ),
        }
        json
    }

    pub fn guild_json(guild: &Guild) -> Value {
        json!({
            "id": guild.id, "name": guild.name, "icon": null, "splash": null, "discovery_splash": null, "banner": null,
            "owner_id": guild.owner, "region": "deprecated", "afk_channel_id": null, "afk_timeout": 300, "verification_level": 0,
            "default_message_notifications": 0, "explicit_content_filter": 0, "features": [], "mfa_level": 0, "emojis": [],
            "application_id": null, "system_channel_id": guild.system_channel, "system_channel_flags": 0, "rules_channel_id": null,
            "vanity_url_code": null, "description": null, "premium_tier": 0, "premium_subscription_count": 0,
            "preferred_locale": "en-US", "public_updates_channel_id": null, "nsfw_level": 0, "nsfw": false, "stickers": [],
            "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null, "max_members": 500_000,
            "roles": guild.roles.iter().map(|role| Self::role_json(role, guild)).collect::<Vec<_>>(),
        })
    }

    /// A guild as the gateway hands it over: with its members, channels and threads, as far as the bot sees them.
    pub fn guild_create_json(&self, guild: &Guild, bot: Id) -> Value {
        let mut json = Self::guild_json(guild);
        let seen = |kind: Kind| -> Vec<Value> {
            let here = self.channels.values().filter(|channel| channel.guild == Some(guild.id) && channel.kind == kind);
            let seen = here.filter(|channel| kind != Kind::Thread || self.permissions(bot, channel) != 0);
            seen.map(|channel| self.channel_json(channel)).collect()
        };
        // Without the privileged presences Discord names nobody but the bot.
        let members: Vec<Value> =
            guild.members.keys().filter(|user| **user == bot).map(|user| self.member_json(guild, *user)).collect();
        let joined = guild.members.get(&bot).map(|member| member.joined.to_string());
        extend(
            &mut json,
            json!({
                "joined_at": joined, "large": false, "unavailable": false, "member_count": guild.members.len(), "voice_states": [],
                "members": members, "channels": seen(Kind::Text), "threads": seen(Kind::Thread), "presences": [],
                "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
            }),
        );
        json
    }

    /// Whether that reader reads what stands in the message.
    fn reads(&self, message: &Message, reader: Reader) -> bool {
        reader.content
            || message.author == reader.bot
            || message.pings.users.contains(&reader.bot)
            || self.guild_of(message.channel).is_none()
    }

    pub fn message_json(&self, message: &Message, reader: Reader) -> Value {
        let reads = self.reads(message, reader);
        let mut json = json!({
            "id": message.id, "channel_id": message.channel, "author": self.user_json(message.author), "type": message.kind,
            "content": "", "embeds": [], "components": [], "attachments": [],
            "timestamp": message.at.to_string(), "edited_timestamp": message.edited.map(|at| at.to_string()),
            "tts": false, "mention_everyone": message.pings.everyone, "mention_roles": message.pings.roles, "pinned": false,
            "mentions": message.pings.users.iter().map(|user| self.user_json(*user)).collect::<Vec<_>>(),
            "flags": message.flags,
        });
        if reads {
            extend(
                &mut json,
                json!({
                    "content": message.content, "embeds": message.embeds, "components": message.components,
                    "attachments": message.attachments,
                }),
            );
        }
        if !message.reactions.is_empty() {
            let reactions = message.reactions.iter().map(|(emoji, users)| {
                let mine = users.contains(&reader.bot);
                json!({
                    "emoji": emoji_json(emoji), "count": users.len(), "count_details": {"burst": 0, "normal": users.len()},
                    "burst_colors": [], "me_burst": false, "burst_me": false, "me": mine, "burst_count": 0,
                })
            });
            json["reactions"] = reactions.collect();
        }
        if let Some(to) = message.reply_to {
            let guild = self.guild_of(message.channel);
            json["message_reference"] = json!({"type": 0, "channel_id": message.channel, "message_id": to});
            if let Some(guild) = guild {
                json["message_reference"]["guild_id"] = json!(guild);
            }
            // One level only: the message replied to comes without its own.
            json["referenced_message"] = self.messages.get(&to).map_or(Value::Null, |referenced| {
                self.message_json(&Message { reply_to: None, ..referenced.clone() }, reader)
            });
        }
        if message.interaction.is_some() {
            json["webhook_id"] = json!(reader.bot);
            json["application_id"] = json!(reader.bot);
        }
        if let Some(thread) = self.channels.get(&message.id) {
            json["thread"] = self.channel_json(thread);
        }
        json
    }

    /// A message with its nonce, which the gateway and the answer to the POST carry, and no history.
    pub fn fresh_message_json(&self, message: &Message, reader: Reader) -> Value {
        let mut json = self.message_json(message, reader);
        if let Some(nonce) = &message.nonce {
            json["nonce"] = nonce.clone();
        }
        json
    }

    /// What the gateway adds to a message: where it is, and its author as a member there.
    pub fn message_event_json(&self, message: &Message, reader: Reader) -> Value {
        let mut json = self.fresh_message_json(message, reader);
        if let Some(guild) = self.guild_of(message.channel).and_then(|guild| self.guilds.get(&guild)) {
            json["guild_id"] = json!(guild.id);
            if guild.members.contains_key(&message.author) {
                json["member"] = Self::bare_member_json(guild, message.author);
            }
        }
        json
    }
}

/// An emoji: one of Unicode, or `name:id`.
pub fn emoji_json(emoji: &str) -> Value {
    match emoji.split_once(':') {
        Some((name, id)) => json!({"id": id, "name": name, "animated": false}),
        None => json!({"id": null, "name": emoji}),
    }
}

/// Puts the fields of one object into another.
pub fn extend(object: &mut Value, with: Value) {
    if let (Value::Object(object), Value::Object(with)) = (object, with) {
        object.extend(with);
    }
}

/// The fields of an object; none of what is not one.
pub fn fields(value: &Value) -> &Map<String, Value> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&NONE)
}
