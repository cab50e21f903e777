//! What can go wrong when Slack is called, in words for an admin, with what to do.

use std::time::Duration;

use hyper_util::client::legacy;
use serde_json::Value;
use slack_morphism::errors::SlackClientError;

use super::pace::NotYet;
use crate::chat::ChatError;

/// How long to wait where Slack did not say.
const A_MOMENT: Duration = Duration::from_secs(2);
/// How long to wait after a refusal without a reason that kcard knows.
const A_WHILE: Duration = Duration::from_mins(1);
/// How long a refused token is not worth looking at again.
const LONG: Duration = Duration::from_mins(5);

/// Why Slack did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// Not now; whether it was done is unknown where `unsure`.
    #[error("{why}")]
    Later {
        /// How long to wait.
        after: Duration,
        /// Whether it may have been done.
        unsure: bool,
        /// What happened.
        why: String,
    },
    /// Slack asks to wait so long before the method is called again, whatever for.
    #[error("Slack asks to wait (429)")]
    Limited(Duration),
    /// What it is about is gone, or kcard may not: Slack said so by a code that kcard knows.
    #[error("{}", explained(code, detail))]
    Gone {
        /// Slack's own word for it.
        code: String,
        /// What else Slack said, such as the scope that is missing.
        detail: String,
    },
    /// Slack does not take what was sent: our bug.
    #[error("Slack refuses what kcard sent: {0}")]
    Wrong(String),
    /// A token is not valid, or not any more.
    #[error(
        "Slack refuses the token ({0}): copy it again from api.slack.com/apps (your app; OAuth & Permissions for \
         SLACK_BOT_TOKEN, Basic Information for SLACK_APP_TOKEN), and restart kcard"
    )]
    Token(String),
}

/// kcard is not a member.
pub const NOT_IN_CHANNEL: &str = "not_in_channel";
/// There is no such channel, or it is private and kcard is not in it.
pub const CHANNEL_NOT_FOUND: &str = "channel_not_found";
/// It was done before.
pub const ALREADY_REACTED: &str = "already_reacted";
/// There is no such message.
pub const MESSAGE_NOT_FOUND: &str = "message_not_found";
/// Its thread's parent is gone.
pub const THREAD_NOT_FOUND: &str = "thread_not_found";
/// The same, for a reply.
pub const CANNOT_REPLY: &str = "cannot_reply_to_message";

/// Slack refuses the token, whatever is asked with it.
const TOKEN: [&str; 7] = [
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "not_allowed_token_type",
    "app_uninstalled",
];

/// Words about the thing itself, so that asking again changes nothing.
const FINAL: [&str; 39] = [
    NOT_IN_CHANNEL,
    CHANNEL_NOT_FOUND,
    ALREADY_REACTED,
    MESSAGE_NOT_FOUND,
    THREAD_NOT_FOUND,
    CANNOT_REPLY,
    "is_archived",
    "is_inactive",
    "missing_scope",
    "access_denied",
    "no_permission",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "restricted_action_non_threadable_channel",
    "restricted_action_thread_locked",
    "cant_update_message",
    "edit_window_closed",
    "user_not_found",
    "user_not_visible",
    "user_not_in_channel",
    "user_disabled",
    "cannot_dm_bot",
    "messages_tab_disabled",
    "too_many_reactions",
    "too_many_emoji",
    "cant_broadcast_message",
    "channel_type_not_supported",
    "method_not_supported_for_channel_type",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "team_access_not_granted",
    "user_is_restricted",
    "invalid_trigger_id",
    "no_reaction",
    "expired_trigger_id",
    "exchanged_trigger_id",
    "not_found",
    "used_url",
];

