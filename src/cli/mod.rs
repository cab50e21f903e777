//! The command line: one file for each subcommand. Reads arguments, prints results; the work is done in the rooms.

mod backup;
mod deck;
mod doctor;
mod grade;
mod health;
mod invite;
mod leaderboard;
mod log;
mod manifest;
mod plans;
mod restore;
mod run;
mod state;
mod store;

use std::{
    io::{self, Write},
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::{CommandFactory, Parser, Subcommand};

use crate::{
    chat::{discord, slack},
    config::{Config, ConfigError, Over, SlackHears, SlackOver},
    decks::Decks,
    quiz::{
        deck::{Card, Deck},
        id::CardId,
        nearest::nearest,
    },
};

/// A quiz bot for team chat: flashcards on a schedule, answers by reaction, reply or button, and a leaderboard that lasts.
#[derive(Debug, Parser)]
#[command(
    name = "kcard",
    version,
    after_help = "DATABASE_URL names the database (sqlite:… or postgres://…; by default a \
    file in the data directory), DISCORD_TOKEN turns Discord on, SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET \
    Slack, KCARD_LOG says what is logged (info by default), KCARD_LOG_FORMAT=json how.\n\
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
    /// Write decks: begin one, check it, look at its cards, count them
    #[command(subcommand)]
    Deck(deck::Command),
    /// Print a leaderboard
    Leaderboard(leaderboard::Args),
    /// Check the store
    #[command(subcommand)]
    Store(store::Command),
    /// Copy the database into a file, also while kcard runs on it
    Backup(backup::Args),
    /// Put a backup in the place of the database, which is kept beside
    Restore(restore::Args),
    /// Ask a running kcard whether it is well
    Health,
    /// Look at everything that can be wrong, here and with the chat platforms, and how to mend it
    Doctor(doctor::Args),
    /// Print the address that invites kcard into a chat platform
    #[command(subcommand)]
    Invite(invite::Command),
    /// Print what a chat platform makes kcard's app from
    #[command(subcommand)]
    Manifest(manifest::Command),
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
            Command::Backup(args) => backup::run(&settings.load()?, &args),
            Command::Restore(args) => restore::run(&settings.load()?, &args),
            Command::Doctor(args) => doctor::run(settings, &args),
            Command::Invite(command) => invite::run(&settings.load()?, command),
            Command::Manifest(command) => manifest::run(command),
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
        let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let over = Over {
            data: self.data,
            database_url: set("DATABASE_URL"),
            listen: self.listen,
            log_format: set("KCARD_LOG_FORMAT"),
            discord_token: set("DISCORD_TOKEN"),
            discord_api_url: set("DISCORD_API_URL"),
            slack: SlackOver {
                bot_token: set("SLACK_BOT_TOKEN"),
                app_token: set("SLACK_APP_TOKEN"),
                signing_secret: set("SLACK_SIGNING_SECRET"),
                api_url: set("SLACK_API_URL"),
            },
        };
        Config::load(self.config.as_deref(), over)
    }
}

/// How Discord is reached; what to do where it is not turned on.
fn discord(config: &Config) -> anyhow::Result<discord::Settings> {
    let settings = config.discord.as_ref().map(discord_settings);
    settings.context("DISCORD_TOKEN is not set: docs/discord.md says where to find the token")
}

fn discord_settings(config: &crate::config::Discord) -> discord::Settings {
    discord::Settings { api: config.api.clone(), ..discord::Settings::new(config.token.secret().clone()) }
}

/// How Slack is reached; what to do where it is not turned on.
fn slack(config: &Config) -> anyhow::Result<slack::Settings> {
    let settings = config.slack.as_ref().map(slack_settings);
    settings.context("SLACK_BOT_TOKEN is not set: docs/slack.md says where to find the tokens")
}

fn slack_settings(config: &crate::config::Slack) -> slack::Settings {
    let hears = match &config.hears {
        SlackHears::Sockets(token) => slack::Hears::Sockets(slack::Sockets::new(token.secret().clone())),
        SlackHears::Requests(secret) => slack::Hears::Requests { secret: secret.secret().clone() },
    };
    let (token, api, admins) = (config.token.secret().clone(), config.api.clone(), config.admins.clone());
    slack::Settings { token, hears, api, admins }
}

/// The card of that id, with its deck; where there is none, what may have been meant.
fn card<'d>(decks: &'d Decks, id: &str) -> anyhow::Result<(&'d Deck, &'d Card)> {
    if let Some(found) = decks.card(&CardId::new(id)) {
        return Ok(found);
    }
    match nearest(id, decks.0.values().flat_map(|deck| &deck.cards).map(|card| card.id.as_str())) {
        Some(near) => bail!("there is no card `{id}`; did you mean `{near}`?"),
        None => bail!("there is no card `{id}`: `kcard deck check` counts the cards, their files name them"),
    }
}

/// Does something that needs a runtime, and nothing else.
fn in_runtime<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}
