//! A player's own data: what is kept of them is known whole, goes into their export, and is gone when they want that; and who left.

use std::collections::{BTreeMap, BTreeSet};

use kcard::{
    quiz::{
        answer::{Change, Way},
        id::{DeckId, PlayerId, RoundId, SeasonId},
        standing::Period,
    },
    store::{Answered, Space},
};
use sqlx::Row as _;

use crate::{
    kit::{Kind, Kit, choice, later, now, picks, player, rules, space},
    on_both,
};

/// A table that keeps something of players.
struct Kept {
    table: &'static str,
    /// The columns that say of whom it is.
    whose: &'static [&'static str],
    /// Its other columns that hold text.
    with: &'static [&'static str],
    /// What it is called in an export.
    export: &'static str,
}

const fn kept(
    table: &'static str,
    whose: &'static [&'static str],
    with: &'static [&'static str],
    export: &'static str,
) -> Kept {
    Kept { table, whose, with, export }
}

/// What is kept of players. Who adds a table that keeps something of them adds it here, to the export and to what is deleted.
const KEPT: [Kept; 21] = [
    kept("players", &["id", "name"], &[], "player"),
    kept("answers", &["player"], &["key", "way", "change"], "answers"),
    kept("entries", &["player"], &["entry"], "entries"),
    kept("awards", &["player"], &["reason"], "awards"),
    kept("standings", &["player", "name"], &["space", "period"], "standings"),
    kept("season_standings", &["player", "name"], &[], "seasons"),
    kept("shown", &["player"], &["asked"], "card_on_demand"),
    kept("decks", &["added_by"], &["space", "name", "content"], "decks_added"),
    kept("spaces", &["hosts"], &["id", "timezone"], "host_in"),
    kept("disputes", &["player"], &["reason"], "disputes"),
    kept("cases", &["decided_by"], &["space", "deck", "card", "folded", "answer", "state", "why"], "cases_decided"),
    kept("accepted", &["accepted_by"], &["space", "deck", "card", "answer", "item"], "accepted"),
    kept("corrections", &["corrected_by"], &["space", "what", "why"], "corrections_made"),
    kept("bars", &["player"], &["hash", "reason"], "bars"),
    kept("bars", &["barred_by"], &[], "bars_set"),
    kept("voids", &["player"], &["reason"], "voids"),
    kept("voids", &["voided_by"], &[], "voids_set"),
    kept("notices", &["player"], &["text"], "notices"),
    kept("room_accounts", &["name", "folded"], &["token_hash"], "web_account"),
    kept("room_messages", &["author"], &["channel", "key", "body"], "web_messages"),
    kept("room_reactions", &["name"], &[], "web_reactions"),
];

/// Tables that keep nothing of a player, and their columns that hold text. What a note says is kept until it is sent; of a tombstone only
/// who knows the player can tell whose it is, and it goes with the close of its round.
const NOBODYS: [(&str, &[&str]); 7] = [
    ("schedules", &["space", "name", "plan", "source", "problem"]),
    ("rounds", &["space", "channel", "deck", "card", "topic", "asked", "rules", "state", "message_channel", "message"]),
    ("slots", &["skipped"]),
    ("counted", &["period"]),
    ("tallies", &["space", "period"]),
    ("seasons", &["space", "name", "channels"]),
    ("outbox", &["channel", "kind", "body", "once", "message_channel", "message", "trouble"]),
];
const TOMBSTONES: (&str, &[&str]) = ("tombstones", &["hash"]);

impl Kept {
    /// How many of its rows say this name.
    async fn rows_of(&self, kit: &Kit, name: &str) -> i64 {
        let whose: Vec<String> = self.whose.iter().map(|column| format!("{column} LIKE '%{name}%'")).collect();
        kit.count(&format!("{} WHERE {}", self.table, whose.join(" OR "))).await
    }
}

/// Every column of the database that holds text, by table.
async fn columns(kit: &Kit) -> BTreeMap<String, BTreeSet<String>> {
    let query = match kit.kind {
        Kind::Sqlite => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND c.type = 'TEXT'"
        }
        Kind::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c FROM information_schema.columns
             WHERE table_schema = current_schema() AND data_type NOT IN ('bigint', 'integer', 'smallint')"
        }
    };
    let mut columns = BTreeMap::<String, BTreeSet<String>>::new();
    for row in kit.rows(query).await {
        columns.entry(row.get("t")).or_default().insert(row.get("c"));
    }
    // How far the schema is.
    columns.remove("_sqlx_migrations");
    columns
}

