//! What a call must bring: the right token, its scopes, patience, and arguments in a form that the method takes; and the channels that
//! the bot may know.

use std::time::Duration;

use serde_json::json;

use super::super::{
    methods::{self, Method, Needs},
    refusal::Refusal,
    state::State,
    world::{Channel, Kind},
};
use super::body::Call;

impl State {
    /// Whether a call may be made at all; where it comes too soon, how long to wait.
    pub fn admits(&mut self, call: &Call, method: &Method) -> Result<Option<Duration>, Refusal> {
        if let Some(error) = self.broken {
            return Err(error.into());
        }
        self.authorizes(call, method)?;
        let channel = call.text("channel");
        if let Err(after) = self.rates.count(method.name, method.tier, channel, call.at) {
            return Ok(Some(after));
        }
        if call.is_json && !method.json {
            // Its arguments are not read, so that they seem to be missing.
            self.violation(format!("{} takes no JSON", method.name));
            return Err("invalid_arguments".into());
        }
        if call.broken {
            return Err("invalid_json".into());
        }
        let args = call.args.as_object().ok_or("json_not_object")?;
        if let Some(stray) = args.keys().find(|name| *name != "token" && !method.args.contains(&name.as_str())) {
            self.violation(format!("unknown argument `{stray}` for {}", method.name));
        }
        let place = if channel.is_empty() { call.text("channel_id") } else { channel };
        self.refuses.get(place).map_or(Ok(None), |error| Err((*error).into()))
    }

    /// The token and its scopes.
    fn authorizes(&self, call: &Call, method: &Method) -> Result<(), Refusal> {
        let token = call.token.as_deref().ok_or("not_authed")?;
        if let Some(why) = self.revoked {
            return Err(why.into());
        }
        let (bot, app) = (token == self.bot_token, token == self.app_token);
        match method.needs {
            _ if !bot && !app => Err("invalid_auth".into()),
            Needs::App(_) if bot => Err("not_allowed_token_type".into()),
            Needs::Nothing => Ok(()),
            Needs::Scope(_) | Needs::OfChannel(_) if app => Err("not_allowed_token_type".into()),
            Needs::Scope(scope) | Needs::App(scope) => self.has_scope(scope),
            Needs::OfChannel(what) => match self.world.channels.get(call.text("channel")) {
                Some(channel) => self.has_scope(&methods::scope_of(channel.kind, what)),
                None => Ok(()),
            },
        }
    }

    pub fn has_scope(&self, scope: &str) -> Result<(), Refusal> {
        if self.scopes.contains(scope) {
            return Ok(());
        }
        let more = json!({"needed": scope, "provided": self.provided()});
        Err(Refusal { more, ..Refusal::from("missing_scope") })
    }

    /// The scopes of the bot's token, as Slack lists them.
    pub fn provided(&self) -> String {
        let of_bot = self.scopes.iter().map(String::as_str).filter(|scope| *scope != "connections:write");
        of_bot.collect::<Vec<_>>().join(",")
    }

    /// A channel that the bot knows of: any public one, and others that it is in.
    pub fn known_channel(&self, id: &str) -> Result<&Channel, Refusal> {
        let found = self.world.channels.get(id);
        let visible = |channel: &&Channel| channel.kind == Kind::Public || channel.members.contains(&self.bot);
        found.filter(visible).ok_or_else(|| "channel_not_found".into())
    }

    /// A channel that the bot is in.
    pub fn own_channel(&self, id: &str) -> Result<&Channel, Refusal> {
        let found = self.known_channel(id)?;
        if found.members.contains(&self.bot) { Ok(found) } else { Err("not_in_channel".into()) }
    }
}
