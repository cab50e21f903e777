//! Files that mean harm, or are broken: each is refused with a reason, in bounded memory, and nothing panics.

use std::io::Write as _;

use kcard::decks::{self, Hint, Imported, Refused};
use rawzip::{CompressionMethod, ZipArchiveWriter};
use rstest::rstest;
use rusqlite::Connection;

use crate::imported::refused;

/// A collection of the old form with one note.
pub const OLD: &str = r#"
    CREATE TABLE col (models text, decks text);
    CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, tags text, flds text);
    CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer);
    INSERT INTO col VALUES ('{"1": {"name": "Basic", "type": 0, "flds": [{"name": "Front"}, {"name": "Back"}]}}',
        '{"5": {"name": "Soup::Stock"}}');
    INSERT INTO notes VALUES (1, 'g', 1, '', 'Why?' || char(31) || 'So.');
    INSERT INTO cards VALUES (1, 1, 5);"#;
/// The same in the current form.
pub const CURRENT: &str = "
    CREATE TABLE col (id integer);
    CREATE TABLE notetypes (id integer PRIMARY KEY, name text, config blob);
    CREATE TABLE fields (ntid integer, ord integer, name text, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
    CREATE TABLE decks (id integer PRIMARY KEY, name text);
    CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, tags text, flds text);
    CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer);
    INSERT INTO notetypes VALUES (1, 'Basic', x'0800');
    INSERT INTO fields VALUES (1, 1, 'Back'), (1, 0, 'Front');
    INSERT INTO decks VALUES (5, 'Soup' || char(31) || 'Stock');
    INSERT INTO notes VALUES (1, 'g', 1, '', 'Why?' || char(31) || 'So.');
    INSERT INTO cards VALUES (1, 1, 5);";
pub const VERSION_3: &[u8] = &[0x08, 3];

/// A database of these statements.
pub fn database(sql: &str) -> Vec<u8> {
    let database = Connection::open_in_memory().expect("a database");
    database.execute_batch(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    database.serialize("main").expect("its bytes").to_vec()
}

/// A zip of these entries.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in entries {
        let file = zip.new_file(*name).compression_method(CompressionMethod::STORE);
        let (mut entry, config) = file.start().expect("an entry");
        let mut writer = config.wrap(&mut entry);
        writer.write_all(bytes).expect("it is written");
        let (_, descriptor) = writer.finish().expect("it ends");
        entry.finish(descriptor).expect("it ends");
    }
    zip.finish().expect("a zip")
}

/// A package whose collection has a name of this beginning in place of `xxx`, which no writer of zips would give it.
fn called(beginning: [u8; 3]) -> Vec<u8> {
    let mut zip = zip(&[("xxxcollection.anki2", &database(OLD))]);
    for at in 0..zip.len() - 3 {
        if zip[at..].starts_with(b"xxxcollection") {
            zip[at..at + 3].copy_from_slice(&beginning);
        }
    }
    zip
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("it is compressed")
}

pub fn old(sql: &str) -> Vec<u8> {
    zip(&[("collection.anki2", &database(sql)), ("media", b"{}")])
}

pub fn current(sql: &str) -> Vec<u8> {
    zip(&[
        ("meta", VERSION_3),
        ("collection.anki2", b"an old Anki reads this"),
        ("collection.anki21b", &zstd(&database(sql))),
    ])
}

fn package(bytes: &[u8]) -> Result<Imported, Refused> {
    decks::import(bytes, &Hint { name: "x.apkg", ..Hint::default() })
}

#[rstest]
#[case::old(old(OLD))]
#[case::current(current(CURRENT))]
#[case::in_wal_mode({
    let mut bytes = database(OLD);
    bytes[18..20].fill(2);
    zip(&[("collection.anki2", &bytes)])
})]
fn what_the_others_break_is_taken(#[case] bytes: Vec<u8>) {
    let Imported { deck, remarks, .. } = package(&bytes).expect("it is whole");
    assert_eq!(
        (deck.id.as_str(), deck.cards[0].front.as_str(), deck.cards[0].back.as_str()),
        ("soup-stock", "Why?", "So.")
    );
    assert_eq!(remarks, []);
}

