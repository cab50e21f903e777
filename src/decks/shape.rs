//! A deck file's tree against the schema: keys, kinds of values, lengths, patterns. Says everything that is wrong; what
//! would be right it takes from the schema's own words. What a schema cannot say is in `rules`.

use std::{collections::HashMap, ops::Range};

use regex_lite::Regex;
use serde_json::Value as Json;

use super::{
    node::{Node, Value},
    report::Faults,
};
use crate::quiz::nearest::nearest;

/// Says how `node` departs from `schema`. `holder` is pointed at where the node has no text of its own.
pub(super) fn check(node: &Node, holder: &Range<usize>, schema: &Json, faults: &mut Faults<'_>) {
    if faults.is_full() {
        return;
    }
    let at = if node.at.is_empty() { holder } else { &node.at };
    if let Some(forms) = schema["anyOf"].as_array() {
        let form = forms.iter().find(|form| form["type"] == node.value.kind());
        return form.or(forms.first()).map_or((), |form| check(node, holder, form, faults));
    }
    match (&node.value, schema["type"].as_str().unwrap_or("object")) {
        (Value::Keys(keys), "object") => match schema["oneOf"].as_array() {
            Some(kinds) => one_of(keys, at, kinds, faults),
            None => object(keys, at, schema, faults),
        },
        (Value::List(items), "array") => list(items, at, schema, faults),
        (Value::Text(text), "string") => string(text, at, schema, faults),
        (Value::Number(number), "integer") => integer(number, at, schema, faults),
        (value, wanted) => wrong_kind(value, at, wanted, schema, faults),
    }
}

fn object(keys: &[(Node, Node)], at: &Range<usize>, schema: &Json, faults: &mut Faults<'_>) {
    let known = names(schema);
    let mut seen = HashMap::new();
    let mut meant = Vec::new();
    for (key, value) in keys {
        if faults.is_full() {
            return;
        }
        let Some(name) = key.text() else {
            faults.say(key.point(), "a key is a word", one_of_names(&known));
            continue;
        };
        if let Some(first) = seen.insert(name, &key.at) {
            let first = faults.place(first.clone());
            faults.say_twice(key.at.clone(), first, format!("the key `{}` comes twice", cut(name)), "keep one of them");
        }
        if let Some(schema) = schema["properties"].get(name) {
            check(value, &key.at, schema, faults);
        } else {
            meant.extend(near(name, &known));
            faults.say(key.at.clone(), format!("unknown key `{}`", cut(name)), did_you_mean(name, &known));
        }
    }
    // A misspelt key is not missing as well.
    for name in strings(&schema["required"]).filter(|name| !seen.contains_key(name) && !meant.contains(name)) {
        let about = schema["properties"][name]["description"].as_str().unwrap_or_default();
        faults.say(at.clone(), format!("the key `{name}` is missing"), format!("add `{name}:` {}", lower_first(about)));
    }
}

/// A map with one key that says which kind it is.
fn one_of(keys: &[(Node, Node)], at: &Range<usize>, kinds: &[Json], faults: &mut Faults<'_>) {
    let known: Vec<_> = kinds.iter().flat_map(names).collect();
    let mut kind = None;
    for (index, (key, value)) in keys.iter().enumerate() {
        if faults.is_full() {
            return;
        }
        let name = key.text().unwrap_or_default();
        let Some(schema) = kinds.iter().find_map(|kind| kind["properties"].get(name)) else {
            let inner = kinds.iter().flat_map(inner_names).any(|inner| inner == name);
            let right = match keys.first().and_then(|(first, _)| first.text()) {
                Some(first) if inner && index > 0 => format!("indent it, so that it stands below `{}`", cut(first)),
                _ => did_you_mean(name, &known),
            };
            faults.say(key.point(), format!("`{}` is no kind of question", cut(name)), right);
            continue;
        };
        if let Some(first) = kind.replace(&key.at) {
            let first = faults.place(first.clone());
            faults.say_twice(key.at.clone(), first, "a question has one kind", format!("begin a new one: `- {name}:`"));
        }
        let misplaced = matches!(value.value, Value::Nothing) && keys.len() > 1;
        if !misplaced {
            check(value, &key.at, schema, faults);
        }
    }
    if keys.is_empty() {
        faults.say(at.clone(), "this question says nothing", one_of_names(&known));
    }
}

fn list(items: &[Node], at: &Range<usize>, schema: &Json, faults: &mut Faults<'_>) {
    for item in items {
        check(item, &item.point(), &schema["items"], faults);
    }
    let count = |name: &str| schema[name].as_u64().and_then(|n| usize::try_from(n).ok());
    match count("minItems") {
        Some(1..) if items.is_empty() => {
            let about = schema["description"].as_str().map_or("write at least one".into(), lower_first);
            faults.say(at.clone(), "this list is empty", about);
        }
        Some(min) if items.len() < min => faults.say(at.clone(), "too few items", format!("at least {min}")),
        _ => {}
    }
    if let Some(max) = count("maxItems")
        && let Some(extra) = items.get(max)
    {
        faults.say(extra.point(), format!("{} items are too many", items.len()), format!("at most {max}"));
    }
}

