//! Who a browser is: a secret cookie, of which only the hash is stored, and the admin link's secret.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{App, gate, refused::Refused};
use crate::store::Account;

/// How long a browser keeps its name: as long as browsers keep a cookie (400 days).
const KEPT_SECONDS: u32 = 400 * 24 * 60 * 60;
/// How long the admin link's cookie waits for a name to be picked.
const ADMIN_SECONDS: u32 = 60 * 60;

/// 256 random bits from a generator that the operating system seeds, as 64 hexadecimal digits.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// A new one.
    pub fn new() -> Self {
        Self(hex(&rand::random::<[u8; 32]>()))
    }

    /// The digits; for the one who is to hold it, never for a log.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }

    /// Whether `text` is this secret; takes as long for a near miss as for any other.
    pub fn is(&self, text: &str) -> bool {
        self.0.as_bytes().ct_eq(text.as_bytes()).into()
    }
}

/// The account of the browser that sent a request, made admin if the browser opened this start's admin link.
pub struct Session {
    /// Who it is.
    pub account: Account,
    /// The hash of its cookie.
    pub token: String,
}

impl Session {
    /// Finds the account; `None` where the browser has no name yet.
    pub async fn find(app: &App, headers: &HeaderMap) -> Result<Option<Self>, Refused> {
        let Some(token) = cookie(headers, &name(headers)).map(hash) else { return Ok(None) };
        let Some(mut account) = app.web.store.room_account(&token).await? else { return Ok(None) };
        if !account.admin && opened_admin_link(app, headers) {
            app.web.store.room_set_admin(&account.name, true).await?;
            account.admin = true;
        }
        Ok(Some(Self { account, token }))
    }
}

impl FromRequestParts<App> for Session {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        Self::find(app, &parts.headers).await?.ok_or(Refused::Stranger)
    }
}

/// Whether the browser holds this start's admin secret.
pub fn opened_admin_link(app: &App, headers: &HeaderMap) -> bool {
    cookie(headers, &admin_name(headers)).is_some_and(|secret| app.web.admin.is(secret))
}

/// The `Set-Cookie` that gives a browser its name.
pub fn named(headers: &HeaderMap, secret: &Secret) -> String {
    set_cookie(headers, &name(headers), secret.reveal(), KEPT_SECONDS)
}

/// The `Set-Cookie` that remembers that the browser opened the admin link.
pub fn admin(headers: &HeaderMap, secret: &Secret) -> String {
    set_cookie(headers, &admin_name(headers), secret.reveal(), ADMIN_SECONDS)
}

fn set_cookie(headers: &HeaderMap, name: &str, value: &str, seconds: u32) -> String {
    let secure = if is_https(headers) { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}")
}

/// Whether the browser speaks HTTPS: by the page it sends from, or by the word of the proxy before kcard. Who lies about it only keeps
/// their own cookie from themselves.
fn is_https(headers: &HeaderMap) -> bool {
    let says = |name: &str, begins: &[u8]| headers.get(name).is_some_and(|value| value.as_bytes().starts_with(begins));
    says("origin", b"https://") || says("x-forwarded-proto", b"https")
}

/// A browser sends a host's cookies to all of its ports, so two rooms on one machine need two names.
fn name(headers: &HeaderMap) -> String {
    format!("kcard-{}", gate::port(headers).unwrap_or(0))
}

fn admin_name(headers: &HeaderMap) -> String {
    format!("kcard-admin-{}", gate::port(headers).unwrap_or(0))
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('='))
}

fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};
    use rstest::rstest;

    use super::*;

    #[test]
    fn secrets_differ_and_only_their_own_text_is_them() {
        let (one, other) = (Secret::new(), Secret::new());
        assert_eq!(one.reveal().len(), 64);
        assert_ne!(one.reveal(), other.reveal());
        assert!(one.is(one.reveal()) && !one.is(other.reveal()) && !one.is("") && !one.is(&one.reveal()[..63]));
        assert_ne!(one.hash(), one.reveal());
    }

    #[rstest]
    #[case(&[], false)]
    #[case(&[("origin", "http://localhost:8420")], false)]
    #[case(&[("origin", "https://quiz.example.org")], true)]
    #[case(&[("x-forwarded-proto", "https")], true)]
    #[case(&[("x-forwarded-proto", "http")], false)]
    fn a_cookie_that_came_by_https_goes_by_nothing_else(
        #[case] says: &[(&'static str, &'static str)],
        #[case] secure: bool,
    ) {
        let headers: HeaderMap =
            says.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect();
        for cookie in [named(&headers, &Secret::new()), admin(&headers, &Secret::new())] {
            assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
            assert!(cookie.contains("; HttpOnly; SameSite=Strict"), "{cookie}");
        }
    }
}
