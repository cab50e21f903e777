//! Notes and what is needed to read them, in both forms of a collection: note types with their fields, and the decks' names.

use std::collections::{BTreeMap, HashMap, HashSet};

use prost::Message;
use rusqlite::{Connection, Row, types::FromSql};
use serde::Deserialize;

use super::{broken, collection::has_table};
use crate::decks::{
    import::{BACK, Draft, FRONT, Found, MAX_FIELD, NO_CLOZE, Refused},
    markup,
};

/// The most rows of a table that are looked at.
const MAX_ROWS: usize = 50_000;
/// The most bytes of all notes together: rows of a broken file may share their bytes, and so be more than the file.
const MAX_NOTES: usize = 64_000_000;
/// How a field is called that holds where the card is written.
const SOURCES: [&str; 2] = ["sources", "source"];
/// What stands between the fields of a note, and between the parts of a deck's name.
const SEPARATOR: char = '\u{1f}';

/// How notes of a kind are made.
#[derive(Debug, Default)]
struct NoteType {
    name: String,
    is_cloze: bool,
    /// The names of the fields, in order.
    fields: Vec<String>,
}

/// What the current form keeps of a note type beside its name.
#[derive(Clone, PartialEq, Message)]
struct Config {
    /// 0 ordinary, 1 cloze.
    #[prost(int32, tag = "1")]
    kind: i32,
}

/// A note type of the old form.
#[derive(Deserialize)]
struct Model {
    name: String,
    #[serde(rename = "type", default)]
    kind: i32,
    flds: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
}

/// A deck of the old form.
#[derive(Deserialize)]
struct Named {
    name: String,
}

/// The cards of a collection: one of each note.
pub(super) fn read(database: &Connection) -> Result<Found, Refused> {
    for table in ["col", "notes", "cards"] {
        if !has_table(database, table).map_err(broken)? {
            return Err(broken(format!("it has no table {table}")));
        }
    }
    let is_current = has_table(database, "notetypes").map_err(broken)?;
    let types = if is_current { types(database)? } else { old_types(database)? };
    let decks = if is_current { decks(database)? } else { old_decks(database)? };
    let mut found = Found { name: common(&decks), ..Found::default() };
    let mut total = 0;
    let notes = rows(database, "SELECT mid, guid, tags, flds FROM notes", |row| {
        let texts = (get::<String>(row, 1), get::<String>(row, 2), get::<String>(row, 3));
        total += [&texts.0, &texts.1, &texts.2].into_iter().flatten().map(String::len).sum::<usize>();
        if total > MAX_NOTES { Err(broken("its notes are longer than the file")) } else { Ok((get(row, 0)?, texts)) }
    })?;
    for (number, (note_type, texts)) in (1..).zip(notes) {
        let place = format!("note {number}");
        let (Ok(guid), Ok(tags), Ok(fields)) = texts else {
            found.refuse(place, "its text is not UTF-8");
            continue;
        };
        match note(types.get(&note_type), &fields) {
            Ok(mut draft) => {
                draft.tagged(&tags);
                draft.identified(&guid);
                found.drafts.push(Draft { place: named(&place, &draft.front), ..draft });
            }
            Err(why) => found.refuse(named(&place, fields.split(SEPARATOR).next().unwrap_or_default()), why),
        }
    }
    Ok(found)
}

/// The card of a note.
fn note(note_type: Option<&NoteType>, fields: &str) -> Result<Draft, String> {
    let NoteType { name, is_cloze, fields: names } = note_type.ok_or("its note type is missing")?;
    if *is_cloze {
        return Err(NO_CLOZE.to_owned());
    }
    let texts: Vec<&str> = fields.split(SEPARATOR).collect();
    if texts.iter().any(|text| text.len() > MAX_FIELD) {
        return Err(format!("one of its fields has more than {MAX_FIELD} bytes"));
    }
    let place = |words: &[&str]| names.iter().position(|name| words.contains(&name.to_lowercase().as_str()));
    let (front, back) = place(&FRONT).zip(place(&BACK)).unwrap_or((0, 1));
    let (Some(front_text), Some(back_text)) = (texts.get(front), texts.get(back)) else {
        return Err(format!("the note type \"{name}\" has one field: a card has a front and a back"));
    };
    let mut draft = Draft::default();
    draft.sides(front_text, back_text);
    let sources = place(&SOURCES);
    if let Some(text) = sources.and_then(|sources| texts.get(sources)) {
        draft.sources = markup::links(text);
    }
    let others = (0..)
        .zip(&texts)
        .filter(|(at, text)| ![Some(front), Some(back), sources].contains(&Some(*at)) && !text.trim().is_empty());
    let others: Vec<_> = others.map(|(at, _)| names.get(at).map_or("?", String::as_str)).collect();
    if !others.is_empty() {
        draft.left_out.push(format!("without its fields {}: a card has a front and a back", others.join(", ")));
    }
    Ok(draft)
}

