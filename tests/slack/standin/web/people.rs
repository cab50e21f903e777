//! People and groups: `users.info`, `users.list` and `usergroups.…`.

use serde_json::{Value, json};

use super::super::{state::State, world::Group};
use super::{Answer, body::Call, history::page};

impl State {
    pub fn user_info(&self, call: &Call) -> Answer {
        let user = self.world.users.get(call.text("user")).ok_or("user_not_found")?;
        let mut body = self.user_json(user);
        if call.flag("include_locale") {
            body["locale"] = json!("en-US");
        }
        Ok(json!({"user": body}))
    }

    pub fn users(&self, call: &Call) -> Answer {
        let users: Vec<_> = self.world.users.values().collect();
        let (page, next) = page(call, &users, 200, 1_000)?;
        let members: Vec<Value> = page.into_iter().map(|user| self.user_json(user)).collect();
        Ok(json!({"members": members, "cache_ts": self.now.as_second(), "response_metadata": {"next_cursor": next}}))
    }

    pub fn groups(&self, call: &Call) -> Value {
        let shown = self.world.groups.values().filter(|group| !group.disabled || call.flag("include_disabled"));
        let told = |group: &Group| {
            let mut body = json!({
                "id": group.id, "team_id": self.team, "is_usergroup": true, "is_subteam": true, "name": group.handle,
                "description": "", "handle": group.handle, "is_external": false, "date_create": 1_700_000_000,
                "date_update": 1_700_000_000, "date_delete": i64::from(group.disabled) * 1_700_000_001, "auto_type": null,
                "auto_provision": false, "created_by": self.bot, "updated_by": self.bot, "deleted_by": null,
                "prefs": {"channels": [], "groups": []}, "user_count": group.users.len(), "channel_count": 0,
            });
            if call.flag("include_users") {
                body["users"] = json!(group.users);
            }
            body
        };
        json!({"usergroups": shown.map(told).collect::<Vec<Value>>()})
    }

    pub fn group_users(&self, call: &Call) -> Answer {
        let group = self.world.groups.get(call.text("usergroup"));
        let group = group.filter(|group| !group.disabled || call.flag("include_disabled")).ok_or("no_such_subteam")?;
        Ok(json!({"users": group.users}))
    }
}
