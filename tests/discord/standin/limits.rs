//! The limits of a message and of a form, as Discord's documentation gives them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::refusal::{Problems, Refusal};

/// Checks what a body says of content, embeds and components.
pub fn message(body: &Value) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    problems.text("content", &body["content"], 0, 2000);
    embeds(&mut problems, &body["embeds"]);
    components(&mut problems, &body["components"]);
    mentions(&mut problems, &body["allowed_mentions"]);
    if let Some(nonce) = body["nonce"].as_str() {
        problems.count("nonce", nonce.chars().count(), 0, 25);
    }
    problems.verdict()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn embeds(problems: &mut Problems, embeds: &Value) {
    let embeds = list(embeds);
    problems.count("embeds", embeds.len(), 0, 10);
    let mut all = 0;
    for (n, embed) in embeds.iter().enumerate() {
        let at = |field: &str| format!("embeds.{n}.{field}");
        let mut text = |path: &str, value: &Value, min, max| {
            problems.text(at(path), value, min, max);
            all += value.as_str().map_or(0, |text| text.chars().count());
        };
        text("title", &embed["title"], 0, 256);
        text("description", &embed["description"], 0, 4096);
        text("footer.text", &embed["footer"]["text"], 0, 2048);
        text("author.name", &embed["author"]["name"], 0, 256);
        for (f, field) in list(&embed["fields"]).iter().enumerate() {
            text(&format!("fields.{f}.name"), &field["name"], 1, 256);
            text(&format!("fields.{f}.value"), &field["value"], 1, 1024);
        }
        problems.count(at("fields"), list(&embed["fields"]).len(), 0, 25);
        if let Some(url) =
            embed["url"].as_str().filter(|url| !url.starts_with("http://") && !url.starts_with("https://"))
        {
            problems.add(at("url"), "URL_TYPE_INVALID_SCHEME", format!("\"{url}\" is no http(s) address."));
        }
    }
    if all > 6000 {
        problems.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
    }
}

fn components(problems: &mut Problems, components: &Value) {
    let rows = list(components);
    problems.count("components", rows.len(), 0, 5);
    let mut ids = BTreeSet::new();
    for (r, row) in rows.iter().enumerate() {
        let at = format!("components.{r}");
        if row["type"] != 1 {
            problems.add(format!("{at}.type"), "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).");
            continue;
        }
        let held = list(&row["components"]);
        let menus = held.iter().filter(|component| component["type"] != 2).count();
        problems.count(format!("{at}.components"), held.len(), 1, if menus > 0 { 1 } else { 5 });
        for (c, component) in held.iter().enumerate() {
            let at = format!("{at}.components.{c}");
            match component["type"].as_u64() {
                Some(2) => button(problems, &at, component),
                Some(3) => menu(problems, &at, component),
                Some(5..=8) => {}
                _ => problems.add(format!("{at}.type"), "UNION_TYPE_CHOICES", "No such component in a message."),
            }
            let id = component["custom_id"].as_str();
            if id.is_some_and(|id| !ids.insert(id.to_owned())) {
                problems.add(
                    format!("{at}.custom_id"),
                    "COMPONENT_CUSTOM_ID_DUPLICATED",
                    "Component custom id cannot be duplicated",
                );
            }
        }
    }
}