/// Slack is out of order for now, and may have done it all the same.
const PASSING: [&str; 6] =
    ["internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "accesslimited"];

/// What was sent is not as Slack wants it.
const WRONG: [&str; 16] = [
    "msg_too_long",
    "msg_blocks_too_long",
    "block_mismatch",
    "no_text",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_arguments",
    "invalid_arg_name",
    "invalid_form_data",
    "invalid_json",
    "metadata_too_large",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "metadata_must_be_sent_from_app",
    "invalid_name",
    "view_too_large",
];

impl ApiError {
    /// What the client's error means.
    pub fn of(error: SlackClientError) -> Self {
        match error {
            SlackClientError::ApiError(said) => {
                let body: Value =
                    said.http_response_body.and_then(|body| serde_json::from_str(&body).ok()).unwrap_or_default();
                Self::from_code(&said.code, &body)
            }
            SlackClientError::RateLimitError(limit) => Self::Limited(limit.retry_after.unwrap_or(A_MOMENT)),
            SlackClientError::HttpError(answer) if answer.status_code.is_client_error() => Self::Later {
                after: A_WHILE,
                unsure: false,
                why: format!(
                    "Slack answers {} and no reason that kcard knows; where that stays so, look at what stands between kcard and \
                     Slack (a proxy, a firewall)",
                    answer.status_code
                ),
            },
            SlackClientError::HttpError(answer) => Self::passing(&format!("Slack answers {}", answer.status_code)),
            SlackClientError::HttpProtocolError(error) => {
                let cause = error.cause.as_deref();
                let connecting = cause
                    .and_then(|cause| cause.downcast_ref::<legacy::Error>())
                    .is_some_and(legacy::Error::is_connect);
                let why = cause.map_or_else(|| "no answer".to_owned(), causes);
                Self::Later { after: A_MOMENT, unsure: !connecting, why: format!("Slack cannot be reached: {why}") }
            }
            // Neither says more than that, and both may quote what was sent.
            SlackClientError::ProtocolError(_) => Self::passing("Slack's answer cannot be read"),
            _ => Self::passing("Slack cannot be reached"),
        }
    }

    /// What Slack's word for a refusal means.
    fn from_code(code: &str, body: &Value) -> Self {
        let detail = || {
            let needed = body["needed"].as_str().map(str::to_owned);
            let messages = body["response_metadata"]["messages"].as_array().into_iter().flatten();
            let messages: Vec<&str> = messages.filter_map(Value::as_str).take(3).collect();
            needed.unwrap_or_else(|| messages.join("; "))
        };
        match code {
            "ratelimited" | "rate_limited" => Self::Limited(A_WHILE),
            _ if TOKEN.contains(&code) => Self::Token(code.to_owned()),
            _ if FINAL.contains(&code) => Self::Gone { code: code.to_owned(), detail: detail() },
            _ if PASSING.contains(&code) => Self::passing(&format!("Slack answers {code}")),
            _ if WRONG.contains(&code) => Self::Wrong(format!("{code} {}", detail())),
            _ => Self::Later {
                after: A_WHILE,
                unsure: false,
                why: format!("Slack refuses with {code}, which kcard does not know"),
            },
        }
    }

    fn passing(why: &str) -> Self {
        Self::Later { after: A_MOMENT, unsure: true, why: why.to_owned() }
    }

    /// It took longer than Slack may take.
    pub fn no_answer() -> Self {
        Self::passing("Slack did not answer in time")
    }

    /// Whether Slack said this word.
    pub fn is(&self, word: &str) -> bool {
        matches!(self, Self::Gone { code, .. } if code == word)
    }
}

/// An error with all its causes.
fn causes(error: &(dyn std::error::Error + Send + Sync + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        text = format!("{text}: {deeper}");
        cause = deeper.source();
    }
    text
}

/// Slack's word, and what an admin can do.
fn explained(code: &str, detail: &str) -> String {
    let what_to_do = match code {
        NOT_IN_CHANNEL => "kcard is not in this channel: type /invite @kcard there",
        CHANNEL_NOT_FOUND => {
            "there is no such channel, or it is private and kcard is not in it: type /invite @kcard there, or name another one"
        }
        "is_archived" | "is_inactive" => "the channel is archived: unarchive it, or name another one",
        MESSAGE_NOT_FOUND | THREAD_NOT_FOUND | CANNOT_REPLY => "the message was deleted",
        "missing_scope" => {
            return format!(
                "the app lacks a permission{}: install it again from the manifest (`kcard manifest slack`; `kcard doctor slack` \
                 says what is missing)",
                if detail.is_empty() { String::new() } else { format!(" ({detail})") }
            );
        }
        "restricted_action"
        | "restricted_action_read_only_channel"
        | "restricted_action_thread_only_channel"
        | "restricted_action_non_threadable_channel"
        | "restricted_action_thread_locked"
        | "no_permission"
        | "access_denied" => {
            "kcard may not post here: the channel's or the workspace's settings let only some people post"
        }
        "expired_trigger_id" | "exchanged_trigger_id" => "this took too long for Slack to open a form",
        "used_url" | "not_found" => "this was asked for too long ago",
        _ => return format!("Slack says: {code}"),
    };
    format!("{what_to_do} (Slack says: {code})")
}

impl From<NotYet> for ApiError {
    fn from(NotYet(after): NotYet) -> Self {
        Self::Later { after, unsure: false, why: "Slack's rate limit is reached".into() }
    }
}

impl From<ApiError> for ChatError {
    fn from(error: ApiError) -> Self {
        let why = error.to_string();
        match error {
            ApiError::Later { after, unsure, .. } => Self::Again { after, unsure, why },
            ApiError::Limited(after) => Self::Again { after, unsure: false, why },
            ApiError::Gone { .. } => Self::Gone(why),
            ApiError::Wrong(_) => Self::Bug(why),
            ApiError::Token(_) => Self::Again { after: LONG, unsure: false, why },
        }
    }
}
