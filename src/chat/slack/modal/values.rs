//! What was filled into a modal.

use std::collections::BTreeMap;

use slack_morphism::prelude::{SlackViewState, SlackViewStateValue};

/// The values of a submission by field, as `Command::from_options` and forms read them: channels as `<#C1>` and people as `<@U1>`, several
/// with commas, days as `2026-12-24`, a ticked box as `yes`. What was left empty is not there.
pub fn values(state: &SlackViewState) -> BTreeMap<String, String> {
    let fields = state.values.values().flatten();
    let filled = fields.filter_map(|(name, value)| Some((name.0.clone(), read(value)?)));
    filled.filter(|(_, value)| !value.is_empty()).collect()
}

fn read(value: &SlackViewStateValue) -> Option<String> {
    let all = |begins: &str, ids: Vec<&str>| {
        ids.into_iter().map(|id| format!("{begins}{id}>")).collect::<Vec<_>>().join(", ")
    };
    if let Some(ticked) = &value.selected_options {
        return Some(ticked.iter().map(|option| option.value.as_str()).collect::<Vec<_>>().join(", "));
    }
    if let Some(channels) = &value.selected_conversations {
        return Some(all("<#", channels.iter().map(|channel| channel.0.as_str()).collect()));
    }
    if let Some(people) = &value.selected_users {
        return Some(all("<@", people.iter().map(|user| user.0.as_str()).collect()));
    }
    if let Some(channel) = &value.selected_conversation {
        return Some(all("<#", vec![channel.0.as_str()]));
    }
    let picked = value.selected_option.as_ref().map(|option| option.value.clone());
    picked.or_else(|| value.selected_date.clone()).or_else(|| value.value.clone())
}
