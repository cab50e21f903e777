//! The values of a command's options: read, checked, and handed to the table's makers. Text of a command line, a platform's typed
//! options and a form's fields all come through here.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    UsageError,
    definition::{BIGGEST, Opt, OptKind, Spec},
    help,
};
use crate::{
    chat::words::{code, shorten},
    quiz::{id::ChannelId, nearest::nearest},
};

/// The checked values of one command.
#[derive(Debug, Default)]
pub struct Args(BTreeMap<&'static str, Value>);

#[derive(Debug)]
enum Value {
    Text(String),
    Number(i64),
    Flag(bool),
    Date(Date),
    Channels(Vec<ChannelId>),
    Names(Vec<String>),
}

impl Args {
    /// Reads the values by option name. Nothing may be missing, unless there is nothing at all and the command has a form.
    pub fn read(spec: &Spec, given: &BTreeMap<&'static str, String>, face: &str) -> Result<Self, UsageError> {
        let values = Self::values(spec, given, face)?;
        match Self::missing(spec, given).filter(|_| !(spec.form.is_some() && given.is_empty())) {
            Some(option) => Err(usage(spec, &format!("`{}` is missing. {}.", option.name, option.about))),
            None => Ok(values),
        }
    }

    /// The first option that has to be given and is not.
    pub fn missing(spec: &Spec, given: &BTreeMap<&'static str, String>) -> Option<&'static Opt> {
        spec.options.iter().find(|option| option.required && !given.contains_key(option.name))
    }

    /// Reads the values by option name, whatever is missing.
    pub fn values(spec: &Spec, given: &BTreeMap<&'static str, String>, face: &str) -> Result<Self, UsageError> {
        let mut values = BTreeMap::new();
        for option in spec.options {
            let value = given.get(option.name).map(|value| match option.kind {
                // What stands before the first word counts.
                OptKind::Pasted => value.trim_end(),
                _ => value.trim(),
            });
            match value {
                Some("") => return Err(usage(spec, &format!("`{}` has no value.", option.name))),
                Some(value) => {
                    let value = read(option.kind, value, face).map_err(|why| {
                        let end = if why.ends_with('?') { "" } else { "." };
                        let value = code(&shorten(value, 60));
                        usage(spec, &format!("`{}` cannot be {value}: {why}{end}", option.name))
                    })?;
                    values.insert(option.name, value);
                }
                None => {}
            }
        }
        Ok(Self(values))
    }

    /// A text.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// A required text.
    pub fn must(&self, name: &str) -> String {
        self.text(name).expect("read() refuses where a required option is missing")
    }

    /// A number that the option's range keeps within `N`.
    pub fn number<N: TryFrom<i64>>(&self, name: &str) -> Option<N> {
        match self.0.get(name) {
            Some(Value::Number(number)) => N::try_from(*number).ok(),
            _ => None,
        }
    }

    /// Yes; no where it is not given.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.0.get(name), Some(Value::Flag(true)))
    }

    /// A date.
    pub fn date(&self, name: &str) -> Option<Date> {
        match self.0.get(name) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    /// A required date.
    pub fn must_date(&self, name: &str) -> Date {
        self.date(name).expect("read() refuses where a required option is missing")
    }

    /// Channels; none where it is not given.
    pub fn channels(&self, name: &str) -> Vec<ChannelId> {
        match self.0.get(name) {
            Some(Value::Channels(channels)) => channels.clone(),
            _ => Vec::new(),
        }
    }

    /// A channel.
    pub fn channel(&self, name: &str) -> Option<ChannelId> {
        self.channels(name).pop()
    }

    /// People, roles or groups: by their id where a platform's text names them (`slack:S123`, and `slack:/U123` for a person of the caller's
    /// own space), else as written, without `@`. None where it is not given.
    pub fn names(&self, name: &str) -> Vec<String> {
        match self.0.get(name) {
            Some(Value::Names(names)) => names.clone(),
            _ => Vec::new(),
        }
    }
}

/// What is wrong with a command, how it is written, and an example.
pub fn usage(spec: &Spec, wrong: &str) -> UsageError {
    UsageError(format!("{wrong}  \nIt is written {}, for example {}.", code(&help::usage(spec)), code(spec.example)))
}

/// Whether a kind takes this value.
pub fn accepts(option: &Opt, value: &str) -> bool {
    read(option.kind, value, "any").is_ok()
}

/// Reads one value; otherwise what it has to be.
fn read(kind: OptKind, value: &str, face: &str) -> Result<Value, String> {
    let at_most = |most: usize| {
        if value.chars().count() > most { Err(format!("it has more than {most} characters")) } else { Ok(()) }
    };
    Ok(match kind {
        OptKind::Text | OptKind::Known(_) => {
            at_most(300)?;
            Value::Text(value.to_owned())
        }
        OptKind::Name => {
            at_most(40)?;
            if value.contains(|c: char| c.is_control() || matches!(c, '"' | '\'' | '“' | '”' | '„' | '`')) {
                return Err("a name has no line breaks and no quotation marks".into());
            }
            Value::Text(value.to_owned())
        }
        OptKind::Number(least, most) => match value.parse() {
            Ok(number) if (least..=most).contains(&number) => Value::Number(number),
            _ if most == BIGGEST => return Err(format!("it is a whole number from {least} on")),
            _ => return Err(format!("it is a whole number from {least} to {most}")),
        },
        OptKind::Flag => match value.to_ascii_lowercase().as_str() {
            "yes" | "true" | "on" | "1" => Value::Flag(true),
            "no" | "false" | "off" | "0" => Value::Flag(false),
            _ => return Err("it is yes or no".into()),
        },
        OptKind::Choice(choices) => match choices.iter().find(|choice| choice.eq_ignore_ascii_case(value)) {
            Some(choice) => Value::Text((*choice).to_owned()),
            None => {
                return Err(format!(
                    "it is one of {}{}",
                    choices.join(", "),
                    did_you_mean(value, choices.iter().copied())
                ));
            }
        },
        OptKind::Date => {
            let date = Date::strptime("%Y-%m-%d", value);
            Value::Date(date.map_err(|_| "it is a day written as year-month-day, such as 2026-12-24".to_owned())?)
        }
        OptKind::Channel => Value::Channels(vec![channel(value, face)?]),
        OptKind::Channels => Value::Channels(
            value
                .split([',', ' '])
                .filter(|part| !part.is_empty())
                .map(|part| channel(part, face))
                .collect::<Result<_, _>>()?,
        ),
        OptKind::File => return Err("a file is attached, not typed: give the command alone, and a form opens".into()),
        OptKind::Pasted => {
            at_most(4_000)?;
            Value::Text(value.to_owned())
        }
        OptKind::People | OptKind::Group => {
            at_most(1_000)?;
            Value::Names(people(value, face))
        }
    })
}

/// `; did you mean …?` where something is near.
pub fn did_you_mean<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
    if word.len() > 64 {
        return String::new();
    }
    nearest(word, candidates).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default()
}

/// A channel as people and platforms write it: `#daily-quiz`, `daily-quiz`, `web:daily-quiz`, `<#123>`, `<#C123|name>`.
fn channel(value: &str, face: &str) -> Result<ChannelId, String> {
    let bare = value.strip_prefix("<#").and_then(|rest| rest.strip_suffix('>')).unwrap_or(value);
    let bare = bare.split('|').next().unwrap_or(bare);
    let bare = bare.strip_prefix('#').unwrap_or(bare);
    let local = bare.strip_prefix(face).and_then(|rest| rest.strip_prefix(':')).unwrap_or(bare);
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if local.is_empty() || local.chars().count() > 80 || !local.chars().all(fits) {
        return Err("it is a channel of this space, such as #daily-quiz".into());
    }
    ChannelId::new(format!("{face}:{local}")).check().map_err(|bad| bad.to_string())
}

/// People, roles or groups one by one: by their id where a platform's text names them, else as written, without `@`.
fn people(value: &str, face: &str) -> Vec<String> {
    let value = value.replace(" @", ",@").replace(" <", ",<");
    let names = value.split(',').map(str::trim);
    let names = names.map(|name| named_by_id(name, face).unwrap_or_else(|| name.trim_start_matches('@').to_owned()));
    names.filter(|name| !name.is_empty()).collect()
}

/// The id of whom Slack's text of a command names, where the command has *Escape channels, users, and links* on (Slack's documentation,
/// "Enabling interactivity with Slash Commands"): `<@U123|ana>` is a person of the caller's own space, `slack:/U123`, and
/// `<!subteam^S123|@ops>` a group, `slack:S123`.
fn named_by_id(name: &str, face: &str) -> Option<String> {
    let inner = name.strip_prefix('<')?.strip_suffix('>').filter(|_| face == "slack")?;
    let id = inner.split('|').next()?;
    let (id, space) = match id.strip_prefix("!subteam^") {
        Some(group) => (group, ""),
        None => (id.strip_prefix('@')?, "/"),
    };
    let fits = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric());
    fits.then(|| format!("{face}:{space}{id}"))
}
