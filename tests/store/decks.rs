//! The decks of a space: versions that count on, limits that hold, and databases of an earlier kcard.

use std::{fs, path::Path};

use kcard::{
    quiz::id::{DeckId, SpaceId},
    store::{DeckAdded, SpaceDeck, Store},
};
use sqlx::migrate::Migrator;

use crate::{
    kit::{Kind, Kit, later, now, player, space},
    on_both,
};

fn tea() -> DeckId {
    DeckId::new("tea")
}

async fn add(store: &Store, name: &str, file: &str) -> DeckAdded {
    store.add_deck(&space(), &DeckId::new(name), file, &player("ana"), now(), 2).await.expect("the store answers")
}

async fn all(store: &Store) -> Vec<SpaceDeck> {
    store.decks().await.expect("decks can be read")
}

on_both! {
    /// Each new file is the next version; the same one again is none; a removal does not begin anew.
    async fn versions_count_on(kit: Kit) {
        let store = &kit.store;
        assert_eq!(add(store, "tea", "one").await, DeckAdded::Version(1));
        let first = all(store).await.remove(0);
        assert_eq!(first, SpaceDeck {
            space: space(),
            name: tea(),
            version: 1,
            added_by: Some(player("ana")),
            added_at: now(),
        });
        assert_eq!(add(store, "tea", "one").await, DeckAdded::Same(1));
        let second = store.add_deck(&space(), &tea(), "two", &player("bo"), later(1), 2).await;
        assert_eq!(second.expect("stored"), DeckAdded::Version(2));
        let now = all(store).await.remove(0);
        assert_eq!((now.version, now.added_by.clone(), now.added_at), (2, Some(player("bo")), later(1)));
        assert_eq!(store.deck_file(&now).await.expect("read").as_deref(), Some("two"));
        assert_eq!(store.deck_file(&first).await.expect("read"), None, "it is not in force any more");

        assert!(store.remove_deck(&space(), &tea()).await.expect("removed"));
        assert!(!store.remove_deck(&space(), &tea()).await.expect("there is none"));
        assert_eq!(all(store).await, []);
        assert_eq!(store.deck_file(&now).await.expect("read"), None);
        assert_eq!(add(store, "tea", "two").await, DeckAdded::Version(3));
    }

    /// A space has as many decks as it may have, and may replace them; another space has its own.
    async fn a_space_is_full_at_its_limit(kit: Kit) {
        let store = &kit.store;
        for (name, file, outcome) in [
            ("tea", "one", DeckAdded::Version(1)),
            ("coffee", "one", DeckAdded::Version(1)),
            ("cocoa", "one", DeckAdded::Full),
            ("tea", "two", DeckAdded::Version(2)),
        ] {
            assert_eq!(add(store, name, file).await, outcome, "{name}");
        }
        let elsewhere = SpaceId::new("discord:9");
        let there = store.add_deck(&elsewhere, &tea(), "theirs", &player("ana"), now(), 2).await;
        assert_eq!(there.expect("stored"), DeckAdded::Version(1));
        store.remove_deck(&space(), &DeckId::new("coffee")).await.expect("removed");
        assert_eq!(add(store, "cocoa", "one").await, DeckAdded::Version(1));
        let names: Vec<_> = all(store).await.iter().map(|deck| format!("{} {}", deck.space, deck.name)).collect();
        assert_eq!(names, ["discord:9 tea", "web cocoa", "web tea"]);
    }

    /// Of those that are added at the same moment no more get in than there is room for, and no version is given twice.
    async fn nobody_gets_past_the_limit_together(kit: Kit) {
        let other = kit.another().await;
        for round in 0..5 {
            let files: Vec<String> = (0..4).map(|n| format!("{round} {n}")).collect();
            let (a, b, c, d) = tokio::join!(
                add(&kit.store, "tea", &files[0]),
                add(&other, "tea", &files[1]),
                add(&kit.store, "x", &files[2]),
                add(&other, "y", &files[3]),
            );
            assert!(a != b || a == DeckAdded::Full, "one version given twice: {a:?}");
            assert!(all(&kit.store).await.len() <= 2, "{a:?} {b:?} {c:?} {d:?}");
            for deck in all(&kit.store).await {
                kit.store.remove_deck(&space(), &deck.name).await.expect("removed");
            }
        }
        other.close().await;
    }

    /// A database of the first kcard, with what was played, is brought up to date, and everything is still there.
    async fn a_database_without_them_gets_them(kit: Kit) {
        kit.store.close().await;
        kit.wipe().await;
        let folder = tempfile::tempdir().expect("a folder");
        let (kind, url) = match kit.kind {
            Kind::Sqlite => ("sqlite", format!("{}?mode=rwc", kit.url)),
            Kind::Postgres => ("postgres", kit.url.clone()),
        };
        let first = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind).join("0001_init.sql");
        fs::copy(first, folder.path().join("0001_init.sql")).expect("copied");
        let migrator = Migrator::new(folder.path()).await.expect("a migration");
        let mut before = <sqlx::AnyConnection as sqlx::Connection>::connect(&url).await.expect("it opens");
        migrator.run_direct(None, &mut before, false).await.expect("the first schema");
        drop(before);
        kit.sql("INSERT INTO players (id, name, seen) VALUES ('web:ana', 'ana', 7)").await;
        kit.sql("INSERT INTO spaces (id, timezone, hosts) VALUES ('web', 'Asia/Tokyo', '[\"web:ana\"]')").await;

        let store = Store::open(&kit.url).await.expect("it is brought up to date");
        assert_eq!(store.space(&space()).await.expect("read").hosts, ["web:ana"]);
        let ana = store.export(&player("ana")).await.expect("exported");
        assert_eq!((&ana["player"][0]["seen"], &ana["decks_added"]), (&7.into(), &serde_json::json!([])));
        assert_eq!(add(&store, "tea", "one").await, DeckAdded::Version(1));
        assert_eq!(all(&store).await.len(), 1);
        store.close().await;
    }
}
