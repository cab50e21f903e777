//! Guilds, and what those do who run them: channels, roles, permissions, who is in and who is out.

use std::sync::Arc;

use serde_json::json;

use super::super::{
    Discord, Id,
    gateway::{GUILD_MEMBERS, GUILDS},
    permissions,
    world::{self, Kind, Overwrite, Role},
};
use super::{Channel, Guild, Member};

impl Discord {
    /// A guild with the bot in it; it is made when it is named first.
    pub fn guild(&self, name: &str) -> Guild {
        let guild = self.guild_without_bot(name);
        guild.invites_bot();
        guild
    }

    /// A guild that the bot is not in, unless it was invited.
    pub fn guild_without_bot(&self, name: &str) -> Guild {
        let id = self.shared.with(|state| {
            let known = state.world.guilds.values().find(|guild| guild.name == name).map(|guild| guild.id);
            known.unwrap_or_else(|| state.founds(name))
        });
        Guild { shared: Arc::clone(&self.shared), id }
    }

    /// A person, in no guild yet.
    pub fn person(&self, name: &str) -> Member {
        let id = self.shared.with(|state| state.person(name));
        Member { shared: Arc::clone(&self.shared), id }
    }
}

impl Guild {
    fn change(&self, act: impl FnOnce(&mut world::Guild)) {
        self.shared.with(|state| act(state.world.guilds.get_mut(&self.id).expect("the guild is there")));
    }

    /// The text channel of that name; it is made when it is named first.
    pub fn channel(&self, name: &str) -> Channel {
        let id = self.shared.with(|state| {
            let mut here = state.world.channels.values().filter(|channel| channel.guild == Some(self.id));
            if let Some(known) = here.find(|channel| channel.name == name && channel.kind == Kind::Text) {
                return known.id;
            }
            let id = state.id();
            let (guild, name) = (Some(self.id), name.to_owned());
            let overwrites = Vec::new();
            let kind = Kind::Text;
            state.world.channels.insert(
                id,
                world::Channel { id, kind, name, guild, parent: None, overwrites, recipient: None, owner: None },
            );
            state.tell_channel("CHANNEL_CREATE", id);
            id
        });
        Channel { shared: Arc::clone(&self.shared), id }
    }

    /// Somebody in this guild; who is not in it joins.
    pub fn member(&self, name: &str) -> Member {
        let id = self.shared.with(|state| {
            let id = state.person(name);
            state.joins(self.id, id);
            id
        });
        Member { shared: Arc::clone(&self.shared), id }
    }

    /// Another bot in this guild.
    pub fn another_bot(&self, name: &str) -> Member {
        let bot = self.member(name);
        self.shared.with(|state| state.world.users.get_mut(&bot.id).expect("somebody").bot = true);
        bot
    }

    /// Somebody who may manage this guild.
    pub fn admin(&self, name: &str) -> Member {
        let member = self.member(name);
        let known = self.shared.sees(|state| {
            let roles = &state.world.guilds[&self.id].roles;
            roles.iter().find(|role| role.name == "admins").map(|role| role.id)
        });
        self.gives(&member, known.unwrap_or_else(|| self.role("admins", permissions::MANAGE_GUILD)));
        member
    }

    pub fn owner(&self) -> Member {
        let id = self.shared.sees(|state| state.world.guilds[&self.id].owner);
        Member { shared: Arc::clone(&self.shared), id }
    }

    /// A new role, which nobody may mention who may not mention everyone.
    pub fn role(&self, name: &str, permissions: u64) -> Id {
        self.shared.with(|state| {
            let id = state.id();
            let role = Role { id, name: name.to_owned(), permissions, mentionable: false };
            state.world.guilds.get_mut(&self.id).expect("the guild is there").roles.push(role);
            state.tell_role("GUILD_ROLE_CREATE", self.id, id);
            id
        })
    }

    /// Everybody may mention the role, or not.
    pub fn mentionable(&self, role: Id, mentionable: bool) {
        self.change(|guild| {
            guild.roles.iter_mut().filter(|known| known.id == role).for_each(|role| role.mentionable = mentionable);
        });
        self.shared.with(|state| state.tell_role("GUILD_ROLE_UPDATE", self.id, role));
    }

