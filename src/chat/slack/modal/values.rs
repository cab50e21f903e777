//! What was filled into a modal.

use std::collections::BTreeMap;

use crate::chat::slack::pressed::{Attached, Chosen, Filled, State};

/// The values of a submission by field, as `Command::from_options` and forms read them: channels as `<#C1>` and people as `<@U1>`, several
/// with commas, days as `2026-12-24`, a ticked box as `yes`. What was left empty is not there.
pub fn values(state: &State) -> BTreeMap<String, String> {
    let fields = state.values.values().flatten();
    let filled = fields.filter_map(|(name, value)| Some((name.clone(), read(value)?)));
    filled.filter(|(_, value)| !value.is_empty()).collect()
}

/// The file of a submission.
pub fn file(state: &State) -> Option<&Attached> {
    state.values.values().flat_map(BTreeMap::values).find_map(|filled| filled.files.first())
}

fn read(filled: &Filled) -> Option<String> {
    let all =
        |begins: &str, ids: &[String]| ids.iter().map(|id| format!("{begins}{id}>")).collect::<Vec<_>>().join(", ");
    if let Some(ticked) = &filled.selected_options {
        return Some(ticked.iter().map(|option| option.value.as_str()).collect::<Vec<_>>().join(", "));
    }
    if let Some(channels) = &filled.selected_conversations {
        return Some(all("<#", channels));
    }
    if let Some(people) = &filled.selected_users {
        return Some(all("<@", people));
    }
    if let Some(channel) = &filled.selected_conversation {
        return Some(format!("<#{channel}>"));
    }
    let picked = filled.selected_option.as_ref().map(|Chosen { value }| value);
    picked.or(filled.selected_date.as_ref()).or(filled.value.as_ref()).cloned()
}
