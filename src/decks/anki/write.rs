//! A deck to a package of the old form, which every Anki takes: a note a card, a subdeck a topic. The same deck always gives the same
//! notes, so that Anki brings those up to date that it has.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{package::pack, render};
use crate::{
    decks::import::OURS,
    quiz::deck::{Card, Deck},
};

/// The note type's id, the same in every export, so that Anki makes it once.
const NOTE_TYPE: i64 = 1_790_000_000_042;
/// The version of the old form.
const VERSION: i64 = 11;
const TABLES: &str = "
    CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL,
        dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
        dconf text NOT NULL, tags text NOT NULL);
    CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL,
        tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL,
        data text NOT NULL);
    CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL,
        usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL,
        factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL,
        odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
    CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
        ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL);
    CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);";

/// Why a package could not be made.
#[derive(Debug, thiserror::Error)]
pub(in crate::decks) enum Unmade {
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    #[error(transparent)]
    Package(#[from] rawzip::Error),
}

/// The package of a deck, with this as the time of its last change.
pub(in crate::decks) fn write(deck: &Deck, now: Timestamp) -> Result<Vec<u8>, Unmade> {
    let database = Connection::open_in_memory()?;
    database.execute_batch(TABLES)?;
    let topics = topics(deck);
    database.execute(
        "INSERT INTO col VALUES (1, ?1, ?2, ?2, ?3, 0, 0, 0, '{}', ?4, ?5, ?6, '{}')",
        params![
            now.as_second(),
            now.as_millisecond(),
            VERSION,
            note_type(now).to_string(),
            decks(deck, &topics, now).to_string(),
            options().to_string()
        ],
    )?;
    for (due, card) in (1_i64..).zip(&deck.cards) {
        let guid = format!("{OURS}{}/{}", deck.id, card.id);
        // In the deck's order. Anki knows a note by its guid, and gives it another id where this one is taken.
        let id = number(deck.id.as_str()) + due;
        let front = render::html(&card.front);
        let fields = [front.clone(), render::html(&card.back), render::links(&card.sources)];
        database.execute(
            "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, 0, 0, '')",
            params![id, guid, NOTE_TYPE, now.as_second(), tags(card), fields.join("\u{1f}"), front],
        )?;
        database.execute(
            "INSERT INTO cards VALUES (?1, ?1, ?2, 0, ?3, -1, 0, 0, ?4, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            params![id, topics[card.topic.as_str()].0, now.as_second(), due],
        )?;
    }
    Ok(pack(&database.serialize("main")?)?)
}

/// A number that stands for a text, where Anki has the milliseconds of a time.
fn number(text: &str) -> i64 {
    let digest = Sha256::digest(text);
    let number = digest.iter().take(5).fold(0_i64, |number, byte| (number << 8) | i64::from(*byte));
    1_000_000_000_000 + number % 700_000_000_000
}

/// Each topic's deck: its id and its name.
fn topics(deck: &Deck) -> BTreeMap<&str, (i64, String)> {
    let subdeck = |card: &Card| format!("{}::{}", deck.id, card.topic);
    deck.cards.iter().map(|card| (card.topic.as_str(), (number(&subdeck(card)), subdeck(card)))).collect()
}

/// The level and the exams, where they can be searched for.
fn tags(card: &Card) -> String {
    let exams = card.exams.iter().map(|exam| format!("exam::{}", exam.replace('/', "::")));
    let tags: Vec<_> = std::iter::once(format!("level::{}", card.level.get())).chain(exams).collect();
    format!(" {} ", tags.join(" "))
}

fn note_type(now: Timestamp) -> Value {
    let field = |(ord, name): (usize, &str)| json!({ "name": name, "ord": ord, "sticky": false, "rtl": false, "font": "Arial", "size": 20 });
    let fields: Vec<_> = ["Front", "Back", "Sources"].into_iter().enumerate().map(field).collect();
    let template = json!({
        "name": "Card 1", "ord": 0, "did": null, "bqfmt": "", "bafmt": "",
        "qfmt": "{{Front}}",
        "afmt": "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}\n\n{{#Sources}}<p class=sources>{{Sources}}</p>{{/Sources}}",
    });
    json!({ NOTE_TYPE.to_string(): {
        "id": NOTE_TYPE, "name": "kcard", "type": 0, "mod": now.as_second(), "usn": -1, "sortf": 0, "did": 1,
        "flds": fields,
        "tmpls": [template], "req": [[0, "any", [0]]], "tags": [], "vers": [], "latexPre": "", "latexPost": "",
        "css": ".card { font-family: sans-serif; font-size: 18px; max-width: 45em; margin: auto; }\n.sources { font-size: 14px; }",
    } })
}

fn decks(deck: &Deck, topics: &BTreeMap<&str, (i64, String)>, now: Timestamp) -> Value {
    let whole = (number(deck.id.as_str()), deck.id.to_string());
    let all = [(1, "Default".to_owned()), whole].into_iter().chain(topics.values().cloned());
    let entry = |(id, name): (i64, String)| {
        let deck = json!({
            "id": id, "name": name, "mod": now.as_second(), "usn": -1, "desc": "", "dyn": 0, "conf": 1, "collapsed": false,
            "browserCollapsed": false, "extendNew": 0, "extendRev": 0,
            "newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0],
        });
        (id.to_string(), deck)
    };
    Value::Object(all.map(entry).collect())
}

/// How Anki asks: as it does where nobody set anything.
fn options() -> Value {
    json!({ "1": {
        "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true, "dyn": false,
        "new": { "bury": false, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20 },
        "rev": { "bury": false, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2 },
        "lapse": { "delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0 },
    } })
}