fn string(text: &str, at: &Range<usize>, schema: &Json, faults: &mut Faults<'_>) {
    if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        let wrong = format!("an invisible control character, U+{:04X}", u32::from(control));
        return faults.say(at.clone(), wrong, "take it away");
    }
    let length = text.chars().count();
    if let Some(max) = schema["maxLength"].as_u64()
        && length as u64 > max
    {
        return faults.say(at.clone(), format!("{length} characters are too many"), format!("at most {max}"));
    }
    // To a JSON Schema's patterns a byte order mark is space.
    let text = text.replace('\u{feff}', " ");
    let text = text.as_str();
    if let Some(pattern) = schema["pattern"].as_str()
        && !Regex::new(pattern).expect("a test compiles the schema's patterns").is_match(text)
    {
        let wrong = if text.trim().is_empty() {
            "nothing is written here".into()
        } else {
            format!("`{}` will not do", cut(text))
        };
        return faults.say(at.clone(), wrong, schema["patternErrorMessage"].as_str().unwrap_or_default());
    }
    let known: Vec<_> = strings(&schema["enum"]).collect();
    if !known.is_empty() && !known.contains(&text) {
        let right = match near(text, &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`kcard deck schema` lists them".into(),
        };
        faults.say(at.clone(), format!("`{}` is not known", cut(text)), right);
    }
}

fn integer(number: &serde_json::Number, at: &Range<usize>, schema: &Json, faults: &mut Faults<'_>) {
    let (min, max) = (schema["minimum"].as_u64().unwrap_or(0), schema["maximum"].as_u64().unwrap_or(u64::MAX));
    if !number.as_u64().is_some_and(|number| (min..=max).contains(&number)) {
        faults.say(at.clone(), format!("{number} is out of range"), format!("a whole number from {min} to {max}"));
    }
}

fn wrong_kind(value: &Value, at: &Range<usize>, wanted: &str, schema: &Json, faults: &mut Faults<'_>) {
    let written = cut(&faults.text()[at.clone()]).into_owned();
    let right = match (value, wanted) {
        (Value::Nothing, _) => format!("write {}", lower_first(schema["description"].as_str().unwrap_or_default())),
        (Value::Number(_) | Value::Truth(_), "string") => format!("put it in quotes: \"{written}\""),
        (Value::Keys(_), "string") => "put text that holds `: ` in quotes".into(),
        (Value::List(_), "string") => "write one text, without brackets or dashes".into(),
        (Value::Keys(_), "array") => "begin each item with `- `".into(),
        (_, "array") => format!("put it in brackets: [{written}]"),
        (Value::Text(_), "integer") => "write the number, without quotes".into(),
        (_, "integer") => "write a number".into(),
        _ => format!("below it, indented, stand keys: {}", one_of_names(&names(schema))),
    };
    faults.say(at.clone(), format!("{} where {} belongs", word(value.kind()), word(wanted)), right);
}

fn word(kind: &str) -> &'static str {
    match kind {
        "null" => "nothing",
        "boolean" => "true or false",
        "integer" => "a number",
        "string" => "text",
        "array" => "a list",
        _ => "a set of keys",
    }
}

/// The keys that a schema knows: its own, or those of the kinds it offers.
fn names(schema: &Json) -> Vec<&str> {
    let own = schema["properties"].as_object().into_iter().flat_map(|keys| keys.keys());
    let kinds = schema["oneOf"].as_array().into_iter().flatten().flat_map(names);
    own.map(String::as_str).chain(kinds).collect()
}

/// The keys that stand below the key of a kind.
fn inner_names(kind: &Json) -> impl Iterator<Item = &str> {
    kind["properties"].as_object().into_iter().flat_map(|keys| keys.values()).flat_map(names)
}

fn strings(list: &Json) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str)
}

/// What was meant; nobody means anything by a key longer than any we know.
fn near<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    if name.len() > 100 { None } else { nearest(name, known.iter().copied()) }
}

fn did_you_mean(name: &str, known: &[&str]) -> String {
    match near(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => one_of_names(known),
    }
}

fn one_of_names(known: &[&str]) -> String {
    format!("there is `{}`", known.join("`, `"))
}

/// A text short enough to stand in a message.
pub(super) fn cut(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_lowercase);
    first.chain(chars).collect::<String>().trim_end_matches('.').to_owned()
}
