//! What several of these tests need.

use sqlx::{ConnectOptions, Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};

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
    let options = SqliteConnectOptions::new().filename(home.path("data/kcard.db"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut database: SqliteConnection = options.connect().await.unwrap();
        let row = sqlx::query(statement).fetch_optional(&mut database).await.unwrap();
        database.close().await.unwrap();
        row.map_or(0, |row| row.get(0))
    })
}
