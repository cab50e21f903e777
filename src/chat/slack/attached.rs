//! Files that people attach to a form: fetched with the bot's token from Slack's own addresses, and no more of one than is taken.

use reqwest::{Client, Response, header::CONTENT_TYPE, redirect};
use url::Url;

use super::{Slack, pressed::Attached};
use crate::chat::{Reply, Upload, words};

/// Where Slack keeps files (Slack's documentation, "Working with files").
const HOST: &str = "files.slack.com";

impl Slack {
    /// The file, or in words why it cannot be had.
    pub(super) async fn fetch(&self, file: &Attached) -> Result<Upload, Reply> {
        if file.size > Upload::LARGEST {
            return Err(words::decks::too_large());
        }
        match self.content(file).await {
            Ok(Some(content)) => Ok(Upload { name: file.name.clone(), content }),
            Ok(None) => Err(words::decks::too_large()),
            Err(why) => {
                tracing::warn!(file = file.id, why, "an attached file could not be fetched");
                Err(words::decks::not_fetched())
            }
        }
    }

    /// What stands at the file's address; `None` where it is more than is taken.
    async fn content(&self, file: &Attached) -> Result<Option<Vec<u8>>, String> {
        let address = Url::parse(&file.url_private_download).map_err(|error| error.to_string())?;
        if !is_slacks(&address, self.api.base()) {
            return Err(format!("its address is not Slack's, but {}", address.host_str().unwrap_or("none")));
        }
        let said = |error: reqwest::Error| error.without_url().to_string();
        // Who lacks the scope is sent to where people sign in.
        let http = Client::builder().timeout(super::api::PATIENCE).redirect(redirect::Policy::none()).build();
        let asked = http.map_err(said)?.get(address).bearer_auth(self.api.token()).send().await;
        let mut answer = asked.and_then(Response::error_for_status).map_err(said)?;
        let is_page = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if !answer.status().is_success() || is_page {
            return Err("Slack gave a page instead of the file: the app may lack the scope files:read".into());
        }
        let mut content = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(said)? {
            content.extend_from_slice(&chunk);
            // What it says of its size binds nobody.
            if content.len() > Upload::LARGEST {
                return Ok(None);
            }
        }
        Ok(Some(content))
    }
}

/// Whether the bot's token may be sent there: to Slack, or to what stands in its place (`base`).
fn is_slacks(address: &Url, base: &str) -> bool {
    let slacks = address.scheme() == "https" && address.host_str() == Some(HOST);
    slacks || Url::parse(base).is_ok_and(|base| base.origin() == address.origin())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://files.slack.com/files-pri/T1-F1/download/deck.yaml", true)]
    #[case("http://files.slack.com/files-pri/T1-F1/deck.yaml", false)]
    #[case("https://files.slack.com.example.org/deck.yaml", false)]
    #[case("https://files.slack.com@example.org/deck.yaml", false)]
    #[case("http://169.254.169.254/latest/meta-data", false)]
    #[case("http://127.0.0.1:8000/files/deck.yaml", true)]
    #[case("http://127.0.0.1:8001/files/deck.yaml", false)]
    #[case("file:///etc/passwd", false)]
    fn the_token_goes_to_slack_alone(#[case] address: &str, #[case] sent: bool) {
        let address = Url::parse(address).expect("an address");
        assert_eq!(is_slacks(&address, "http://127.0.0.1:8000/api"), sent);
    }
}
