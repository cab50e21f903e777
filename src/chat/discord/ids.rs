//! kcard's names for Discord's things, and back: `discord:GUILD`, `discord:CHANNEL`, `discord:GUILD/USER`.

use jiff::Timestamp;
use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};

use crate::quiz::id::{self, MessageRef, PlayerId, SpaceId};

/// What stands before the colon.
pub const FACE: &str = "discord";

/// The first moment that Discord's ids can name, milliseconds since 1970 UTC (developer documentation, "Snowflakes").
const EPOCH: i64 = 1_420_070_400_000;

/// A guild; the space of nobody's guild is that of direct messages.
pub fn space(guild: Option<GuildId>) -> SpaceId {
    SpaceId::new(guild.map_or_else(|| FACE.to_owned(), |guild| format!("{FACE}:{guild}")))
}

/// A person in a guild; without one the person outside any space, who writes a direct message.
pub fn player(guild: Option<GuildId>, user: UserId) -> PlayerId {
    PlayerId::new(guild.map_or_else(|| format!("{FACE}:{user}"), |guild| format!("{FACE}:{guild}/{user}")))
}

/// A role, as the lists of hosts and mentions hold it.
pub fn role(role: impl std::fmt::Display) -> String {
    format!("{FACE}:{role}")
}

/// A channel or a thread.
pub fn channel(channel: ChannelId) -> id::ChannelId {
    id::ChannelId::new(format!("{FACE}:{channel}"))
}

/// A message.
pub fn message(channel: ChannelId, message: MessageId) -> MessageRef {
    MessageRef { channel: self::channel(channel), id: message.to_string() }
}

/// The guild of a space; `None` for that of direct messages, and where it is none of Discord's.
pub fn guild_of(space: &SpaceId) -> Option<GuildId> {
    number(space.as_str().strip_prefix(FACE)?.strip_prefix(':')?).map(GuildId::new)
}

/// Discord's id of a channel.
pub fn channel_of(channel: &id::ChannelId) -> Option<ChannelId> {
    number(channel.local()).map(ChannelId::new)
}

/// Discord's ids of a message and its channel.
pub fn message_of(message: &MessageRef) -> Option<(ChannelId, MessageId)> {
    Some((channel_of(&message.channel)?, number(&message.id).map(MessageId::new)?))
}

/// Discord's id of a role that is to be mentioned: `discord:ROLE`.
pub fn role_of(mention: &str) -> Option<u64> {
    number(mention.strip_prefix(FACE)?.strip_prefix(':')?)
}

/// The smallest id that could have been given at a moment.
pub fn first_at(moment: Timestamp) -> u64 {
    u64::try_from((moment.as_millisecond() - EPOCH).max(0)).unwrap_or(0) << 22
}

/// The moment at which an id was given.
pub fn at(id: u64) -> Option<Timestamp> {
    Timestamp::from_millisecond(i64::try_from(id >> 22).ok()? + EPOCH).ok()
}

/// An id is a number other than 0.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number| *number != 0)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn ids_go_there_and_back() {
        let (guild, user) = (GuildId::new(7), UserId::new(9));
        assert_eq!(guild_of(&space(Some(guild))), Some(guild));
        assert_eq!(guild_of(&space(None)), None);
        assert_eq!(player(Some(guild), user).space(), space(Some(guild)));
        assert_eq!(player(None, user).space(), space(None));
        let there = message(ChannelId::new(3), MessageId::new(4));
        assert_eq!(message_of(&there), Some((ChannelId::new(3), MessageId::new(4))));
    }

    #[rstest]
    #[case("discord:0")]
    #[case("discord:")]
    #[case("discord:x1")]
    #[case("discord:-1")]
    #[case("slack:1")]
    fn what_is_no_id_is_none(#[case] text: &str) {
        assert_eq!(role_of(text), None);
        assert_eq!(guild_of(&SpaceId::new(text)), None);
    }

    /// The example of Discord's documentation.
    #[test]
    fn an_id_carries_its_moment() {
        let moment = Timestamp::from_millisecond(1_462_015_105_796).expect("a time of our age");
        assert_eq!(first_at(moment), 175_928_847_299_117_063 >> 22 << 22);
        assert_eq!(at(175_928_847_299_117_063), Some(moment));
    }
}
