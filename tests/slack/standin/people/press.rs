//! Commands, buttons, menus and shortcuts. What a message or a view does not offer as it stands cannot be pressed.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::{interactions::Wish, refusal::extend, state::State, world::Kind};
use super::{
    Ask, Channel, Msg, Person, View,
    elements::{element, state_of},
};

impl State {
    /// The action, as `block_actions` carries it.
    fn action(&mut self, block: &str, element: &Value, values: Option<&[&str]>) -> Value {
        let mut action = json!({
            "action_id": element["action_id"], "block_id": block, "type": element["type"], "action_ts": self.world.ts(self.now),
        });
        if let Some(values) = values {
            extend(&mut action, state_of(element, values));
        } else {
            for field in ["text", "value", "style"].into_iter().filter(|field| !element[*field].is_null()) {
                action[field] = element[field].clone();
            }
        }
        action
    }

    fn presses(&mut self, person: &str, message: &Msg, element: &(String, Value), values: Option<&[&str]>) -> usize {
        let action = self.action(&element.0, &element.1, values);
        let found = self.world.message(&message.channel, &message.ts).cloned().expect("the message stands");
        let channel = &self.world.channels[&message.channel];
        let mut container = json!({
            "type": "message", "message_ts": message.ts, "channel_id": message.channel, "is_ephemeral": found.ephemeral.is_some(),
        });
        if let Some(thread) = &found.thread {
            container["thread_ts"] = json!(thread);
        }
        let named = if channel.kind == Kind::Direct { "directmessage" } else { &channel.name };
        let mut payload = json!({
            "type": "block_actions", "container": container, "channel": {"id": message.channel, "name": named},
            "state": {"values": {}}, "actions": [action],
        });
        // What this person left the message's boxes and menus with.
        let entered =
            self.world.entered.entry((person.to_owned(), message.channel.clone(), message.ts.clone())).or_default();
        if let Some(values) = values {
            entered[&element.0][element.1["action_id"].as_str().unwrap_or_default()] = state_of(&element.1, values);
        }
        if !entered.is_null() {
            payload["state"]["values"] = entered.clone();
        }
        // What one person sees alone comes without the message.
        if found.ephemeral.is_none() {
            payload["message"] = self.message_json(&found, true);
        }
        let what = format!("the action {}", element.1["action_id"]);
        let source = Some((message.channel.clone(), message.ts.clone()));
        self.interacts(
            "interactive",
            Wish {
                what,
                person: person.to_owned(),
                channel: Some(message.channel.clone()),
                source,
                view: None,
                payload,
            },
        )
    }

    fn acts_in_view(&mut self, person: &str, view: &str, name: &str, values: Option<&[&str]>) -> usize {
        let found = self.world.views[view].clone();
        assert!(found.open && found.person == person, "this view does not stand before them");
        let (block, element) = element(found.given["blocks"].as_array().expect("blocks"), name);
        let action = self.action(&block, &element, values);
        if let (Some(values), Some(known)) = (values, self.world.views.get_mut(view)) {
            let action = element["action_id"].as_str().unwrap_or_default().to_owned();
            known.entered.entry(block).or_default().insert(action, state_of(&element, values));
        }
        let payload = json!({
            "type": "block_actions", "container": {"type": "view", "view_id": view}, "view": self.view_json(&self.world.views[view]),
            "actions": [action],
        });
        self.interacts(
            "interactive",
            Wish {
                what: format!("the action {}", element["action_id"]),
                person: person.to_owned(),
                channel: None,
                source: None,
                view: Some(view.to_owned()),
                payload,
            },
        )
    }

    /// The message as that person sees it.
    fn blocks_before(&self, person: &str, message: &Msg) -> Vec<Value> {
        let found = self.world.message(&message.channel, &message.ts).expect("the message stands");
        let alone = found.ephemeral.as_deref();
        assert!(alone.is_none_or(|only| only == person), "they do not see what another was told alone");
        assert!(self.world.channels[&message.channel].members.contains(person), "they are not in the channel");
        found.blocks.clone()
    }
}

impl Person {
    fn ask(&self, place: usize) -> Ask {
        Ask { shared: Arc::clone(&self.shared), place }
    }

