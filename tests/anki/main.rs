//! Decks and the real Anki: it takes what kcard exports, and kcard takes what it exports, in its current form and in its old one.
//!
//! Needs `ANKI_PYTHON`, a Python that has the package `anki`; says so and passes where it is not set.

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use kcard::{
    decks::{self, Decks, Format, Hint, Imported},
    quiz::{
        deck::{Card, Deck},
        id::DeckId,
        question::Body,
    },
};
use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The real Anki, in a directory of its own; `None` where there is none.
struct Anki {
    python: std::ffi::OsString,
    directory: TempDir,
}

impl Anki {
    fn new() -> Option<Self> {
        let Some(python) = std::env::var_os("ANKI_PYTHON").filter(|path| !path.is_empty()) else {
            // Not by a macro: what those print is only shown of tests that fail.
            let _ = writeln!(
                std::io::stderr(),
                "skipped: with the real Anki, because ANKI_PYTHON is not set to a Python with the package anki"
            );
            return None;
        };
        Some(Self { python, directory: TempDir::new().expect("a temporary directory") })
    }

    fn path(&self, name: &str) -> String {
        self.directory.path().join(name).display().to_string()
    }

    /// Writes a file, and says where it is.
    fn file(&self, name: &str, bytes: &[u8]) -> String {
        fs::write(self.path(name), bytes).expect("it can be written");
        self.path(name)
    }

    /// What it makes of these words and this input.
    fn does(&self, words: &[&str], input: &Value) -> Value {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/anki/real.py");
        let mut child = Command::new(&self.python)
            .arg(script)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("ANKI_PYTHON is a Python");
        child.stdin.take().expect("a pipe").write_all(input.to_string().as_bytes()).ok();
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "Anki failed at {words:?}");
        serde_json::from_slice(&output.stdout).expect("it says JSON")
    }
}

