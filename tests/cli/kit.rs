//! What several of these tests need.

use std::{collections::BTreeSet, path::Path};

use sqlx::{
    ConnectOptions, Connection, Row, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteRow},
};
use tokio::runtime::Runtime;

use crate::process::{Home, Said, run};

/// A deck of one card.
pub const DECK: &str = "deck: soup
topic: stock
cards:
  - id: stock-parts
    level: 1
    front: What goes into a plain stock?
    back: Water, bones and onions.
    sources: [https://example.org/stock]
    questions:
      - choice: { ask: What goes in last?, answer: Salt, others: [Water, Bones] }
      - list: { items: [[Water], [Bones], [Onions, Onion]], wrong: [Salt, Sugar] }
";

/// A home with a deck, and a configuration that takes it up.
pub fn home_with_deck(deck: &str) -> Home {
    let home = Home::new();
    home.write("decks/soup.yaml", deck);
    home.write("kcard.toml", "decks = [\"decks\"]\n");
    home
}

/// What a start that must fail said; it must leave no trace.
pub fn refused(home: &Home, words: &[&str]) -> String {
    let before = home.names();
    let Said { code, out, err } = run(&mut home.kcard(words));
    assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
    assert_eq!(home.names(), before, "a start that was refused left something behind");
    err
}

/// The first number that a statement gives, 0 where it gives none.
pub fn sql(home: &Home, statement: &'static str) -> i64 {
    sql_in(&home.path("data/kcard.db"), statement)
}

/// The same, in a file that is made where it is missing.
pub fn sql_in(file: &Path, statement: &'static str) -> i64 {
    rows(file, statement).first().map_or(0, |row| row.get(0))
}

/// The texts that a statement gives.
pub fn texts(home: &Home, statement: &'static str) -> BTreeSet<String> {
    rows(&home.path("data/kcard.db"), statement).iter().map(|row| row.get(0)).collect()
}

fn rows(file: &Path, statement: &'static str) -> Vec<SqliteRow> {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    runtime().block_on(async {
        let mut database: SqliteConnection = options.connect().await.unwrap();
        let rows = sqlx::query(statement).fetch_all(&mut database).await.unwrap();
        database.close().await.unwrap();
        rows
    })
}

/// Another program that holds the database's lock, for as long as this lives.
pub struct Holding {
    runtime: Runtime,
    database: Option<SqliteConnection>,
}

impl Holding {
    pub fn the_lock_of(home: &Home) -> Self {
        let (runtime, options) = (runtime(), SqliteConnectOptions::new().filename(home.path("data/kcard.db")));
        let database = runtime.block_on(async {
            let mut database = options.connect().await.unwrap();
            sqlx::query("BEGIN IMMEDIATE").execute(&mut database).await.unwrap();
            database
        });
        Self { runtime, database: Some(database) }
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        let database = self.database.take().unwrap();
        self.runtime.block_on(database.close()).unwrap();
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}
