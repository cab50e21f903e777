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

/// A text in which kcard's names for channels (`\\#123`), people (`discord:1/2`) and roles (`discord:3`) are Discord's own, which show
/// as names and ring for nobody who is not allowed to be rung for. What stands in code stays.
pub fn named(text: &str) -> String {
    let mut named = String::with_capacity(text.len());
    let mut code = false;
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let tag = if code { None } else { tag(rest) };
        match tag {
            Some((tag, len)) => {
                named.push_str(&tag);
                rest = &rest[len..];
            }
            None => {
                code ^= next == '`' && !named.ends_with('\\');
                named.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    named
}

/// Discord's tag for what a text begins with, and how much of the text that was.
fn tag(text: &str) -> Option<(String, usize)> {
    if let Some(channel) = text.strip_prefix("\\#") {
        let id = snowflake(channel)?;
        return Some((format!("<#{id}>"), 2 + id.len()));
    }
    let after = text.strip_prefix(FACE)?.strip_prefix(':')?;
    let first = snowflake(after)?;
    let len = FACE.len() + 1 + first.len();
    match after[first.len()..].strip_prefix('/') {
        Some(user) => snowflake(user).map(|user| (format!("<@{user}>"), len + 1 + user.len())),
        None => Some((format!("<@&{first}>"), len)),
    }
}

/// The id that a text begins with: as many digits as Discord's have.
fn snowflake(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (17..=20).contains(&end).then(|| &text[..end])
}

/// The smallest id that could have been given at a moment.
pub fn first_at(moment: Timestamp) -> u64 {
    u64::try_from((moment.as_millisecond() - EPOCH).max(0)).unwrap_or(0) << 22
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

    #[rstest]
    #[case(r"in \#1574318584627200005, at 9", "in <#1574318584627200005>, at 9")]
    #[case(r"\#1 and \#daily and #1574318584627200005", r"\#1 and \#daily and #1574318584627200005")]
    #[case("discord:1574318584627200002/1574318584627200003", "<@1574318584627200003>")]
    #[case("discord:1574318584627200002 and you", "<@&1574318584627200002> and you")]
    #[case("`discord:1574318584627200002` it is", "`discord:1574318584627200002` it is")]
    #[case(r"\` discord:1574318584627200002", r"\` <@&1574318584627200002>")]
    #[case("discord:1574318584627200002/", "discord:1574318584627200002/")]
    #[case("discord:7 discords 📥", "discord:7 discords 📥")]
    fn what_has_an_id_shows_its_name(#[case] text: &str, #[case] shown: &str) {
        assert_eq!(named(text), shown);
    }

    /// The example of Discord's documentation.
    #[test]
    fn an_id_carries_its_moment() {
        let moment = Timestamp::from_millisecond(1_462_015_105_796).expect("a time of our age");
        assert_eq!(first_at(moment), 175_928_847_299_117_063 >> 22 << 22);
    }
}
