//! What people see of kcard on Slack.

mod buttons;
mod cards;
mod channels;
mod commands;
mod correcting;
mod day;
mod direct;
mod doctor;
mod forms;
mod home;
mod hosts;
mod people;
mod reactions;
mod replies;
mod reveal;
mod shortcut;
mod typed;

use crate::standin::Msg;

/// The action of the button or menu whose label contains this.
pub fn button(message: &Msg, label: &str) -> String {
    let blocks = message.blocks();
    let elements = blocks.iter().flat_map(|block| block["elements"].as_array().into_iter().flatten());
    let has_label =
        |element: &&serde_json::Value| element["text"]["text"].as_str().is_some_and(|text| text.contains(label));
    let found =
        elements.into_iter().find(has_label).unwrap_or_else(|| panic!("no button {label}: {}", message.shows()));
    found["action_id"].as_str().expect("a button has an action").to_owned()
}
