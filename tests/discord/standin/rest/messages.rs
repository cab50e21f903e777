//! One message, and a channel's history.

use serde_json::Value;

use super::super::{
    id::Id,
    permissions,
    refusal::{Problems, missing_permissions, not_the_author},
    state::State,
    world::{Kind, Message},
};
use super::{Answer, Call};

impl State {
    /// `GET`, `PATCH` and `DELETE` of a message.
    pub fn message(&mut self, call: &Call, id: Id, may: u64) -> Answer {
        let mine = self.world.messages[&id].author == self.bot;
        match call.method.as_str() {
            "GET" => {
                if may & permissions::READ_MESSAGE_HISTORY == 0 {
                    return Err(missing_permissions());
                }
            }
            "PATCH" if mine => self.bot_edits(id, &call.body, &call.files, may)?,
            "PATCH" => return Err(not_the_author()),
            "DELETE" => {
                let direct = self.world.channels[&self.world.messages[&id].channel].kind == Kind::Direct;
                if !mine && (direct || may & permissions::MANAGE_MESSAGES == 0) {
                    return Err(missing_permissions());
                }
                self.removes(id);
                return Ok((204, Value::Null));
            }
            _ => return self.unrouted(call),
        }
        Ok((200, self.world.message_json(&self.world.messages[&id], self.reader())))
    }

    /// A page of the history, newest first.
    pub fn page(&self, call: &Call, channel: Id, may: u64) -> Answer {
        let mut problems = Problems::default();
        let number = |name: &str| call.query.get(name).map(|text| text.parse::<u64>());
        let limit = number("limit").unwrap_or(Ok(50));
        if !limit.as_ref().is_ok_and(|limit| (1..=100).contains(limit)) {
            problems.add("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.");
        }
        let marks = ["before", "after", "around"].map(|name| (name, number(name)));
        for (name, mark) in &marks {
            if matches!(mark, Some(Err(_))) {
                problems.add(*name, "NUMBER_TYPE_COERCE", "Value is not snowflake.");
            }
        }
        problems.verdict()?;
        // Without the history Discord shows none of it, and says nothing.
        if may & permissions::READ_MESSAGE_HISTORY == 0 {
            return Ok((200, Value::Array(Vec::new())));
        }
        let limit = usize::try_from(limit.unwrap_or(50)).unwrap_or(50);
        let [before, after, around] = marks.map(|(_, mark)| mark.and_then(Result::ok).map(Id));
        let all: Vec<&Message> = self.world.history(channel).collect();
        let from = |id: Id| all.partition_point(|message| message.id < id);
        let page = match (around, before, after) {
            (Some(around), ..) => {
                let middle = from(around);
                let first = middle.saturating_sub(limit / 2);
                &all[first..(first + limit).min(all.len())]
            }
            (_, Some(before), _) => &all[from(before).saturating_sub(limit)..from(before)],
            // The messages right after it, not the newest ones.
            (.., Some(after)) => {
                let first = all.partition_point(|message| message.id <= after);
                &all[first..(first + limit).min(all.len())]
            }
            _ => &all[all.len().saturating_sub(limit)..],
        };
        Ok((200, page.iter().rev().map(|message| self.world.message_json(message, self.reader())).collect()))
    }
}
