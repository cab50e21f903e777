//! Files that people attach to a command: fetched from Discord's own addresses, and no more of one than is taken.

use reqwest::Url;
use serenity::model::channel::Attachment;

use super::{Discord, rest::Rest};
use crate::chat::{Reply, Upload, words};

/// Where Discord keeps files (developer documentation, "Reference", "CDN Formatting" and "Signed Attachment CDN URLs").
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

impl Discord {
    /// The file, or in words why it cannot be had.
    pub(super) async fn fetch(&self, file: &Attachment) -> Result<Upload, Reply> {
        if usize::try_from(file.size).unwrap_or(usize::MAX) > Upload::LARGEST {
            return Err(words::decks::too_large());
        }
        match content(&self.rest, &file.url).await {
            Ok(Some(content)) => Ok(Upload { name: file.filename.clone(), content }),
            Ok(None) => Err(words::decks::too_large()),
            Err(why) => {
                tracing::warn!(why, "an attached file could not be fetched");
                Err(words::decks::not_fetched())
            }
        }
    }
}

/// What stands at an address of Discord's; `None` where it is more than is taken. The address carries a signature, which goes into no log.
async fn content(rest: &Rest, address: &str) -> Result<Option<Vec<u8>>, String> {
    let address = Url::parse(address).map_err(|error| error.to_string())?;
    if !is_discords(&address, rest.base()) {
        return Err(format!("its address is not Discord's, but {}", address.host_str().unwrap_or("none")));
    }
    let said = |error: reqwest::Error| error.without_url().to_string();
    let mut answer =
        rest.http().get(address).send().await.and_then(reqwest::Response::error_for_status).map_err(said)?;
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

/// Whether files may be fetched from there: from Discord, or from what stands in its place (`base`).
fn is_discords(address: &Url, base: &str) -> bool {
    let discords = address.scheme() == "https" && address.host_str().is_some_and(|host| HOSTS.contains(&host));
    discords || Url::parse(base).is_ok_and(|base| base.origin() == address.origin())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://cdn.discordapp.com/ephemeral-attachments/1/2/deck.yaml?ex=1&hm=2", true)]
    #[case("https://media.discordapp.net/attachments/1/2/deck.yaml", true)]
    #[case("http://cdn.discordapp.com/attachments/1/2/deck.yaml", false)]
    #[case("https://cdn.discordapp.com.example.org/deck.yaml", false)]
    #[case("https://cdn.discordapp.com@example.org/deck.yaml", false)]
    #[case("http://169.254.169.254/latest/meta-data", false)]
    #[case("http://127.0.0.1:8000/files/deck.yaml", true)]
    #[case("http://127.0.0.1:8001/files/deck.yaml", false)]
    #[case("file:///etc/passwd", false)]
    fn files_come_from_discord_alone(#[case] address: &str, #[case] fetched: bool) {
        let address = Url::parse(address).expect("an address");
        assert_eq!(is_discords(&address, "http://127.0.0.1:8000"), fetched);
    }
}
