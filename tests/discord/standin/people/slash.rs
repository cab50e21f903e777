//! Commands as Discord's clients send them: only what is registered, with values that its options take.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::super::{Id, interaction::Asked, state::State, world::World};
use super::{Ask, Channel, Member, interacts::Wish};

/// A command found by its words: `kquiz schedule add`.
struct Found {
    command: Value,
    /// Names and types of the group and the subcommand.
    steps: Vec<(String, Value)>,
    options: Vec<Value>,
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

impl State {
    fn find(&self, words: &str) -> Result<Found, String> {
        let mut words = words.trim_start_matches('/').split_whitespace();
        let name = words.next().unwrap_or_default();
        let command = self.world.commands.iter().find(|command| command["name"] == name);
        let command = command
            .ok_or_else(|| format!("there is no /{name}; the bot registered {} commands", self.world.commands.len()))?;
        let (mut steps, mut options) = (Vec::new(), list(&command["options"]));
        for word in words {
            let nested =
                options.iter().find(|option| option["name"] == word && matches!(option["type"].as_u64(), Some(1 | 2)));
            let nested = nested.ok_or_else(|| format!("/{name} has no subcommand {word}"))?.clone();
            steps.push((word.to_owned(), nested["type"].clone()));
            options = list(&nested["options"]);
        }
        if options.iter().any(|option| matches!(option["type"].as_u64(), Some(1 | 2))) {
            return Err(format!("/{name} is used with one of its subcommands only"));
        }
        Ok(Found { command: command.clone(), steps, options })
    }

    /// Whether Discord offers the command to this person here.
    fn offers(&self, person: Id, channel: Id, command: &Value) -> Result<(), String> {
        let context = self.context(person, channel)?;
        let here = match command["contexts"].as_array() {
            Some(contexts) => contexts.iter().any(|known| *known == context),
            None => context == 0 || command["dm_permission"] != false,
        };
        if !here {
            return Err(format!("/{} is not offered here", command["name"]));
        }
        let needed = command["default_member_permissions"].as_str().and_then(|needed| needed.parse::<u64>().ok());
        let may = self.world.permissions(person, &self.world.channels[&channel]);
        match needed {
            // Zero: administrators only.
            Some(needed) if context == 0 && (may & needed != needed || (needed == 0 && may & 8 == 0)) => {
                Err(format!("/{} is offered to those only who have {needed:#b}", command["name"]))
            }
            _ => Ok(()),
        }
    }
}

impl Found {
    /// What Discord sends for a command.
    fn data(&self, options: Vec<Value>, resolved: Map<String, Value>) -> Value {
        let mut options = options;
        for (name, kind) in self.steps.iter().rev() {
            options = vec![json!({"name": name, "type": kind, "options": options})];
        }
        let mut data = json!({"id": self.command["id"], "name": self.command["name"], "type": 1, "options": options});
        if !resolved.is_empty() {
            data["resolved"] = Value::Object(resolved);
        }
        data
    }
}

/// Checks a value against its option.
fn fits(world: &World, guild: Option<Id>, option: &Value, value: &Value) -> Result<(), String> {
    let name = option["name"].as_str().unwrap_or_default();
    let kind = option["type"].as_u64().unwrap_or_default();
    let id = value.as_str().and_then(Id::parse);
    let member = |id: Id| {
        guild.is_none_or(|guild| world.guilds[&guild].members.contains_key(&id)) && world.users.contains_key(&id)
    };
    let role = |id: Id| guild.is_some_and(|guild| world.guilds[&guild].roles.iter().any(|role| role.id == id));
    let right = match kind {
        3 => value.is_string(),
        4 => value.is_i64(),
        5 => value.is_boolean(),
        6 => id.is_some_and(member),
        7 => id.and_then(|id| world.channels.get(&id)).is_some_and(|channel| {
            let types = list(&option["channel_types"]);
            types.is_empty() || types.iter().any(|kind| *kind == channel.kind as u64)
        }),
        8 => id.is_some_and(role),
        9 => id.is_some_and(|id| member(id) || role(id)),
        10 => value.is_number(),
        11 => id.is_some_and(|id| world.uploads.contains_key(&id)),
        _ => false,
    };
    if !right {
        return Err(format!("`{name}` takes a value of type {kind}, not {value}"));
    }
    let choices = list(&option["choices"]);
    if !choices.is_empty() && !choices.iter().any(|choice| choice["value"] == *value) {
        return Err(format!("`{name}` has no choice {value}"));
    }
    let bounds = |low: &str, high: &str, size: f64| {
        let low = option[low].as_f64().is_none_or(|low| size >= low);
        low && option[high].as_f64().is_none_or(|high| size <= high)
    };
    let length = value.as_str().map_or(0, |text| text.chars().count()).min(6001);
    let within = match kind {
        3 => length <= 6000 && bounds("min_length", "max_length", f64::from(u16::try_from(length).unwrap_or(u16::MAX))),
        4 | 10 => bounds("min_value", "max_value", value.as_f64().unwrap_or_default()),
        _ => true,
    };
    if within { Ok(()) } else { Err(format!("`{name}` does not take {value}: too much or too little")) }
}

/// What an option's value names, in full.
fn resolve(world: &World, guild: Option<Id>, kind: u64, value: &Value, resolved: &mut Map<String, Value>) {
    let Some(id) = value.as_str().and_then(Id::parse) else { return };
    let mut put = |what: &str, json: Value| resolved.entry(what).or_insert_with(|| json!({}))[id.to_string()] = json;
    let guild = guild.map(|guild| &world.guilds[&guild]);
    if matches!(kind, 6 | 9) && world.users.contains_key(&id) {
        put("users", world.user_json(id));
        if let Some(guild) = guild {
            let mut member = world.member_json(guild, id);
            member.as_object_mut().expect("a member").remove("user");
            member["permissions"] = json!(World::guild_permissions(id, guild).to_string());
            put("members", member);
        }
    }
    if let Some((guild, role)) =
        guild.and_then(|guild| guild.roles.iter().find(|role| role.id == id).map(|role| (guild, role)))
        && matches!(kind, 8 | 9)
    {
        put("roles", World::role_json(role, guild));
    }
    if let Some(file) = world.uploads.get(&id).filter(|_| kind == 11) {
        put("attachments", file.json(id));
    }
    if let Some(channel) = world.channels.get(&id).filter(|_| kind == 7) {
        let mut json = world.channel_json(channel);
        json["permissions"] = json!("0");
        put("channels", json);
    }
}

impl Member {
    /// Whether Discord offers this command to them there.
    pub fn is_offered(&self, channel: &Channel, command: &str) -> bool {
        self.shared.sees(|state| {
            state.find(command).and_then(|found| state.offers(self.id, channel.id, &found.command)).is_ok()
        })
    }

