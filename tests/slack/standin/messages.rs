//! What becomes of messages and reactions, whoever it is that acts: the bot or a person.

use serde_json::{Value, json};

use super::{
    blocks::text,
    state::State,
    world::{Message, Ts},
};

/// Names that Slack has for emoji; custom ones would be known to a real workspace.
pub fn is_emoji(name: &str) -> bool {
    let base = name.split("::skin-tone-").next().unwrap_or_default();
    !base.is_empty()
        && base.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_-+'".contains(letter))
}

/// Gives blocks and what acts in them the ids that they lack.
pub fn stamped(mut blocks: Vec<Value>, ts: &str) -> Vec<Value> {
    for (n, block) in blocks.iter_mut().enumerate() {
        if block["block_id"].is_null() {
            block["block_id"] = json!(format!("b{n}{}", &ts[ts.len() - 4..]));
        }
        if let Some(Value::Array(elements)) = block.get_mut("elements") {
            elements.iter_mut().enumerate().for_each(|(e, element)| name_action(element, e));
        }
        for field in ["accessory", "element"] {
            if let Some(element) = block.get_mut(field) {
                name_action(element, 0);
            }
        }
    }
    blocks
}

fn name_action(element: &mut Value, number: usize) {
    let kind = element["type"].as_str().unwrap_or_default();
    if element.is_object() && !matches!(kind, "image" | "plain_text" | "mrkdwn") && element["action_id"].is_null() {
        element["action_id"] = json!(format!("a{number}"));
    }
}

/// Whom a message rings for. Clients show the blocks, and read the text where there are none; notifications show the text.
fn rings(text: &str, blocks: &[Value]) -> Vec<String> {
    let mut rings = text::rings(text);
    for ring in text::rings_in(&json!(blocks)) {
        if !rings.contains(&ring) {
            rings.push(ring);
        }
    }
    rings
}

impl State {
    /// Keeps a message and tells the app, unless only one person sees it. The message has no time yet.
    pub fn posts(&mut self, message: Message) -> Ts {
        let ts = self.world.ts(self.now);
        let blocks = stamped(message.blocks, &ts);
        let pings = rings(&message.text, &blocks);
        let message = Message { ts: ts.clone(), blocks, pings, ..message };
        self.world.messages.insert((message.channel.clone(), ts.clone()), message.clone());
        if message.ephemeral.is_none() {
            self.tells_posted(&message);
        }
        ts
    }

    /// Changes what a message says. `None` leaves a part as it is.
    pub fn edits(&mut self, channel: &str, ts: &str, by: &str, text: Option<String>, blocks: Option<Vec<Value>>) {
        let edited = (by.to_owned(), self.world.ts(self.now));
        let Some(before) = self.world.message(channel, ts).cloned() else { return };
        let text = text.unwrap_or_else(|| before.text.clone());
        let blocks = blocks.map_or_else(|| before.blocks.clone(), |blocks| stamped(blocks, ts));
        let pings = rings(&text, &blocks);
        let after = Message { text, blocks, pings, edited: Some(edited), edits: before.edits + 1, ..before.clone() };
        self.world.messages.insert((channel.to_owned(), ts.to_owned()), after.clone());
        if after.ephemeral.is_none() {
            self.tells_edited(&before, &after);
        }
    }

    /// Deletes a message; one whose thread stands leaves a tombstone.
    pub fn deletes(&mut self, channel: &str, ts: &str) {
        let Some(gone) = self.world.message(channel, ts).cloned() else { return };
        let stands = self.world.replies(channel, ts).next().is_some();
        if stands {
            let tombstone = Message { tombstone: true, reactions: Vec::new(), ..gone.clone() };
            self.world.messages.insert((channel.to_owned(), ts.to_owned()), tombstone);
        } else {
            self.world.messages.remove(&(channel.to_owned(), ts.to_owned()));
        }
        if gone.ephemeral.is_none() {
            self.tells_deleted(&gone);
        }
    }

    /// Whether that was new.
    pub fn reacts(&mut self, channel: &str, ts: &str, user: &str, name: &str) -> bool {
        let Some(message) = self.world.message_mut(channel, ts) else { return false };
        let place = message.reactions.iter().position(|(other, _)| other == name).unwrap_or_else(|| {
            message.reactions.push((name.to_owned(), Vec::new()));
            message.reactions.len() - 1
        });
        let users = &mut message.reactions[place].1;
        if users.iter().any(|other| other == user) {
            return false;
        }
        users.push(user.to_owned());
        let message = message.clone();
        self.tells_reaction("reaction_added", &message, user, name);
        true
    }

    /// Whether there was such a reaction.
    pub fn unreacts(&mut self, channel: &str, ts: &str, user: &str, name: &str) -> bool {
        let Some(message) = self.world.message_mut(channel, ts) else { return false };
        let Some((_, users)) = message.reactions.iter_mut().find(|(other, _)| other == name) else { return false };
        let before = users.len();
        users.retain(|other| other != user);
        let was = users.len() < before;
        message.reactions.retain(|(_, users)| !users.is_empty());
        let message = message.clone();
        if was {
            self.tells_reaction("reaction_removed", &message, user, name);
        }
        was
    }
}
