//! Secrets that a platform gives. Only the environment holds them: a file is easily shown to others.

use secrecy::{ExposeSecret, SecretString};

/// A secret. [`Debug`] does not show it.
#[derive(Debug, Clone)]
pub struct Token(SecretString);

impl Token {
    /// Reads what can be part of a request's head; `None` for anything else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let token = text.trim();
        (!token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())).then(|| Self(token.into()))
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
