//! `/users/…` and the application itself.

use serde_json::{Value, json};

use super::super::{id::Id, refusal::unknown_user, state::State};
use super::{Answer, Call};

/// The flag of an application that reads what people write, in fewer than a hundred guilds.
const MESSAGE_CONTENT_LIMITED: u64 = 1 << 19;

impl State {
    pub fn users(&mut self, call: &Call, path: &[&str]) -> Answer {
        match (call.method.as_str(), path) {
            ("GET", ["users", "@me"]) => {
                let mut me = self.world.user_json(self.bot);
                me["verified"] = json!(true);
                me["mfa_enabled"] = json!(true);
                me["locale"] = json!("en-US");
                me["flags"] = json!(0);
                Ok((200, me))
            }
            ("POST", ["users", "@me", "channels"]) => {
                let person = call.body["recipient_id"].as_str().and_then(Id::parse);
                let person = person.filter(|person| self.world.users.contains_key(person)).ok_or_else(unknown_user)?;
                let channel = self.world.direct(self.now, person);
                Ok((200, self.world.channel_json(&self.world.channels[&channel])))
            }
            ("GET", ["users", id]) => {
                let id = Id::parse(id).filter(|id| self.world.users.contains_key(id)).ok_or_else(unknown_user)?;
                Ok((200, self.world.user_json(id)))
            }
            _ => self.unrouted(call),
        }
    }

    pub fn application(&mut self, call: &Call) -> Answer {
        if call.method != "GET" {
            return self.unrouted(call);
        }
        let flags = if self.message_content { MESSAGE_CONTENT_LIMITED } else { 0 };
        let owner = self.world.guilds.values().next().map_or(Value::Null, |guild| self.world.user_json(guild.owner));
        Ok((
            200,
            json!({
                "id": self.application, "name": "kcard", "icon": null, "description": "A quiz bot", "type": null, "summary": "",
                "bot": self.world.user_json(self.bot), "bot_public": true, "bot_require_code_grant": false, "rpc_origins": [],
                "owner": owner, "team": null, "verify_key": "00", "flags": flags, "approximate_guild_count": self.world.guilds.len(),
                "integration_types_config": {"0": {}}, "redirect_uris": [], "interactions_endpoint_url": null,
                "role_connections_verification_url": null, "is_monetized": false, "hook": true,
            }),
        ))
    }
}
