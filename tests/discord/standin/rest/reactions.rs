//! `/channels/{id}/messages/{id}/reactions/…`.

use serde_json::Value;

use super::super::{
    id::Id,
    permissions,
    refusal::{Problems, Refusal, missing_permissions, unknown_emoji, unknown_user},
    state::State,
};
use super::{Answer, Call};

impl State {
    pub fn reactions(&mut self, call: &Call, message: Id, rest: &[&str], may: u64) -> Answer {
        let may_read = may & permissions::READ_MESSAGE_HISTORY != 0;
        let manages = may & permissions::MANAGE_MESSAGES != 0;
        match (call.method.as_str(), rest) {
            ("GET", [emoji]) if may_read => self.who_reacted(call, message, known(emoji)?),
            ("PUT", [emoji, "@me"]) => {
                let emoji = known(emoji)?;
                let stands = self.world.messages[&message].reactions.iter().any(|(other, _)| other == emoji);
                // Joining a reaction that stands needs no more than reading.
                if !may_read || (!stands && may & permissions::ADD_REACTIONS == 0) {
                    return Err(missing_permissions());
                }
                if !stands && self.world.messages[&message].reactions.len() >= 20 {
                    return Err(Refusal::new(400, 30010, "Maximum number of reactions reached (20)"));
                }
                self.adds_reaction(message, self.bot, emoji);
                Ok((204, Value::Null))
            }
            ("DELETE", [emoji, "@me"]) => {
                self.takes_reaction(message, self.bot, known(emoji)?);
                Ok((204, Value::Null))
            }
            ("DELETE", [emoji, user]) if manages => {
                let user =
                    Id::parse(user).filter(|user| self.world.users.contains_key(user)).ok_or_else(unknown_user)?;
                self.takes_reaction(message, user, known(emoji)?);
                Ok((204, Value::Null))
            }
            ("DELETE", [emoji]) if manages => {
                self.clears_reactions(message, Some(known(emoji)?));
                Ok((204, Value::Null))
            }
            ("DELETE", []) if manages => {
                self.clears_reactions(message, None);
                Ok((204, Value::Null))
            }
            ("GET", [_]) | ("DELETE", [] | [_] | [_, _]) => Err(missing_permissions()),
            _ => self.unrouted(call),
        }
    }

    /// A page of those who reacted, by id.
    fn who_reacted(&self, call: &Call, message: Id, emoji: &str) -> Answer {
        let limit = call.query.get("limit").map_or(Ok(25), |limit| limit.parse::<usize>());
        let Some(limit) = limit.ok().filter(|limit| (1..=100).contains(limit)) else {
            let mut problems = Problems::default();
            problems.add("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.");
            return problems.verdict().map(|()| (200, Value::Null));
        };
        let after = call.query.get("after").and_then(|after| Id::parse(after));
        let reacted = self.world.messages[&message].reactions.iter().find(|(other, _)| other == emoji);
        let mut users = reacted.map(|(_, users)| users.clone()).unwrap_or_default();
        users.sort_unstable();
        let page = users.into_iter().filter(|user| after.is_none_or(|after| *user > after)).take(limit);
        Ok((200, page.map(|user| self.world.user_json(user)).collect()))
    }

    pub fn adds_reaction(&mut self, message: Id, user: Id, emoji: &str) {
        let Some(found) = self.world.messages.get_mut(&message) else { return };
        let channel = found.channel;
        let place = found.reactions.iter().position(|(other, _)| other == emoji).unwrap_or_else(|| {
            found.reactions.push((emoji.to_owned(), Vec::new()));
            found.reactions.len() - 1
        });
        let users = &mut found.reactions[place].1;
        if !users.contains(&user) {
            users.push(user);
            self.tell_reaction("MESSAGE_REACTION_ADD", channel, message, Some(user), Some(emoji));
        }
    }

    pub fn takes_reaction(&mut self, message: Id, user: Id, emoji: &str) {
        let Some(found) = self.world.messages.get_mut(&message) else { return };
        let channel = found.channel;
        let mut taken = false;
        for (_, users) in found.reactions.iter_mut().filter(|(other, _)| other == emoji) {
            let before = users.len();
            users.retain(|other| *other != user);
            taken |= users.len() < before;
        }
        found.reactions.retain(|(_, users)| !users.is_empty());
        if taken {
            self.tell_reaction("MESSAGE_REACTION_REMOVE", channel, message, Some(user), Some(emoji));
        }
    }

    /// All reactions are taken away, or all of one emoji.
    pub fn clears_reactions(&mut self, message: Id, emoji: Option<&str>) {
        let Some(found) = self.world.messages.get_mut(&message) else { return };
        let channel = found.channel;
        found.reactions.retain(|(other, _)| emoji.is_some_and(|emoji| emoji != other));
        let name = if emoji.is_some() { "MESSAGE_REACTION_REMOVE_EMOJI" } else { "MESSAGE_REACTION_REMOVE_ALL" };
        self.tell_reaction(name, channel, message, None, emoji);
    }
}

/// An emoji of Unicode, or `name:id` of a guild's own.
fn known(emoji: &str) -> Result<&str, Refusal> {
    let own = emoji.split_once(':').is_some_and(|(name, id)| !name.is_empty() && Id::parse(id).is_some());
    if own || (!emoji.is_ascii() && !emoji.chars().any(char::is_alphabetic)) { Ok(emoji) } else { Err(unknown_emoji()) }
}
