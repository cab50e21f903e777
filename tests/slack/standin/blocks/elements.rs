//! The interactive elements of Block Kit, by <https://docs.slack.dev/reference/block-kit/block-elements>.

use std::collections::BTreeSet;

use serde_json::Value;

use super::problems::Problems;

/// Where an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Accessory,
    Actions,
    Input,
}

/// An element that acts or takes something in.
pub fn element(problems: &mut Problems, at: &str, element: &Value, place: Place) {
    let kind = element["type"].as_str().unwrap_or_default();
    let typed = matches!(kind, "plain_text_input" | "number_input" | "file_input");
    let fits = match place {
        Place::Accessory | Place::Actions => !typed,
        Place::Input => kind != "button" && kind != "overflow",
    };
    if !fits {
        problems.add(&format!("{at}/type"), format!("unsupported type: {kind}"));
        return;
    }
    problems.string(&format!("{at}/action_id"), &element["action_id"], 1, 255);
    problems.text(&format!("{at}/placeholder"), &element["placeholder"], true, 150);
    problems.flags(at, element, &["focus_on_load", "multiline", "is_decimal_allowed"]);
    confirm(problems, at, &element["confirm"]);
    match kind {
        "button" => button(problems, at, element),
        "static_select" => menu(problems, at, element, &["initial_option"]),
        "multi_static_select" => {
            menu(problems, at, element, &["initial_options", "max_selected_items"]);
            if element["max_selected_items"].as_i64().is_some_and(|max| max < 1) {
                problems.add(&format!("{at}/max_selected_items"), "must be greater than 0");
            }
        }
        "checkboxes" => choices(problems, at, element, "initial_options"),
        "radio_buttons" => choices(problems, at, element, "initial_option"),
        "overflow" => {
            problems.fields(at, element, &["type", "options"], &["action_id", "confirm"]);
            let list = problems.items(&format!("{at}/options"), &element["options"], 1, 5);
            options(problems, &format!("{at}/options"), list, true, &["url"]);
        }
        "plain_text_input" => input(problems, at, element),
        "number_input" => {
            let optional = ["action_id", "initial_value", "min_value", "max_value", "dispatch_action_config"];
            let more = ["focus_on_load", "placeholder"];
            problems.fields(at, element, &["type", "is_decimal_allowed"], &[&optional[..], &more].concat());
        }
        "file_input" => {
            problems.fields(at, element, &["type"], &["action_id", "filetypes", "max_files"]);
            if !element["max_files"].is_null() && !(1..=10).contains(&element["max_files"].as_i64().unwrap_or(0)) {
                problems.add(&format!("{at}/max_files"), "must be between 1 and 10");
            }
        }
        "users_select" => pick(problems, at, element, &["initial_user"]),
        "channels_select" => pick(problems, at, element, &["initial_channel", "response_url_enabled"]),
        "conversations_select" => {
            let own = ["initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"];
            pick(problems, at, element, &own);
        }
        "multi_users_select" => pick(problems, at, element, &["initial_users", "max_selected_items"]),
        "multi_channels_select" => pick(problems, at, element, &["initial_channels", "max_selected_items"]),
        "multi_conversations_select" => {
            let own = ["initial_conversations", "default_to_current_conversation", "max_selected_items", "filter"];
            pick(problems, at, element, &own);
        }
        "datepicker" => pick(problems, at, element, &["initial_date"]),
        "timepicker" => pick(problems, at, element, &["initial_time", "timezone"]),
        _ => problems.add(&format!("{at}/type"), format!("unsupported type: {kind}")),
    }
}

fn button(problems: &mut Problems, at: &str, button: &Value) {
    let optional = ["action_id", "url", "value", "style", "confirm", "accessibility_label"];
    problems.fields(at, button, &["type", "text"], &optional);
    problems.text(&format!("{at}/text"), &button["text"], true, 75);
    problems.string(&format!("{at}/value"), &button["value"], 1, 2000);
    problems.string(&format!("{at}/url"), &button["url"], 1, 3000);
    problems.string(&format!("{at}/accessibility_label"), &button["accessibility_label"], 1, 75);
    if !matches!(button["style"].as_str(), None | Some("primary" | "danger")) {
        problems.add(&format!("{at}/style"), "must be a valid enum value");
    }
}

