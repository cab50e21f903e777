//! `kcard store verify`: holds what the store derives against what it is derived from.

use std::io::{self, Write};

use anyhow::Context;

use super::{Outcome, in_runtime};
use crate::{config::Config, store::Store};

/// What to do with the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::Subcommand)]
pub(super) enum Command {
    /// Recompute entries and standings from answers and awards, and say where the stored ones differ (they never should)
    Verify,
}

/// Does it.
pub(super) fn run(config: &Config, command: Command) -> anyhow::Result<Outcome> {
    let Command::Verify = command;
    with(config, async |store| verify(&store, &mut io::stdout()).await)
}

/// Looks into the store that is there, for as long as `work` takes. Nothing is migrated: a kcard may run on it.
pub(super) fn with<T>(config: &Config, work: impl AsyncFnOnce(Store) -> anyhow::Result<T>) -> anyhow::Result<T> {
    in_runtime(async {
        let store = Store::look(config.database.expose()).await.with_context(|| config.database.to_string())?;
        let done = work(store.clone()).await;
        store.close().await;
        done
    })
}

/// Verifies, and says what differs.
pub(super) async fn verify(store: &Store, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let differences = store.verify().await?;
    for one in &differences {
        writeln!(out, "{}\n  stored:   {}\n  computed: {}", one.place, one.stored, one.computed)?;
    }
    if differences.is_empty() {
        writeln!(out, "All that is derived is as it should be.")?;
        return Ok(Outcome::Well);
    }
    writeln!(out, "{} places differ. Please report this; answers and awards are the truth.", differences.len())?;
    Ok(Outcome::Failed)
}