fn button(problems: &mut Problems, at: &str, button: &Value) {
    let link = button["style"] == 5;
    problems.text(format!("{at}.label"), &button["label"], 0, 80);
    if button["label"].as_str().unwrap_or_default().is_empty() && button["emoji"].is_null() {
        problems.add(
            format!("{at}.label"),
            "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
            "A label or an emoji is required",
        );
    }
    if !matches!(button["style"].as_u64(), Some(1..=5)) {
        problems.add(format!("{at}.style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5}.");
    }
    if link {
        problems.text(format!("{at}.url"), &button["url"], 1, 512);
    } else {
        problems.text(format!("{at}.custom_id"), &button["custom_id"], 1, 100);
    }
    if link != button["custom_id"].is_null() {
        problems.add(
            at,
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
            "A custom id and a url cannot both be specified",
        );
    }
}

fn menu(problems: &mut Problems, at: &str, menu: &Value) {
    problems.text(format!("{at}.custom_id"), &menu["custom_id"], 1, 100);
    problems.text(format!("{at}.placeholder"), &menu["placeholder"], 0, 150);
    let options = list(&menu["options"]);
    problems.count(format!("{at}.options"), options.len(), 1, 25);
    let (min, max) = (menu["min_values"].as_u64().unwrap_or(1), menu["max_values"].as_u64().unwrap_or(1));
    if min > max || max == 0 || max > options.len() as u64 {
        problems.add(
            format!("{at}.max_values"),
            "BASE_TYPE_MAX_VALUE",
            format!("{min} to {max} of {} options.", options.len()),
        );
    }
    let mut values = BTreeSet::new();
    for (o, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{o}");
        problems.text(format!("{at}.label"), &option["label"], 1, 100);
        problems.text(format!("{at}.value"), &option["value"], 1, 100);
        problems.text(format!("{at}.description"), &option["description"], 0, 100);
        if !values.insert(option["value"].as_str().unwrap_or_default().to_owned()) {
            problems.add(
                format!("{at}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
}

fn mentions(problems: &mut Problems, allowed: &Value) {
    for kind in ["users", "roles"] {
        let parses = list(&allowed["parse"]).iter().any(|parse| parse == kind);
        if parses && !list(&allowed[kind]).is_empty() {
            let message = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            problems.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
        }
        problems.count(format!("allowed_mentions.{kind}"), list(&allowed[kind]).len(), 0, 100);
    }
}

/// Checks a form (the data of a callback of type 9).
pub fn modal(data: &Value) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    problems.text("data.title", &data["title"], 1, 45);
    problems.text("data.custom_id", &data["custom_id"], 1, 100);
    problems.count("data.components", list(&data["components"]).len(), 1, 5);
    let mut ids = BTreeSet::new();
    for (r, row) in list(&data["components"]).iter().enumerate() {
        let at = format!("data.components.{r}");
        // A text input stands in a row of its own, or in a label (type 18).
        let input = if row["type"] == 18 { &row["component"] } else { &row["components"][0] };
        if row["type"] == 1 {
            problems.count(format!("{at}.components"), list(&row["components"]).len(), 1, 1);
            problems.text(format!("{at}.components.0.label"), &input["label"], 1, 45);
        }
        if input["type"] != 4 {
            problems.add(format!("{at}.components.0.type"), "UNION_TYPE_CHOICES", "A form takes text inputs.");
        }
        if !matches!(input["style"].as_u64(), Some(1 | 2)) {
            problems.add(format!("{at}.components.0.style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
        }
        problems.text(format!("{at}.components.0.custom_id"), &input["custom_id"], 1, 100);
        problems.text(format!("{at}.components.0.placeholder"), &input["placeholder"], 0, 100);
        problems.text(format!("{at}.components.0.value"), &input["value"], 0, 4000);
        let (min, max) = (input["min_length"].as_u64().unwrap_or(0), input["max_length"].as_u64().unwrap_or(4000));
        if min > max || max > 4000 || max == 0 {
            problems.add(format!("{at}.components.0.max_length"), "NUMBER_TYPE_MAX", "Lengths are 0 to 4000.");
        }
        if !ids.insert(input["custom_id"].as_str().unwrap_or_default().to_owned()) {
            problems.add(format!("{at}.components.0.custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Used twice");
        }
    }
    problems.verdict()
}

/// Checks the choices of an autocompletion (the data of a callback of type 8).
pub fn choices(data: &Value) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    problems.count("data.choices", list(&data["choices"]).len(), 0, 25);
    for (n, choice) in list(&data["choices"]).iter().enumerate() {
        problems.text(format!("data.choices.{n}.name"), &choice["name"], 1, 100);
        if choice["value"].is_string() || choice["value"].is_null() {
            problems.text(format!("data.choices.{n}.value"), &choice["value"], 1, 100);
        }
    }
    problems.verdict()
}
