//! The log: what is said, how it is written, and that libraries say nothing that holds a token.

use std::io::{self, IsTerminal};

use anyhow::{Context, bail};
use tracing_subscriber::{EnvFilter, filter::LevelFilter, fmt};

use crate::config::LogFormat;

/// Libraries are heard from a warning on, and those that say what goes over the wire not even when asked for: that has tokens in it.
const QUIET: &str = "serenity=warn,hyper=warn,h2=warn,reqwest=warn,rustls=warn,tungstenite=warn,tokio_tungstenite=warn";
const SILENT: &str =
    "tungstenite=warn,tokio_tungstenite=warn,serenity::gateway::ws=warn,hyper=warn,h2=warn,slack_morphism=off";

/// Logs to standard error: at info, or as `KCARD_LOG` says; for people, or a JSON object a line.
pub(super) fn begin(format: LogFormat) -> anyhow::Result<()> {
    let log = fmt()
        .with_env_filter(filter()?)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        // It would panic where nobody reads the log any more.
        .log_internal_errors(false);
    let began = match format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => {
            // What the standard library says of a panic is no JSON.
            std::panic::set_hook(Box::new(|panic| {
                let at = panic.location().map(ToString::to_string);
                tracing::error!(at, what = panic.payload_as_str(), "a panic: this is a bug of kcard");
            }));
            log.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init()
        }
    };
    began.map_err(|error| anyhow::anyhow!("logging cannot be set up: {error}"))
}

fn filter() -> anyhow::Result<EnvFilter> {
    let filter = std::env::var("KCARD_LOG").ok().filter(|filter| !filter.is_empty());
    let filter = filter.unwrap_or_else(|| "info".to_owned());
    // A bare word that is no level would be taken for a part of the program, and silence everything.
    let is_part = |part: &str| part.contains(['=', '[']) || part.trim().parse::<LevelFilter>().is_ok();
    if !filter.split(',').all(is_part) {
        bail!("KCARD_LOG is `{filter}`: write error, warn, info, debug or trace");
    }
    // What libraries say below a warning is not for an admin, and some of it holds tokens.
    let filter = format!("{QUIET},{filter},{SILENT}");
    EnvFilter::builder()
        .parse(&filter)
        .with_context(|| format!("KCARD_LOG is `{filter}`: write error, warn, info, debug or trace"))
}
