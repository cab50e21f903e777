//! What can go wrong when Discord is called, in words for an admin, with what to do.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use crate::chat::{ChatError, discord::pace::NotYet};

/// How long to wait where Discord did not say.
const A_MOMENT: Duration = Duration::from_secs(2);
/// How long to wait after a refusal without a reason: refusals are counted against the bot.
const A_WHILE: Duration = Duration::from_mins(1);
/// How long a refused token is not worth looking at again.
const LONG: Duration = Duration::from_mins(5);

/// Why Discord did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
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
    /// What it is about is gone, or kcard may not: Discord said so by a code that kcard knows.
    #[error("{}", explained(*code, why))]
    Gone {
        /// Discord's own code of it (developer documentation, "Opcodes and Status Codes").
        code: u64,
        /// Discord's own words.
        why: String,
    },
    /// Discord does not take what was sent: our bug.
    #[error("Discord refuses what kcard sent: {0}")]
    Wrong(String),
    /// The bot's token is not valid, or not any more.
    #[error(
        "Discord refuses the bot's token: copy a new one from the Discord developer portal (your application, Bot, Reset \
         Token) into DISCORD_TOKEN, and restart kcard"
    )]
    Token,
}

/// There is no such channel.
pub const UNKNOWN_CHANNEL: u64 = 10_003;
/// There is no such message.
pub const UNKNOWN_MESSAGE: u64 = 10_008;
/// The interaction is over 3 s old or was answered.
pub const UNKNOWN_INTERACTION: u64 = 10_062;
/// The interaction was answered already.
pub const ACKNOWLEDGED: u64 = 40_060;
/// Replying needs Read Message History.
pub const MAY_NOT_REPLY: u64 = 160_002;
/// The interaction is over 15 min old.
const EXPIRED_INTERACTION: u64 = 50_027;
/// Kept from seeing.
const MISSING_ACCESS: u64 = 50_001;
/// Kept from doing.
const MISSING_PERMISSIONS: u64 = 50_013;

/// Codes that are about the thing itself, so that asking again changes nothing (developer documentation, "JSON Error Codes"). What
/// stands between kcard and Discord refuses without any of them.
const FINAL: [u64; 25] = [
    UNKNOWN_CHANNEL,
    10_004, // unknown guild
    10_007, // unknown member
    UNKNOWN_MESSAGE,
    10_013, // unknown user
    10_015, // unknown webhook
    UNKNOWN_INTERACTION,
    30_010, // as many reactions as there can be
    30_033, // as many people in the thread as there can be
    ACKNOWLEDGED,
    40_058, // a forum takes no messages
    MISSING_ACCESS,
    50_005, // another's message
    50_007, // takes no direct messages
    50_008, // not a text channel
    50_009, // the channel asks for a verified account
    MISSING_PERMISSIONS,
    50_024, // not in this type of channel
    EXPIRED_INTERACTION,
    50_083, // the thread is archived
    50_278, // no server in common
    90_001, // blocked by the author
    MAY_NOT_REPLY,
    160_004, // it has a thread already
    160_005, // the thread is locked
];

impl RestError {
    /// What an answer that is no success means.
    pub fn from_answer(status: StatusCode, body: &str) -> Self {
        let body: Value = serde_json::from_str(body).unwrap_or_default();
        let code = body["code"].as_u64().unwrap_or(0);
        let message = body["message"].as_str().unwrap_or_default();
        let is_refusal = matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
        match status {
            _ if FINAL.contains(&code) => Self::Gone { code, why: message.to_owned() },
            StatusCode::UNAUTHORIZED => Self::Token,
            status if status.is_client_error() && code != 0 && !is_refusal => {
                // The details name the fields that are wrong and quote nothing of what was sent.
                Self::Wrong(format!("{message} ({status}, {code}) {}", body["errors"]))
            }
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY => Self::passing(status),
            status if status.is_client_error() && status.as_u16() != 499 => Self::unexplained(status),
            status => Self::passing(status),
        }
    }

    /// It is out of order for now.
    fn passing(status: StatusCode) -> Self {
        Self::Later { after: A_MOMENT, unsure: true, why: format!("Discord answers {status}") }
    }

    /// A refusal without a reason that kcard knows.
    pub fn unexplained(status: StatusCode) -> Self {
        let why = format!(
            "Discord answers {status} and no reason that kcard knows; where that stays so, look at what stands between kcard and \
             Discord (a proxy, a firewall)"
        );
        Self::Later { after: A_WHILE, unsure: false, why }
    }

    /// An answer of 429.
    pub fn told_to_wait(after: Duration) -> Self {
        Self::Later { after, unsure: false, why: "Discord asks to wait (429)".into() }
    }

    /// What it means that no answer came.
    pub fn from_transport(error: reqwest::Error) -> Self {
        let unsure = !error.is_connect();
        // An interaction's address is a secret.
        let error = error.without_url();
        let why = if error.is_timeout() { "it did not answer in time".to_owned() } else { causes(&error) };
        Self::Later { after: A_MOMENT, unsure, why: format!("Discord cannot be reached: {why}") }
    }

    /// Whether the same may succeed soon.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Later { unsure: true, .. })
            || matches!(self, Self::Later { after, .. } if *after <= A_MOMENT)
    }
}

/// An error with all its causes.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        text = format!("{text}: {deeper}");
        cause = deeper.source();
    }
    text
}

/// Discord's words, and what an admin can do.
fn explained(code: u64, why: &str) -> String {
    let what_to_do = match code {
        UNKNOWN_CHANNEL => "the channel was deleted; name another one",
        10_004 => "the server is gone, or kcard was removed from it; invite it again",
        UNKNOWN_MESSAGE => "the message was deleted",
        MISSING_ACCESS => {
            "kcard may not see this channel: give its role View Channel there, or invite it again (`kcard invite discord`)"
        }
        MISSING_PERMISSIONS | MAY_NOT_REPLY => {
            "kcard may not do this here: its role needs View Channel, Send Messages, Embed Links, Add Reactions and Read \
             Message History (`kcard doctor discord` says which is missing)"
        }
        EXPIRED_INTERACTION => "this was asked for over 15 minutes ago",
        50_007 => "this person takes no direct messages",
        30_010 => "the message has as many different reactions as it can have",
        _ => return format!("Discord says: {why} ({code})"),
    };
    format!("{what_to_do} (Discord says: {why}, {code})")
}

impl From<NotYet> for RestError {
    fn from(NotYet(after): NotYet) -> Self {
        Self::Later { after, unsure: false, why: "Discord's rate limit is reached".into() }
    }
}

impl From<RestError> for ChatError {
    fn from(error: RestError) -> Self {
        let why = error.to_string();
        match error {
            RestError::Later { after, unsure, .. } => Self::Again { after, unsure, why },
            RestError::Gone { .. } => Self::Gone(why),
            RestError::Wrong(_) => Self::Bug(why),
            RestError::Token => Self::Again { after: LONG, unsure: false, why },
        }
    }
}