/// The same zip, which says another size of its entries.
fn that_says(mut zip: Vec<u8>, size: usize, says: u32) -> Vec<u8> {
    let size = u32::try_from(size).expect("it is small").to_le_bytes();
    let places: Vec<_> = (0..zip.len() - 3).filter(|at| zip[*at..at + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        zip[at..at + 4].copy_from_slice(&says.to_le_bytes());
    }
    zip
}

#[rstest]
#[case::no_zip(b"PK\x03\x04 and nothing more".to_vec(), "this is no Anki package, or a broken one")]
#[case::no_entry(zip(&[]), "collection.anki2 is missing")]
#[case::no_collection(zip(&[("media", b"{}")]), "collection.anki2 is missing")]
#[case::a_way_up(called(*b"../"), "collection.anki2 is missing")]
#[case::a_way_from_the_root(called(*b"///"), "collection.anki2 is missing")]
#[case::a_name_with_a_nul(called(*b"a\0/"), "collection.anki2 is missing")]
#[case::twice(zip(&[("collection.anki2", &database(OLD)), ("collection.anki2", b"x")]), "an entry comes twice")]
#[case::other_than_it_says(zip(&[("meta", VERSION_3), ("collection.anki2", &database(OLD))]), "collection.anki21b is missing")]
#[case::a_newer_form(zip(&[("meta", &[0x08, 4]), ("collection.anki2", &database(OLD))]), "of a form that kcard does not know (4)")]
#[case::a_negative_form(zip(&[("meta", &[0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1])]), "does not know (-1)")]
#[case::a_huge_description(zip(&[("meta", &[0x08; 2_000])]), "more than 1000 bytes")]
#[case::a_nested_description(zip(&[("meta", &[0x13; 900])]), "recursion limit")]
#[case::a_cut_description(zip(&[("meta", &[0x08, 0x80])]), "this is no Anki package, or a broken one")]
#[case::two_gigabytes(that_says(zip(&[("collection.anki2", &vec![7; 1_234_567])]), 1_234_567, 2_000_000_000), "more than 64000000 bytes")]
#[case::a_smaller_size(that_says(zip(&[("collection.anki2", &vec![7; 1_234_567])]), 1_234_567, 10), "this is no Anki package, or a broken one")]
#[case::no_zstd(zip(&[("meta", VERSION_3), ("collection.anki21b", b"not compressed")]), "this is no Anki package, or a broken one")]
#[case::a_zstd_bomb(zip(&[("meta", VERSION_3), ("collection.anki21b", &zstd(&vec![0; 64_000_001]))]), "more than 64000000 bytes")]
#[case::a_zstd_window_of_two_gigabytes(
    zip(&[("meta", VERSION_3), ("collection.anki21b", &[0x28, 0xB5, 0x2F, 0xFD, 0x00, 21 << 3, 0x01, 0x00, 0x00])]),
    "this is no Anki package, or a broken one"
)]
fn a_package_that_is_none_is_refused(#[case] bytes: Vec<u8>, #[case] why: &str) {
    let refused = package(&bytes).expect_err("it is broken").to_string();
    assert!(refused.contains(why), "{refused}");
}

#[test]
fn a_deflate_bomb_is_not_unpacked_to_its_end() {
    // Stored blocks would be as large as what they hold; this is 1,000 times smaller.
    let mut zip = ZipArchiveWriter::new(Vec::new());
    let (mut entry, config) =
        zip.new_file("collection.anki2").compression_method(CompressionMethod::DEFLATE).start().expect("an entry");
    let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::best()));
    for _ in 0..65 {
        writer.write_all(&vec![0; 1_000_000]).expect("it is written");
    }
    let (encoder, descriptor) = writer.finish().expect("it ends");
    encoder.finish().expect("it ends");
    entry.finish(descriptor).expect("it ends");
    let bytes = zip.finish().expect("a zip");
    assert!(bytes.len() < 200_000);
    // Also where the zip lies about it.
    let lies = that_says(bytes.clone(), 65_000_000, 1_000);
    for (bytes, why) in [(bytes, "more than 64000000 bytes"), (lies, "Invalid size: expected 1000")] {
        let refused = package(&bytes).expect_err("it is too large").to_string();
        assert!(refused.contains(why), "{refused}");
    }
}

#[rstest]
#[case::nothing("", "it has no table col")]
#[case::a_view("ALTER TABLE notes RENAME TO n; CREATE VIEW notes AS SELECT * FROM n;", "it has no table notes")]
#[case::an_endless_view(
    "DROP TABLE notes; CREATE VIEW notes AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c)
        SELECT x AS mid, '' AS guid, '' AS tags, '' AS flds FROM c;",
    "it has no table notes"
)]
#[case::a_table_that_code_makes(
    "DROP TABLE cards; CREATE VIRTUAL TABLE cards USING fts5(did);",
    "it has no table cards"
)]
#[case::a_missing_column("ALTER TABLE notes DROP COLUMN flds;", "no such column: flds")]
#[case::a_column_that_is_computed(
    "DROP TABLE notes; CREATE TABLE notes (id, guid, mid, tags, flds AS (hex(zeroblob(9000000))));
        INSERT INTO notes VALUES (1, 'g', 1, '');",
    "string or blob too big"
)]
#[case::no_description("DELETE FROM col;", "its description is empty")]
#[case::nested_json_without_an_end(
    "UPDATE col SET models = '{\"1\": {\"x\": ' || replace(hex(zeroblob(50000)), '0', '[');",
    "EOF while parsing"
)]
#[case::json_of_another_kind("UPDATE col SET decks = '[1]';", "this is no Anki package")]
#[case::numbers_for_texts("UPDATE col SET models = 7;", "this is no Anki package")]
fn a_collection_that_is_none_is_refused(#[case] change: &str, #[case] why: &str) {
    let bytes = old(&if change.is_empty() { String::new() } else { format!("{OLD}{change}") });
    let refused = package(&bytes).expect_err("it is broken").to_string();
    assert!(refused.contains(why), "{refused}");
}

