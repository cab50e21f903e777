//! One typed configuration: the file, then the environment and the command line, which win. Reads and checks; starts nothing.
//!
//! config.example.toml explains every setting.

mod database;
mod discord;
mod fields;
mod schedule;
mod slack;
#[cfg(test)]
mod tests;
mod token;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use jiff::tz::TimeZone;
use toml::de::DeTable;

pub use database::DatabaseUrl;
pub use discord::Discord;
use fields::{Fields, Mistake, Mistakes, Value};
pub use slack::{Hears as SlackHears, Over as SlackOver, Slack};
pub use token::Token;

use crate::quiz::schedule::{Plan, zone::parse_zone};

/// Where kcard listens where nothing is said: this machine alone.
pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8420);
/// The data directory where nothing is said.
pub const DEFAULT_DATA: &str = "kcard-data";

/// What the process is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The directory of what lasts.
    pub data: PathBuf,
    /// The database.
    pub database: DatabaseUrl,
    /// The address of the web server.
    pub listen: SocketAddr,
    /// How the log is written.
    pub log: LogFormat,
    /// Deck files and directories beside the embedded decks.
    pub decks: Vec<PathBuf>,
    /// The zone of spaces that set none.
    pub timezone: TimeZone,
    /// The web room.
    pub web: Web,
    /// Discord, where it is turned on.
    pub discord: Option<Discord>,
    /// Slack, where it is turned on.
    pub slack: Option<Slack>,
    /// The schedules of the file.
    pub schedules: Vec<Plan>,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// A JSON object a line.
    Json,
}

impl LogFormat {
    /// All of them, by their words.
    const ALL: [(&'static str, Self); 2] = [("text", Self::Text), ("json", Self::Json)];

    fn parse(word: &str) -> Result<Self, ConfigError> {
        let found = Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, format)| *format);
        found.ok_or_else(|| ConfigError::Environment(format!("KCARD_LOG_FORMAT is `{word}`: write text or json")))
    }
}

/// The web room's settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Web {
    /// Host names under which browsers may reach it, beside this machine's own.
    pub hosts: Vec<String>,
}

/// What the environment and the command line say; it wins over the file. It holds secrets as they were typed, so nothing can show it.
#[derive(Clone, Default)]
pub struct Over {
    /// The data directory.
    pub data: Option<PathBuf>,
    /// The database's address.
    pub database_url: Option<String>,
    /// The address to listen on.
    pub listen: Option<SocketAddr>,
    /// How the log is written.
    pub log_format: Option<String>,
    /// The token of Discord's bot.
    pub discord_token: Option<String>,
    /// What stands in place of Discord's address.
    pub discord_api_url: Option<String>,
    /// What Slack's tokens and address are set to.
    pub slack: slack::Over,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration {}: {why}; check the path given by --config or KCARD_CONFIG", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: std::io::Error,
    },
    /// The file is wrong: every mistake at its line.
    #[error("{0}")]
    Wrong(String),
    /// What the environment says is wrong.
    #[error("{0}")]
    Environment(String),
}

impl Config {
    /// Reads the file, if there is one, and lays `over` over it.
    pub fn load(file: Option<&Path>, over: Over) -> Result<Self, ConfigError> {
        let Some(path) = file else { return Self::parse("", Path::new(""), over) };
        let text =
            std::fs::read_to_string(path).map_err(|why| ConfigError::Unreadable { path: path.to_owned(), why })?;
        Self::parse(&text, path, over)
    }

    /// Reads the text of the file at `path`; what it names by relative paths stands beside it.
    pub fn parse(text: &str, path: &Path, over: Over) -> Result<Self, ConfigError> {
        let file = File::parse(text, path).map_err(ConfigError::Wrong)?;
        let data = over.data.or(file.data).unwrap_or_else(|| DEFAULT_DATA.into());
        let database = match over.database_url {
            Some(url) => {
                let wrong = |wrong| ConfigError::Environment(format!("DATABASE_URL: {wrong}"));
                Some(DatabaseUrl::parse(&url).map_err(wrong)?)
            }
            None => file.database,
        };
        Ok(Self {
            database: database.unwrap_or_else(|| DatabaseUrl::in_directory(&data)),
            data,
            listen: over.listen.or(file.listen).unwrap_or(DEFAULT_LISTEN),
            log: over.log_format.as_deref().map(LogFormat::parse).transpose()?.unwrap_or(file.log),
            decks: file.decks,
            timezone: file.timezone.unwrap_or_else(|| TimeZone::try_system().unwrap_or(TimeZone::UTC)),
            web: file.web,
            discord: Discord::read(over.discord_token, over.discord_api_url)?,
            slack: Slack::read(over.slack, file.slack)?,
            schedules: file.schedules.unwrap_or_else(|| vec![schedule::default()]),
        })
    }
}

