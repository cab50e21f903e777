//! Upgrades: a database of every earlier schema, with data in every table, becomes this kcard's, loses nothing and is played on.
//!
//! What an earlier kcard left is made from what this one leaves: the same rows, without the columns that were not there yet.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use kcard::{
    quiz::{
        id::{DeckId, RoundId},
        schedule::due::SkipReason,
        standing::{Period, Standing},
    },
    store::{Answered, Draft, NewAsk, SlotKey, Space, Store},
};
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Executor as _, Row as _, any::AnyRow, migrate::Migrator};

use crate::{
    kit::{Kind, Kit, channel, choice, later, new_ask, now, picks, player, rules, space},
    on_both,
    schedules::plan,
};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

on_both! {
    async fn every_earlier_schema_is_brought_up_to_date(kit: Kit) {
        let open = everything_that_lasts(&kit).await;
        let migrator = if kit.kind == Kind::Sqlite { &SQLITE } else { &POSTGRES };
        let versions: Vec<i64> = migrator.iter().map(|migration| migration.version).collect();
        let newest = *versions.last().expect("there are migrations");
        for version in versions {
            let url = kit.beside(&format!("v{version}")).await;
            let mut old = AnyConnection::connect(&url).await.expect("connected");
            let so_far = migrator.iter().filter(|migration| migration.version <= version).cloned().collect();
            Migrator::with_migrations(so_far).run_direct(None, &mut old, false).await.expect("migrated so far");
            let empty = fill(&kit, &mut old).await;
            old.close().await.expect("closed");
            // What is new in the newest one has no earlier state.
            assert!(version == newest || empty.is_empty(), "put something into {empty:?}: nothing of it is upgraded here");

            let upgraded = kit.opens(&url).await;
            same(&kit.store, &upgraded.store).await;
            plays_on(&upgraded, open).await;
            upgraded.store.close().await;
        }
        kit.drop_besides().await;
    }
}

/// Something in every table; the round that is open.
async fn everything_that_lasts(kit: &Kit) -> RoundId {
    let store = &kit.store;
    let settings = Space { id: space(), timezone: Some("Europe/Lisbon".into()), hosts: vec!["web:ana".into()] };
    store.save_space(&settings).await.expect("saved");
    let schedule = store.add_schedule(&space(), &plan("daily"), now()).await.expect("added").expect("free");
    store.skip_slots(schedule, &[(later(-5), SkipReason::Paused)], later(-5)).await.expect("skipped");
    let season = store.add_season(&space(), "autumn", now(), later(30), &[].into()).await.expect("added");
    let slot = NewAsk { slot: Some((schedule, SlotKey::At(now()))), ..new_ask(&channel(), now()) };
    let draft = Draft { asked: choice("slot"), rules: rules(), cycle: 1 };
    store.ask(&slot, now(), |_| Some(draft)).await.expect("asked");
    kit.send_all(now()).await;
    for round in store.open_rounds(None).await.expect("read") {
        for (name, option) in [("ana", 2), ("bo", 1), ("cy", 2)] {
            kit.presses(name, round.id, option).await;
        }
        kit.close(round.id).await;
    }
    store.freeze_season(season, &[channel()], later(61)).await.expect("frozen");
    store.hide(&player("cy"), true).await.expect("hidden");
    store.set_shown(&player("ana"), &choice("shown"), now()).await.expect("shown");
    store.room_join("ana", "ana", "hash", true, now()).await.expect("joined");
    let message = store.room_post("daily-quiz", Some("ana"), Some("k"), "{}", None, now()).await.expect("posted");
    store.room_react(message, "ana", 1, true, now()).await.expect("put");
    let soup = DeckId::new("soup");
    store.add_deck(&space(), &soup, "deck: soup", &player("ana"), now(), 10).await.expect("added");
    kit.send_all(later(61)).await;
    let open = kit.open_choice().await;
    for name in ["bo", "di"] {
        kit.presses(name, open, 2).await;
    }
    store.forget(&player("di"), later(2)).await.expect("deleted");
    for statement in [
        "cases (space, round, deck, card, folded, answer, state, opened)
         SELECT space, id, deck, card, 'an answer', 'an answer', 'open', 0 FROM rounds WHERE state = 'closed'",
        "disputes (round, player, of_case, reason, at) SELECT round, 'web:bo', id, 'because', 0 FROM cases",
        "accepted (space, deck, card, likeness, answer, item, accepted_by, at)
         VALUES ('web', 'd', 'c', 1, 'an answer', '', 'web:ana', 0)",
        "corrections (space, what, corrected_by, why, at) VALUES ('web', 'what', 'web:ana', 'so', 0)",
        "bars (hash, player, barred_by, reason, at) VALUES ('hash', '', 'web:ana', 'so', 0)",
        "voids (round, player, voided_by, reason, at) SELECT id, 'web:cy', 'web:ana', 'so', 0 FROM rounds WHERE state = 'open'",
        "notices (player, text, at, of_case) SELECT 'web:ana', 'news', 0, id FROM cases",
    ] {
        kit.sql(&format!("INSERT INTO {statement}")).await;
    }
    store.note(&channel(), "A word.", "once", later(2)).await.expect("noted");
    open
}