on_both! {
    /// A column that nobody has thought of cannot be forgotten: all that hold text are known here, as a player's or as nobody's.
    async fn what_is_kept_of_a_player_is_known_whole(kit: Kit) {
        let kept = KEPT.iter().map(|kept| (kept.table, [kept.whose, kept.with].concat()));
        let nobodys = NOBODYS.into_iter().chain([TOMBSTONES]).map(|(table, columns)| (table, columns.to_vec()));
        let mut known = BTreeMap::<String, BTreeSet<String>>::new();
        for (table, columns) in kept.chain(nobodys) {
            known.entry(table.to_owned()).or_default().extend(columns.into_iter().map(str::to_owned));
        }
        assert_eq!(columns(&kit).await, known, "say in this file whether it is of a player");
    }

    /// An export has everything of the player, and nothing of anybody else.
    async fn an_export_has_everything_of_one(kit: Kit) {
        plays_everything(&kit).await;
        let export = kit.store.export(&player("ana")).await.expect("exported");
        for kept in &KEPT {
            let rows = kept.rows_of(&kit, "ana").await;
            assert!(rows > 0, "ana leaves something in {}", kept.table);
            let exported = export[kept.export].as_array().map_or(0, Vec::len);
            assert_eq!(i64::try_from(exported), Ok(rows), "{}: {export:#}", kept.table);
        }
        assert_eq!(export["answers"][0]["change"], serde_json::json!({"set": {"options": [2]}}));
        assert_eq!(export["awards"][0]["points"], 10);
        let text = export.to_string();
        assert!(!text.contains("bo\""), "{text}");
        assert!(!text.contains("hash of a cookie"), "{text}");
    }

    /// After forgetting, no table knows the player, but for the hash that keeps them out of the rounds that are open.
    async fn forgetting_leaves_nothing(kit: Kit) {
        let (open, season) = plays_everything(&kit).await;
        kit.store.forget(&player("ana"), later(2)).await.expect("forgotten");
        for kept in &KEPT {
            assert_eq!(kept.rows_of(&kit, "ana").await, 0, "{}", kept.table);
        }
        assert_eq!(kit.count("room_messages WHERE body LIKE '%ana%'").await, 0);
        assert_eq!(kit.store.space(&space()).await.expect("read").hosts, ["web:bo"]);
        let frozen = kit.store.frozen(season, 0, 10).await.expect("read").remove(0);
        assert_eq!((frozen.player, frozen.name.as_str(), frozen.points.0), (PlayerId::new(""), "", 10));
        kit.verified().await;

        assert_eq!(kit.presses("ana", open, 2).await, Answered::Late(open));
        assert!(matches!(kit.presses("bo", open, 2).await, Answered::Taken(..)));
        assert_eq!(kit.store.answer(picks("first", "ana", open, 2)).await.expect("stored"), Answered::Late(open));
        kit.close(open).await;
        assert_eq!(kit.count("tombstones").await, 0);
        kit.send_all(later(60)).await;
        let next = kit.open_choice().await;
        assert!(matches!(kit.presses("ana", next, 2).await, Answered::Taken(..)));
    }

    /// Forgetting while rounds close and answers come: nothing of the player comes back, and all sums stay right.
    async fn forgetting_holds_against_what_is_under_way(kit: Kit) {
        let other = kit.another().await;
        for n in 0..6 {
            let round = kit.open(choice(&format!("c{n}")), rules()).await;
            kit.presses("ana", round, 2).await;
            kit.presses("bo", round, 2).await;
            let utc = jiff::tz::TimeZone::UTC;
            let close = other.close_round(round, &utc, later(60), crate::kit::settle);
            let ana = player("ana");
            let (forgotten, closed, _) =
                tokio::join!(kit.store.forget(&ana, now()), close, kit.presses("ana", round, 1));
            forgotten.expect("forgotten");
            closed.expect("closed");
            kit.send_all(later(60)).await;
            kit.store.forget(&ana, now()).await.expect("forgotten");
            kit.verified().await;
        }
        let board = kit.store.stats(&player("bo")).await.expect("read");
        assert_eq!(board.answered, 6);
        other.close().await;
    }
    /// Who left is off boards and reveals until they answer again; what still stands on a message does not bring them back.
    async fn who_left_is_on_no_board(kit: Kit) {
        let first = kit.open_choice().await;
        kit.presses("ana", first, 2).await;
        kit.presses("bo", first, 2).await;
        kit.close(first).await;
        kit.send_all(later(60)).await;
        let key = Period::All.key(now(), &jiff::tz::TimeZone::UTC);
        let board = async || {
            let board = kit.store.board(&space(), &key, 0, 10, None).await.expect("read");
            board.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };
        let named = async || kit.store.awards(first).await.expect("read").len();
        assert!(kit.store.set_gone(&player("ana"), true).await.expect("noted"));
        assert!(!kit.store.set_gone(&player("ana"), true).await.expect("noted"), "it is no news");
        assert!(!kit.store.set_gone(&player("eve"), true).await.expect("noted"), "nothing is kept of who never played");
        assert_eq!((board().await, named().await), (vec!["bo".to_owned()], 1));
        assert_eq!(kit.claim(later(60)).await.len(), 1, "the reveal that named her is edited");
        kit.verified().await;

        kit.send_all(later(120)).await;
        let next = kit.open_choice().await;
        kit.does("ana", next, Way::Reaction, Change::Standing { reactions: [2].into(), heard_from: now() }).await;
        assert_eq!(board().await, ["bo"], "it stood there before");
        kit.presses("ana", next, 1).await;
        assert_eq!((board().await, named().await), (vec!["ana".to_owned(), "bo".to_owned()], 2));
        kit.store.hide(&player("ana"), true).await.expect("hidden");
        kit.store.set_gone(&player("ana"), true).await.expect("noted");
        kit.store.set_gone(&player("ana"), false).await.expect("noted");
        assert_eq!(board().await, ["bo"], "who is back is still hidden by their own wish");
        kit.verified().await;
    }
}

