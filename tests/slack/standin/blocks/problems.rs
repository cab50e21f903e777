//! What is wrong with blocks, each where it stands, in Slack's words.

use serde_json::Value;

/// What is wrong, each with a JSON pointer.
#[derive(Default)]
pub struct Problems(Vec<String>);

impl Problems {
    pub fn add(&mut self, at: &str, what: impl AsRef<str>) {
        self.0.push(format!("{} [json-pointer:{at}]", what.as_ref()));
    }

    pub fn found(self) -> Vec<String> {
        self.0
    }

    /// An object with these fields and no other; who stands before the bar must be there.
    pub fn fields(&mut self, at: &str, value: &Value, required: &[&str], optional: &[&str]) -> bool {
        let Some(object) = value.as_object() else {
            self.add(at, "must provide an object");
            return false;
        };
        for field in required.iter().filter(|field| object.get(**field).is_none_or(Value::is_null)) {
            self.add(at, format!("missing required field: {field}"));
        }
        for field in object.keys().filter(|key| !required.contains(&key.as_str()) && !optional.contains(&key.as_str()))
        {
            self.add(at, format!("invalid additional property: {field}"));
        }
        true
    }

    /// A string of so many characters, where it is there.
    pub fn string(&mut self, at: &str, value: &Value, min: usize, max: usize) {
        if value.is_null() {
            return;
        }
        let Some(text) = value.as_str() else {
            self.add(at, "must provide a string");
            return;
        };
        let length = text.chars().count();
        if length < min {
            self.add(at, format!("must be more than {} characters", min - 1));
        }
        if length > max {
            self.add(at, format!("must be less than {} characters", max + 1));
        }
    }

    /// A list of so many items, where it is there.
    pub fn items<'a>(&mut self, at: &str, value: &'a Value, min: usize, max: usize) -> &'a [Value] {
        if value.is_null() {
            return &[];
        }
        let Some(items) = value.as_array() else {
            self.add(at, "must provide an array");
            return &[];
        };
        if items.len() < min {
            self.add(at, format!("no fewer than {min} items allowed"));
        }
        if items.len() > max {
            self.add(at, format!("no more than {max} items allowed"));
        }
        items
    }

    /// `true` or `false`, where it is there.
    pub fn flags(&mut self, at: &str, value: &Value, names: &[&str]) {
        for name in names.iter().filter(|name| !value[**name].is_null() && !value[**name].is_boolean()) {
            self.add(&format!("{at}/{name}"), "must provide a boolean");
        }
    }

    /// A text object, where it is there: of plain text alone, or of either kind.
    pub fn text(&mut self, at: &str, value: &Value, plain: bool, max: usize) {
        if value.is_null() {
            return;
        }
        let kind = value["type"].as_str().unwrap_or_default();
        let known = kind == "plain_text" || (kind == "mrkdwn" && !plain);
        let more: &[&str] = if kind == "mrkdwn" { &["verbatim"] } else { &["emoji"] };
        if self.fields(at, value, &["type", "text"], more) && !known {
            self.add(&format!("{at}/type"), format!("unsupported type: {kind}"));
        }
        self.flags(at, value, more);
        self.string(&format!("{at}/text"), &value["text"], 1, max);
    }
}
