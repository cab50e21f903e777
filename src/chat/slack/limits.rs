//! What Slack refuses of blocks (its documentation, "Block Kit"), for the tests of what is made here.

use std::collections::HashSet;

use proptest::prelude::*;
use serde_json::Value;

/// The most characters of all text that is shown.
const ALL: usize = 12_000;

/// Fails where Slack would refuse these blocks of a message (50) or a view (100), and where they call anybody but `group`.
pub fn check(blocks: &Value, most: usize, group: Option<&str>) {
    let blocks = blocks.as_array().expect("blocks");
    assert!((1..=most).contains(&blocks.len()), "{} blocks", blocks.len());
    let mut ids = HashSet::new();
    let mut groups = Vec::new();
    for block in blocks {
        if let Some(id) = block.get("block_id") {
            length(id, 1, 255);
            assert!(ids.insert(id), "two blocks {id}");
        }
        match block["type"].as_str() {
            Some("rich_text") => rich_text(&block["elements"], &mut groups),
            Some("section") => {
                length(&block["text"]["text"], 1, 3_000);
                block.get("accessory").into_iter().for_each(element);
            }
            Some("actions") => {
                let elements = list(&block["elements"], 1, 25);
                let ids: HashSet<_> = elements.iter().map(|element| &element["action_id"]).collect();
                assert_eq!(ids.len(), elements.len(), "an action_id twice: {block}");
                elements.iter().for_each(element);
            }
            Some("input") => {
                length(&block["label"]["text"], 1, 2_000);
                if let Some(hint) = block.get("hint") {
                    length(&hint["text"], 1, 2_000);
                }
                element(&block["element"]);
            }
            Some("divider") => {}
            other => panic!("no block of ours: {other:?}"),
        }
    }
    assert_eq!(groups, Vec::from_iter(group), "who is called");
    let all = shown(&Value::Array(blocks.clone()));
    assert!(all < ALL, "{all} characters");
}

/// How many characters stand in it.
fn shown(value: &Value) -> usize {
    match value {
        Value::Array(values) => values.iter().map(shown).sum(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| match value {
                Value::String(text) if name == "text" || name == "fallback" => text.chars().count(),
                other => shown(other),
            })
            .sum(),
        _ => 0,
    }
}

fn rich_text<'v>(elements: &'v Value, groups: &mut Vec<&'v str>) {
    for element in list(elements, 1, usize::MAX) {
        match element["type"].as_str() {
            Some("rich_text_section" | "rich_text_quote") => inlines(&element["elements"], groups),
            Some("rich_text_preformatted") => {
                inlines(&element["elements"], groups);
                assert!(element["elements"].as_array().is_some_and(|all| all.iter().all(|one| one["type"] == "text")));
            }
            Some("rich_text_list") => {
                assert!(element["indent"].as_u64().is_none_or(|indent| indent <= 8));
                for item in list(&element["elements"], 1, usize::MAX) {
                    assert_eq!(item["type"], "rich_text_section");
                    inlines(&item["elements"], groups);
                }
            }
            other => panic!("no rich text: {other:?}"),
        }
    }
}

fn inlines<'v>(elements: &'v Value, groups: &mut Vec<&'v str>) {
    for inline in list(elements, 1, usize::MAX) {
        match inline["type"].as_str() {
            Some("text") => length(&inline["text"], 1, 3_000),
            Some("link") => {
                length(&inline["text"], 1, 3_000);
                length(&inline["url"], 8, 3_000);
                assert!(inline["url"].as_str().is_some_and(|url| url.starts_with("http")));
            }
            Some("channel" | "date") => {}
            Some("usergroup") => groups.extend(inline["usergroup_id"].as_str()),
            other => panic!("an element that may call somebody: {other:?}"),
        }
    }
}

fn element(element: &Value) {
    length(&element["action_id"], 1, 255);
    if let Some(placeholder) = element.get("placeholder") {
        length(&placeholder["text"], 1, 150);
    }
    match element["type"].as_str() {
        Some("button") => length(&element["text"]["text"], 1, 75),
        Some("checkboxes") => options(&element["options"], 10),
        Some("static_select") => options(&element["options"], 100),
        Some("plain_text_input") => {
            if let Some(value) = element.get("initial_value") {
                length(value, 1, 3_000);
            }
        }
        Some(
            "file_input"
            | "number_input"
            | "datepicker"
            | "conversations_select"
            | "multi_conversations_select"
            | "multi_users_select",
        ) => {}
        other => panic!("no element of ours: {other:?}"),
    }
}

fn options(options: &Value, most: usize) {
    let options = list(options, 1, most);
    let values: HashSet<_> = options.iter().map(|option| &option["value"]).collect();
    assert_eq!(values.len(), options.len(), "a value twice");
    for option in options {
        length(&option["text"]["text"], 1, 75);
        length(&option["value"], 1, 150);
    }
}

/// Fails where this is no text of so many characters.
#[track_caller]
pub fn length(text: &Value, least: usize, most: usize) {
    let length = text.as_str().map(|text| text.chars().count());
    assert!(
        length.is_some_and(|length| (least..=most).contains(&length)),
        "{length:?} is not {least} to {most}: {text}"
    );
}

#[track_caller]
fn list(values: &Value, least: usize, most: usize) -> &Vec<Value> {
    let values = values.as_array().expect("a list");
    assert!((least..=most).contains(&values.len()), "{} are not {least} to {most}", values.len());
    values
}

/// Words that break things: a lot of them.
pub fn hostile() -> impl Strategy<Value = String> {
    (pieces(200), prop_oneof![4 => Just(1_usize), 1 => Just(8)]).prop_map(|(pieces, times)| pieces.repeat(times))
}

/// The same for a label or a line: mostly short.
pub fn hostile_line() -> impl Strategy<Value = String> {
    (pieces(12), prop_oneof![4 => Just(1_usize), 1 => Just(60)]).prop_map(|(pieces, times)| pieces.repeat(times))
}

fn pieces(most: usize) -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "<!channel>",
        "<@U1>",
        "<#C1>",
        "<!subteam^S1>",
        "@everyone",
        "*",
        "**",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "  ",
        "    ",
        "# ",
        "[a](https://a.example/)",
        "[b](javascript:x)",
        "<https://b.example/>",
        "~~",
        "~",
        "&",
        "<",
        ">",
        "|",
        "\\",
        "é",
        "🎉",
        "\u{202e}",
        "\0",
        "word ",
        "<b>",
        "![p](http://p.example/)",
        "---\n",
        "a_long_word_without_an_end",
    ];
    let piece = prop_oneof![8 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,40}"];
    prop::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}