    /// Clicks a button of a message, named by its action id or its label.
    pub fn clicks(&self, message: &Msg, button: &str) -> Ask {
        self.ask(self.shared.with(|state| {
            let found = element(&state.blocks_before(&self.id, message), button);
            assert_eq!(found.1["type"], "button", "`{button}` is no button");
            state.presses(&self.id, message, &found, None)
        }))
    }

    /// Clicks what was there a moment ago: a click that was under way when the message was edited.
    pub fn clicks_late(&self, message: &Msg, block: &str, action: &str, value: &str) -> Ask {
        let button =
            json!({"type": "button", "action_id": action, "value": value, "text": {"type": "plain_text", "text": "?"}});
        self.ask(self.shared.with(|state| state.presses(&self.id, message, &(block.to_owned(), button), None)))
    }

    /// Chooses in a menu or ticks boxes of a message, named by its action id, block id or placeholder.
    pub fn selects(&self, message: &Msg, menu: &str, values: &[&str]) -> Ask {
        self.ask(self.shared.with(|state| {
            let found = element(&state.blocks_before(&self.id, message), menu);
            state.presses(&self.id, message, &found, Some(values))
        }))
    }

    /// Clicks a button of a form or of their App Home.
    pub fn clicks_in(&self, view: &View, button: &str) -> Ask {
        self.ask(self.shared.with(|state| state.acts_in_view(&self.id, &view.id, button, None)))
    }

    /// Chooses in a menu of a form or of their App Home.
    pub fn selects_in(&self, view: &View, menu: &str, values: &[&str]) -> Ask {
        self.ask(self.shared.with(|state| state.acts_in_view(&self.id, &view.id, menu, Some(values))))
    }

    /// Gives a command, `/kquiz`, with what stands behind it.
    pub fn slash(&self, channel: &Channel, command: &str, text: &str) -> Ask {
        self.ask(self.shared.with(|state| {
            state.person_may(&self.id, &channel.id, "give commands");
            let found = &state.world.channels[&channel.id];
            let named = match found.kind {
                Kind::Public => found.name.clone(),
                Kind::Private => "privategroup".to_owned(),
                Kind::Direct => "directmessage".to_owned(),
            };
            let payload = json!({
                "team_id": state.team, "team_domain": "team", "channel_id": channel.id, "channel_name": named, "user_id": self.id,
                "user_name": state.world.name_of(&self.id), "command": command, "text": text, "is_enterprise_install": "false",
            });
            let what = format!("{command} {text}");
            let wish = Wish { what, person: self.id.clone(), channel: Some(channel.id.clone()), source: None, view: None, payload };
            state.interacts("slash_commands", wish)
        }))
    }

    /// Uses a shortcut on a message.
    pub fn uses_message_shortcut(&self, message: &Msg, callback_id: &str) -> Ask {
        self.ask(self.shared.with(|state| {
            state.blocks_before(&self.id, message);
            let found = state.world.message(&message.channel, &message.ts).cloned().expect("the message stands");
            assert!(found.ephemeral.is_none(), "what one person sees alone has no shortcuts");
            let name = state.world.channels[&message.channel].name.clone();
            let payload = json!({
                "type": "message_action", "callback_id": callback_id, "action_ts": state.world.ts(state.now),
                "message_ts": message.ts, "channel": {"id": message.channel, "name": name}, "message": state.message_json(&found, true),
            });
            let source = Some((message.channel.clone(), message.ts.clone()));
            let what = format!("the shortcut {callback_id}");
            let wish = Wish { what, person: self.id.clone(), channel: Some(message.channel.clone()), source, view: None, payload };
            state.interacts("interactive", wish)
        }))
    }

    /// Uses a shortcut that is about nothing.
    pub fn uses_shortcut(&self, callback_id: &str) -> Ask {
        self.ask(self.shared.with(|state| {
            let payload =
                json!({"type": "shortcut", "callback_id": callback_id, "action_ts": state.world.ts(state.now)});
            let what = format!("the shortcut {callback_id}");
            let wish = Wish { what, person: self.id.clone(), channel: None, source: None, view: None, payload };
            state.interacts("interactive", wish)
        }))
    }
}
