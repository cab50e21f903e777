//! What Slack is sent, without a token or a server: for who writes decks, and to hold it against Slack's limits.

use serde_json::Value;
use slack_morphism::prelude::SlackBlock;

use super::{render, rich};
use crate::chat::{Post, Reply};

/// What of a post's request says it ("chat.postMessage").
pub fn body(post: &Post) -> Value {
    serde_json::to_value(render::message(post, &|_| None)).unwrap_or_default()
}

/// What of an answer says it ("Responding to interactions").
pub fn reply_body(reply: &Reply) -> Value {
    serde_json::to_value(render::reply(reply, &|_| None)).unwrap_or_default()
}

/// What people see of a post, as text.
pub fn preview(post: &Post) -> String {
    let blocks = render::message(post, &|_| None).blocks.unwrap_or_default();
    let shown = blocks.iter().map(|block| match block {
        SlackBlock::RichText(text) => rich::seen(&text.elements),
        other => render::seen(other),
    });
    shown.collect::<Vec<_>>().join("\n\n")
}
