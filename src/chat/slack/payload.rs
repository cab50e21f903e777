//! What Slack tells of what happened, as far as kcard reads it, from a socket or by a signed request. What is not known is left out, and
//! never an error.

use serde::Deserialize;
use serde_json::Value;

use super::render;
use crate::chat::PostKey;

/// Something that happened in the workspace (Slack's documentation, "Events API").
#[derive(Debug, Clone, Deserialize)]
pub struct Callback {
    /// The same when it is delivered again.
    pub event_id: String,
    /// What happened.
    pub event: Event,
}

/// What happened.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A message was written, changed or deleted.
    Message(Box<Message>),
    /// A reaction was put on something.
    ReactionAdded(Reacted),
    /// A reaction was taken away.
    ReactionRemoved(Reacted),
    /// Somebody looks at kcard's own page.
    AppHomeOpened {
        /// Who.
        user: String,
        /// `home`, or `messages`.
        tab: Option<String>,
    },
    /// Somebody came into a channel.
    MemberJoinedChannel {
        /// Who.
        user: String,
        /// Where.
        channel: String,
        /// Who brought them.
        inviter: Option<String>,
    },
    /// A public channel was archived.
    ChannelArchive(There),
    /// A private channel was archived.
    GroupArchive(There),
    /// A public channel was deleted.
    ChannelDeleted(There),
    /// A private channel was deleted.
    GroupDeleted(There),
    /// kcard was removed from a public channel.
    ChannelLeft(There),
    /// kcard was removed from a private channel.
    GroupLeft(There),
    /// A person's name, rights or state changed.
    UserChange {
        /// As they are now.
        user: User,
    },
    /// The app was removed from the workspace.
    AppUninstalled,
    /// Its tokens are not valid any more.
    TokensRevoked,
    /// What kcard does not know.
    #[serde(other)]
    Other,
}

/// A channel by its id.
#[derive(Debug, Clone, Deserialize)]
pub struct There {
    /// Which.
    pub channel: String,
}

/// A message, as an event tells of it and as a history holds it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Message {
    /// Where; a history does not say it.
    pub channel: Option<String>,
    /// `channel`, `group`, `im` or `mpim`.
    pub channel_type: Option<String>,
    /// Who wrote it; a bot may have none.
    pub user: Option<String>,
    /// The bot that wrote it.
    pub bot_id: Option<String>,
    /// What is special about it.
    pub subtype: Option<String>,
    /// What it says, in Slack's markup.
    pub text: Option<String>,
    /// When it was sent, and its name.
    pub ts: String,
    /// The parent of its thread.
    pub thread_ts: Option<String>,
    /// Who wrote that.
    pub parent_user_id: Option<String>,
    /// When it was edited last.
    pub edited: Option<Edited>,
    /// What a changed message is now.
    #[serde(rename = "message")]
    pub now: Option<Box<Message>>,
    /// The name of a deleted one.
    pub deleted_ts: Option<String>,
    /// The reactions that stand on it.
    pub reactions: Vec<Standing>,
    /// What kcard put beside it.
    pub metadata: Option<Value>,
    /// Its blocks.
    pub blocks: Vec<Value>,
}

/// When a message was edited.
#[derive(Debug, Clone, Deserialize)]
pub struct Edited {
    /// The moment, to the second.
    pub ts: String,
}

/// A reaction that stands on a message.
#[derive(Debug, Clone, Deserialize)]
pub struct Standing {
    /// Its name, without colons.
    pub name: String,
    /// Who put it.
    #[serde(default)]
    pub users: Vec<String>,
}

/// A reaction that came or went.
#[derive(Debug, Clone, Deserialize)]
pub struct Reacted {
    /// Who did it.
    pub user: String,
    /// Its name, without colons.
    pub reaction: String,
    /// Whose message it is.
    pub item_user: Option<String>,
    /// On what.
    pub item: Item,
    /// When.
    pub event_ts: String,
}

