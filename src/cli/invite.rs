//! `kcard invite`: the address by which an admin lets kcard into their space.

use std::io::{self, Write};

use anyhow::anyhow;

use super::{Outcome, in_runtime};
use crate::{chat::discord::Discord, config::Config};

/// Which platform.
#[derive(Debug, Clone, Copy, clap::Subcommand)]
pub(super) enum Command {
    /// Discord, with exactly the permissions that kcard needs
    Discord {
        /// Also those that schedules with `thread` need
        #[arg(long)]
        threads: bool,
    },
}

/// Prints the address.
pub(super) fn run(config: &Config, command: Command) -> anyhow::Result<Outcome> {
    let Command::Discord { threads } = command;
    let threads = threads || config.schedules.iter().any(|plan| plan.thread && plan.channel.face() == "discord");
    let address = in_runtime(async {
        let discord = Discord::new(super::discord(config)?);
        discord.invite(threads).await.map_err(|why| anyhow!(why))
    })?;
    writeln!(io::stdout(), "{address}")?;
    Ok(Outcome::Well)
}
