//! `kcard deck new`: a deck file to begin with, whose comments say what goes where.

use std::{
    fs::File,
    io::{ErrorKind, Write},
    path::PathBuf,
};

use anyhow::{Context, bail};

use crate::cli::Outcome;

/// The file.
const TEXT: &str = include_str!("new.yaml");

/// Where to write it.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The file to make; without one it is printed
    file: Option<PathBuf>,
}

/// Writes it; never over what is there.
pub(super) fn run(args: &Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let Some(path) = &args.file else {
        out.write_all(TEXT.as_bytes())?;
        return Ok(Outcome::Well);
    };
    let shown = path.display();
    match File::create_new(path) {
        Ok(mut file) => file.write_all(TEXT.as_bytes()).with_context(|| format!("{shown} cannot be written"))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!("{shown} is there already: name another file"),
        Err(error) => return Err(error).with_context(|| format!("{shown} cannot be made")),
    }
    writeln!(out, "{shown} is made. Change it, and look at it with `kcard deck check {shown}`.")?;
    Ok(Outcome::Well)
}