    /// Sends a command: `kquiz schedule add`, with its options.
    pub fn commands(&self, channel: &Channel, command: &str, options: &[(&str, Value)]) -> Ask {
        self.slash(channel, command, options, None).unwrap_or_else(|why| panic!("{why}"))
    }

    /// The same, where Discord's client may refuse it: the reason that it gives.
    pub fn tries(&self, channel: &Channel, command: &str, options: &[(&str, Value)]) -> Result<Ask, String> {
        self.slash(channel, command, options, None)
    }

    /// Types into an option, with others filled in already; the choices come back.
    pub fn autocompletes(
        &self,
        channel: &Channel,
        command: &str,
        filled: &[(&str, Value)],
        option: &str,
        typed: &str,
    ) -> Ask {
        self.slash(channel, command, filled, Some((option, typed))).unwrap_or_else(|why| panic!("{why}"))
    }

    fn slash(
        &self,
        channel: &Channel,
        command: &str,
        given: &[(&str, Value)],
        typing: Option<(&str, &str)>,
    ) -> Result<Ask, String> {
        let id = self.shared.with(|state| {
            let found = state.find(command)?;
            state.offers(self.id, channel.id, &found.command)?;
            let guild = state.world.guild_of(channel.id);
            let known = |name: &str| {
                let option = found.options.iter().find(|option| option["name"] == name);
                option.ok_or_else(|| format!("/{command} has no option `{name}`"))
            };
            let (mut sent, mut resolved) = (Vec::new(), Map::new());
            for (name, value) in given {
                let option = known(name)?;
                fits(&state.world, guild, option, value)?;
                resolve(&state.world, guild, option["type"].as_u64().unwrap_or_default(), value, &mut resolved);
                sent.push(json!({"name": name, "type": option["type"], "value": value}));
            }
            let asked = if let Some((name, typed)) = typing {
                let option = known(name)?;
                if option["autocomplete"] != true {
                    return Err(format!("`{name}` completes nothing"));
                }
                sent.push(json!({"name": name, "type": option["type"], "value": typed, "focused": true}));
                Asked::Completion
            } else {
                let missing = found.options.iter().find(|option| {
                    option["required"] == true && !given.iter().any(|(name, _)| option["name"] == *name)
                });
                if let Some(missing) = missing {
                    return Err(format!("/{command} needs {}", missing["name"]));
                }
                Asked::Command
            };
            let data = found.data(sent, resolved);
            let what = format!("/{command}");
            Ok(state.interacts(Wish { person: self.id, channel: channel.id, asked, what, data, source: None }))
        })?;
        Ok(Ask { shared: Arc::clone(&self.shared), id })
    }
}
