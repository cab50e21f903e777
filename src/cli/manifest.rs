//! `kcard manifest`: the text by which a workspace makes kcard's app.

use std::io::{self, Write};

use super::Outcome;
use crate::chat::slack::manifest::{Mode, yaml};

/// Which platform.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Slack: YAML to paste where apps are made, "Create New App", "From a manifest"
    Slack {
        /// Where Slack calls kcard, instead of Socket Mode: a public https address
        #[arg(long, value_name = "ADDRESS", value_parser = address)]
        url: Option<String>,
    },
}

/// Prints the manifest.
pub(super) fn run(command: Command) -> anyhow::Result<Outcome> {
    let Command::Slack { url } = command;
    let mode = url.map_or(Mode::Socket, |address| Mode::Http { address });
    io::stdout().write_all(yaml(&mode).as_bytes())?;
    Ok(Outcome::Well)
}

/// A public address, without the slash at its end.
fn address(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._~:/%[]".contains(c);
    match text.strip_prefix("https://") {
        Some(host) if !host.is_empty() && !host.starts_with(['/', ':']) && host.chars().all(fits) => {
            Ok(text.to_owned())
        }
        Some(_) => Err("write the host after https://, such as https://quiz.example.org".to_owned()),
        None => Err("Slack only calls https:// addresses, such as https://quiz.example.org".to_owned()),
    }
}
