//! Every question of the decks in the binary as Slack is sent it, against the limits of Block Kit.

use kcard::chat::slack::{body, reply_body};
use serde_json::Value;

use crate::{
    shown::{self, Shown},
    standin::blocks,
};

/// The most characters of a message's text and of all its blocks (Slack's documentation, "Truncating really long messages").
const TEXT: usize = 4_000;
const ALL: usize = 12_000;

#[test]
fn every_card_is_within_slacks_limits_and_nothing_of_it_is_cut() {
    for Shown { asked, question, ending, reveal, card, answer } in shown::every() {
        let posts = [&question, &ending, &reveal].map(body);
        let replies = [&card, &answer].map(reply_body);
        for body in posts.iter().chain(&replies) {
            let wrong = within_limits(body);
            assert!(wrong.is_empty(), "{}: {wrong:?}: {body:#}", asked.card);
        }
    }
}

fn within_limits(body: &Value) -> Vec<String> {
    let mut wrong = blocks::message(&body["blocks"]);
    let text = body["text"].as_str().unwrap_or_default().chars().count();
    if text == 0 || text > TEXT {
        wrong.push(format!("the text has {text} characters"));
    }
    let all = blocks::text::length(&body["blocks"]);
    if all > ALL {
        wrong.push(format!("the blocks have {all} characters"));
    }
    let labels = body["blocks"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|block| block["elements"].as_array().into_iter().flatten());
    let cut = labels.filter_map(|element| element["text"]["text"].as_str()).filter(|label| label.ends_with('…'));
    wrong.extend(cut.map(|label| format!("`{label}` is cut")));
    wrong
}
