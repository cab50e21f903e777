//! The loader on texts that nobody wrote: it never panics, points into the file, and agrees with the schema.

use proptest::{prelude::*, sample};

use super::{parse, report::Source, schema::SCHEMA, *};

pub(super) fn source(text: &str) -> Source {
    Source { name: "deck.yaml".into(), text: text.into(), unread: None }
}

pub(super) fn embedded(name: &str) -> String {
    let file = Cards::get(name).expect("the deck has this file");
    load::decoded(name.into(), file.data.into_owned()).text
}

/// Bits of YAML that break a file at the place where they are put.
const BITS: &[&str] = &[
    "\n",
    "\n  - ",
    "\n    ",
    "\t",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|",
    ">",
    "&a ",
    "*a",
    "!x ",
    "#",
    "\0",
    "\u{feff}",
    "é",
    "…",
    "---\n",
    "? ",
    "<<: ",
    "1.30",
    "null",
    "id: ",
    "cards:\n",
    "questions:",
    "\r\n",
    "%",
    "@",
    "`",
    "\\",
];

/// Says what the loader and the checks make of a text, having checked that it makes sense.
pub(super) fn loads(text: &str) -> Result<(), TestCaseError> {
    let files = Files(vec![source(text)]);
    let found = files.check().mistakes();
    prop_assert!(found.len() <= 101 && found.windows(2).all(|pair| pair[0].severity == pair[1].severity), "{found:?}");
    for Mistake { line, column, message, .. } in &found {
        prop_assert!(!message.is_empty());
        let whole = *line == 0 && *column == 0;
        let length = text.split('\n').nth(line.wrapping_sub(1)).map(|line| line.chars().count());
        prop_assert!(
            whole || length.is_some_and(|length| (1..=length + 1).contains(column)),
            "{line}:{column} {message}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_loads_or_says_why(text in "(?s).{0,400}") {
        loads(&text)?;
    }

    #[test]
    fn any_soup_of_yaml_loads_or_says_why(bits in prop::collection::vec(sample::select(BITS), 0..60)) {
        loads(&bits.concat())?;
    }

    #[test]
    fn a_deck_with_holes_and_patches_loads_or_says_why(
        cuts in prop::collection::vec((any::<sample::Index>(), 0_usize..40, sample::select(BITS)), 1..4),
    ) {
        let mut text = embedded("kubernetes/workloads.yaml");
        for (at, length, bit) in cuts {
            let start = text.floor_char_boundary(at.index(text.len()));
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            text.replace_range(start..end, bit);
        }
        loads(&text)?;
        // What loads is what an editor's schema calls right.
        if parse::decks(&[source(&text)]).is_ok() {
            let json = serde_saphyr::from_str::<serde_json::Value>(&text).expect("it loaded");
            prop_assert!(jsonschema::is_valid(&SCHEMA, &json));
        }
    }

    #[test]
    fn a_deck_without_one_of_its_lines_loads_or_says_why(line in 4_usize..60) {
        let text = embedded("kubernetes/workloads.yaml");
        let broken: Vec<_> = text.lines().enumerate().filter(|(at, _)| *at != line).map(|(_, line)| line).collect();
        loads(&broken.join("\n"))?;
    }
}

#[test]
fn every_pattern_of_the_schema_compiles() {
    fn patterns(schema: &serde_json::Value, found: &mut Vec<String>) {
        match schema {
            serde_json::Value::Object(keys) => {
                found.extend(keys.get("pattern").and_then(|pattern| pattern.as_str()).map(str::to_owned));
                keys.values().for_each(|schema| patterns(schema, found));
            }
            serde_json::Value::Array(items) => items.iter().for_each(|schema| patterns(schema, found)),
            _ => (),
        }
    }
    let mut found = Vec::new();
    patterns(&SCHEMA, &mut found);
    assert!(found.len() > 10);
    for pattern in found {
        assert!(regex_lite::Regex::new(&pattern).is_ok(), "{pattern}");
    }
}

#[test]
fn a_level_is_from_1_to_5() {
    for level in 0..8 {
        let text = embedded("kubernetes/workloads.yaml").replacen("level: 2", &format!("level: {level}"), 1);
        assert_eq!(parse::decks(&[source(&text)]).is_ok(), (1..=5).contains(&level), "{level}");
    }
}
