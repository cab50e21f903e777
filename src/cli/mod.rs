//! The command line: one file for each subcommand. Reads arguments, prints results; the work is done in the rooms.

mod deck;
mod grade;
mod health;
mod leaderboard;
mod plans;
mod run;
mod store;

use std::{
    io::{self, Write},
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
};

use clap::{CommandFactory, Parser, Subcommand};

use crate::config::{Config, ConfigError, Over};

/// A quiz bot for team chat: flashcards on a schedule, answers by reaction, reply or button, and a leaderboard that lasts.
#[derive(Debug, Parser)]
#[command(
    name = "kcard",
    version,
    after_help = "DATABASE_URL names the database (sqlite:… or postgres://…; by default a \
    file in the data directory), KCARD_LOG what is logged (info by default).\n\
    Exit codes: 0 well, 1 a check failed, 2 could not start."
)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every subcommand may be told.
#[derive(Debug, clap::Args)]
struct Settings {
    /// The configuration file (TOML; config.example.toml explains it)
    #[arg(long, global = true, env = "KCARD_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The directory of what lasts [default: kcard-data]
    #[arg(long, global = true, env = "KCARD_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address of the web server [default: 127.0.0.1:8420]
    #[arg(long, global = true, env = "KCARD_LISTEN", value_name = "ADDRESS:PORT", value_parser = crate::config::listen)]
    listen: Option<SocketAddr>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot (the default)
    Run,
    /// Mark a text against a card's first typed question, and explain
    Grade(grade::Args),
    /// Check deck files, print their schema
    #[command(subcommand)]
    Deck(deck::Command),
    /// Print a leaderboard
    Leaderboard(leaderboard::Args),
    /// Check the store
    #[command(subcommand)]
    Store(store::Command),
    /// Ask a running kcard whether it is well
    Health,
    /// Print the completions of a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// How a subcommand went, where it could be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Well.
    Well,
    /// What was checked is not as it should be.
    Failed,
}

/// Runs the command line and says how it went: 0 well, 1 a check failed, 2 it could not start.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.run() {
        Ok(Outcome::Well) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::from(1),
        // Whoever read the output has enough of it (`kcard deck schema | head`).
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "kcard: {error:#}");
            ExitCode::from(2)
        }
    }
}

impl Cli {
    fn run(self) -> anyhow::Result<Outcome> {
        let settings = self.settings;
        match self.command.unwrap_or(Command::Run) {
            Command::Run => run::run(settings.load()?),
            Command::Grade(args) => grade::run(&settings.load()?, &args),
            Command::Deck(command) => deck::run(&command, settings),
            Command::Leaderboard(args) => leaderboard::run(&settings.load()?, &args),
            Command::Store(command) => store::run(&settings.load()?, command),
            Command::Health => Ok(health::run(&settings.load()?)),
            Command::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(shell, &mut Cli::command(), "kcard", &mut script);
                io::stdout().write_all(&script)?;
                Ok(Outcome::Well)
            }
        }
    }
}

impl Settings {
    fn load(self) -> Result<Config, ConfigError> {
        let database_url = std::env::var("DATABASE_URL").ok().filter(|url| !url.is_empty());
        Config::load(self.config.as_deref(), Over { data: self.data, database_url, listen: self.listen })
    }
}