/// Copies what stands in the kit's database into an older one; the tables that stay empty.
async fn fill(kit: &Kit, old: &mut AnyConnection) -> BTreeSet<String> {
    let columns = columns(kit.kind, old).await;
    let current = columns_of(&kit.rows(listing(kit.kind)).await);
    let source = kit.source();
    let mut empty = BTreeSet::new();
    run(old, &kit.copying()).await;
    for (table, columns) in &columns {
        let kept: Vec<&str> = columns.intersection(&current[table]).map(String::as_str).collect();
        let (kept, given) = (kept.join(", "), if kit.kind == Kind::Sqlite { "" } else { "OVERRIDING SYSTEM VALUE" });
        let copy = format!("INSERT INTO {table} ({kept}) {given} SELECT {kept} FROM {source}.{table}");
        run(old, &copy).await;
        if kit.count(table).await == 0 {
            empty.insert(table.clone());
        }
    }
    if kit.kind == Kind::Postgres {
        number(old).await;
    }
    empty
}

/// Numbers that PostgreSQL gives go on after the highest there is, as SQLite's do by themselves.
async fn number(old: &mut AnyConnection) {
    let given = "SELECT CAST(table_name AS TEXT) AS t FROM information_schema.columns
                 WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES'";
    for row in sqlx::query(given).fetch_all(&mut *old).await.expect("the query is right") {
        let table: String = row.get("t");
        let sequence = format!("pg_get_serial_sequence(current_schema() || '.{table}', 'id')");
        run(old, &format!("SELECT setval({sequence}, MAX(id)) FROM {table} HAVING MAX(id) IS NOT NULL")).await;
    }
}

fn listing(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "SELECT m.name AS t, p.name AS c FROM sqlite_master m, pragma_table_info(m.name) p
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'"
        }
        Kind::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name <> '_sqlx_migrations'"
        }
    }
}

type Columns = BTreeMap<String, BTreeSet<String>>;

async fn columns(kind: Kind, connection: &mut AnyConnection) -> Columns {
    columns_of(&sqlx::query(listing(kind)).fetch_all(connection).await.expect("the query is right"))
}

fn columns_of(rows: &[AnyRow]) -> Columns {
    let mut columns = Columns::new();
    for row in rows {
        columns.entry(row.get("t")).or_default().insert(row.get("c"));
    }
    columns
}

async fn run(connection: &mut AnyConnection, statement: &str) {
    let done = connection.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

/// What an upgrade may not change.
async fn same(before: &Store, after: &Store) {
    assert_eq!(after.verify().await.expect("read"), []);
    let board = standings(before).await;
    assert_eq!(board.len(), 2, "ana and bo, and not cy, who is hidden");
    assert_eq!(board, standings(after).await);
    let seasons = before.seasons(&space()).await.expect("read");
    assert_eq!(seasons, after.seasons(&space()).await.expect("read"));
    let frozen = async |store: &Store| store.frozen(seasons[0].id, 0, 10).await.expect("read");
    assert_eq!(frozen(before).await, frozen(after).await);
    assert_eq!(before.schedules(None).await.expect("read"), after.schedules(None).await.expect("read"));
    assert_eq!(before.spaces().await.expect("read"), after.spaces().await.expect("read"));
    let rounds = async |store: &Store| store.recent_rounds(&channel(), 10).await.expect("read");
    assert_eq!(rounds(before).await, rounds(after).await);
}

async fn standings(store: &Store) -> Vec<Standing> {
    let all = Period::All.key(now(), &TimeZone::UTC);
    store.board(&space(), &all, 0, 10, None).await.expect("read").rows
}

/// The open round takes answers and closes, what waits is sent, and what is new gets a number of its own.
async fn plays_on(kit: &Kit, open: RoundId) {
    let answered = kit.store.answer(picks("after", "ana", open, 2)).await.expect("answered");
    assert!(matches!(answered, Answered::Taken(..)), "{answered:?}");
    let deleted = kit.store.answer(picks("deleted", "di", open, 2)).await.expect("answered");
    assert_eq!(deleted, Answered::Late(open), "who deleted their data cannot answer the round again");
    kit.close(open).await;
    kit.send_all(later(60)).await;
    assert!(kit.open_choice().await > open);
    kit.verified().await;
}
