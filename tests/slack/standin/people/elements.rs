//! What acts in blocks: how people find it, and what it holds once they used it.

use serde_json::{Value, json};

use super::super::refusal::extend;

/// What acts in blocks: each element with the id of its block.
pub fn elements(blocks: &[Value]) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for block in blocks {
        let id = block["block_id"].as_str().unwrap_or_default();
        let listed = if block["type"] == "actions" { block["elements"].as_array() } else { None };
        let held = listed.into_iter().flatten().chain([&block["accessory"], &block["element"]]);
        found.extend(held.filter(|held| held["action_id"].is_string()).map(|held| (id.to_owned(), held)));
    }
    found
}

/// Whether an element answers to that name: its action id, its block's id, its label or its placeholder.
fn called(block: &str, element: &Value, name: &str) -> bool {
    element["action_id"] == name
        || block == name
        || element["text"]["text"] == name
        || element["placeholder"]["text"] == name
}

/// The one element that answers to the name.
pub fn element(blocks: &[Value], name: &str) -> (String, Value) {
    let all = elements(blocks);
    let found: Vec<_> = all.iter().filter(|(block, element)| called(block, element, name)).collect();
    match found[..] {
        [(block, element)] => (block.clone(), (*element).clone()),
        [] => panic!("there is no `{name}` in {blocks:#?}"),
        _ => panic!("more than one is called `{name}` in {blocks:#?}"),
    }
}

/// All options of a menu, in groups or not.
fn options(element: &Value) -> Vec<Value> {
    let groups = element["option_groups"].as_array().cloned().unwrap_or_default();
    let grouped = groups.iter().flat_map(|group| group["options"].as_array().cloned().unwrap_or_default());
    element["options"].as_array().cloned().unwrap_or_default().into_iter().chain(grouped).collect()
}

/// What the state of an element becomes by these values: options by their value or label, text, a date, a channel, a person.
pub fn state_of(element: &Value, values: &[&str]) -> Value {
    let offered = options(element);
    let option = |name: &str| {
        let found = offered.iter().find(|option| option["value"] == name || option["text"]["text"] == name);
        found.unwrap_or_else(|| panic!("there is no option `{name}`: {offered:#?}")).clone()
    };
    let kind = element["type"].as_str().unwrap_or_default();
    let one = || values.first().copied().unwrap_or_else(|| panic!("`{kind}` takes one value"));
    let own = match kind {
        "static_select" | "radio_buttons" | "overflow" => json!({"selected_option": option(one())}),
        "multi_static_select" | "checkboxes" => {
            let most = element["max_selected_items"].as_u64().unwrap_or(u64::MAX);
            assert!(values.len() as u64 <= most, "the menu takes {most} options, not {}", values.len());
            json!({"selected_options": values.iter().map(|name| option(name)).collect::<Vec<_>>()})
        }
        "plain_text_input" | "number_input" => json!({"value": values.first()}),
        "users_select" => json!({"selected_user": one()}),
        "channels_select" => json!({"selected_channel": one()}),
        "conversations_select" => json!({"selected_conversation": one()}),
        "multi_users_select" => json!({"selected_users": values}),
        "multi_channels_select" => json!({"selected_channels": values}),
        "multi_conversations_select" => json!({"selected_conversations": values}),
        "datepicker" => json!({"selected_date": one()}),
        "timepicker" => json!({"selected_time": one()}),
        _ => panic!("`{kind}` is no menu"),
    };
    let mut state = json!({"type": kind});
    extend(&mut state, own);
    state
}
