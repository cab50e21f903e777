//! Slack, which its tokens turn on.

use super::{
    ConfigError, Token,
    fields::{self, Fields, Mistake, Mistakes, Value},
    shown,
};

/// How Slack is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slack {
    /// The bot's token.
    pub token: Token,
    /// How Slack tells what happens.
    pub hears: Hears,
    /// What stands in place of Slack's own address: with `/api`, without a slash at its end.
    pub api: Option<String>,
    /// People who are admins beside those of the workspace, by Slack's id of them.
    pub admins: Vec<String>,
}

/// How Slack tells what happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hears {
    /// By connections that kcard opens with the app's token.
    Sockets(Token),
    /// By requests to an address of kcard's, signed with this secret.
    Requests(Token),
}

/// What the environment says. It holds secrets as they were typed, so nothing can show it.
#[derive(Clone, Default)]
pub struct Over {
    /// `SLACK_BOT_TOKEN`.
    pub bot_token: Option<String>,
    /// `SLACK_APP_TOKEN`.
    pub app_token: Option<String>,
    /// `SLACK_SIGNING_SECRET`.
    pub signing_secret: Option<String>,
    /// `SLACK_API_URL`.
    pub api_url: Option<String>,
}

/// What the file says: nothing that is secret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct InFile {
    admins: Vec<String>,
}

impl InFile {
    pub(super) fn read(value: &Value<'_>, mistakes: &Mistakes) -> Self {
        let Some(mut fields) = Fields::of("[slack]", value, mistakes) else { return Self::default() };
        let admins = fields.read("admins", |value| fields::list(value, person)).unwrap_or_default();
        fields.finish();
        Self { admins }
    }
}

impl Slack {
    /// `None` where nothing turns it on. Where both the app's token and the signing secret are set, kcard opens connections.
    pub(super) fn read(over: Over, file: InFile) -> Result<Option<Self>, ConfigError> {
        let Over { bot_token, app_token, signing_secret, api_url } = over;
        let hears = match (app_token, signing_secret) {
            (Some(app), _) => Hears::Sockets(token("SLACK_APP_TOKEN", "xapp-", &app)?),
            (None, Some(secret)) => Hears::Requests(token("SLACK_SIGNING_SECRET", "", &secret)?),
            (None, None) if bot_token.is_none() => return Ok(None),
            (None, None) => {
                return Err(wrong(
                    "SLACK_BOT_TOKEN is set, and kcard has no way to hear of Slack: set SLACK_APP_TOKEN (Socket Mode) or \
                     SLACK_SIGNING_SECRET (requests to an address of kcard's own) as well; docs/slack.md says where to find them",
                ));
            }
        };
        let Some(bot) = bot_token else {
            return Err(wrong(
                "SLACK_BOT_TOKEN is not set: copy it from api.slack.com/apps (your app, OAuth & Permissions, Bot User OAuth Token)",
            ));
        };
        let api = api_url.map(|api| address(&api)).transpose()?;
        Ok(Some(Self { token: token("SLACK_BOT_TOKEN", "xoxb-", &bot)?, hears, api, admins: file.admins }))
    }
}

/// A token by what it begins with, since they are easily taken for each other.
fn token(name: &str, begins: &str, text: &str) -> Result<Token, ConfigError> {
    let token = Token::parse(text).filter(|_| text.trim().starts_with(begins));
    token.ok_or_else(|| {
        let form = if begins.is_empty() { String::new() } else { format!(", which begins with {begins}") };
        wrong(&format!("{name} is not what it should be{form}: docs/slack.md says where to find it"))
    })
}

fn address(text: &str) -> Result<String, ConfigError> {
    let address = text.trim().trim_end_matches('/');
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.strip_suffix("/api"));
    if host.is_some_and(|host| !host.is_empty() && !host.contains(['?', '#', '@', ' '])) {
        return Ok(address.to_owned());
    }
    Err(wrong(&format!(
        "SLACK_API_URL is `{}`: write a scheme, a host, a port and /api at the end, such as http://127.0.0.1:8080/api",
        shown(text)
    )))
}

/// A person by Slack's id of them.
fn person(value: &Value<'_>) -> Result<String, Mistake> {
    let text = fields::str(value)?;
    let is_id =
        text.starts_with(['U', 'W']) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if is_id && text.len() > 1 {
        return Ok(text.to_owned());
    }
    let message = format!("`{text}` is no person's id: in Slack, open their profile, ⋮, Copy member ID (U…)");
    Err(Mistake::at(value, message))
}

fn wrong(text: &str) -> ConfigError {
    ConfigError::Environment(text.to_owned())
}

#[cfg(test)]
mod tests;
