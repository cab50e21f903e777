//! What was said: `conversations.history` and `conversations.replies`, in pages.

use serde_json::{Value, json};

use super::super::{state::State, world::Message};
use super::{super::refusal::Refusal, Answer, body::Call};

/// A page of what is listed, and where the next one begins.
pub fn page<T: Clone>(call: &Call, all: &[T], usual: usize, most: usize) -> Result<(Vec<T>, String), Refusal> {
    let limit = call.number("limit").unwrap_or(usual);
    if limit == 0 || limit > most {
        return Err("invalid_limit".into());
    }
    let from = match call.text("cursor") {
        "" => 0,
        cursor => cursor
            .strip_prefix("bmV4dDo")
            .and_then(|from| from.trim_end_matches('=').parse().ok())
            .ok_or("invalid_cursor")?,
    };
    let page: Vec<T> = all.iter().skip(from).take(limit).cloned().collect();
    let next = if from + limit < all.len() { format!("bmV4dDo{}=", from + limit) } else { String::new() };
    Ok((page, next))
}

/// Whether a message lies in the time that was asked for.
fn within(call: &Call, message: &Message) -> bool {
    let (oldest, latest) = (call.text("oldest"), call.text("latest"));
    let inclusive = call.flag("inclusive");
    let time = |ts: &str| ts.parse::<f64>().unwrap_or_default();
    let (at, from, to) = (time(&message.ts), time(oldest), time(latest));
    let after = oldest.is_empty() || at > from || (inclusive && message.ts == oldest);
    let before = latest.is_empty() || at < to || (inclusive && message.ts == latest);
    after && before
}

impl State {
    /// Newest first.
    pub fn history(&self, call: &Call) -> Answer {
        let channel = call.text("channel");
        self.own_channel(channel)?;
        let found: Vec<&Message> = self.world.history(channel).rev().filter(|message| within(call, message)).collect();
        let (page, next) = page(call, &found, 100, 999)?;
        Ok(self.told(call, &page, &next))
    }

    /// The parent, then its replies, oldest first.
    pub fn replies_of(&self, call: &Call) -> Answer {
        let channel = call.text("channel");
        self.own_channel(channel)?;
        let named = self.world.message(channel, call.text("ts")).filter(|found| found.ephemeral.is_none());
        let named = named.ok_or("thread_not_found")?;
        let root = named.thread.as_deref().unwrap_or(&named.ts);
        let parent = self.world.message(channel, root).into_iter();
        let replies = self.world.replies(channel, root).filter(|message| within(call, message));
        let found: Vec<&Message> = parent.chain(replies).collect();
        let (page, next) = page(call, &found, 1000, 1000)?;
        Ok(self.told(call, &page, &next))
    }

    fn told(&self, call: &Call, page: &[&Message], next: &str) -> Value {
        let metadata = call.flag("include_all_metadata");
        let messages: Vec<Value> = page.iter().map(|message| self.message_json(message, metadata)).collect();
        let mut body = json!({"messages": messages, "has_more": !next.is_empty(), "pin_count": 0});
        if !next.is_empty() {
            body["response_metadata"] = json!({"next_cursor": next});
        }
        body
    }
}
