//! `--links`: whether the pages that cards name still answer. Each is asked once, few at a time from one host.

use std::{collections::BTreeMap, time::Duration};

use backon::{ExponentialBuilder, Retryable};
use futures_util::{StreamExt, stream};
use reqwest::{Client, Method, StatusCode, Url};

use crate::{
    cli::in_runtime,
    decks::{Part, Report},
    quiz::id::{CardId, DeckId},
};

/// How many hosts are asked at the same time, and how many pages of one.
const HOSTS: usize = 8;
const PER_HOST: usize = 2;

/// How long is waited for an answer, and how often it is asked for.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// For one answer.
    wait: Duration,
    /// Before the first try again; twice as long before the next.
    pause: Duration,
    /// Tries beside the first.
    again: usize,
}

const PATIENCE: Patience = Patience { wait: Duration::from_secs(20), pause: Duration::from_secs(1), again: 2 };

/// Warns of each source that does not answer, at its place.
pub(super) fn check(report: &mut Report<'_>) -> anyhow::Result<()> {
    let mut named: BTreeMap<String, Vec<(DeckId, CardId, usize)>> = BTreeMap::new();
    for deck in report.decks().0.values() {
        for card in &deck.cards {
            for (number, source) in card.sources.iter().enumerate() {
                named.entry(source.clone()).or_default().push((deck.id.clone(), card.id.clone(), number));
            }
        }
    }
    let dead = in_runtime(async { Ok(dead(named.keys().cloned(), PATIENCE).await?) })?;
    for (link, why) in dead {
        for (deck, card, number) in &named[&link] {
            let wrong = format!("this page does not answer: {why}");
            report.warn(deck, card, &Part::Source(*number), wrong, "name a page that does, or try again later");
        }
    }
    Ok(())
}

/// The links that do not answer, each with the reason.
async fn dead(
    links: impl Iterator<Item = String>,
    patience: Patience,
) -> Result<BTreeMap<String, String>, reqwest::Error> {
    let agent = concat!("kcard/", env!("CARGO_PKG_VERSION"));
    let client = Client::builder().timeout(patience.wait).user_agent(agent).build()?;
    let mut hosts: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
    for link in links {
        let host = Url::parse(&link).ok().and_then(|url| url.host_str().map(str::to_owned));
        hosts.entry(host).or_default().push(link);
    }
    let asked = stream::iter(hosts.into_values()).map(|links| {
        let client = &client;
        stream::iter(links)
            .map(move |link| async move {
                let why = fault(client, &link, patience).await?;
                Some((link, why))
            })
            .buffer_unordered(PER_HOST)
    });
    Ok(asked.flatten_unordered(HOSTS).filter_map(std::future::ready).collect().await)
}

/// Why a page does not answer; `None` where it does.
async fn fault(client: &Client, link: &str, patience: Patience) -> Option<String> {
    let pauses = ExponentialBuilder::default().with_min_delay(patience.pause).with_max_times(patience.again);
    let ask = || async {
        match ask(client, Method::HEAD, link).await {
            // Not every server knows HEAD.
            Err(Fault::Status(_)) => ask(client, Method::GET, link).await,
            done => done,
        }
    };
    ask.retry(pauses).when(Fault::may_pass).await.err().map(|fault| fault.to_string())
}

/// Why a page did not answer.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("the server says {0}")]
    Status(StatusCode),
    #[error("{}", innermost(.0))]
    Unreached(#[from] reqwest::Error),
}

impl Fault {
    /// Whether asking again may help.
    fn may_pass(&self) -> bool {
        match self {
            Self::Status(status) => status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS,
            Self::Unreached(error) => !error.is_builder() && !error.is_redirect(),
        }
    }
}

/// Redirections are followed; the page is not read.
async fn ask(client: &Client, method: Method, link: &str) -> Result<(), Fault> {
    let status = client.request(method, link).send().await?.status();
    if status.is_success() || status.is_redirection() { Ok(()) } else { Err(Fault::Status(status)) }
}

/// What went wrong at the bottom of it: the layers above only say that something did.
fn innermost(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it takes too long".into();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

#[cfg(test)]
#[path = "links_tests.rs"]
mod tests;