/// A menu of its own options, of which some may be chosen at first.
fn menu(problems: &mut Problems, at: &str, menu: &Value, own: &[&str]) {
    let shared = ["action_id", "placeholder", "options", "option_groups", "confirm", "focus_on_load"];
    problems.fields(at, menu, &["type"], &[&shared[..], own].concat());
    if menu["options"].is_null() == menu["option_groups"].is_null() {
        problems.add(at, "must define either options or option_groups");
    }
    let list = problems.items(&format!("{at}/options"), &menu["options"], 1, 100);
    options(problems, &format!("{at}/options"), list, true, &[]);
    let mut all = list.to_vec();
    let groups = problems.items(&format!("{at}/option_groups"), &menu["option_groups"], 1, 100);
    for (n, group) in groups.iter().enumerate() {
        let at = format!("{at}/option_groups/{n}");
        problems.fields(&at, group, &["label", "options"], &[]);
        problems.text(&format!("{at}/label"), &group["label"], true, 75);
        let list = problems.items(&format!("{at}/options"), &group["options"], 1, 100);
        options(problems, &format!("{at}/options"), list, true, &[]);
        all.extend_from_slice(list);
    }
    initial(problems, at, menu, own[0], &all);
}

/// Checkboxes and radio buttons: up to ten options, which may be formatted.
fn choices(problems: &mut Problems, at: &str, element: &Value, chosen: &str) {
    problems.fields(at, element, &["type", "options"], &["action_id", chosen, "confirm", "focus_on_load"]);
    let list = problems.items(&format!("{at}/options"), &element["options"], 1, 10);
    options(problems, &format!("{at}/options"), list, false, &[]);
    initial(problems, at, element, chosen, list);
}

/// What is chosen at first must be one of the options, to the letter.
fn initial(problems: &mut Problems, at: &str, element: &Value, field: &str, options: &[Value]) {
    let at = format!("{at}/{field}");
    let chosen = match &element[field] {
        Value::Null => return,
        Value::Array(chosen) if chosen.is_empty() => return problems.add(&at, "no fewer than 1 items allowed"),
        Value::Array(chosen) => chosen.as_slice(),
        one => std::slice::from_ref(one),
    };
    if chosen.iter().any(|one| !options.contains(one)) {
        problems.add(&at, "must match an option defined in options");
    }
}

fn options(problems: &mut Problems, at: &str, options: &[Value], plain: bool, own: &[&str]) {
    let mut values = BTreeSet::new();
    for (n, option) in options.iter().enumerate() {
        let at = format!("{at}/{n}");
        problems.fields(&at, option, &["text", "value"], &[&["description"][..], own].concat());
        problems.text(&format!("{at}/text"), &option["text"], plain, 75);
        problems.text(&format!("{at}/description"), &option["description"], plain, 75);
        problems.string(&format!("{at}/value"), &option["value"], 1, 150);
        problems.string(&format!("{at}/url"), &option["url"], 1, 3000);
        if option["value"].as_str().is_some_and(|value| !values.insert(value)) {
            problems.add(&format!("{at}/value"), "must be unique among the options");
        }
    }
}

fn input(problems: &mut Problems, at: &str, input: &Value) {
    let optional = ["action_id", "initial_value", "multiline", "min_length", "max_length"];
    let more = ["dispatch_action_config", "focus_on_load", "placeholder"];
    problems.fields(at, input, &["type"], &[&optional[..], &more].concat());
    let number = |field: &str| input[field].as_u64();
    if !input["max_length"].is_null() && number("max_length").is_none_or(|max| !(1..=3000).contains(&max)) {
        problems.add(&format!("{at}/max_length"), "must be between 1 and 3000");
    }
    if !input["min_length"].is_null() && number("min_length").is_none_or(|min| min > 3000) {
        problems.add(&format!("{at}/min_length"), "must be between 0 and 3000");
    }
    if number("min_length") > Some(number("max_length").unwrap_or(3000)) {
        problems.add(&format!("{at}/min_length"), "must be less than or equal to max_length");
    }
    problems.string(&format!("{at}/initial_value"), &input["initial_value"], 0, 3000);
}

/// A menu that Slack fills, or a picker.
fn pick(problems: &mut Problems, at: &str, element: &Value, own: &[&str]) {
    let shared = ["action_id", "placeholder", "confirm", "focus_on_load"];
    problems.fields(at, element, &["type"], &[&shared[..], own].concat());
}

fn confirm(problems: &mut Problems, at: &str, confirm: &Value) {
    if confirm.is_null() {
        return;
    }
    let at = format!("{at}/confirm");
    problems.fields(&at, confirm, &["title", "text", "confirm", "deny"], &["style"]);
    problems.text(&format!("{at}/title"), &confirm["title"], true, 100);
    problems.text(&format!("{at}/text"), &confirm["text"], true, 300);
    problems.text(&format!("{at}/confirm"), &confirm["confirm"], true, 30);
    problems.text(&format!("{at}/deny"), &confirm["deny"], true, 30);
}
