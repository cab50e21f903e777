//! The real process, from its start to its death, and what its store holds.

use std::{
    fs::{self, File},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, any::AnyRow};

use crate::{
    database::Database,
    deck,
    process::{Home, Said, run},
};

/// Where the process lives: its directory, its database and what it is told by the environment.
pub struct Place {
    home: Home,
    pub database: Database,
    settings: Vec<(&'static str, String)>,
}

impl Place {
    /// With these schedules in the configuration file.
    pub fn new(database: Database, settings: Vec<(&'static str, String)>, schedules: &str) -> Self {
        let place = Self { home: Home::new(), database, settings };
        place.home.write("decks/colours.yaml", &deck::file());
        place.schedules(schedules);
        place
    }

    /// From the next start on the configuration file has these schedules.
    pub fn schedules(&self, schedules: &str) {
        self.home.write("kcard.toml", &format!("decks = [\"decks\"]\ntimezone = \"UTC\"\n{schedules}"));
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = self.home.kcard(&[&["--config", "kcard.toml"], words].concat());
        command.env("DATABASE_URL", &self.database.url).envs(self.settings.iter().cloned());
        command
    }

    /// The process starts.
    pub fn starts(&self) -> Life {
        self.spawns(self.command(&["run"]))
    }

    /// The process starts, and is not ended where its files may not grow.
    pub fn starts_on_a_small_disk(&self) -> Life {
        let mut command = self.home.shell("trap '' XFSZ; exec \"$0\" --config kcard.toml run");
        command.env("DATABASE_URL", &self.database.url).envs(self.settings.iter().cloned());
        self.spawns(command)
    }

    fn spawns(&self, mut command: Command) -> Life {
        let log = File::options().append(true).create(true).open(self.home.path("log")).expect("a log can be kept");
        Life(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().expect("kcard can be started"))
    }

    /// What one of kcard's other commands says.
    pub fn says(&self, words: &[&str]) -> Said {
        run(&mut self.command(words))
    }

    /// Keeps the log for who looks into a failure, and says where.
    pub fn log(&self) -> String {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("crash-{:x}.log", rand::random::<u32>()));
        match fs::copy(self.home.path("log"), &kept) {
            Ok(_) => format!("the log: {}", kept.display()),
            Err(error) => format!("there is no log: {error}"),
        }
    }

    /// Asks the store behind the process's back.
    pub async fn rows(&self, query: &str) -> Vec<AnyRow> {
        let mut connection = AnyConnection::connect(&self.database.url).await.expect("the store can be opened");
        let rows = sqlx::query(AssertSqlSafe(query)).fetch_all(&mut connection).await.expect("the query is right");
        connection.close().await.expect("the connection closes");
        rows
    }
}

/// A process that runs; killed where a test forgets it.
pub struct Life(Child);

impl Life {
    /// Killed at once: nothing of it runs any more when this returns.
    pub fn dies(mut self) {
        self.kill();
    }

    /// SIGKILL, where it has not ended by itself.
    fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// It has not ended by itself.
    pub fn lives(&mut self) -> bool {
        self.0.try_wait().expect("it can be looked at").is_none()
    }

    /// Is told to stop, and has the 5 s that it promises. Whether it ended well.
    pub async fn stops(mut self) -> bool {
        let id = self.0.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().expect("there is `kill`");
        let told = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().expect("it can be looked at") {
                return status.success();
            }
            assert!(told.elapsed() < Duration::from_secs(5), "kcard takes longer than 5 s to stop");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        self.kill();
    }
}
