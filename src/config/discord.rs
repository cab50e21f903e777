//! Discord, which its token turns on. Only the environment holds the token: a file is easily shown to others.

use super::{ConfigError, Token, shown};

/// How Discord is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discord {
    /// The bot's token.
    pub token: Token,
    /// What stands in place of Discord's own address, without a path and without a slash at its end.
    pub api: Option<String>,
}

impl Discord {
    /// Reads `DISCORD_TOKEN` and `DISCORD_API_URL`; `None` where there is no token.
    pub fn read(token: Option<String>, api: Option<String>) -> Result<Option<Self>, ConfigError> {
        let Some(token) = token else { return Ok(None) };
        // As it is copied from the developer portal, or with the word that stands before it in Discord's documentation.
        let token = token.trim();
        let token = Token::parse(token.strip_prefix("Bot ").unwrap_or(token));
        let token = token.ok_or_else(|| {
            ConfigError::Environment(
                "DISCORD_TOKEN is no token: copy it from the Discord developer portal (your application, Bot, Reset Token)"
                    .into(),
            )
        })?;
        let api = api.map(|api| address(&api)).transpose()?;
        Ok(Some(Self { token, api }))
    }
}

fn address(text: &str) -> Result<String, ConfigError> {
    let address = text.trim().trim_end_matches('/');
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    if host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' '])) {
        return Ok(address.to_owned());
    }
    Err(ConfigError::Environment(format!(
        "DISCORD_API_URL is `{}`: write a scheme, a host and a port, without a path, such as http://127.0.0.1:8080",
        shown(text)
    )))
}
