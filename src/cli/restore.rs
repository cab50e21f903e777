//! `kcard restore`: a backup takes the place of the SQLite database, which is kept beside.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use anyhow::{Context, bail};

use super::{Outcome, backup::no_stream, in_runtime};
use crate::{
    clock::{Clock, SystemClock},
    config::{Config, DatabaseUrl},
    store::Store,
};

/// From where.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The backup
    file: PathBuf,
}

/// Restores, and says where what was there is kept.
pub(super) fn run(config: &Config, Args { file }: &Args) -> anyhow::Result<Outcome> {
    no_stream(file)?;
    if !config.database.is_sqlite() {
        bail!(
            "this kcard's database is PostgreSQL, which restores itself. Stop every kcard that uses it, then:\n  \
             pg_restore --clean --if-exists --no-owner --single-transaction --dbname=\"$DATABASE_URL\" {}",
            file.display()
        );
    }
    if !file.is_file() {
        bail!("there is no file {}; name a backup", file.display());
    }
    super::run::make_data_directory(config)?;
    let from = DatabaseUrl::of_file(file);
    let kept = in_runtime(async {
        let restored = Store::restore(config.database.expose(), from.expose(), SystemClock.now()).await;
        restored.with_context(|| format!("cannot restore {} into {}", file.display(), config.database))
    })?;
    let out = &mut io::stdout();
    writeln!(out, "Restored {} into {}.", file.display(), config.database)?;
    if let Some(kept) = kept {
        writeln!(out, "What was there is kept as {}; take it away once all is well.", kept.display())?;
    }
    Ok(Outcome::Well)
}
