//! `/guilds/…`: what the bot may know of a guild that it is in.

use serde_json::{Value, json};

use super::super::{
    id::Id,
    refusal::{unknown_guild, unknown_member},
    state::State,
    world::{Kind, World},
};
use super::{Answer, Call};

impl State {
    pub fn guilds(&mut self, call: &Call, guild: &str, rest: &[&str]) -> Answer {
        if call.method != "GET" {
            return self.unrouted(call);
        }
        // Whether it exists is nobody's business who is not in it.
        let mine = Id::parse(guild).filter(|guild| self.bot_is_in(Some(*guild))).ok_or_else(unknown_guild)?;
        let guild = &self.world.guilds[&mine];
        match rest {
            [] => {
                let mut json = World::guild_json(guild);
                if call.query.get("with_counts").is_some_and(|with| with == "true") {
                    json["approximate_member_count"] = json!(guild.members.len());
                    json["approximate_presence_count"] = json!(1);
                }
                Ok((200, json))
            }
            ["channels"] => {
                let here = self.world.channels.values();
                let here = here.filter(|channel| channel.guild == Some(mine) && channel.kind == Kind::Text);
                Ok((200, here.map(|channel| self.world.channel_json(channel)).collect()))
            }
            ["roles"] => Ok((200, guild.roles.iter().map(|role| World::role_json(role, guild)).collect::<Value>())),
            ["members", user] => {
                let user =
                    Id::parse(user).filter(|user| guild.members.contains_key(user)).ok_or_else(unknown_member)?;
                Ok((200, self.world.member_json(guild, user)))
            }
            _ => self.unrouted(call),
        }
    }
}