/// What a reaction is on: a message, where both are there.
#[derive(Debug, Clone, Deserialize)]
pub struct Item {
    /// The message's channel.
    pub channel: Option<String>,
    /// The message's name.
    pub ts: Option<String>,
}

/// A person (Slack's documentation, "User object").
#[derive(Debug, Clone, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of Slack's own")]
pub struct User {
    /// Who.
    pub id: String,
    /// What they log in with.
    #[serde(default)]
    pub name: Option<String>,
    /// Their whole name.
    #[serde(default)]
    pub real_name: Option<String>,
    /// Whether they left.
    #[serde(default)]
    pub deleted: bool,
    /// Whether they are a program.
    #[serde(default)]
    pub is_bot: bool,
    /// Whether they may change the workspace.
    #[serde(default)]
    pub is_admin: bool,
    /// The same, and more.
    #[serde(default)]
    pub is_owner: bool,
    /// Their own workspace: another one where a channel is shared with it.
    #[serde(default)]
    pub team_id: Option<String>,
    /// What they are in an organization of several workspaces.
    #[serde(default, rename = "enterprise_user")]
    pub organization: Option<EnterpriseUser>,
    /// What they tell of themselves.
    #[serde(default)]
    pub profile: Profile,
}

/// What somebody is in an organization of several workspaces (Slack's documentation, "User object").
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EnterpriseUser {
    /// The workspaces that they are in.
    pub teams: Vec<String>,
}

/// What people tell of themselves.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// As they want to be called.
    pub display_name: Option<String>,
    /// Their whole name.
    pub real_name: Option<String>,
}

impl Message {
    /// The key of the post that it is, where it is one of kcard's.
    pub fn key(&self) -> Option<PostKey> {
        render::key_of(self.metadata.as_ref(), &self.blocks)
    }
}

impl User {
    /// Whether they belong to this workspace, and not only to one that shares a channel with it. Where Slack does not say, they do.
    pub fn is_of(&self, team: &str) -> bool {
        let others = self.organization.iter().flat_map(|user| &user.teams);
        let mut teams = self.team_id.iter().chain(others).peekable();
        teams.peek().is_none() || teams.any(|one| one == team)
    }

    /// What they are called: as they want to be, by their whole name, or by what they log in with.
    pub fn called(&self) -> Option<&str> {
        let names = [&self.profile.display_name, &self.profile.real_name, &self.real_name, &self.name];
        names.into_iter().flatten().map(String::as_str).find(|name| !name.trim().is_empty())
    }
}

/// What people wrote, without Slack's markup: links as their address or label, names as they are shown, `&amp;` as `&` (Slack's
/// documentation, "Formatting message text").
pub fn said(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let Some(end) = after.find('>') else {
            rest = after;
            break;
        };
        let inner = &after[1..end];
        let shown = inner.split_once('|').map_or_else(|| inner.trim_start_matches("mailto:"), |(_, label)| label);
        out.push_str(shown);
        rest = &after[end + 1..];
    }
    out.push_str(rest);
    unescaped(&out)
}

/// Slack's three escapes undone.
pub fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("etcd &amp; more", "etcd & more")]
    #[case("a &lt;b&gt; c", "a <b> c")]
    #[case("see <https://kubernetes.io/docs|the docs>", "see the docs")]
    #[case("<http://10.0.0.1:8080>", "http://10.0.0.1:8080")]
    #[case("<mailto:ana@example.org|ana@example.org>", "ana@example.org")]
    #[case("<@U1|ana> says <#C1|general>", "ana says general")]
    #[case("1 < 2", "1 < 2")]
    #[case("&amp;lt;", "&lt;")]
    #[case("<<>>", "<>")]
    fn what_people_wrote_is_read(#[case] text: &str, #[case] read: &str) {
        assert_eq!(said(text), read);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let event = r#"{"event_id":"Ev1","event":{"type":"something_new","x":1}}"#;
        let callback: Callback = serde_json::from_str(event).expect("it can be read");
        assert!(matches!(callback.event, Event::Other));
    }
}
