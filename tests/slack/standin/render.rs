//! How Slack writes what it keeps as JSON.

use serde_json::{Value, json};

use super::{
    state::State,
    world::{Channel, Kind, Message, User, View},
};

impl State {
    /// A message as histories and events carry it; its metadata only where it is asked for.
    pub fn message_json(&self, message: &Message, metadata: bool) -> Value {
        if message.tombstone {
            let mut gone = json!({
                "type": "message", "subtype": "tombstone", "user": "USLACKBOT", "hidden": true, "ts": message.ts,
                "text": "This message was deleted.",
            });
            self.adds_thread(&mut gone, message);
            return gone;
        }
        let mut body = json!({
            "type": "message", "user": message.user, "ts": message.ts, "text": message.text, "team": self.team,
        });
        if !message.blocks.is_empty() {
            body["blocks"] = json!(message.blocks);
        }
        if message.user == self.bot {
            body["bot_id"] = json!(self.bot_id);
            body["app_id"] = json!(self.app);
            body["bot_profile"] = json!({
                "id": self.bot_id, "app_id": self.app, "user_id": self.bot, "name": "kcard", "team_id": self.team,
                "deleted": false, "updated": self.now.as_second(),
                "icons": {"image_36": "https://a.slack-edge.com/36.png", "image_48": "https://a.slack-edge.com/48.png",
                          "image_72": "https://a.slack-edge.com/72.png"},
            });
        } else if self.world.users.get(&message.user).is_some_and(|user| user.bot) {
            // Another app's, in the way of old integrations.
            body["subtype"] = json!("bot_message");
            body["bot_id"] = json!(message.user.replacen('U', "B", 1));
            body["username"] = json!(self.world.name_of(&message.user));
            if let Value::Object(fields) = &mut body {
                fields.remove("user");
            }
        } else {
            body["client_msg_id"] = json!(format!("c1a1{}", message.ts.replace('.', "-")));
        }
        if let Some((user, ts)) = &message.edited {
            body["edited"] = json!({"user": user, "ts": ts});
        }
        if !message.reactions.is_empty() {
            let reaction =
                |(name, users): &(String, Vec<String>)| json!({"name": name, "users": users, "count": users.len()});
            body["reactions"] = message.reactions.iter().map(reaction).collect();
        }
        if !message.files.is_empty() {
            body["files"] = message.files.iter().map(|file| self.file_json(file)).collect();
            body["upload"] = json!(false);
        }
        if let Some(known) = message.metadata.as_ref().filter(|_| metadata) {
            body["metadata"] = known.clone();
        }
        if message.broadcast {
            body["subtype"] = json!("thread_broadcast");
        }
        self.adds_thread(&mut body, message);
        body
    }

    fn adds_thread(&self, body: &mut Value, message: &Message) {
        if let Some(parent) = &message.thread {
            body["thread_ts"] = json!(parent);
            if let Some(root) = self.world.message(&message.channel, parent) {
                body["parent_user_id"] = json!(root.user);
            }
            return;
        }
        let replies: Vec<&Message> = self.world.replies(&message.channel, &message.ts).collect();
        let Some(last) = replies.last() else { return };
        let mut users: Vec<&str> = Vec::new();
        for reply in &replies {
            if !users.contains(&reply.user.as_str()) {
                users.push(&reply.user);
            }
        }
        body["thread_ts"] = json!(message.ts);
        body["reply_count"] = json!(replies.len());
        body["reply_users_count"] = json!(users.len());
        body["latest_reply"] = json!(last.ts);
        body["reply_users"] = json!(users);
        body["is_locked"] = json!(false);
        body["subscribed"] = json!(false);
    }

    pub fn user_json(&self, user: &User) -> Value {
        json!({
            "id": user.id, "team_id": user.team.as_ref().unwrap_or(&self.team), "name": user.name, "deleted": user.deleted, "color": "9f69e7",
            "real_name": user.name, "tz": user.tz, "tz_label": user.tz, "tz_offset": offset(&user.tz, self.now),
            "profile": {
                "real_name": user.name, "display_name": user.name, "real_name_normalized": user.name,
                "display_name_normalized": user.name, "team": self.team, "title": "", "phone": "", "skype": "",
                "status_text": "", "status_emoji": "", "avatar_hash": "ge3b51ca72de",
            },
            "is_admin": user.admin || user.owner, "is_owner": user.owner, "is_primary_owner": user.owner, "is_bot": user.bot,
            "is_restricted": false, "is_ultra_restricted": false, "is_app_user": false, "updated": self.now.as_second(),
        })
    }

