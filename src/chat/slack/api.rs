//! Calling Slack, by slack-morphism's client: paced, each call within its time, and what went wrong in words for an admin. Of an answer
//! only what kcard needs is read, so that what Slack adds or leaves out breaks nothing.

mod error;
pub mod method;
mod pace;

use std::time::Duration;

use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use slack_morphism::{
    ClientResult, SlackApiToken, SlackApiTokenValue, SlackClient, SlackClientApiCallContext, SlackClientHttpConnector,
    hyper_tokio::SlackClientHyperConnector,
};
use tokio::time::timeout;
use tracing::Span;
use url::Url;

pub use error::{
    ALREADY_REACTED, ApiError, CANNOT_REPLY, CHANNEL_NOT_FOUND, MESSAGE_NOT_FOUND, NOT_IN_CHANNEL, THREAD_NOT_FOUND,
};
use method::Method;
use pace::Pace;

use crate::measure::LIMITS_MET;

/// Slack's own address.
const SLACK: &str = "https://slack.com/api";
/// How long Slack may take to answer one call.
pub const PATIENCE: Duration = Duration::from_secs(10);

type Client = SlackClient<SlackClientHyperConnector<HttpsConnector<HttpConnector>>>;

/// What an answer says beside its page (Slack's documentation, "Pagination").
#[derive(Debug, Default, Deserialize)]
pub struct Paging {
    #[serde(default)]
    response_metadata: Option<Next>,
}

#[derive(Debug, Default, Deserialize)]
struct Next {
    #[serde(default)]
    next_cursor: String,
}

impl Paging {
    /// Where the next page begins; empty where there is none.
    pub fn next(self) -> String {
        self.response_metadata.unwrap_or_default().next_cursor
    }
}

/// Slack's Web API.
pub struct Api {
    client: Client,
    /// With `/api`, without a slash at its end.
    base: String,
    bot: SlackApiToken,
    pace: Pace,
}

impl Api {
    /// `base` replaces Slack's own address, for a proxy or a test. Must be made inside a runtime.
    pub fn new(token: &SecretString, base: Option<&str>) -> Self {
        let base = base.unwrap_or(SLACK).trim_end_matches('/').to_owned();
        let https =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().enable_http2().build();
        let connector = SlackClientHyperConnector::with_connector(https).with_slack_api_url(&base);
        Self { client: SlackClient::new(connector), base, bot: bearer(token), pace: Pace::new() }
    }

    /// Slack's address, or what stands in its place.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The bot's token.
    pub fn token(&self) -> &str {
        &self.bot.token_value.0
    }

    /// Asks for something; a parameter that is empty is left out.
    pub async fn get<T: DeserializeOwned + Send>(
        &self,
        method: Method,
        params: &[(&str, &str)],
    ) -> Result<T, ApiError> {
        let params: Vec<(&str, Option<&str>)> =
            params.iter().map(|(name, value)| (*name, Some(*value).filter(|value| !value.is_empty()))).collect();
        let session = self.client.open_session(&self.bot);
        self.in_turn(&method, || session.http_session_api.http_get(method.name, &params, None)).await
    }

    /// Asks for something to be done.
    pub async fn post<T: DeserializeOwned + Send>(
        &self,
        method: Method,
        body: &(impl Serialize + Send + Sync),
    ) -> Result<T, ApiError> {
        let session = self.client.open_session(&self.bot);
        self.in_turn(&method, || session.http_session_api.http_post(method.name, body, None)).await
    }

    /// Posts a message in a channel, when it is the channel's turn.
    pub async fn say<T: DeserializeOwned + Send>(
        &self,
        channel: &str,
        body: &(impl Serialize + Send + Sync),
    ) -> Result<T, ApiError> {
        let mut turn = self.pace.posting(channel).await?;
        let said = self.post(method::POST, body).await;
        if let Err(ApiError::Later { after, unsure: false, .. } | ApiError::Limited(after)) = &said {
            turn.quiet_for(*after);
        }
        said
    }

