//! Names of things. Platform ids are the platform's own, as text; kcard's own are numbers that the store gives.

use serde::{Deserialize, Serialize};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps the id as it is.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

text_id! {
    /// A Discord guild (`discord:GUILD`), a Slack workspace (`slack:TEAM`) or the local web room (`web`).
    SpaceId
}
text_id! {
    /// A channel: `web:daily-quiz`, `discord:CHANNEL`, `slack:CHANNEL`.
    ChannelId
}
text_id! {
    /// A person in a space: `web:NAME`, `discord:GUILD/USER`, `slack:TEAM/USER`.
    PlayerId
}
text_id! {
    /// A deck, as its files name it.
    DeckId
}
text_id! {
    /// A card, stable for ever; history hangs on it. Unique within its deck.
    CardId
}
number_id! {
    /// A round: one question asked in one channel.
    RoundId
}
number_id! {
    /// A schedule, from the file or made in chat.
    ScheduleId
}
number_id! {
    /// A season.
    SeasonId
}
number_id! {
    /// A case: an answer to a round that players dispute.
    CaseId
}

impl SpaceId {
    /// The face that this space belongs to: what stands before the first colon.
    pub fn face(&self) -> &str {
        face(&self.0)
    }
}

impl ChannelId {
    /// The face that serves this channel: what stands before the first colon.
    pub fn face(&self) -> &str {
        face(&self.0)
    }

    /// The platform's own id: what stands after the first colon.
    pub fn local(&self) -> &str {
        local(&self.0)
    }
}

/// Why a name is no channel's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a channel of the room has 1 to 32 lower-case letters (a to z), digits and dashes, such as daily-quiz")]
pub struct BadChannel;

impl ChannelId {
    /// Whether there can be such a channel. The web room has the rule, as its channels are made by naming them; other platforms
    /// know their own.
    pub fn check(self) -> Result<Self, BadChannel> {
        let fits = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        let local = self.local();
        if self.face() == "web" && !((1..=32).contains(&local.len()) && local.bytes().all(fits)) {
            return Err(BadChannel);
        }
        Ok(self)
    }
}

impl PlayerId {
    /// The face this player came by: what stands before the first colon.
    pub fn face(&self) -> &str {
        face(&self.0)
    }

    /// The platform's own id: what stands after the first colon.
    pub fn local(&self) -> &str {
        local(&self.0)
    }

    /// The platform's id of the person, the same in all spaces: what stands after the last slash, or after the colon.
    pub fn person(&self) -> &str {
        self.local().rsplit('/').next().unwrap_or_default()
    }

    /// The same person in a space of this face: `discord:9/5`; `discord:5` outside any, where the space is the face itself.
    #[must_use]
    pub fn in_space(&self, space: &SpaceId) -> Self {
        let between = if space.as_str().contains(':') { '/' } else { ':' };
        Self(format!("{space}{between}{}", self.person()))
    }

    /// The space this player is in.
    pub fn space(&self) -> SpaceId {
        match self.local().split_once('/') {
            Some((space, _)) => SpaceId::new(format!("{}:{space}", self.face())),
            None => SpaceId::new(self.face()),
        }
    }
}

/// Whether two names are read as the same: case and width do not count.
pub fn same_name(one: &str, other: &str) -> bool {
    caseless::compatibility_caseless_match_str(one, other)
}

fn face(id: &str) -> &str {
    id.split_once(':').map_or(id, |(face, _)| face)
}

fn local(id: &str) -> &str {
    id.split_once(':').map_or("", |(_, local)| local)
}

/// A message on a platform.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageRef {
    /// Where it stands.
    pub channel: ChannelId,
    /// The platform's id of it, unique within the channel.
    pub id: String,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("discord:9/5", "discord:9", "5")]
    #[case("discord:5", "discord", "5")]
    #[case("slack:T1/U2", "slack:T1", "U2")]
    #[case("web:ana", "web", "ana")]
    fn a_player_is_a_person_in_a_space(#[case] player: &str, #[case] space: &str, #[case] person: &str) {
        let player = PlayerId::new(player);
        assert_eq!((player.space().as_str(), player.person()), (space, person));
        assert_eq!(player.in_space(&SpaceId::new(space)), player);
        assert_eq!(player.space().face(), player.face());
    }

    #[test]
    fn the_same_person_is_another_player_elsewhere() {
        let there = |player: &str, space: &str| PlayerId::new(player).in_space(&SpaceId::new(space));
        assert_eq!(there("discord:9/5", "discord:8").as_str(), "discord:8/5");
        assert_eq!(there("discord:5", "discord:8").as_str(), "discord:8/5");
        assert_eq!(there("discord:9/5", "discord").as_str(), "discord:5");
    }
}
