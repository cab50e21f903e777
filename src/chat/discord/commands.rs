//! kcard's commands as Discord's: made from the one table, written only when they changed, and read back into words and options.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::Value;
use serenity::{
    builder::{CreateCommand, CreateCommandOption},
    model::{
        application::{
            CommandDataOption, CommandDataOptionValue as Given, CommandInteraction, CommandOptionType as Type,
            InstallationContext, InteractionContext,
        },
        channel::{Attachment, ChannelType},
        id::{RoleId, UserId},
    },
};

use super::{
    Discord, ids,
    pace::Route,
    rest::{Call, RestError},
};
use crate::chat::command::{
    Spec,
    definition::{COMMANDS, GROUPS, Opt, OptKind},
};

/// The longest text of an option: as long as the command language takes it.
const LONGEST: u16 = 300;

impl Discord {
    /// Writes the commands to Discord, if those there are others.
    pub(super) async fn sync_commands(&self) -> Result<(), RestError> {
        if self.commands_written.get().is_some() {
            return Ok(());
        }
        let path = format!("applications/{}/commands", self.me().await?.application);
        let route = Route("commands", 0);
        let mut there: Vec<Value> = self.rest.read(&Call::get(path.clone(), route.clone()).first()).await?;
        let mut ours = all();
        for commands in [&mut there, &mut ours] {
            commands.sort_by_key(|command| command["name"].as_str().map(str::to_owned));
        }
        if !same(&Value::from(ours.clone()), &Value::from(there)) {
            self.rest.call(&Call::new(Method::PUT, path, route).first().body(&ours)?).await?;
            tracing::info!("wrote the commands to Discord");
        }
        let _ = self.commands_written.set(());
        Ok(())
    }
}

/// All commands, as Discord wants them: `kcard`, and `kquiz` with everything under it.
pub fn all() -> Vec<Value> {
    let mut first: Vec<&str> = COMMANDS.iter().map(|spec| spec.words[0]).collect();
    first.dedup();
    first.into_iter().filter_map(|name| serde_json::to_value(command(name)).ok()).map(lean).collect()
}

/// Without what is so by default: serenity says of a text that it has no choices, and Discord knows no such field there.
fn lean(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            map.into_iter().filter(|(_, value)| !is_default(value)).map(|(name, value)| (name, lean(value))).collect()
        }
        Value::Array(list) => list.into_iter().map(lean).collect(),
        other => other,
    }
}

fn command(name: &'static str) -> CreateCommand {
    let specs: Vec<&Spec> = COMMANDS.iter().filter(|spec| spec.words[0] == name).collect();
    let command = CreateCommand::new(name)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .integration_types(vec![InstallationContext::Guild]);
    if let [spec] = specs[..]
        && spec.words.len() == 1
    {
        return command.description(spec.about).set_options(options(spec));
    }
    let mut parts: Vec<CreateCommandOption> = Vec::new();
    let mut groups: Vec<&str> = Vec::new();
    for spec in specs.iter().filter(|spec| spec.words.len() > 1) {
        if spec.words.len() == 2 {
            parts.push(subcommand(spec));
        } else if !groups.contains(&spec.words[1]) {
            groups.push(spec.words[1]);
            let under = specs.iter().filter(|other| other.words.len() == 3 && other.words[1] == spec.words[1]);
            let group = CreateCommandOption::new(Type::SubCommandGroup, spec.words[1], about(&spec.words[..2]));
            parts.push(group.set_sub_options(under.map(|spec| subcommand(spec))));
        }
    }
    command.description(about(&[name])).set_options(parts)
}

/// What words mean that have commands under them.
fn about(words: &[&str]) -> &'static str {
    let words = words.join(" ");
    GROUPS.iter().find(|(group, _)| *group == words).map_or("kcard", |(_, about)| about)
}

fn subcommand(spec: &Spec) -> CreateCommandOption {
    let name = spec.words.last().copied().unwrap_or_default();
    CreateCommandOption::new(Type::SubCommand, name, spec.about).set_sub_options(options(spec))
}

fn options(spec: &Spec) -> Vec<CreateCommandOption> {
    let options = spec.options.iter().filter(|one| one.kind != OptKind::Pasted);
    // Given nothing, a command with a form opens it.
    options.map(|one| option(one).required(one.required && spec.form.is_none())).collect()
}

fn option(option: &Opt) -> CreateCommandOption {
    let new = |kind| CreateCommandOption::new(kind, option.name, option.about);
    let text = || new(Type::String).max_length(LONGEST).set_autocomplete(option.is_completed());
    match option.kind {
        OptKind::Text
        | OptKind::Name
        | OptKind::Date
        | OptKind::Channels
        | OptKind::Known(_)
        // Discord's options have one line: this is asked for by the form alone.
        | OptKind::Pasted => text(),
        OptKind::File => new(Type::Attachment),
        OptKind::Number(least, most) => {
            let bound = |number: i64| u64::try_from(number).unwrap_or(0);
            new(Type::Integer).min_int_value(bound(least)).max_int_value(bound(most))
        }
        OptKind::Flag => new(Type::Boolean),
        OptKind::Choice(choices) => {
            choices.iter().fold(new(Type::String), |option, choice| option.add_string_choice(*choice, *choice))
        }
        OptKind::Channel => new(Type::Channel).channel_types(vec![ChannelType::Text, ChannelType::News]),
        OptKind::People => new(Type::Mentionable),
        OptKind::Group => new(Type::Role),
    }
}

/// The words and the options of a command as it was given.
pub fn given(interaction: &CommandInteraction) -> (String, BTreeMap<String, String>) {
    let data = &interaction.data;
    let (mut words, mut options) = (data.name.clone(), &data.options);
    while let [CommandDataOption { name, value: Given::SubCommand(under) | Given::SubCommandGroup(under), .. }] =
        options.as_slice()
    {
        words = format!("{words} {name}");
        options = under;
    }
    let read = |option: &CommandDataOption| Some((option.name.clone(), value(interaction, &option.value)?));
    (words, options.iter().filter_map(read).collect())
}

/// The file that came with a command; none takes more than one.
pub fn attached(interaction: &CommandInteraction) -> Option<&Attachment> {
    interaction.data.resolved.attachments.values().next()
}

/// The option that is being typed, and what is typed of it.
pub fn focused(interaction: &CommandInteraction) -> Option<(&str, &str)> {
    let option = interaction.data.autocomplete()?;
    Some((option.name, option.value))
}

/// A typed value as the command language reads it.
fn value(interaction: &CommandInteraction, value: &Given) -> Option<String> {
    let resolved = &interaction.data.resolved;
    let user = |id: UserId| ids::player(interaction.guild_id, id).as_str().to_owned();
    Some(match value {
        Given::String(text) | Given::Autocomplete { value: text, .. } => text.clone(),
        Given::Integer(number) => number.to_string(),
        Given::Boolean(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Given::Channel(id) => format!("<#{id}>"),
        Given::User(id) => user(*id),
        Given::Role(id) => ids::role(id),
        Given::Mentionable(id) if resolved.roles.contains_key(&RoleId::new(id.get())) => ids::role(id),
        Given::Mentionable(id) => user(UserId::new(id.get())),
        _ => return None,
    })
}

/// Whether what Discord has says all that we say. It adds fields of its own, and leaves out what is as by default.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Object(ours), theirs) => ours.iter().all(|(name, value)| match theirs.get(name) {
            Some(other) => same(value, other),
            None => is_default(value),
        }),
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(one, other)| same(one, other))
        }
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (one, Value::Null) => is_default(one),
        (one, other) => one == other,
    }
}

fn is_default(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}