const DECK: &str = r#"deck: cooking
topic: soup
cards:
  - id: stock-parts
    level: 2
    exams: [kcna/fundamentals/core-concepts]
    front: What goes into a *plain* stock & what not?
    back: |
      **Water**, `bones` and onions. No <b>salt</b>.

      - It reduces.
      - See [the book](https://example.org/stock?a=1&b=2).

      ```
      simmer --time 3h
      ```
    sources: [https://example.org/stock, "https://example.org/bones?a=1&b=2"]
    questions:
      - choice: { answer: Water, others: [Milk, Wine] }
  - id: heat
    level: 4
    front: Which heat?
    back: Low
"#;

fn deck(text: &str) -> Deck {
    let directory = TempDir::new().expect("a temporary directory");
    fs::write(directory.path().join("deck.yaml"), text).expect("it can be written");
    let decks = Decks::read(&[directory.path().to_owned()]).expect("it loads");
    decks.0.into_values().next().expect("there is one")
}

fn package(deck: &Deck, second: i64) -> Vec<u8> {
    let now = jiff::Timestamp::from_second(second).expect("a time");
    decks::export(deck, Format::Anki, now).expect("it is made").bytes
}

fn import(path: &str) -> Imported {
    let bytes = fs::read(path).expect("it is there");
    decks::import(&bytes, &Hint { name: path, ..Hint::default() }).expect("it is taken")
}

#[test]
fn anki_takes_a_deck_as_it_is() {
    let Some(anki) = Anki::new() else { return };
    let path = anki.file("cooking.apkg", &package(&deck(DECK), 1_790_000_000));
    let said = anki.does(&["read", &path], &Value::Null);
    assert_eq!((&said["ok"], &said["logs"][0]["new"]), (&json!(true), &json!(2)), "{said}");
    let back = "<p><strong>Water</strong>, <code>bones</code> and onions. No &lt;b&gt;salt&lt;/b&gt;.</p>\n<ul>\n<li>It reduces.</li>\n\
        <li>See <a href=\"https://example.org/stock?a=1&amp;b=2\">the book</a>.</li>\n</ul>\n<pre><code>simmer --time 3h\n</code></pre>";
    let sources = "<a href=\"https://example.org/stock\">https://example.org/stock</a><br>\
        <a href=\"https://example.org/bones?a=1&amp;b=2\">https://example.org/bones?a=1&amp;b=2</a>";
    let note = |guid: &str, front: &str, back: &str, sources: &str, tags: &[&str]| {
        json!({
            "guid": guid, "deck": "cooking::soup", "type": "kcard", "tags": tags,
            "fields": { "Front": front, "Back": back, "Sources": sources },
        })
    };
    let mut notes = said["notes"].as_array().expect("a list").clone();
    notes.sort_by_key(|note| note["guid"].to_string());
    assert_eq!(
        notes,
        [
            note("kcard:cooking/heat", "Which heat?", "Low", "", &["level::4"]),
            note(
                "kcard:cooking/stock-parts",
                "What goes into a <em>plain</em> stock &amp; what not?",
                back,
                sources,
                &["exam::kcna::fundamentals::core-concepts", "level::2"],
            ),
        ]
    );
}

#[test]
fn anki_brings_the_notes_up_to_date_that_it_has() {
    let Some(anki) = Anki::new() else { return };
    let first = anki.file("first.apkg", &package(&deck(DECK), 1_790_000_000));
    // Another card stands before them now.
    let another = "cards:\n  - { id: pot, level: 1, front: Which pot?, back: A big one }\n";
    let second = deck(&DECK.replace("back: Low", "back: Very low").replace("cards:\n", another));
    let second = anki.file("second.apkg", &package(&second, 1_790_000_600));
    let said = anki.does(&["read", &first, &second], &Value::Null);
    assert_eq!((&said["logs"][1]["new"], &said["logs"][1]["updated"]), (&json!(1), &json!(2)), "{said}");
    let backs: Vec<_> = said["notes"].as_array().expect("a list").iter().map(|note| &note["fields"]["Back"]).collect();
    assert!(backs.len() == 3 && backs.contains(&&json!("Very low")), "{said}");
}

/// What is said on a card, without the signs of markup.
fn said(card: &Card) -> (String, [String; 2], Vec<String>, u8) {
    let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect();
    (card.id.to_string(), [words(&card.front), words(&card.back)], card.sources.clone(), card.level.get())
}

#[test]
fn the_whole_deck_goes_through_anki_and_back() {
    let Some(anki) = Anki::new() else { return };
    let decks = Decks::embedded();
    let deck = decks.deck(&DeckId::new("kubernetes")).expect("it is in the binary");
    let path = anki.file("kubernetes.apkg", &package(deck, 1_790_000_000));
    let back = anki.path("back.apkg");
    anki.does(&["pass", &path, &back], &Value::Null);
    let imported = import(&back);
    assert_eq!(imported.remarks, [], "nothing is lost on the way");
    assert_eq!(imported.deck.id, deck.id);
    let cards = |deck: &Deck| deck.cards.iter().map(said).collect::<BTreeSet<_>>();
    let (before, after) = (cards(deck), cards(&imported.deck));
    let lost: Vec<_> = before.difference(&after).collect();
    assert!(lost.is_empty(), "{lost:#?}");
    assert_eq!(after.len(), before.len());
}

/// What somebody keeps in Anki.
fn collection() -> Value {
    json!([
        {
            "type": "Basic", "deck": "Cooking::Soup", "tags": ["level::2"],
            "fields": [
                "What is in a <b>stock</b>?",
                "<div>Water, <i>bones</i> &amp;&nbsp;onions.</div><div><br></div><ul><li>a &lt; b</li><li>2*3</li></ul>\
                 <a href=\"https://example.org/stock\">the book</a>",
            ],
        },
        { "type": "Basic", "deck": "Cooking", "tags": [], "fields": ["Which heat?<br>", "Low"] },
        { "type": "Basic", "deck": "Cooking", "tags": [], "fields": ["What does a ladle look like?", "<img src=\"ladle.png\">"] },
        { "type": "Basic", "deck": "Cooking", "tags": [], "fields": ["How does it sound?", "It hums. [sound:hum.mp3]"] },
        { "type": "Cloze", "deck": "Cooking", "tags": [], "fields": ["{{c1::Salt}} comes last.", ""] },
        { "type": "Basic", "deck": "Elsewhere", "tags": [], "fields": ["Is this exported?", "No"] },
    ])
}

#[rstest]
#[case("current.apkg", "note 3 (What does a ladle look like?)")]
#[case("legacy.apkg", "note 3 (What does a ladle look like?)")]
#[case("html.txt", "line 9")]
fn what_anki_exports_is_taken(#[case] name: &str, #[case] ladle: &str) {
    let Some(anki) = Anki::new() else { return };
    anki.does(&["make", &anki.path("")], &collection());
    let Imported { deck, remarks, .. } = import(&anki.path(name));
    assert_eq!(deck.id.as_str(), if name == "html.txt" { "html" } else { "cooking" });
    let [stock, heat, sound] = deck.cards.as_slice() else { panic!("{:#?}", deck.cards) };
    assert_eq!((stock.front.as_str(), stock.level.get()), ("What is in a **stock**?", 2));
    assert_eq!(stock.back, "Water, *bones* & onions.\n\n- a \\< b\n- 2\\*3\n\n[the book](https://example.org/stock)",);
    assert_eq!(stock.sources, ["https://example.org/stock"]);
    assert_eq!((heat.front.as_str(), heat.back.as_str(), heat.level.get()), ("Which heat?", "Low", 3));
    assert!(matches!(&heat.questions[0].body, Body::Text { accept, .. } if accept.0 == ["Low"]), "{heat:?}");
    assert_eq!((sound.back.as_str(), sound.questions.len()), ("It hums.", 1));
    let remarks: Vec<_> = remarks.iter().map(ToString::to_string).collect();
    let no_back = format!("{ladle}: not taken: it has no back without ladle.png: kcard has no pictures and sounds");
    assert!(remarks.contains(&no_back), "{remarks:#?}");
    assert!(remarks.iter().any(|remark| remark.contains("taken, but without hum.mp3")), "{remarks:#?}");
    assert!(remarks.iter().any(|remark| remark.contains("not taken: a cloze")), "{remarks:#?}");
    assert_eq!(remarks.len(), 3, "{remarks:#?}");
}
