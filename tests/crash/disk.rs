//! A disk that is full for a while, as the real process meets it: its files may not grow.

use std::{process::Command, time::Duration};

use tokio::time::{Instant, sleep};

use crate::{
    database::{Database, On},
    discord::OnDiscord,
    life::Place,
    platform::Platform as _,
    records::Told,
    storm::up,
    world,
};

/// One question, open for longer than this takes.
const SCHEDULE: &str = "at = \"mon 00:00\"\nask_on_start = true\nwindow = \"1h\"\n";

#[test]
fn a_disk_that_is_full_for_a_while() {
    sqlx::any::install_default_drivers();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let database = Database::fresh(On::Sqlite).await.expect("there is always SQLite");
        let discord = OnDiscord::new(world::clock(), 1).await;
        let schedule = format!(
            "[[schedule]]\nname = \"s0\"\nchannel = \"{}\"\ndeck = \"colours\"\nkinds = [\"choice\"]\n{SCHEDULE}",
            discord.channels()[0]
        );
        let place = Place::new(database, discord.settings(), &schedule);
        let life = up(place.starts_on_a_small_disk(), &place, &discord).await;
        let begun = Instant::now();
        let question = loop {
            if let Some(question) = discord.questions(0).pop() {
                break question;
            }
            assert!(begun.elapsed() < Duration::from_mins(1), "nothing is asked: {}", place.log());
            sleep(Duration::from_millis(20)).await;
        };
        let card = crate::deck::of(&question.text);
        let press = async |who: &str| discord.presses(who, &question.message, card.right[0]).await;
        let told = async |who: &str| Told::read(press(who).await.as_deref());
        assert_eq!(told("ana").await, Told::In(None));

        let may_grow = |most: &str| {
            let limit = format!("--fsize={most}:unlimited");
            let done = Command::new("prlimit").args(["--pid", &life.id().to_string(), &limit]).status();
            assert!(done.expect("there is `prlimit`").success());
        };
        may_grow("0");
        let said = press("bo").await.expect("an answer");
        assert!(said.contains("Please try again"), "{said}");
        may_grow("unlimited");
        assert_eq!(told("bo").await, Told::In(None));
        assert!(life.stops().await, "it stops well: {}", place.log());
        let verified = place.says(&["store", "verify"]);
        assert_eq!(verified.code, Some(0), "{}{}", verified.out, verified.err);
        let entries = place.rows("SELECT player FROM entries").await.len();
        assert_eq!(entries, 2);
    });
}