    pub fn gives(&self, member: &Member, role: Id) {
        self.roles_of(member.id, |roles| roles.push(role));
    }

    pub fn takes(&self, member: &Member, role: Id) {
        self.roles_of(member.id, |roles| roles.retain(|held| *held != role));
    }

    fn roles_of(&self, user: Id, act: impl FnOnce(&mut Vec<Id>)) {
        self.change(|guild| act(&mut guild.members.get_mut(&user).expect("a member").roles));
        self.shared.with(|state| state.tell_member(self.id, user));
    }

    pub fn nicknames(&self, member: &Member, nick: &str) {
        self.change(|guild| guild.members.get_mut(&member.id).expect("a member").nick = Some(nick.to_owned()));
        self.shared.with(|state| state.tell_member(self.id, member.id));
    }

    /// The bot gets a role with these permissions, beside what everyone has.
    pub fn grants_bot(&self, permissions: u64) {
        let role = self.role("kcard", permissions);
        let bot = self.shared.sees(|state| state.bot);
        self.roles_of(bot, |roles| roles.push(role));
    }

    /// What everyone may do in this guild.
    pub fn everyone_may(&self, permissions: u64) {
        self.change(|guild| guild.roles[0].permissions = permissions);
        self.shared.with(|state| state.tell_role("GUILD_ROLE_UPDATE", self.id, self.id));
    }

    pub fn system_channel(&self, channel: &Channel) {
        self.change(|guild| guild.system_channel = Some(channel.id));
    }

    pub fn invites_bot(&self) {
        self.shared.with(|state| state.joins(self.id, state.bot));
    }

    pub fn kicks_bot(&self) {
        self.shared.with(|state| {
            state.tell("GUILD_DELETE", Some(self.id), GUILDS, &json!({"id": self.id}));
            let bot = state.bot;
            state.world.guilds.get_mut(&self.id).expect("the guild is there").members.remove(&bot);
        });
    }

    /// An outage: the guild is gone for a while, and nobody was kicked.
    pub fn is_unavailable(&self) {
        self.shared.with(|state| {
            state.tell("GUILD_DELETE", Some(self.id), GUILDS, &json!({"id": self.id, "unavailable": true}));
        });
    }

    /// The guild is told anew, as after an outage.
    pub fn is_available(&self) {
        self.shared.with(|state| state.tell_guild_create(self.id));
    }

    /// Somebody leaves.
    pub fn loses(&self, member: &Member) {
        self.change(|guild| drop(guild.members.remove(&member.id)));
        self.shared.with(|state| {
            let data = json!({"guild_id": self.id, "user": state.world.user_json(member.id)});
            state.tell("GUILD_MEMBER_REMOVE", Some(self.id), GUILD_MEMBERS, &data);
        });
    }

    pub fn deletes(&self, channel: &Channel) {
        self.shared.with(|state| {
            state.tell_channel("CHANNEL_DELETE", channel.id);
            let gone = |channel_: &world::Channel| channel_.id == channel.id || channel_.parent == Some(channel.id);
            state.world.channels.retain(|_, channel| !gone(channel));
            let world = &mut state.world;
            world.messages.retain(|_, message| world.channels.contains_key(&message.channel));
        });
    }
}

impl Channel {
    /// Permissions of everyone, of a role or of a member in this channel: allowed, and denied.
    pub fn overwrites(&self, id: Id, allow: u64, deny: u64) {
        self.shared.with(|state| {
            let member = state.world.users.contains_key(&id);
            let channel = state.world.channels.get_mut(&self.id).expect("the channel is there");
            channel.overwrites.retain(|known| known.id != id);
            channel.overwrites.push(Overwrite { id, member, allow, deny });
            state.tell_channel("CHANNEL_UPDATE", self.id);
        });
    }

    /// The bot may not do this here; 0 takes it back.
    pub fn denies_bot(&self, permissions: u64) {
        let bot = self.shared.sees(|state| state.bot);
        self.overwrites(bot, 0, permissions);
    }
}
