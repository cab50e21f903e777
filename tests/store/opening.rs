//! Opening: what cannot be opened says what to do, and nothing is half made.

use kcard::store::{Answered, Store, StoreError};

use crate::{
    kit::{Kind, Kit, picks, player},
    on_both,
};

async fn refusal(url: &str) -> String {
    match Store::open(url).await {
        Ok(_) => panic!("{url} should be refused"),
        Err(StoreError::Database(why)) => why,
        Err(StoreError::Busy(why)) => panic!("{url} is not only busy: {why}"),
    }
}

on_both! {
    /// A database that a later version has migrated is left alone.
    async fn a_newer_database_is_refused(kit: Kit) {
        kit.store.close().await;
        kit.sql(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             SELECT 9999, 'later', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
        )
        .await;
        let why = refusal(&kit.url).await;
        assert!(why.contains("newer than this kcard: it has migration 9999, and this version knows them up to "), "{why}");
    }

    /// Two processes that start together on an empty database both come up.
    async fn two_processes_may_start_together(kit: Kit) {
        kit.store.close().await;
        kit.wipe().await;
        let (one, two) = tokio::join!(Store::open(&kit.url), Store::open(&kit.url));
        for store in [one, two] {
            let store = store.expect("it opens");
            store.ping().await.expect("it answers");
            store.close().await;
        }
    }

    /// What was closed says so, and nothing hangs.
    async fn a_closed_store_answers_nothing(kit: Kit) {
        kit.store.close().await;
        assert!(matches!(kit.store.ping().await, Err(StoreError::Busy(_))));
        let round = kcard::quiz::id::RoundId(1);
        let answered = kit.store.answer(crate::kit::picks("k1", "ana", round, 1)).await;
        assert!(matches!(answered, Err(StoreError::Busy(_))), "{answered:?}");
    }
}

#[tokio::test]
async fn addresses_that_cannot_be_say_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
    std::fs::write(folder.path().join("notes.txt"), "what is no database, however long it is".repeat(100))
        .expect("written");
    for (url, says) in [
        (at("none/kcard.db"), "does not exist; make it first"),
        (format!("sqlite://{}", folder.path().display()), "is a folder; name a file in it"),
        (at("notes.txt"), "name a SQLite file, or one that does not exist yet"),
        (at("none.db?mode=rw"), "there is no file"),
        ("mysql://root:secret@localhost/kcard".into(), "must begin with `sqlite://` or `postgres://`"),
        ("kcard.db".into(), "must begin with `sqlite://` or `postgres://`"),
        ("postgres://kcard:secret@127.0.0.1:1/kcard".into(), "that the server runs"),
    ] {
        let why = refusal(&url).await;
        assert!(why.contains(says) && !why.contains("secret"), "{url}: {why}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_made_by_looking() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("kcard.db").display());
    assert!(Store::look(&url).await.is_err());
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
    Store::open(&url).await.expect("it opens").close().await;
    Store::look(&url).await.expect("it opens").close().await;
}

#[tokio::test]
async fn a_read_only_file_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("kcard.db").display());
    Store::open(&url).await.expect("it opens").close().await;
    let why = refusal(&format!("{url}?mode=ro")).await;
    assert!(why.contains("read-only; make the file and its folder writable"), "{why}");
}

on_both! {
    /// What was acknowledged stands in the files at that moment: it outlives the process, however that ends.
    async fn an_acknowledged_answer_outlives_the_process(kit: Kit) {
        if kit.kind == Kind::Postgres {
            // PostgreSQL's own promise.
            return;
        }
        let round = kit.open_choice().await;
        kit.presses("ana", round, 2).await;
        let copy = tempfile::tempdir().expect("a folder");
        let file = kit.url.trim_start_matches("sqlite://");
        for end in ["", "-wal"] {
            std::fs::copy(format!("{file}{end}"), copy.path().join(format!("kcard.db{end}"))).expect("copied");
        }
        let store = Store::open(&format!("sqlite://{}", copy.path().join("kcard.db").display())).await.expect("it opens");
        assert!(store.entry(round, &player("ana")).await.expect("read").is_some());
        assert_eq!(store.open_rounds(None).await.expect("read").len(), 1);
        store.close().await;
    }
}

on_both! {
    /// A file that was taken away or replaced takes no answers: they would be told in and lost.
    async fn a_file_that_is_gone_takes_nothing(kit: Kit) {
        if kit.kind == Kind::Postgres {
            return;
        }
        let round = kit.open_choice().await;
        let file = kit.url.trim_start_matches("sqlite://").to_owned();
        let aside = format!("{file}.aside");
        std::fs::rename(&file, &aside).expect("moved");
        for replaced in [false, true] {
            if replaced {
                std::fs::copy(&aside, &file).expect("copied");
            }
            let refused = kit.store.answer(picks("k1", "ana", round, 2)).await.expect_err("it would be lost");
            assert!(matches!(&refused, StoreError::Busy(why) if why.contains("taken away or replaced")), "{refused}");
            assert!(kit.store.ping().await.is_err());
        }
        std::fs::rename(&aside, &file).expect("moved back");
        let answered = kit.store.answer(picks("k1", "ana", round, 2)).await.expect("it is there again");
        assert!(matches!(answered, Answered::Taken(..)));
        kit.store.ping().await.expect("it is there again");
    }

    /// One `kcard run` keeps a file, another may only look; several share a PostgreSQL database.
    async fn one_keeps_a_file(kit: Kit) {
        let other = kit.another().await;
        assert!(!Store::is_held(&kit.url));
        let hold = Store::hold(&kit.url).expect("it is free");
        assert_eq!(Store::is_held(&kit.url), kit.kind == Kind::Sqlite);
        match (kit.kind, Store::hold(&kit.url)) {
            (Kind::Postgres, shared) => drop(shared.expect("it is shared")),
            (Kind::Sqlite, Ok(_)) => panic!("two keep one file"),
            (Kind::Sqlite, Err(refused)) => assert!(refused.to_string().contains("another kcard runs on"), "{refused}"),
        }
        assert_eq!(other.verify().await.expect("it may look"), []);
        drop(hold);
        Store::hold(&kit.url).map(drop).expect("it is free again");
        other.close().await;
    }
}

/// A server that stops answering, and a file that is no database, are named at once.
#[tokio::test]
async fn a_broken_file_is_named_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kcard.db");
    let url = format!("sqlite://{}", path.display());
    Store::open(&url).await.expect("it opens").close().await;
    let mut bytes = std::fs::read(&path).expect("read");
    bytes[100..].fill(0x5a);
    std::fs::write(&path, &bytes).expect("written");
    let why = refusal(&url).await;
    assert!(why.contains("damaged") && why.contains("backup"), "{why}");
}
