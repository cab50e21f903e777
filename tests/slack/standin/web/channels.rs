//! Channels: `conversations.…` and `users.conversations`.

use serde_json::{Value, json};

use super::super::{
    methods::scope_of,
    refusal::Refusal,
    state::State,
    world::{Channel, Kind},
};
use super::{Answer, body::Call, history::page};

impl State {
    pub fn info(&self, call: &Call) -> Answer {
        let mut body = self.channel_json(self.known_channel(call.text("channel"))?);
        if !call.flag("include_num_members")
            && let Value::Object(fields) = &mut body
        {
            fields.remove("num_members");
        }
        Ok(json!({"channel": body}))
    }

    /// The channels of some kinds, or those of them that somebody is in.
    pub fn list(&self, call: &Call, of: Option<&str>) -> Answer {
        let mut kinds = Vec::new();
        for kind in call.list("types") {
            kinds.push(match kind.as_str() {
                "public_channel" => Kind::Public,
                "private_channel" => Kind::Private,
                "im" => Kind::Direct,
                "mpim" => continue,
                _ => return Err("invalid_types".into()),
            });
        }
        if call.args["types"].is_null() {
            kinds.push(Kind::Public);
        }
        for kind in &kinds {
            self.has_scope(&scope_of(*kind, "read"))?;
        }
        let shown = |channel: &&Channel| {
            let known = channel.kind == Kind::Public || channel.members.contains(&self.bot);
            let his = of.is_none_or(|of| channel.members.contains(of));
            known && his && kinds.contains(&channel.kind) && !(channel.archived && call.flag("exclude_archived"))
        };
        let found: Vec<&Channel> = self.world.channels.values().filter(shown).collect();
        let (page, next) = page(call, &found, 100, 999)?;
        let channels: Vec<Value> = page.into_iter().map(|channel| self.channel_json(channel)).collect();
        Ok(json!({"channels": channels, "response_metadata": {"next_cursor": next}}))
    }

    pub fn conversations_of(&self, call: &Call) -> Answer {
        let user = Some(call.text("user")).filter(|user| !user.is_empty()).unwrap_or(&self.bot);
        self.world.users.get(user).ok_or("user_not_found")?;
        self.list(call, Some(user))
    }

    pub fn members(&self, call: &Call) -> Answer {
        let channel = self.known_channel(call.text("channel"))?;
        let members: Vec<&String> = channel.members.iter().collect();
        let (page, next) = page(call, &members, 100, 999)?;
        Ok(json!({"members": page, "response_metadata": {"next_cursor": next}}))
    }

    /// Opens the direct messages with one person.
    pub fn open(&mut self, call: &Call) -> Answer {
        let users = call.list("users");
        let person = match &users[..] {
            [person] => person,
            [] => return Err("users_list_not_supplied".into()),
            _ => return Err(Refusal::with("method_not_supported_for_channel_type", &[])),
        };
        let user = self.world.users.get(person).ok_or("user_not_found")?;
        if user.bot {
            return Err("cannot_dm_bot".into());
        }
        if user.deleted {
            return Err("user_disabled".into());
        }
        let open = self.world.direct_of(person).is_some();
        let bot = self.bot.clone();
        let id = self.world.direct(self.now, &bot, person);
        let channel =
            if call.flag("return_im") { self.channel_json(&self.world.channels[&id]) } else { json!({"id": id}) };
        Ok(json!({"no_op": open, "already_open": open, "channel": channel}))
    }
}
