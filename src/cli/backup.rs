//! `kcard backup`: a copy of a SQLite database, taken while kcard runs, and looked at before it counts.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

use super::{Outcome, in_runtime};
use crate::{
    config::{Config, DatabaseUrl},
    store::{Schema, Store},
};

/// Where to.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to write; it must not be there yet
    file: PathBuf,
}

/// Copies, looks at the copy, and says what it holds.
pub(super) fn run(config: &Config, Args { file }: &Args) -> anyhow::Result<Outcome> {
    no_stream(file)?;
    if !config.database.is_sqlite() {
        bail!(
            "this kcard's database is PostgreSQL, which copies itself while kcard runs:\n  \
             pg_dump --format=custom --no-owner --file={} \"$DATABASE_URL\"\n\
             (docs/operations.md says how to put such a copy back)",
            file.display()
        );
    }
    in_runtime(async {
        let bytes = Store::backup(config.database.expose(), file).await.with_context(|| config.database.to_string())?;
        let out = &mut io::stdout();
        writeln!(out, "{}: {:.1} MB, a sound copy of {}", file.display(), megabytes(bytes), config.database)?;
        examine(&DatabaseUrl::of_file(file), out).await
    })
}

/// Says whether what is derived in a copy is as it should be.
async fn examine(copy: &DatabaseUrl, out: &mut impl Write) -> anyhow::Result<Outcome> {
    if let Schema::Earlier { has, known } = Store::schema(copy.expose()).await? {
        writeln!(out, "It is of an earlier kcard (migration {has}, this one's last is {known}).")?;
        return Ok(Outcome::Well);
    }
    let store = Store::look(copy.expose()).await?;
    let outcome = super::store::verify(&store, out).await;
    store.close().await;
    outcome
}

/// A backup is looked at once it is written, so that it has to be a file.
pub(super) fn no_stream(file: &Path) -> anyhow::Result<()> {
    if file == Path::new("-") {
        bail!("`-` is no file, and a backup is one: name it (`./-` is a file of that name)");
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a size for people")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}