#[test]
fn triggers_do_nothing() {
    let trigger = "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END;";
    assert_eq!(package(&old(&format!("{OLD}{trigger}"))).expect("they do not matter").deck.cards.len(), 1);
}

#[rstest]
#[case::not_utf_8("CAST(x'57FF1F41' AS TEXT)", "note 1: not taken: its text is not UTF-8")]
#[case::a_blob("x'571F41'", "note 1: not taken: its text is not UTF-8")]
#[case::nothing("NULL", "note 1: not taken: its text is not UTF-8")]
#[case::a_nul("'W' || char(0) || 'hy?' || char(31) || 'So.'", "U+0000")]
#[case::one_field(
    "'Why?'",
    "note 1 (Why?): not taken: the note type \"Basic\" has one field: a card has a front and a back"
)]
#[case::a_long_field("'Why?' || char(31) || hex(zeroblob(60000))", "one of its fields has more than 100000 bytes")]
fn a_note_that_is_none_is_said(#[case] fields: &str, #[case] why: &str) {
    let refused = package(&old(&format!("{OLD} UPDATE notes SET flds = {fields};"))).expect_err("it was the only one");
    let said = refused.remarks[0].to_string();
    assert!(said.contains(why), "{said}");
}

#[rstest]
#[case::tags_in_tags("<div>".repeat(19_000))]
#[case::lists_in_lists("<ul><li>a".repeat(10_000))]
#[case::tags_without_an_end("<a".repeat(49_000))]
#[case::sounds_without_an_end("[sound:".repeat(13_000))]
#[case::emphasis("<b>a<i>b".repeat(12_000))]
#[case::comments("<!--".repeat(24_000))]
#[case::names("&amp".repeat(24_000))]
fn no_html_is_too_deep(#[case] html: String) {
    let table = format!("#html:true\n#separator:tab\nWhy?\tSo. {html}\nHow?\tThus.\n");
    let imported = decks::import(table.as_bytes(), &Hint::default()).expect("the other card is taken");
    assert!(imported.deck.cards.iter().any(|card| card.front == "How?"));
}

#[rstest]
#[case("x.md", "> ".repeat(100_000))]
#[case("x.md", "- ".repeat(100_000))]
#[case("x.md", "[".repeat(100_000))]
#[case("x.md", "# a\n*b".repeat(20_000))]
#[case("x.csv", "\"".repeat(100_001))]
#[case("x.csv", ",".repeat(100_000))]
#[case("x.tsv", "\t".repeat(100_000))]
#[case("x.txt", "?\n".repeat(100_000))]
fn no_text_is_too_deep(#[case] name: &str, #[case] text: String) {
    // Nothing of it is a card, or only a few are.
    let _ = decks::import(text.as_bytes(), &Hint { name, ..Hint::default() });
}

#[rstest]
#[case::text("x.txt", "?\n".repeat(900_000), "more than 20000 cards are not looked at: import them in parts")]
#[case::a_table("x.csv", ",\n".repeat(600_000), "more than 20000 cards are not looked at: import them in parts")]
#[case::markdown("x.md", "a\n\n".repeat(600_000), "more than 100000 paragraphs are not looked at: import them in parts")]
fn no_more_is_kept_of_a_text_than_a_deck_may_hold(#[case] name: &str, #[case] text: String, #[case] why: &str) {
    let refused = refused(name, text.as_bytes());
    assert!(refused.remarks.len() <= 20_001 + 20_000, "{}", refused.remarks.len());
    assert!(refused.remarks.iter().any(|remark| remark.place == "the rest" && remark.why == why));
}

#[test]
fn a_file_of_more_than_64_megabytes_is_not_looked_at() {
    let why = refused("x.apkg", &vec![b'P'; decks::MAX_FILE + 1]).to_string();
    assert_eq!(why, "this file has more than 64000000 bytes: export it without media, or in parts");
}
