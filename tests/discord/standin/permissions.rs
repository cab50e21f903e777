//! What a member may do in a channel, from the roles and the channel's overwrites, in Discord's order.

use super::{
    id::Id,
    world::{Channel, Guild, World},
};

pub const ADMINISTRATOR: u64 = 1 << 3;
pub const MANAGE_GUILD: u64 = 1 << 5;
pub const ADD_REACTIONS: u64 = 1 << 6;
pub const VIEW_CHANNEL: u64 = 1 << 10;
pub const SEND_MESSAGES: u64 = 1 << 11;
pub const MANAGE_MESSAGES: u64 = 1 << 13;
pub const EMBED_LINKS: u64 = 1 << 14;
pub const ATTACH_FILES: u64 = 1 << 15;
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
pub const MENTION_EVERYONE: u64 = 1 << 17;
pub const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

/// What the owner and administrators have: every bit that Discord names.
pub const ALL: u64 = (1 << 50) - 1;

/// What @everyone has in a new guild, as far as a quiz is concerned.
pub const EVERYONE: u64 = ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_EXTERNAL_EMOJIS
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS;

/// What people have in a direct message.
const DIRECT: u64 =
    ADD_REACTIONS | VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | READ_MESSAGE_HISTORY | MENTION_EVERYONE;

impl World {
    /// What a user may do in a channel; nothing for who is no member.
    pub fn permissions(&self, user: Id, channel: &Channel) -> u64 {
        let Some(guild) = channel.guild else { return DIRECT };
        let Some(guild) = self.guilds.get(&guild) else { return 0 };
        let place = channel.parent.and_then(|parent| self.channels.get(&parent)).unwrap_or(channel);
        in_channel(user, guild, place)
    }

    /// What a user may do in a guild, whatever the channels say.
    pub fn guild_permissions(user: Id, guild: &Guild) -> u64 {
        let Some(member) = guild.members.get(&user) else { return 0 };
        if guild.owner == user {
            return ALL;
        }
        let held = guild.roles.iter().filter(|role| role.id == guild.id || member.roles.contains(&role.id));
        let base = held.fold(0, |all, role| all | role.permissions);
        if base & ADMINISTRATOR == 0 { base } else { ALL }
    }
}

fn in_channel(user: Id, guild: &Guild, channel: &Channel) -> u64 {
    let base = World::guild_permissions(user, guild);
    let Some(member) = guild.members.get(&user) else { return 0 };
    if base == ALL {
        return ALL;
    }
    let of = |wanted: &dyn Fn(Id) -> bool| {
        let found = channel.overwrites.iter().filter(|overwrite| wanted(overwrite.id));
        found.fold((0, 0), |(allow, deny), overwrite| (allow | overwrite.allow, deny | overwrite.deny))
    };
    let mut all = base;
    for (allow, deny) in
        [of(&|id| id == guild.id), of(&|id| id != guild.id && member.roles.contains(&id)), of(&|id| id == user)]
    {
        all = (all & !deny) | allow;
    }
    if all & VIEW_CHANNEL == 0 { 0 } else { all }
}
