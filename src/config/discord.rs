//! Discord, which its token turns on. Only the environment holds the token: a file is easily shown to others.

use secrecy::{ExposeSecret, SecretString};

use super::ConfigError;

/// How Discord is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discord {
    /// The bot's token.
    pub token: Token,
    /// What stands in place of Discord's own address, without a path and without a slash at its end.
    pub api: Option<String>,
}

/// A secret. [`Debug`] does not show it.
#[derive(Debug, Clone)]
pub struct Token(SecretString);

impl Discord {
    /// Reads `DISCORD_TOKEN` and `DISCORD_API_URL`; `None` where there is no token.
    pub fn read(token: Option<String>, api: Option<String>) -> Result<Option<Self>, ConfigError> {
        let Some(token) = token else { return Ok(None) };
        let token = Token::parse(&token)?;
        let api = api.map(|api| address(&api)).transpose()?;
        Ok(Some(Self { token, api }))
    }
}

impl Token {
    /// As it is copied from the developer portal, or with the word that stands before it in Discord's documentation.
    fn parse(text: &str) -> Result<Self, ConfigError> {
        let token = text.trim();
        let token = token.strip_prefix("Bot ").unwrap_or(token).trim();
        // It becomes part of a request's head.
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ConfigError::Environment(
                "DISCORD_TOKEN is no token: copy it from the Discord developer portal (your application, Bot, Reset Token)"
                    .into(),
            ));
        }
        Ok(Self(token.into()))
    }

    /// The secret itself.
    pub fn secret(&self) -> &SecretString {
        &self.0
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

impl Eq for Token {}

fn address(text: &str) -> Result<String, ConfigError> {
    let address = text.trim().trim_end_matches('/');
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    if host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' '])) {
        return Ok(address.to_owned());
    }
    Err(ConfigError::Environment(format!(
        "DISCORD_API_URL is `{text}`: write a scheme, a host and a port, without a path, such as http://127.0.0.1:8080"
    )))
}
