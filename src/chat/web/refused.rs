//! What the room cannot do for a browser, in words: the one place that turns an error into an HTTP answer.

use std::time::Duration;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};

use super::name::BadName;
use crate::{chat::Upload, store::StoreError};

/// Why a request was refused. Nothing of it was done, except where the words say so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The request's Host is none of ours.
    #[error(
        "this room is not served under that name: open it by the address that kcard printed, or add the name to `hosts` in the configuration"
    )]
    Host,
    /// Another site sent it.
    #[error("this request came from another site, and only the room's own page may send it")]
    CrossSite,
    /// The admin link's secret is not this start's.
    #[error("this admin link is no longer valid: kcard prints a new one each time it starts")]
    OldLink,
    /// No cookie, or nobody's.
    #[error("pick a name first")]
    Stranger,
    /// It cannot be a name.
    #[error("{0}")]
    Name(#[from] BadName),
    /// Somebody has this name.
    #[error("this name is taken; pick another")]
    Taken,
    /// Not what the page sends.
    #[error("{0}")]
    Bad(&'static str),
    /// There is no such channel or message.
    #[error("{0}")]
    Gone(&'static str),
    /// A reply to a question that is not answered by replies.
    #[error("a reply is seen by all, and this question is answered in another way; your text was not sent")]
    Secret,
    /// The body is larger than anything the page sends, or a text is.
    #[error("this is too long: a message has at most {} characters", super::request::LONGEST_TEXT)]
    Long,
    /// A form's body is larger than its file may be.
    #[error("this file is too large: it may have at most {} MB", Upload::LARGEST / 1_000_000)]
    LargeFile,
    /// Too many requests.
    #[error("that was too fast and was not counted; try again in a moment")]
    Fast(Duration),
    /// As many live pages as there may be.
    #[error("the room is open in too many tabs; this one is not live until another is closed")]
    Crowded,
    /// The store takes nothing now.
    #[error("the quiz is busy and this was not counted yet; the page tries again by itself")]
    Busy,
    /// It takes longer than a person should wait for an answer. The work goes on; its key finds what becomes of it.
    #[error("kcard is still working on it; look again in a moment")]
    Slow,
    /// Our bug, or a broken store.
    #[error("something is wrong on kcard's side; its log says what")]
    Broken,
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::CrossSite | Self::OldLink => StatusCode::FORBIDDEN,
            Self::Stranger => StatusCode::UNAUTHORIZED,
            Self::Name(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Taken | Self::Secret => StatusCode::CONFLICT,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::Gone(_) => StatusCode::NOT_FOUND,
            Self::Long | Self::LargeFile => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Fast(_) | Self::Crowded => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Slow => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// How long to wait before the same request may be sent again.
    fn wait(&self) -> Option<Duration> {
        match self {
            Self::Fast(wait) => Some(*wait),
            Self::Busy | Self::Slow => Some(Duration::from_secs(1)),
            Self::Crowded => Some(Duration::from_secs(15)),
            _ => None,
        }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy(_) => Self::Busy,
            error @ StoreError::Database(_) => {
                tracing::error!(%error, "the web room cannot use the store");
                Self::Broken
            }
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(serde_json::json!({ "error": self.to_string() }))).into_response();
        if let Some(wait) = self.wait() {
            let seconds = wait.as_millis().div_ceil(1_000).max(1);
            if let Ok(value) = HeaderValue::from_str(&seconds.to_string()) {
                response.headers_mut().insert(RETRY_AFTER, value);
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_tried_again_says_when() {
        let busy = Refused::from(StoreError::Busy("the disk is full".into())).into_response();
        assert_eq!((busy.status().as_u16(), &busy.headers()[RETRY_AFTER]), (503, &HeaderValue::from_static("1")));
        let fast = Refused::Fast(Duration::from_millis(1_200)).into_response();
        assert_eq!((fast.status().as_u16(), &fast.headers()[RETRY_AFTER]), (429, &HeaderValue::from_static("2")));
        assert!(Refused::Taken.into_response().headers().get(RETRY_AFTER).is_none());
    }
}