/// A note's place, with the beginning of its front, by which it can be found.
fn named(place: &str, front: &str) -> String {
    let front: String = front.split_whitespace().collect::<Vec<_>>().join(" ");
    let front: String = front.chars().filter(|c| !c.is_control()).take(40).collect();
    if front.is_empty() { place.to_owned() } else { format!("{place} ({front})") }
}

fn types(database: &Connection) -> Result<HashMap<i64, NoteType>, Refused> {
    let types = rows(database, "SELECT id, name, config FROM notetypes", |row| {
        let config = Config::decode(get::<Vec<u8>>(row, 2)?.as_slice()).map_err(broken)?;
        Ok((get(row, 0)?, NoteType { name: get(row, 1)?, is_cloze: config.kind == 1, fields: Vec::new() }))
    })?;
    let mut types: HashMap<i64, NoteType> = types.into_iter().collect();
    let fields = rows(database, "SELECT ntid, ord, name FROM fields", |row| {
        Ok(((get::<i64>(row, 0)?, get::<i64>(row, 1)?), get(row, 2)?))
    })?;
    for ((id, _), name) in fields.into_iter().collect::<BTreeMap<_, _>>() {
        if let Some(note_type) = types.get_mut(&id) {
            note_type.fields.push(name);
        }
    }
    Ok(types)
}

fn old_types(database: &Connection) -> Result<HashMap<i64, NoteType>, Refused> {
    let models: HashMap<i64, Model> = old(database, "SELECT models FROM col")?;
    let of = |Model { name, kind, flds }: Model| NoteType {
        name,
        is_cloze: kind == 1,
        fields: flds.into_iter().map(|field| field.name).collect(),
    };
    Ok(models.into_iter().map(|(id, model)| (id, of(model))).collect())
}

/// The names of the decks that have cards, each as its parts.
fn decks(database: &Connection) -> Result<Vec<Vec<String>>, Refused> {
    let names = rows(database, "SELECT id, name FROM decks", |row| {
        Ok((get(row, 0)?, get::<String>(row, 1)?.split(SEPARATOR).map(str::to_owned).collect()))
    })?;
    used(database, names.into_iter().collect())
}

fn old_decks(database: &Connection) -> Result<Vec<Vec<String>>, Refused> {
    let decks: HashMap<i64, Named> = old(database, "SELECT decks FROM col")?;
    let parts = |(id, deck): (i64, Named)| (id, deck.name.split("::").map(str::to_owned).collect());
    used(database, decks.into_iter().map(parts).collect())
}

fn used(database: &Connection, mut decks: HashMap<i64, Vec<String>>) -> Result<Vec<Vec<String>>, Refused> {
    let used: HashSet<i64> = rows(database, "SELECT did FROM cards", |row| get(row, 0))?.into_iter().collect();
    decks.retain(|id, _| used.contains(id));
    Ok(decks.into_values().collect())
}

/// What the names of all decks begin with; nothing for Anki's own first deck, whose name says nothing.
fn common(decks: &[Vec<String>]) -> Option<String> {
    let (first, others) = decks.split_first()?;
    let shared = (0..first.len()).take_while(|at| others.iter().all(|other| other.get(*at) == first.get(*at))).count();
    Some(first[..shared].join(" ")).filter(|name| !name.is_empty() && name != "Default")
}

/// A value of the old form: JSON, by id.
fn old<T: for<'de> Deserialize<'de>>(database: &Connection, sql: &'static str) -> Result<HashMap<i64, T>, Refused> {
    let json = rows(database, sql, |row| get::<String>(row, 0))?.into_iter().next();
    serde_json::from_str(&json.ok_or_else(|| broken("its description is empty"))?).map_err(broken)
}

/// The rows of a statement, as many as are looked at.
fn rows<T>(
    database: &Connection,
    sql: &'static str,
    mut read: impl FnMut(&Row<'_>) -> Result<T, Refused>,
) -> Result<Vec<T>, Refused> {
    let mut statement = database.prepare(sql).map_err(broken)?;
    let mut rows = statement.query([]).map_err(broken)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(broken)? {
        if found.len() == MAX_ROWS {
            return Err(Refused::new(
                format!("it has more than {MAX_ROWS} notes or cards"),
                "export its decks one by one",
            ));
        }
        found.push(read(row)?);
    }
    Ok(found)
}

/// A value of a row; where it is of another type or not UTF-8, that alone is refused.
fn get<T: FromSql>(row: &Row<'_>, at: usize) -> Result<T, Refused> {
    row.get(at).map_err(broken)
}