/// Ana leaves something in every table of [`KEPT`]; the round that stays open, and a season that is over.
async fn plays_everything(kit: &Kit) -> (RoundId, SeasonId) {
    let closed = kit.open_choice().await;
    kit.presses("ana", closed, 2).await;
    kit.presses("bo", closed, 2).await;
    kit.close(closed).await;
    kit.send_all(later(60)).await;
    let open = kit.open_choice().await;
    kit.store.answer(picks("first", "ana", open, 2)).await.expect("stored");
    kit.store.set_shown(&player("ana"), &choice("one"), now()).await.expect("stored");
    let deck = DeckId::new("tea");
    kit.store.add_deck(&space(), &deck, "deck: tea", &player("ana"), now(), 1).await.expect("stored");
    for name in ["ana", "bo"] {
        assert!(
            kit.store
                .room_join(name, name, &format!("hash of a cookie of {name}"), false, now())
                .await
                .expect("joined")
        );
        let said = kit.store.room_post("daily-quiz", Some(name), None, &format!("I am {name}"), None, now()).await;
        kit.store.room_react(said.expect("posted"), name, 1, true, now()).await.expect("reacted");
    }
    let hosts = vec!["web:ana".into(), "web:bo".into()];
    kit.store.save_space(&Space { id: space(), timezone: None, hosts }).await.expect("saved");
    let season = kit.store.add_season(&space(), "s", now(), later(1), &BTreeSet::default()).await.expect("added");
    for statement in [
        "cases (space, round, deck, card, folded, answer, state, opened, decided_by, decided, why)
         VALUES ('web', CLOSED, 'd', 'c', 'an answer', 'an answer', 'accepted', 0, 'web:ana', 0, 'so')",
        "disputes (round, player, of_case, reason, at) SELECT round, 'web:ana', id, 'because', 0 FROM cases",
        "accepted (space, deck, card, likeness, answer, item, accepted_by, at)
         VALUES ('web', 'd', 'c', 1, 'an answer', '', 'web:ana', 0)",
        "corrections (space, round, what, corrected_by, why, at) VALUES ('web', CLOSED, 'what', 'web:ana', 'so', 0)",
        "bars (hash, player, barred_by, reason, at) VALUES ('h1', 'web:ana', 'web:bo', 'so', 0), ('h2', 'web:bo', 'web:ana', 'so', 0)",
        "voids (round, player, voided_by, reason, at) VALUES (OPEN, 'web:ana', 'web:bo', 'so', 0), (OPEN, 'web:bo', 'web:ana', 'so', 0)",
        "notices (player, text, at) VALUES ('web:ana', 'news', 0)",
    ] {
        let statement = statement.replace("CLOSED", &closed.to_string()).replace("OPEN", &open.to_string());
        kit.sql(&format!("INSERT INTO {statement}")).await;
    }
    kit.sql(&format!(
        "INSERT INTO season_standings (season, place, rank, player, name, points, credit, answered)
         VALUES ({}, 1, 1, 'web:ana', 'ana', 10, 10000, 1)",
        season.0
    ))
    .await;
    (open, season)
}
