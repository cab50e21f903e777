//! What people type, press and fill in, as Slack tells it, as far as kcard reads it.

use std::collections::BTreeMap;

use serde::Deserialize;
use slack_morphism::prelude::SlackViewState;

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
    pub state: Option<SlackViewState>,
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
    pub state: Option<SlackViewState>,
}

/// The fields of a form that is sent as one, by name.
pub fn form(body: &str) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(body.as_bytes()).into_owned().collect()
}
