//! kcard's names for Slack's things, and back: `slack:TEAM`, `slack:CHANNEL`, `slack:TEAM/USER`, and `slack:GROUP` for a user group.
//! A message is named by its time stamp; one in a thread by that of its parent before it: `1795507200.000100/1795507260.000200`.

use jiff::Timestamp;

use crate::quiz::id::{ChannelId, MessageRef, PlayerId, SpaceId};

/// What stands before the colon.
pub const FACE: &str = "slack";

/// A workspace.
pub fn space(team: &str) -> SpaceId {
    SpaceId::new(format!("{FACE}:{team}"))
}

/// A person in a workspace.
pub fn player(team: &str, user: &str) -> PlayerId {
    PlayerId::new(format!("{FACE}:{team}/{user}"))
}

/// A user group, as the lists of hosts and mentions hold it.
pub fn group(group: &str) -> String {
    format!("{FACE}:{group}")
}

/// A channel.
pub fn channel(channel: &str) -> ChannelId {
    ChannelId::new(format!("{FACE}:{channel}"))
}

/// A message in a channel, or in the thread of another.
pub fn message(channel: &str, thread: Option<&str>, ts: &str) -> MessageRef {
    let id = match thread {
        Some(thread) if thread != ts => format!("{thread}/{ts}"),
        _ => ts.to_owned(),
    };
    MessageRef { channel: self::channel(channel), id }
}

/// Slack's own names of a message: its channel, the parent of its thread where it has one, and its time stamp.
pub fn message_of(message: &MessageRef) -> Option<(&str, Option<&str>, &str)> {
    let channel = channel_of(&message.channel)?;
    let (thread, ts) =
        message.id.split_once('/').map_or((None, message.id.as_str()), |(thread, ts)| (Some(thread), ts));
    let is_ts = |ts: &str| !ts.is_empty() && ts.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_ts(ts) && thread.is_none_or(is_ts)).then_some((channel, thread, ts))
}

/// Slack's id of a channel.
pub fn channel_of(channel: &ChannelId) -> Option<&str> {
    (channel.face() == FACE).then(|| channel.local()).filter(|id| is_id(id))
}

/// Slack's id of a user group that is to be mentioned: `slack:GROUP`.
pub fn group_of(mention: &str) -> Option<&str> {
    mention.strip_prefix(FACE)?.strip_prefix(':').filter(|id| is_id(id))
}

/// The moment of a time stamp, to the millisecond: seconds since 1970 UTC, a dot, and a fraction.
pub fn at(ts: &str) -> Option<Timestamp> {
    let (seconds, fraction) = ts.split_once('.').unwrap_or((ts, ""));
    let millis: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Timestamp::from_millisecond(seconds.parse::<i64>().ok()?.checked_mul(1_000)?.checked_add(millis)?).ok()
}

/// The time stamp of a moment.
pub fn ts(moment: Timestamp) -> String {
    let micros = moment.as_microsecond().max(0);
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

/// Slack's ids are capital letters and digits.
pub fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn ids_go_there_and_back() {
        assert_eq!(player("T1", "U2").space(), space("T1"));
        assert_eq!(group_of(&group("S9")), Some("S9"));
        let parent = message("C1", None, "1795507200.000100");
        assert_eq!(message_of(&parent), Some(("C1", None, "1795507200.000100")));
        let reply = message("C1", Some("1795507200.000100"), "1795507260.000200");
        assert_eq!(message_of(&reply), Some(("C1", Some("1795507200.000100"), "1795507260.000200")));
        assert_eq!(
            message("C1", Some("7.1"), "7.1"),
            message("C1", None, "7.1"),
            "the parent of a thread is in the channel"
        );
    }

    #[rstest]
    #[case("slack:")]
    #[case("slack:c1")]
    #[case("slack:C1>")]
    #[case("discord:1")]
    fn what_is_no_id_is_none(#[case] text: &str) {
        assert_eq!(group_of(text), None);
        assert_eq!(channel_of(&ChannelId::new(text)), None);
    }

    #[rstest]
    #[case("", "7.1")]
    #[case("C1", "")]
    #[case("C1", "7.1/x")]
    #[case("C1", "now")]
    fn what_is_no_message_is_none(#[case] channel: &str, #[case] id: &str) {
        let message = MessageRef { channel: ChannelId::new(format!("slack:{channel}")), id: id.into() };
        assert_eq!(message_of(&message), None);
    }

    #[test]
    fn a_time_stamp_carries_its_moment() {
        let moment = Timestamp::from_millisecond(1_795_507_200_012).expect("a time of our age");
        assert_eq!(at("1795507200.012300"), Some(moment));
        assert_eq!(ts(moment), "1795507200.012000");
        assert_eq!(at("1795507200"), Timestamp::from_second(1_795_507_200).ok());
        assert_eq!(at("x.1"), None);
        assert_eq!(at("99999999999999999999.1"), None);
    }
}
