//! `/applications/{id}/commands`: registering the application's commands, by Discord's rules.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::{
    refusal::{Problems, unknown_channel},
    render::extend,
    state::State,
};
use super::{Answer, Call};

const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;

impl State {
    pub fn commands(&mut self, call: &Call, application: &str) -> Answer {
        if application != self.application.to_string() {
            return Err(unknown_channel());
        }
        match call.method.as_str() {
            "GET" => Ok((200, Value::Array(self.world.commands.clone()))),
            "PUT" => {
                let wanted = call.body.as_array().cloned().unwrap_or_default();
                check(&wanted).verdict()?;
                self.world.commands = wanted.into_iter().map(|command| self.registered(command)).collect();
                Ok((200, Value::Array(self.world.commands.clone())))
            }
            _ => self.unrouted(call),
        }
    }

    /// A command as it is kept: with the id of the one of the same name.
    fn registered(&mut self, mut command: Value) -> Value {
        let known = self.world.commands.iter().find(|known| known["name"] == command["name"]);
        let id = known.map(|known| known["id"].clone());
        let id = id.unwrap_or_else(|| json!(self.id()));
        let version = self.id();
        let needed = match &command["default_member_permissions"] {
            Value::Number(needed) => json!(needed.to_string()),
            other => other.clone(),
        };
        extend(
            &mut command,
            json!({
                "id": id, "application_id": self.application, "version": version, "default_member_permissions": needed,
            }),
        );
        for (field, default) in
            [("type", json!(1)), ("nsfw", json!(false)), ("options", json!([])), ("integration_types", json!([0]))]
        {
            if command[field].is_null() {
                command[field] = default;
            }
        }
        command
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What is wrong with these commands.
fn check(commands: &[Value]) -> Problems {
    let mut problems = Problems::default();
    problems.count("commands", commands.len(), 0, 100);
    let mut names = BTreeSet::new();
    for (n, command) in commands.iter().enumerate() {
        let at = n.to_string();
        named(&mut problems, &at, command, &mut names);
        options(&mut problems, &at, list(&command["options"]), 0);
        let length = characters(command);
        if length > 8000 {
            let message =
                format!("The command has {length} characters of names, descriptions and values; 8000 is the most.");
            problems.add(at, "APPLICATION_COMMAND_TOO_LARGE", message);
        }
    }
    problems
}

/// Checks a name, which must be new here, and a description.
fn named(problems: &mut Problems, at: &str, item: &Value, names: &mut BTreeSet<String>) {
    let name = item["name"].as_str().unwrap_or_default();
    let fits = |c: char| c == '-' || c == '_' || c == '\'' || (c.is_alphanumeric() && c.to_lowercase().eq([c]));
    if name.is_empty() || name.chars().count() > 32 || !name.chars().all(fits) {
        problems.add(format!("{at}.name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
    if !names.insert(name.to_owned()) {
        problems.add(format!("{at}.name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", "This name was used before");
    }
    problems.text(format!("{at}.description"), &item["description"], 1, 100);
}

/// Checks options; `depth`: 0 of a command, 1 of a group or subcommand under it, 2 of a subcommand in a group.
fn options(problems: &mut Problems, at: &str, options: &[Value], depth: u8) {
    problems.count(format!("{at}.options"), options.len(), 0, 25);
    let nests = |option: &Value| matches!(option["type"].as_u64(), Some(SUBCOMMAND | GROUP));
    if options.iter().any(nests) && !options.iter().all(nests) {
        problems.add(
            format!("{at}.options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group options are mutually exclusive to other options",
        );
    }
    let (mut names, mut optional) = (BTreeSet::new(), false);
    for (n, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{n}");
        named(problems, &at, option, &mut names);
        if option["required"] == true && optional {
            problems.add(
                &at,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        optional |= option["required"] != true;
        match option["type"].as_u64() {
            Some(GROUP) if depth == 0 => {
                let held = list(&option["options"]);
                if held.iter().any(|held| held["type"] != SUBCOMMAND) {
                    problems.add(&at, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "A group holds subcommands");
                }
                self::options(problems, &at, held, 1);
            }
            Some(SUBCOMMAND) if depth <= 1 => {
                if list(&option["options"]).iter().any(nests) {
                    problems.add(&at, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "A subcommand holds no subcommands");
                }
                self::options(problems, &at, list(&option["options"]), 2);
            }
            Some(3..=11) => value(problems, &at, option),
            _ => problems.add(format!("{at}.type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "No such option here"),
        }
    }
}

/// Checks an option that takes a value.
fn value(problems: &mut Problems, at: &str, option: &Value) {
    let kind = option["type"].as_u64().unwrap_or_default();
    let choices = list(&option["choices"]);
    problems.count(format!("{at}.choices"), choices.len(), 0, 25);
    let mut names = BTreeSet::new();
    for (n, choice) in choices.iter().enumerate() {
        let at = format!("{at}.choices.{n}");
        problems.text(format!("{at}.name"), &choice["name"], 1, 100);
        if kind == 3 {
            problems.text(format!("{at}.value"), &choice["value"], 1, 100);
        } else if !choice["value"].is_number() {
            problems.add(format!("{at}.value"), "NUMBER_TYPE_COERCE", "Value is not a number.");
        }
        if !names.insert(choice["name"].as_str().unwrap_or_default().to_owned()) {
            problems.add(format!("{at}.name"), "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", "Used twice");
        }
    }
    let (text, number) = (kind == 3, matches!(kind, 4 | 10));
    let mut only = |field: &str, fits: bool| {
        if !option[field].is_null() && option[field] != false && !fits {
            let message = format!("An option of type {kind} has no {field} here");
            problems.add(format!("{at}.{field}"), "APPLICATION_COMMAND_OPTIONS_FIELD_INVALID", message);
        }
    };
    only("autocomplete", (text || number) && choices.is_empty());
    only("choices", text || number || choices.is_empty());
    only("min_value", number);
    only("max_value", number);
    only("min_length", text);
    only("max_length", text);
}

/// The characters of names, descriptions and values, the choices' too.
fn characters(item: &Value) -> usize {
    let own = ["name", "description", "value"].map(|field| item[field].as_str().map_or(0, |text| text.chars().count()));
    let held = list(&item["options"]).iter().chain(list(&item["choices"]));
    own.iter().sum::<usize>() + held.map(characters).sum::<usize>()
}
