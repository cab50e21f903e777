//! What people type, press and fill in, as Slack tells it, as far as kcard reads it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::payload::Message;

/// A command that somebody typed (Slack's documentation, "Slash commands").
#[derive(Debug, Clone, Deserialize)]
pub struct Typed {
    /// `/kcard` or `/kquiz`.
    pub command: String,
    /// What stands after it.
    #[serde(default)]
    pub text: String,
    /// Where.
    pub channel_id: String,
    /// Who.
    pub user_id: String,
    /// What they log in with.
    #[serde(default)]
    pub user_name: Option<String>,
    /// Where answers go: five of them in 30 min.
    pub response_url: String,
    /// Opens a form, once, within 3 s; the same when it is delivered again.
    pub trigger_id: String,
}

/// A button, a menu, a form or a shortcut (Slack's documentation, "Interaction payloads").
#[derive(Debug, Clone, Deserialize)]
pub struct Interaction {
    /// `block_actions`, `view_submission`, `message_action`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Who.
    pub user: Presser,
    /// Opens a form, once, within 3 s; the same when it is delivered again.
    #[serde(default)]
    pub trigger_id: Option<String>,
    /// What was pressed.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// Where.
    #[serde(default)]
    pub channel: Option<Place>,
    /// Under which message.
    #[serde(default)]
    pub message: Option<Message>,
    /// What holds what was pressed.
    #[serde(default)]
    pub container: Container,
    /// In which form or page.
    #[serde(default)]
    pub view: Option<View>,
    /// What the message's boxes and menus were left with.
    #[serde(default)]
    pub state: Option<State>,
    /// Where answers go.
    #[serde(default)]
    pub response_url: Option<String>,
}

/// Who pressed.
#[derive(Debug, Clone, Deserialize)]
pub struct Presser {
    /// Their id.
    pub id: String,
    /// What they log in with.
    #[serde(default)]
    pub name: Option<String>,
}

/// A channel by its id.
#[derive(Debug, Clone, Deserialize)]
pub struct Place {
    /// Which.
    pub id: String,
}

/// What holds what was pressed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Container {
    /// Whether only one person sees the message.
    pub is_ephemeral: bool,
    /// The parent of the message's thread.
    pub thread_ts: Option<String>,
}

/// What was pressed.
#[derive(Debug, Clone, Deserialize)]
pub struct Action {
    /// Its control.
    pub action_id: String,
    /// When.
    #[serde(default)]
    pub action_ts: Option<String>,
}

/// A form or a page.
#[derive(Debug, Clone, Deserialize)]
pub struct View {
    /// Its id.
    pub id: String,
    /// `modal` or `home`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Changes with each change of the form.
    #[serde(default)]
    pub hash: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub callback_id: String,
    /// What kcard put into it.
    #[serde(default)]
    pub private_metadata: String,
    /// What was filled in.
    #[serde(default)]
    pub state: Option<State>,
}

/// What was filled in and ticked, by block and element (Slack's documentation, "View submissions").
#[derive(Debug, Clone, Default, Deserialize)]
pub struct State {
    /// By block, then by element.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, Filled>>,
}

/// What one element was left with: of these, what its kind has.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Filled {
    /// A text or a number.
    pub value: Option<String>,
    /// A day: `2026-12-24`.
    pub selected_date: Option<String>,
    /// One of a menu.
    pub selected_option: Option<Chosen>,
    /// The ticked ones.
    pub selected_options: Option<Vec<Chosen>>,
    /// A channel's id.
    pub selected_conversation: Option<String>,
    /// Channels' ids.
    pub selected_conversations: Option<Vec<String>>,
    /// People's ids.
    pub selected_users: Option<Vec<String>>,
    /// Attached files.
    pub files: Vec<Attached>,
}

/// An option that was chosen.
#[derive(Debug, Clone, Deserialize)]
pub struct Chosen {
    /// What it stands for.
    pub value: String,
}

/// A file that was attached (Slack's documentation, "File objects").
#[derive(Debug, Clone, Deserialize)]
pub struct Attached {
    /// Its id.
    pub id: String,
    /// As they named it.
    #[serde(default)]
    pub name: String,
    /// Bytes, as Slack says.
    #[serde(default)]
    pub size: usize,
    /// Where it is fetched from, with the bot's token.
    #[serde(default)]
    pub url_private_download: String,
}

/// The fields of a form that is sent as one, by name.
pub fn form(body: &str) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(body.as_bytes()).into_owned().collect()
}
