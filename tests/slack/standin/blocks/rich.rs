//! Rich text, by <https://docs.slack.dev/reference/block-kit/blocks/rich-text-block>.

use serde_json::Value;

use super::problems::Problems;

/// The styles of a list.
const LISTS: [&str; 2] = ["bullet", "ordered"];
/// The styles of words.
const STYLES: [&str; 4] = ["bold", "italic", "strike", "code"];

pub fn rich_text(problems: &mut Problems, at: &str, block: &Value) {
    problems.fields(at, block, &["type", "elements"], &["block_id"]);
    for (n, part) in problems.items(&format!("{at}/elements"), &block["elements"], 1, usize::MAX).iter().enumerate() {
        element(problems, &format!("{at}/elements/{n}"), part);
    }
}

fn element(problems: &mut Problems, at: &str, part: &Value) {
    match part["type"].as_str().unwrap_or_default() {
        "rich_text_section" => {
            problems.fields(at, part, &["type", "elements"], &[]);
            inline(problems, at, part);
        }
        "rich_text_preformatted" | "rich_text_quote" => {
            problems.fields(at, part, &["type", "elements"], &["border", "language"]);
            inline(problems, at, part);
        }
        "rich_text_list" => {
            problems.fields(at, part, &["type", "style", "elements"], &["indent", "offset", "border"]);
            if !part["style"].as_str().is_some_and(|style| LISTS.contains(&style)) {
                problems.add(&format!("{at}/style"), "must be a valid enum value");
            }
            if part["indent"].as_u64().is_some_and(|indent| indent > 8) {
                problems.add(&format!("{at}/indent"), "must be less than 9");
            }
            let items = problems.items(&format!("{at}/elements"), &part["elements"], 1, usize::MAX);
            for (n, item) in items.iter().enumerate() {
                let at = format!("{at}/elements/{n}");
                if item["type"] == "rich_text_section" {
                    element(problems, &at, item);
                } else {
                    problems.add(&format!("{at}/type"), "unsupported type in a list");
                }
            }
        }
        other => problems.add(&format!("{at}/type"), format!("unsupported type: {other}")),
    }
}

fn inline(problems: &mut Problems, at: &str, part: &Value) {
    for (n, word) in problems.items(&format!("{at}/elements"), &part["elements"], 0, usize::MAX).iter().enumerate() {
        let at = format!("{at}/elements/{n}");
        match word["type"].as_str().unwrap_or_default() {
            "text" => {
                problems.fields(&at, word, &["type", "text"], &["style"]);
                problems.string(&format!("{at}/text"), &word["text"], 1, 3_000);
            }
            "link" => {
                problems.fields(&at, word, &["type", "url"], &["text", "unsafe", "style"]);
                if !word["url"].as_str().is_some_and(|url| url.starts_with("http://") || url.starts_with("https://")) {
                    problems.add(&format!("{at}/url"), "must be a valid URL");
                }
            }
            "channel" => drop(problems.fields(&at, word, &["type", "channel_id"], &["style"])),
            "user" => drop(problems.fields(&at, word, &["type", "user_id"], &["style"])),
            "usergroup" => drop(problems.fields(&at, word, &["type", "usergroup_id"], &["style"])),
            "broadcast" => drop(problems.fields(&at, word, &["type", "range"], &["style"])),
            "emoji" => drop(problems.fields(&at, word, &["type", "name"], &["unicode", "style"])),
            "date" => {
                problems.fields(&at, word, &["type", "timestamp", "format"], &["url", "fallback", "style"]);
                if !word["timestamp"].is_i64() {
                    problems.add(&format!("{at}/timestamp"), "must provide a number");
                }
            }
            other => problems.add(&format!("{at}/type"), format!("unsupported type: {other}")),
        }
        let style = &word["style"];
        if !style.is_null() && problems.fields(&format!("{at}/style"), style, &[], &STYLES) {
            problems.flags(&format!("{at}/style"), style, &STYLES);
        }
    }
}