    /// The address of a socket, which is a secret for one use.
    pub async fn open_socket(&self, token: &SecretString) -> Result<String, ApiError> {
        #[derive(Deserialize)]
        struct Opened {
            url: String,
        }
        self.pace.turn(&method::OPEN_SOCKET).await?;
        let token = bearer(token);
        let session = self.client.open_session(&token);
        let nothing = serde_json::json!({});
        let opened = session.http_session_api.http_post(method::OPEN_SOCKET.name, &nothing, None);
        self.within::<Opened>(&method::OPEN_SOCKET, opened).await.map(|opened| opened.url)
    }

    /// Answers by an address that Slack gave with an event, and that is a secret.
    pub async fn respond(&self, url: &Url, body: &(impl Serialize + Send + Sync)) -> Result<(), ApiError> {
        let span = Span::none();
        let context = SlackClientApiCallContext {
            rate_control_params: None,
            token: None,
            tracing_span: &span,
            is_sensitive_url: true,
        };
        let responded = self.client.http_api.connector.http_post_uri(url.clone(), body, context);
        self.within::<serde_json::Value>(&RESPOND, responded).await.map(drop)
    }

    /// What Slack says of the bot's token, with the heads of the answer: the app's scopes, and what time it is.
    pub async fn heads(&self) -> Result<reqwest::header::HeaderMap, ApiError> {
        let http = reqwest::Client::builder().timeout(PATIENCE).build().unwrap_or_default();
        let asked = http.get(format!("{}/{}", self.base, method::AUTH_TEST.name)).bearer_auth(self.token()).send();
        let answer = asked.await.map_err(|_| ApiError::no_answer())?;
        Ok(answer.headers().clone())
    }

    /// Hands a file's content over, to an address that Slack gave for it.
    pub async fn upload(&self, url: &Url, bytes: &[u8]) -> Result<(), ApiError> {
        let span = Span::none();
        let context = SlackClientApiCallContext {
            rate_control_params: None,
            token: None,
            tracing_span: &span,
            is_sensitive_url: true,
        };
        let sent = self.client.http_api.connector.http_post_uri_binary(
            url.clone(),
            "application/octet-stream".into(),
            bytes,
            context,
        );
        self.within::<serde_json::Value>(&UPLOAD, sent).await.map(drop)
    }

    /// Calls when it is the method's turn, and again where Slack asks to wait and nobody else does.
    async fn in_turn<T, F>(&self, method: &Method, call: impl Fn() -> F) -> Result<T, ApiError>
    where
        F: Future<Output = ClientResult<T>>,
    {
        let mut tries = method.patience.tries();
        loop {
            self.pace.turn(method).await?;
            let done = self.within(method, call()).await;
            tries -= 1;
            if tries == 0 || !matches!(done, Err(ApiError::Limited(_))) {
                return done;
            }
        }
    }

    async fn within<T>(&self, method: &Method, call: impl Future<Output = ClientResult<T>>) -> Result<T, ApiError> {
        let answered = timeout(PATIENCE, call).await.map_err(|_| ApiError::no_answer())?;
        answered.map_err(|error| {
            let error = ApiError::of(error);
            // What else Slack refuses is about one thing, and others may go on.
            if let ApiError::Limited(after) = &error {
                LIMITS_MET.count(&[super::ids::FACE]);
                self.pace.stop(method, *after);
            }
            error
        })
    }
}

/// No methods of Slack's, but for the words of what went wrong.
const RESPOND: Method = Method { name: "response_url", tier: None, patience: method::Patience::Short };
const UPLOAD: Method = Method { name: "upload_url", tier: None, patience: method::Patience::Short };

fn bearer(token: &SecretString) -> SlackApiToken {
    SlackApiToken::new(SlackApiTokenValue(token.expose_secret().to_owned()))
}
