//! The Events API: what the app is told of, by <https://docs.slack.dev/reference/events>.

use serde_json::{Value, json};

use super::{
    refusal::extend,
    state::State,
    world::{Channel, Kind, Message},
};

fn kind_of(channel: &Channel) -> &'static str {
    match channel.kind {
        Kind::Public => "channel",
        Kind::Private => "group",
        Kind::Direct => "im",
    }
}

impl State {
    /// Tells the app of an event, if it subscribed to it.
    pub fn tells(&mut self, subscription: &str, event: &Value) {
        if !self.subscribed.contains(subscription) {
            return;
        }
        let id = self.world.id('E');
        let payload = json!({
            "token": "stand-in", "team_id": self.team, "context_team_id": self.team, "context_enterprise_id": null,
            "api_app_id": self.app, "event": event, "type": "event_callback", "event_id": id.replacen('E', "Ev", 1),
            "event_time": self.now.as_second(), "is_ext_shared_channel": false, "event_context": format!("4-{id}"),
            "authorizations": [{
                "enterprise_id": null, "team_id": self.team, "user_id": self.bot, "is_bot": true, "is_enterprise_install": false,
            }],
        });
        self.delivers("events_api", payload, None);
    }

    /// The bot hears only of channels that it is in.
    fn hears_of(&self, channel: &str) -> Option<&Channel> {
        self.world.channels.get(channel).filter(|channel| channel.members.contains(&self.bot))
    }

    /// A message event, with what is its own.
    fn tells_message(&mut self, channel: &str, more: Value) {
        let Some(found) = self.hears_of(channel) else { return };
        let kind = kind_of(found);
        let mut event = json!({"type": "message", "channel": channel, "channel_type": kind});
        extend(&mut event, more);
        let plural = if kind == "im" { "im".to_owned() } else { format!("{kind}s") };
        self.tells(&format!("message.{plural}"), &event);
    }

    pub fn tells_posted(&mut self, message: &Message) {
        let mut event = self.message_json(message, true);
        event["event_ts"] = json!(message.ts);
        if let Some(root) = message.thread.as_ref().filter(|_| message.broadcast) {
            event["root"] =
                self.world.message(&message.channel, root).map_or(Value::Null, |root| self.message_json(root, false));
        }
        self.tells_message(&message.channel, event);
        let mention = format!("<@{}>", self.bot);
        if message.text.contains(&mention)
            && self.hears_of(&message.channel).is_some_and(|found| found.kind != Kind::Direct)
        {
            let mut event = self.message_json(message, false);
            extend(&mut event, json!({"type": "app_mention", "channel": message.channel, "event_ts": message.ts}));
            self.tells("app_mention", &event);
        }
    }

    pub fn tells_edited(&mut self, before: &Message, after: &Message) {
        let ts = self.world.ts(self.now);
        let event = json!({
            "subtype": "message_changed", "hidden": true, "ts": ts, "event_ts": ts,
            "message": self.message_json(after, true), "previous_message": self.message_json(before, true),
        });
        self.tells_message(&after.channel, event);
    }

    pub fn tells_deleted(&mut self, message: &Message) {
        let ts = self.world.ts(self.now);
        let event = json!({
            "subtype": "message_deleted", "hidden": true, "ts": ts, "event_ts": ts, "deleted_ts": message.ts,
            "previous_message": self.message_json(message, true),
        });
        self.tells_message(&message.channel, event);
    }

    /// `reaction_added` or `reaction_removed`.
    pub fn tells_reaction(&mut self, what: &str, message: &Message, user: &str, name: &str) {
        if self.hears_of(&message.channel).is_none() {
            return;
        }
        let event = json!({
            "type": what, "user": user, "reaction": name, "item_user": message.user, "event_ts": self.world.ts(self.now),
            "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        });
        self.tells(what, &event);
    }

    /// `member_joined_channel`, with who brought them if somebody did, or `member_left_channel`; the bot hears of its own leaving too.
    pub fn tells_membership(&mut self, what: &str, channel: &str, user: &str, inviter: Option<&str>) {
        let Some(found) = self.world.channels.get(channel) else { return };
        let kind = if found.kind == Kind::Private { "G" } else { "C" };
        if found.members.contains(&self.bot) {
            let ts = self.world.ts(self.now);
            let mut event = json!({
                "type": what, "user": user, "channel": channel, "channel_type": kind, "team": self.team, "event_ts": ts,
            });
            if let Some(inviter) = inviter {
                event["inviter"] = json!(inviter);
            }
            self.tells(what, &event);
        }
    }

    /// The bot was taken out of a channel.
    pub fn tells_left(&mut self, channel: &str) {
        let private = self.world.channels.get(channel).is_some_and(|found| found.kind == Kind::Private);
        let what = if private { "group_left" } else { "channel_left" };
        let event = json!({"type": what, "channel": channel, "event_ts": self.world.ts(self.now)});
        self.tells(what, &event);
    }

    /// `channel_archive` or `channel_unarchive`.
    pub fn tells_archived(&mut self, what: &str, channel: &str) {
        if self.hears_of(channel).is_some() {
            let event =
                json!({"type": what, "channel": channel, "user": self.bot, "event_ts": self.world.ts(self.now)});
            self.tells(what, &event);
        }
    }

    pub fn tells_changed(&mut self, person: &str) {
        let user = self.user_json(&self.world.users[person]);
        let event = json!({"type": "user_change", "user": user, "event_ts": self.world.ts(self.now)});
        self.tells("user_change", &event);
    }

    pub fn tells_home(&mut self, person: &str) {
        let channel = self.world.direct(self.now, &self.bot.clone(), person);
        let mut event = json!({
            "type": "app_home_opened", "user": person, "channel": channel, "tab": "home", "event_ts": self.world.ts(self.now),
        });
        if let Some(home) = self.home_of(person) {
            event["view"] = self.view_json(home);
        }
        self.tells("app_home_opened", &event);
    }
}