/// An address as it may be said: without the user and the password that may stand in it.
fn shown(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((_, host)) => format!("…@{host}"),
        None => address.to_owned(),
    }
}

/// What the file says.
struct File {
    data: Option<PathBuf>,
    database: Option<DatabaseUrl>,
    listen: Option<SocketAddr>,
    log: LogFormat,
    decks: Vec<PathBuf>,
    timezone: Option<TimeZone>,
    web: Web,
    slack: slack::InFile,
    schedules: Option<Vec<Plan>>,
}

impl File {
    /// Reads all of it; else every mistake, rendered.
    fn parse(text: &str, path: &Path) -> Result<Self, String> {
        let mistakes = Mistakes::default();
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let span = error.span().unwrap_or(text.len()..text.len());
            mistakes.add(Mistake { span, message: error.message().to_owned() });
        }
        let file = Self::read(table.get_ref(), path, &mistakes);
        mistakes.render(path, text).map_or(Ok(file), Err)
    }

    fn read(table: &DeTable<'_>, path: &Path, mistakes: &Mistakes) -> Self {
        let beside = |value: &Value<'_>| Ok(path.parent().unwrap_or(Path::new("")).join(fields::str(value)?));
        let mut fields = Fields::new("the configuration", table, 0..0, mistakes);
        let file = Self {
            data: fields.read("data", beside),
            database: fields.read("database_url", |value| {
                DatabaseUrl::parse(fields::str(value)?).map_err(|wrong| Mistake::at(value, wrong))
            }),
            listen: fields
                .read("listen", |value| listen(fields::str(value)?).map_err(|wrong| Mistake::at(value, wrong))),
            log: fields.read("log", |value| Ok(LogFormat::read(value, mistakes))).unwrap_or_default(),
            decks: fields.read("decks", |value| fields::list(value, beside)).unwrap_or_default(),
            timezone: fields.read("timezone", zone).map(|(_, zone)| zone),
            web: fields.read("web", |value| Ok(Web::read(value, mistakes))).unwrap_or_default(),
            slack: fields.read("slack", |value| Ok(slack::InFile::read(value, mistakes))).unwrap_or_default(),
            schedules: fields.read("schedule", |value| schedule::read(value, mistakes)),
        };
        fields.finish();
        file
    }
}

impl LogFormat {
    fn read(value: &Value<'_>, mistakes: &Mistakes) -> Self {
        let Some(mut fields) = Fields::of("[log]", value, mistakes) else { return Self::default() };
        let format = fields.read("format", |value| fields::word(value, &Self::ALL)).unwrap_or_default();
        fields.finish();
        format
    }
}

impl Web {
    fn read(value: &Value<'_>, mistakes: &Mistakes) -> Self {
        let Some(mut fields) = Fields::of("[web]", value, mistakes) else { return Self::default() };
        let hosts = fields.read("hosts", |value| fields::list(value, host)).unwrap_or_default();
        fields.finish();
        Self { hosts }
    }
}

/// Reads an address to listen on.
pub fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        format!(
            "cannot listen on `{text}`: write an address and a port, such as {DEFAULT_LISTEN}, [::1]:8420, or \
             0.0.0.0:8420 for all networks"
        )
    })
}

/// A host name as a browser sends it, without scheme and path.
fn host(value: &Value<'_>) -> Result<String, Mistake> {
    let text = fields::str(value)?;
    if text.is_empty() || text.contains(['/', ' ', '@', '*']) {
        let message = format!("`{text}` is no host name: write it bare, such as `quiz.example.org`");
        return Err(Mistake::at(value, message));
    }
    Ok(text.to_lowercase())
}

/// An IANA zone and its name.
fn zone(value: &Value<'_>) -> Result<(String, TimeZone), Mistake> {
    let name = fields::str(value)?;
    let zone = parse_zone(name).map_err(|wrong| Mistake::at(value, wrong.to_string()))?;
    Ok((name.to_owned(), zone))
}
