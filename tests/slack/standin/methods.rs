//! The methods of the Web API that the stand-in knows, each with what <https://docs.slack.dev/reference/methods> says of it.

use super::world::Kind;

/// How often a method may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// One in a minute, 20, 50 or 100.
    One,
    Two,
    Three,
    Four,
    /// `chat.postMessage`: one in a second per channel.
    Posts,
    /// Hundreds in a minute.
    Special,
}

/// What a method's token needs.
#[derive(Debug, Clone, Copy)]
pub enum Needs {
    Nothing,
    Scope(&'static str),
    /// This scope of the channel's kind: `channels:…`, `groups:…` or `im:…`.
    OfChannel(&'static str),
    /// The app's token, with this scope.
    App(&'static str),
}

pub struct Method {
    pub name: &'static str,
    pub needs: Needs,
    pub tier: Tier,
    /// Takes its arguments as JSON too.
    pub json: bool,
    pub args: &'static [&'static str],
}

const fn writes(name: &'static str, needs: Needs, tier: Tier, args: &'static [&'static str]) -> Method {
    Method { name, needs, tier, json: true, args }
}

const fn reads(name: &'static str, needs: Needs, tier: Tier, args: &'static [&'static str]) -> Method {
    Method { name, needs, tier, json: false, args }
}

const MESSAGE: [&str; 3] = ["channel", "text", "blocks"];
const WRITE: Needs = Needs::Scope("chat:write");
const HISTORY: Needs = Needs::OfChannel("history");
const READ: Needs = Needs::OfChannel("read");
const GROUPS: Needs = Needs::Scope("usergroups:read");
const PAGES: [&str; 2] = ["cursor", "limit"];

const POST: &[&str] = &[
    MESSAGE[0],
    MESSAGE[1],
    MESSAGE[2],
    "attachments",
    "thread_ts",
    "reply_broadcast",
    "metadata",
    "mrkdwn",
    "parse",
    "link_names",
    "unfurl_links",
    "unfurl_media",
    "username",
    "icon_emoji",
    "icon_url",
];
const UPDATE: &[&str] = &[
    MESSAGE[0],
    MESSAGE[1],
    MESSAGE[2],
    "ts",
    "attachments",
    "metadata",
    "parse",
    "link_names",
    "reply_broadcast",
    "as_user",
];
const EPHEMERAL: &[&str] =
    &[MESSAGE[0], MESSAGE[1], MESSAGE[2], "user", "thread_ts", "attachments", "parse", "link_names"];
const HISTORY_ARGS: &[&str] = &["channel", PAGES[0], PAGES[1], "oldest", "latest", "inclusive", "include_all_metadata"];
const REPLIES_ARGS: &[&str] =
    &["channel", "ts", PAGES[0], PAGES[1], "oldest", "latest", "inclusive", "include_all_metadata"];
const REACTION: &[&str] = &["channel", "timestamp", "name"];
const COMPLETE: &[&str] = &["files", "channel_id", "channels", "thread_ts", "initial_comment", "blocks"];

pub const METHODS: &[Method] = &[
    writes("auth.test", Needs::Nothing, Tier::Special, &[]),
    writes("apps.connections.open", Needs::App("connections:write"), Tier::One, &[]),
    writes("chat.postMessage", WRITE, Tier::Posts, POST),
    writes("chat.update", WRITE, Tier::Three, UPDATE),
    writes("chat.delete", WRITE, Tier::Three, &["channel", "ts", "as_user"]),
    writes("chat.postEphemeral", WRITE, Tier::Four, EPHEMERAL),
    reads("chat.getPermalink", Needs::Nothing, Tier::Special, &["channel", "message_ts"]),
    writes("reactions.add", Needs::Scope("reactions:write"), Tier::Three, REACTION),
    writes("reactions.remove", Needs::Scope("reactions:write"), Tier::Two, REACTION),
    reads("reactions.get", Needs::Scope("reactions:read"), Tier::Three, &["channel", "timestamp", "full"]),
    reads("conversations.history", HISTORY, Tier::Three, HISTORY_ARGS),
    reads("conversations.replies", HISTORY, Tier::Three, REPLIES_ARGS),
    reads("conversations.info", READ, Tier::Three, &["channel", "include_locale", "include_num_members"]),
    reads(
        "conversations.list",
        Needs::Nothing,
        Tier::Two,
        &["cursor", "limit", "types", "exclude_archived", "team_id"],
    ),
    reads(
        "users.conversations",
        Needs::Nothing,
        Tier::Three,
        &["cursor", "limit", "types", "exclude_archived", "user", "team_id"],
    ),
    reads("conversations.members", READ, Tier::Four, &["channel", "cursor", "limit"]),
    writes(
        "conversations.open",
        Needs::Scope("im:write"),
        Tier::Three,
        &["channel", "users", "return_im", "prevent_creation"],
    ),
    reads("users.info", Needs::Scope("users:read"), Tier::Four, &["user", "include_locale"]),
    reads("users.list", Needs::Scope("users:read"), Tier::Two, &["cursor", "limit", "include_locale", "team_id"]),
    reads("usergroups.list", GROUPS, Tier::Two, &["include_count", "include_disabled", "include_users", "team_id"]),
    reads("usergroups.users.list", GROUPS, Tier::Two, &["usergroup", "include_disabled", "team_id"]),
    writes("views.open", Needs::Nothing, Tier::Four, &["trigger_id", "view"]),
    writes("views.push", Needs::Nothing, Tier::Four, &["trigger_id", "view"]),
    writes("views.update", Needs::Nothing, Tier::Four, &["view", "view_id", "external_id", "hash"]),
    writes("views.publish", Needs::Nothing, Tier::Four, &["user_id", "view", "hash"]),
    reads(
        "files.getUploadURLExternal",
        Needs::Scope("files:write"),
        Tier::Four,
        &["filename", "length", "alt_txt", "snippet_type"],
    ),
    writes("files.completeUploadExternal", Needs::Scope("files:write"), Tier::Four, COMPLETE),
    reads("files.info", Needs::Scope("files:read"), Tier::Four, &["file", "cursor", "limit", "count", "page"]),
];

pub fn method(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name)
}

/// The scope that a kind of channel asks for: `channels:history`.
pub fn scope_of(kind: Kind, what: &str) -> String {
    let family = match kind {
        Kind::Public => "channels",
        Kind::Private => "groups",
        Kind::Direct => "im",
    };
    format!("{family}:{what}")
}

/// All that kcard's manifest asks for and, beyond it, what the methods here need.
pub const ALL_SCOPES: &[&str] = &[
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "reactions:write",
    "usergroups:read",
    "users:read",
];
