//! Reactions: `reactions.…`.

use serde_json::json;

use super::super::{refusal::Refusal, render::permalink, state::State};
use super::{super::messages::is_emoji, Answer, body::Call};

/// How many different emoji one message takes.
const MOST: usize = 50;

impl State {
    /// The message that a call names.
    fn reacted(&self, call: &Call) -> Result<(String, String), Refusal> {
        let (channel, ts) = (call.text("channel"), call.text("timestamp"));
        if ts.is_empty() {
            return Err("no_item_specified".into());
        }
        self.known_channel(channel)?;
        self.standing(channel, ts)?;
        Ok((channel.to_owned(), ts.to_owned()))
    }

    pub fn add_reaction(&mut self, call: &Call) -> Answer {
        let (channel, ts) = self.reacted(call)?;
        let found = self.own_channel(&channel)?;
        if found.archived {
            return Err("is_archived".into());
        }
        let name = call.text("name").trim_matches(':');
        if !is_emoji(name) {
            return Err("invalid_name".into());
        }
        let reactions = &self.standing(&channel, &ts)?.reactions;
        if reactions.len() >= MOST && !reactions.iter().any(|(known, _)| known == name) {
            return Err("too_many_emoji".into());
        }
        let bot = self.bot.clone();
        if self.reacts(&channel, &ts, &bot, name) { Ok(json!({})) } else { Err("already_reacted".into()) }
    }

    pub fn remove_reaction(&mut self, call: &Call) -> Answer {
        let (channel, ts) = self.reacted(call)?;
        let bot = self.bot.clone();
        let removed = self.unreacts(&channel, &ts, &bot, call.text("name").trim_matches(':'));
        if removed { Ok(json!({})) } else { Err("no_reaction".into()) }
    }

    /// Without `full` only the first few of those who reacted are named.
    pub fn get_reactions(&self, call: &Call) -> Answer {
        let (channel, ts) = self.reacted(call)?;
        self.own_channel(&channel)?;
        let message = self.standing(&channel, &ts)?;
        let mut body = self.message_json(message, false);
        if !call.flag("full")
            && let Some(reactions) = body["reactions"].as_array_mut()
        {
            let named = |reaction: &mut serde_json::Value| {
                if let Some(users) = reaction["users"].as_array_mut() {
                    users.truncate(50);
                }
            };
            reactions.iter_mut().for_each(named);
        }
        body["permalink"] = json!(permalink(message));
        Ok(json!({"type": "message", "channel": channel, "message": body}))
    }
}
