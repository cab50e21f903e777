//! Tables: Anki's text export with its header lines, Quizlet's export, and any other with a front and a back in each row. A first row
//! that names its columns is read as such. Cells are Markdown, or HTML where the header says so.

use std::collections::BTreeMap;

use csv::{Position, ReaderBuilder, StringRecord};

use super::{Draft, Found, NO_CLOZE, Refused};
use crate::quiz::deck::Level;

/// How columns are called that hold fronts and backs.
pub(in crate::decks) const FRONT: [&str; 3] = ["front", "question", "term"];
pub(in crate::decks) const BACK: [&str; 3] = ["back", "answer", "definition"];

/// What Anki writes before the rows.
#[derive(Debug, Default)]
struct Header {
    lines: usize,
    separator: Option<u8>,
    is_html: bool,
    /// What the columns are called, by number from 0, as far as it is said.
    names: BTreeMap<usize, String>,
}

/// Whether a text begins as Anki's export does.
pub(super) fn is_header(line: &str) -> bool {
    setting(line).is_some_and(|(key, _)| key.ends_with(" column") || ["separator", "html", "columns"].contains(&&*key))
}

/// The cards of a table; `commas` where the file's name says that it has commas.
pub(super) fn read(text: &str, commas: bool) -> Result<Found, Refused> {
    let Header { lines, separator, is_html, mut names } = header(text);
    let body: String = text.split_inclusive('\n').skip(lines).collect();
    // Who writes tabs and says nothing of the columns (Quizlet) does not quote, but may begin with a quotation mark.
    let is_named = names_columns(&body.lines().next().unwrap_or_default().split('\t').collect());
    let is_quoted = commas || separator.is_some() || is_named;
    let separator = separator.unwrap_or_else(|| if commas { likely(&body) } else { b'\t' });
    let mut reader = ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(separator).quoting(is_quoted);
    let mut found = Found::default();
    for (row, record) in reader.from_reader(body.as_bytes()).records().enumerate() {
        if found.is_full() {
            break;
        }
        let record = record.map_err(|error| Refused::new(format!("this is no table: {error}"), "export it anew"))?;
        let line = record.position().map_or(0, Position::line);
        if row == 0 && names.is_empty() && names_columns(&record) {
            names = record.iter().map(|name| name.trim().to_lowercase()).enumerate().collect();
            continue;
        }
        let place = format!("line {}", line + lines as u64);
        match draft(&record, &names, is_html) {
            Some(draft) if draft.front.contains("{{c1::") => found.refuse(place, NO_CLOZE),
            Some(draft) => found.drafts.push(Draft { place, ..draft }),
            None => found.refuse(place, "there is one column only: a card has a front and a back"),
        }
    }
    Ok(found)
}

/// The lines before the rows.
fn header(text: &str) -> Header {
    let mut header = Header::default();
    for (key, value) in text.lines().map_while(setting) {
        header.lines += 1;
        match key.as_str() {
            "separator" => header.separator = separator(value),
            "html" => header.is_html = value.eq_ignore_ascii_case("true"),
            "columns" => {
                let by = header.separator.map_or('\t', char::from);
                header.names = value.split(by).map(|name| name.trim().to_lowercase()).enumerate().collect();
            }
            key => {
                let number = value.trim().parse().ok().and_then(|number: usize| number.checked_sub(1));
                if let Some((name, number)) = key.strip_suffix(" column").zip(number) {
                    header.names.insert(number, name.to_owned());
                }
            }
        }
    }
    header
}

/// A line such as `#html:true`.
fn setting(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.strip_prefix('#')?.split_once(':')?;
    let is_key = !key.is_empty() && key.bytes().all(|c| c.is_ascii_alphabetic() || c == b' ') && !key.starts_with(' ');
    is_key.then(|| (key.to_lowercase(), value.trim_end_matches('\r')))
}

fn separator(name: &str) -> Option<u8> {
    match name.to_lowercase().as_str() {
        "tab" | "\\t" => Some(b'\t'),
        "comma" => Some(b','),
        "semicolon" => Some(b';'),
        "space" => Some(b' '),
        "pipe" => Some(b'|'),
        "colon" => Some(b':'),
        other => other.bytes().next().filter(|_| other.len() == 1).or((name == "\t").then_some(b'\t')),
    }
}

/// What stands between the columns of a `.csv`: where commas mark decimals, spreadsheets write semicolons.
fn likely(body: &str) -> u8 {
    let first = body.lines().next().unwrap_or_default();
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    [b';', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Whether a first row names columns.
fn names_columns(record: &StringRecord) -> bool {
    let has = |words: &[&str]| record.iter().any(|cell| words.contains(&cell.trim().to_lowercase().as_str()));
    has(&FRONT) && has(&BACK)
}

/// The card of a row; `None` where there are no two columns for it.
fn draft(record: &StringRecord, names: &BTreeMap<usize, String>, is_html: bool) -> Option<Draft> {
    const KNOWN: [&str; 11] =
        ["id", "topic", "level", "exams", "since", "until", "sources", "tags", "guid", "deck", "notetype"];
    let place = |words: &[&str]| names.iter().find(|(_, name)| words.contains(&name.as_str())).map(|(at, _)| *at);
    let mut free = (0..record.len()).filter(|at| !names.get(at).is_some_and(|name| KNOWN.contains(&name.as_str())));
    let (front, back) = match (place(&FRONT), place(&BACK)) {
        (Some(front), Some(back)) => (front, back),
        _ => (free.next()?, free.next()?),
    };
    let cell = |name: &str| place(&[name]).and_then(|at| record.get(at)).map(str::trim).filter(|cell| !cell.is_empty());
    let words = |name| cell(name).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    let mut draft = Draft {
        id: cell("id").map(str::to_owned),
        sources: words("sources"),
        exams: words("exams"),
        since: cell("since").map(str::to_owned),
        until: cell("until").map(str::to_owned),
        ..Draft::default()
    };
    draft.tagged(cell("tags").unwrap_or_default());
    if let Some(guid) = cell("guid") {
        draft.identified(guid);
    }
    draft.level = cell("level").and_then(|level| level.parse().ok()).and_then(Level::new).or(draft.level);
    let [front, back] = [front, back].map(|at| unquoted(record.get(at).unwrap_or_default()));
    if is_html {
        draft.sides(&front, &back);
    } else {
        (draft.front, draft.back) = (front, back);
    }
    Some(draft)
}

/// A cell without the quotation marks around it, where nobody else took them off.
fn unquoted(cell: &str) -> String {
    let cell = cell.trim();
    let inner = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
    inner.map_or_else(|| cell.to_owned(), |inner| inner.replace("\"\"", "\""))
}
