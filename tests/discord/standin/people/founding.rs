//! How guilds and people come to be, and what is told of them.

use std::collections::BTreeMap;

use serde_json::json;

use super::super::{
    Id,
    gateway::{GUILD_MEMBERS, GUILDS},
    permissions,
    state::State,
    world::{self, Membership, Role, World},
};

impl State {
    pub fn person(&mut self, name: &str) -> Id {
        let known = self.world.users.values().find(|user| user.name == name).map(|user| user.id);
        known.unwrap_or_else(|| self.world.user(self.now, name, false))
    }

    pub fn founds(&mut self, name: &str) -> Id {
        // Founded one millisecond apart: the time decides the shard, so neighbours are on different ones.
        let count = i64::try_from(self.world.guilds.len()).expect("few");
        let founded = self.now - jiff::SignedDuration::from_millis(count);
        let id = self.world.id(founded);
        let owner = self.person(&format!("owner of {name}"));
        let everyone = Role { id, name: "@everyone".into(), permissions: permissions::EVERYONE, mentionable: false };
        let member = Membership { roles: Vec::new(), nick: None, joined: founded };
        let guild = world::Guild {
            id,
            name: name.to_owned(),
            owner,
            roles: vec![everyone],
            members: BTreeMap::from([(owner, member)]),
            system_channel: None,
        };
        self.world.guilds.insert(id, guild);
        id
    }

    pub fn joins(&mut self, guild: Id, user: Id) {
        let now = self.now;
        let Some(found) = self.world.guilds.get_mut(&guild) else { return };
        if found.members.contains_key(&user) {
            return;
        }
        found.members.insert(user, Membership { roles: Vec::new(), nick: None, joined: now });
        if user == self.bot {
            return self.tell_guild_create(guild);
        }
        let mut data = self.world.member_json(&self.world.guilds[&guild], user);
        data["guild_id"] = json!(guild);
        if self.bot_is_in(Some(guild)) {
            self.tell("GUILD_MEMBER_ADD", Some(guild), GUILD_MEMBERS, &data);
        }
    }

    pub fn tell_role(&mut self, name: &str, guild: Id, role: Id) {
        let Some(found) = self.world.guilds.get(&guild) else { return };
        let Some(role) = found.roles.iter().find(|known| known.id == role) else { return };
        let data = json!({"guild_id": guild, "role": World::role_json(role, found)});
        if self.bot_is_in(Some(guild)) {
            self.tell(name, Some(guild), GUILDS, &data);
        }
    }

    /// Roles of the bot are told without the members' intent, as Discord does.
    pub fn tell_member(&mut self, guild: Id, user: Id) {
        let mut data = self.world.member_json(&self.world.guilds[&guild], user);
        data["guild_id"] = json!(guild);
        if self.bot_is_in(Some(guild)) {
            let intent = if user == self.bot { 0 } else { GUILD_MEMBERS };
            self.tell("GUILD_MEMBER_UPDATE", Some(guild), intent, &data);
        }
    }
}
