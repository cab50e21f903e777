//! Block Kit as Slack takes it, by <https://docs.slack.dev/reference/block-kit/blocks>: what is too long, too many, missing, twice there
//! or unknown is refused.
//!
//! Tables, videos, cards and what else kcard has no use for is unknown here, and so refused.

mod elements;
mod problems;
mod rich;
pub mod text;
pub mod views;

use std::collections::BTreeSet;

use serde_json::Value;

use elements::{Place, element};
use problems::Problems;

/// What is wrong with a message's blocks; pointers begin with `/blocks`.
pub fn message(blocks: &Value) -> Vec<String> {
    let mut problems = Problems::default();
    list(&mut problems, "/blocks", blocks, 50);
    problems.found()
}

fn list(problems: &mut Problems, at: &str, blocks: &Value, most: usize) {
    let mut ids = BTreeSet::new();
    for (n, one) in problems.items(at, blocks, 0, most).iter().enumerate() {
        let at = format!("{at}/{n}");
        block(problems, &at, one);
        if let Some(id) = one["block_id"].as_str().filter(|id| !ids.insert((*id).to_owned())) {
            problems.add(&format!("{at}/block_id"), format!("`block_id` \"{id}\" already exists"));
        }
    }
}

fn block(problems: &mut Problems, at: &str, block: &Value) {
    problems.string(&format!("{at}/block_id"), &block["block_id"], 1, 255);
    match block["type"].as_str().unwrap_or_default() {
        "section" => section(problems, at, block),
        "header" => {
            problems.fields(at, block, &["type", "text"], &["block_id", "level"]);
            problems.text(&format!("{at}/text"), &block["text"], true, 150);
        }
        "divider" => {
            problems.fields(at, block, &["type"], &["block_id"]);
        }
        "context" => {
            problems.fields(at, block, &["type", "elements"], &["block_id"]);
            for (n, held) in problems.items(&format!("{at}/elements"), &block["elements"], 1, 10).iter().enumerate() {
                let at = format!("{at}/elements/{n}");
                if held["type"] == "image" {
                    image(problems, &at, held, &[]);
                } else {
                    problems.text(&at, held, false, 3000);
                }
            }
        }
        "actions" => {
            problems.fields(at, block, &["type", "elements"], &["block_id"]);
            let held = problems.items(&format!("{at}/elements"), &block["elements"], 1, 25);
            let mut ids = BTreeSet::new();
            for (n, held) in held.iter().enumerate() {
                let at = format!("{at}/elements/{n}");
                element(problems, &at, held, Place::Actions);
                if let Some(id) = held["action_id"].as_str().filter(|id| !ids.insert(*id)) {
                    problems.add(&format!("{at}/action_id"), format!("`action_id` \"{id}\" already exists"));
                }
            }
        }
        "image" => {
            image(problems, at, block, &["block_id", "title"]);
            problems.text(&format!("{at}/title"), &block["title"], true, 2000);
        }
        "input" => input(problems, at, block),
        "markdown" => {
            problems.fields(at, block, &["type", "text"], &["block_id"]);
            problems.string(&format!("{at}/text"), &block["text"], 1, 12_000);
        }
        "rich_text" => rich::rich_text(problems, at, block),
        other => problems.add(&format!("{at}/type"), format!("unsupported type: {other}")),
    }
}

fn section(problems: &mut Problems, at: &str, section: &Value) {
    problems.fields(at, section, &["type"], &["block_id", "text", "fields", "accessory", "expand"]);
    problems.flags(at, section, &["expand"]);
    if section["text"].is_null() && section["fields"].is_null() {
        problems.add(at, "missing required field: text");
    }
    problems.text(&format!("{at}/text"), &section["text"], false, 3000);
    for (n, field) in problems.items(&format!("{at}/fields"), &section["fields"], 1, 10).iter().enumerate() {
        problems.text(&format!("{at}/fields/{n}"), field, false, 2000);
    }
    let at = format!("{at}/accessory");
    match &section["accessory"] {
        Value::Null => {}
        held if held["type"] == "image" => image(problems, &at, held, &[]),
        held => element(problems, &at, held, Place::Accessory),
    }
}

fn image(problems: &mut Problems, at: &str, image: &Value, own: &[&str]) {
    let optional = [&["image_url", "slack_file"][..], own].concat();
    problems.fields(at, image, &["type", "alt_text"], &optional);
    problems.string(&format!("{at}/alt_text"), &image["alt_text"], 1, 2000);
    problems.string(&format!("{at}/image_url"), &image["image_url"], 1, 3000);
    if image["image_url"].is_null() == image["slack_file"].is_null() {
        problems.add(at, "must define either image_url or slack_file");
    }
    if !image["slack_file"].is_null() {
        problems.fields(&format!("{at}/slack_file"), &image["slack_file"], &[], &["id", "url"]);
    }
}

fn input(problems: &mut Problems, at: &str, input: &Value) {
    let optional = ["block_id", "dispatch_action", "hint", "optional"];
    problems.fields(at, input, &["type", "label", "element"], &optional);
    problems.flags(at, input, &["dispatch_action", "optional"]);
    problems.text(&format!("{at}/label"), &input["label"], true, 2000);
    problems.text(&format!("{at}/hint"), &input["hint"], true, 2000);
    if !input["element"].is_null() {
        element(problems, &format!("{at}/element"), &input["element"], Place::Input);
    }
}
