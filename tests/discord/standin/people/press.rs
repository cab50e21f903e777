//! Buttons and menus. What a message does not offer as it stands cannot be pressed.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::{Id, interaction::Asked, state::State, world::Message};
use super::{Ask, Member, Msg, interacts::Wish};

/// A component, and whether it answers to that name: its custom id, or what it shows.
fn called(component: &Value, name: &str) -> bool {
    ["custom_id", "label", "placeholder"].iter().any(|field| component[*field] == name)
        || component["emoji"]["name"] == name
}

/// The components of a message, without their rows.
pub fn components(message: &Message) -> impl Iterator<Item = &Value> {
    message.components.iter().flat_map(|row| row["components"].as_array().into_iter().flatten())
}

impl State {
    /// The message as it stands, if that person sees it.
    fn seen_by(&self, person: Id, message: Id) -> &Message {
        let found = self.world.messages.get(&message).expect("the message stands");
        let name = self.world.name_of(person, None);
        assert!(found.ephemeral.is_none_or(|only| only == person), "{name} does not see what another was told alone");
        self.person_may(person, found.channel, super::super::permissions::VIEW_CHANNEL, "see anything");
        found
    }

    /// The one enabled component of these types that answers to the name.
    fn component(
        &self,
        person: Id,
        message: Id,
        types: std::ops::RangeInclusive<u64>,
        name: &str,
    ) -> Result<Value, String> {
        let message = self.seen_by(person, message);
        let here = components(message)
            .filter(|component| component["type"].as_u64().is_some_and(|kind| types.contains(&kind)));
        let found: Vec<&Value> = here.filter(|component| called(component, name)).collect();
        match found[..] {
            [one] if one["disabled"] == true => Err(format!("`{name}` is disabled")),
            [one] if one["style"] == 5 => Err(format!("`{name}` is a link")),
            [one] => Ok(one.clone()),
            [] => Err(format!("there is no `{name}` in {:#?}", message.components)),
            _ => Err(format!("more than one component is called `{name}`")),
        }
    }

    fn presses(&mut self, person: Id, message: Id, component: &Value, values: Option<Vec<Value>>) -> Id {
        let channel = self.world.messages[&message].channel;
        let what = component["custom_id"].as_str().unwrap_or_default().to_owned();
        let mut data = json!({"id": 2, "component_type": component["type"], "custom_id": what});
        if let Some(values) = values {
            data["values"] = json!(values);
        }
        self.interacts(Wish { person, channel, asked: Asked::Component, what, data, source: Some(message) })
    }
}

impl Member {
    /// Whether this button is there, and enabled.
    pub fn can_click(&self, message: &Msg, button: &str) -> bool {
        self.shared.sees(|state| state.component(self.id, message.id, 2..=2, button).is_ok())
    }

    /// Clicks a button, named by its custom id, its label or its emoji.
    pub fn clicks(&self, message: &Msg, button: &str) -> Ask {
        let id = self.shared.with(|state| {
            let button = state.component(self.id, message.id, 2..=2, button).unwrap_or_else(|why| panic!("{why}"));
            state.presses(self.id, message.id, &button, None)
        });
        Ask { shared: Arc::clone(&self.shared), id }
    }

    /// Clicks what was there a moment ago: Discord takes a click that was under way when the message was edited.
    pub fn clicks_late(&self, message: &Msg, custom_id: &str) -> Ask {
        let id = self.shared.with(|state| {
            state.seen_by(self.id, message.id);
            state.presses(self.id, message.id, &json!({"type": 2, "custom_id": custom_id}), None)
        });
        Ask { shared: Arc::clone(&self.shared), id }
    }

    /// Picks options of a menu, named by its custom id or placeholder; options by their value or label.
    pub fn picks(&self, message: &Msg, menu: &str, options: &[&str]) -> Ask {
        let id = self.shared.with(|state| {
            let menu = state.component(self.id, message.id, 3..=8, menu).unwrap_or_else(|why| panic!("{why}"));
            let offered = menu["options"].as_array().cloned().unwrap_or_default();
            let value = |name: &&str| {
                let found = offered.iter().find(|option| option["value"] == **name || option["label"] == **name);
                found.unwrap_or_else(|| panic!("the menu has no `{name}`: {offered:#?}"))["value"].clone()
            };
            let values: Vec<Value> = options.iter().map(value).collect();
            let (min, max) = (menu["min_values"].as_u64().unwrap_or(1), menu["max_values"].as_u64().unwrap_or(1));
            let picked = values.len() as u64;
            assert!((min..=max).contains(&picked), "the menu takes {min} to {max} options, not {picked}");
            state.presses(self.id, message.id, &menu, Some(values))
        });
        Ask { shared: Arc::clone(&self.shared), id }
    }
}
