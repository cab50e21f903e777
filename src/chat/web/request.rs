//! What the page sends: JSON of bounded size, with texts that the store can hold.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::header,
};
use futures_util::StreamExt;
use serde::{Deserialize, de::DeserializeOwned};

use super::{App, refused::Refused};
use crate::chat::Upload;

/// The longest text of a message or a form's field, in characters.
pub const LONGEST_TEXT: usize = 4_000;
/// The largest body that is read, in bytes.
const LARGEST_BODY: usize = 64 * 1024;
/// The largest body of a form, in bytes: a file in it takes four bytes for three.
pub const LARGEST_FORM: usize = Upload::LARGEST / 3 * 4 + LARGEST_BODY;
/// How much of a body is thrown away, so that its sender lives to read why it was refused.
const LARGEST_WASTE: usize = 4 * 1024 * 1024;

/// A JSON body of at most so many bytes.
pub struct Sent<T, const LARGEST: usize = LARGEST_BODY>(pub T);

impl<T: DeserializeOwned, const LARGEST: usize> FromRequest<App> for Sent<T, LARGEST> {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &App) -> Result<Self, Refused> {
        // A page of another site cannot send this type without asking first, and is told no.
        let json = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
            kind.to_str().is_ok_and(|kind| kind.split(';').next().is_some_and(|kind| kind.trim() == "application/json"))
        });
        if !json {
            return Err(Refused::Bad("send JSON, with the content type application/json"));
        }
        let body = read(request.into_body(), LARGEST).await?;
        serde_json::from_slice(&body).map(Sent).map_err(|error| {
            tracing::debug!(%error, "a request that the page does not send");
            Refused::Bad("this is not what the room's page sends; reload it")
        })
    }
}

async fn read(body: Body, largest: usize) -> Result<Bytes, Refused> {
    let (mut kept, mut seen) = (Vec::new(), 0);
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Refused::Bad("the request broke off"))?;
        seen += chunk.len();
        if seen > LARGEST_WASTE {
            break;
        }
        if seen <= largest {
            kept.extend_from_slice(&chunk);
        }
    }
    match seen > largest {
        false => Ok(kept.into()),
        true if largest == LARGEST_FORM => Err(Refused::LargeFile),
        true => Err(Refused::Long),
    }
}

/// What makes a request unique within its player: made by the page, kept for its retries.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Key(String);

impl TryFrom<String> for Key {
    type Error = &'static str;

    fn try_from(key: String) -> Result<Self, Self::Error> {
        let fits = (1..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits { Ok(Self(key)) } else { Err("a key is 1 to 64 letters, digits and dashes") }
    }
}

impl Key {
    /// The key among all keys of the room.
    pub fn of(&self, player: &str) -> String {
        format!("web:{player}:{}", self.0)
    }

    /// Whether it is as long as 128 random bits, of which the page makes its keys.
    pub fn is_unguessable(&self) -> bool {
        self.0.len() >= 32
    }
}

/// A text as the room keeps it: line ends made one, other control characters left out (PostgreSQL refuses some), nothing else changed.
pub fn text(typed: &str) -> Result<String, Refused> {
    if typed.chars().count() > LONGEST_TEXT {
        return Err(Refused::Long);
    }
    let lines = typed.replace("\r\n", "\n").replace('\r', "\n");
    Ok(lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("<script>alert('hi')</script> @everyone", "<script>alert('hi')</script> @everyone")]
    #[case("שלום \u{202e}abc 🎉", "שלום \u{202e}abc 🎉")]
    #[case("a\r\nb\rc\0d\u{7}", "a\nb\ncd")]
    fn text_is_kept_as_typed(#[case] typed: &str, #[case] kept: &str) {
        assert_eq!(text(typed), Ok(kept.to_owned()));
    }

    #[test]
    fn a_text_has_an_end() {
        assert!(text(&"ä".repeat(LONGEST_TEXT)).is_ok());
        assert_eq!(text(&"a".repeat(LONGEST_TEXT + 1)), Err(Refused::Long));
    }

    #[rstest]
    #[case("0f8fad5b-d9cb-469f-a165-70867728950e", true)]
    #[case("", false)]
    #[case("with:colon", false)]
    #[case(&"a".repeat(65), false)]
    fn keys_are_plain(#[case] key: &str, #[case] fits: bool) {
        assert_eq!(Key::try_from(key.to_owned()).is_ok(), fits);
    }
}