    pub fn channel_json(&self, channel: &Channel) -> Value {
        let created = channel.created.as_second();
        if channel.kind == Kind::Direct {
            let person = channel.members.iter().find(|member| **member != self.bot);
            return json!({
                "id": channel.id, "created": created, "is_im": true, "is_archived": false, "is_org_shared": false,
                "context_team_id": self.team, "user": person, "is_user_deleted": false, "priority": 0, "is_open": true,
            });
        }
        let private = channel.kind == Kind::Private;
        json!({
            "id": channel.id, "name": channel.name, "name_normalized": channel.name, "created": created, "creator": self.bot,
            "is_channel": true, "is_group": false, "is_im": false, "is_mpim": false, "is_private": private,
            "is_archived": channel.archived, "is_general": false, "is_shared": false, "is_org_shared": false, "is_ext_shared": false,
            "is_member": channel.members.contains(&self.bot), "unlinked": 0, "previous_names": [], "context_team_id": self.team,
            "topic": {"value": "", "creator": "", "last_set": 0}, "purpose": {"value": "", "creator": "", "last_set": 0},
            "num_members": channel.members.len(),
        })
    }

    pub fn file_json(&self, id: &str) -> Value {
        let Some(file) = self.world.files.get(id) else { return Value::Null };
        let kind = file.name.rsplit_once('.').map_or("binary", |(_, kind)| kind);
        let private = format!("{}/files/{}-{}/{}", self.base, self.team, file.id, file.name);
        json!({
            "id": file.id, "created": self.now.as_second(), "timestamp": self.now.as_second(), "name": file.name, "title": file.title,
            "mimetype": if kind == "png" { "image/png" } else { "application/octet-stream" }, "filetype": kind,
            "pretty_type": kind.to_uppercase(), "user": self.bot, "editable": false, "size": file.length, "mode": "hosted",
            "is_external": false, "is_public": true, "public_url_shared": false, "display_as_bot": false, "alt_txt": file.alt,
            "url_private": private, "url_private_download": format!("{private}?download=1"),
            "permalink": format!("https://team.slack.com/files/{}/{}", self.bot, file.id),
        })
    }

    /// A view with what was entered in it.
    pub fn view_json(&self, view: &View) -> Value {
        let given = |field: &str| view.given[field].clone();
        let text = |field: &str| json!(view.given[field].as_str().unwrap_or_default());
        let flag = |field: &str| json!(view.given[field].as_bool().unwrap_or_default());
        let mut body = json!({
            "id": view.id, "team_id": self.team, "type": given("type"), "blocks": given("blocks"),
            "private_metadata": text("private_metadata"), "callback_id": text("callback_id"), "external_id": text("external_id"),
            "state": {"values": view.entered}, "hash": view.hash, "clear_on_close": flag("clear_on_close"),
            "notify_on_close": flag("notify_on_close"), "previous_view_id": view.previous, "root_view_id": view.root,
            "app_id": self.app, "app_installed_team_id": self.team, "bot_id": self.bot_id, "close": given("close"),
            "submit": given("submit"),
        });
        if view.given["type"] == "modal" {
            body["title"] = given("title");
        }
        body
    }

    /// The person, as interactions name them.
    pub fn who(&self, person: &str) -> Value {
        let name = self.world.name_of(person);
        json!({"id": person, "username": name, "name": name, "team_id": self.team})
    }
}

pub fn permalink(message: &Message) -> String {
    let thread = message.thread.as_ref().map(|parent| format!("?thread_ts={parent}&cid={}", message.channel));
    let ts = message.ts.replace('.', "");
    format!("https://team.slack.com/archives/{}/p{ts}{}", message.channel, thread.unwrap_or_default())
}

/// Seconds east of Greenwich.
fn offset(zone: &str, now: jiff::Timestamp) -> i32 {
    jiff::tz::TimeZone::get(zone).expect("the zone is known").to_offset(now).seconds()
}
