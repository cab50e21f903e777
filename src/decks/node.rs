//! A YAML tree in which every value knows where it stands. Knows nothing of decks.

use std::{fmt, ops::Range};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::Spanned;

/// A value and the bytes of the file that it stands on.
#[derive(Debug)]
pub(super) struct Node {
    pub at: Range<usize>,
    pub value: Value,
}

/// What a node holds.
#[derive(Debug)]
pub(super) enum Value {
    Nothing,
    Truth(bool),
    Number(serde_json::Number),
    Text(String),
    List(Vec<Node>),
    /// In the order of the file; a key may come twice.
    Keys(Vec<(Node, Node)>),
}

impl Value {
    /// What the schema calls it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Nothing => "null",
            Self::Truth(_) => "boolean",
            Self::Number(_) => "integer",
            Self::Text(_) => "string",
            Self::List(_) => "array",
            Self::Keys(_) => "object",
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, referenced: place, .. } = Spanned::deserialize(deserializer)?;
        let number = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let start = number(place.span().byte_offset());
        Ok(Self { at: start..start + number(place.span().byte_len()), value })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Truth(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(serde_json::Number::from_f64(number).map_or(Value::Nothing, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut keys = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            keys.push(entry);
        }
        Ok(Value::Keys(keys))
    }
}

impl Node {
    /// Moves it and all below it by that many bytes.
    pub fn shift(&mut self, by: usize) {
        self.at = self.at.start + by..self.at.end + by;
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Value::Keys(keys) => keys.iter_mut().for_each(|(key, value)| {
                key.shift(by);
                value.shift(by);
            }),
            Value::Nothing | Value::Truth(_) | Value::Number(_) | Value::Text(_) => (),
        }
    }

    /// Where to point at: a map or a list in block style has no text of its own, so its first key or item stands for it.
    pub fn point(&self) -> Range<usize> {
        match &self.value {
            Value::Keys(keys) if self.at.is_empty() => keys.first().map_or(self.at.clone(), |(key, _)| key.point()),
            Value::List(list) if self.at.is_empty() => list.first().map_or(self.at.clone(), Node::point),
            _ => self.at.clone(),
        }
    }

    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<&Node> {
        let Value::Keys(keys) = &self.value else { return None };
        keys.iter().find(|(key, _)| key.text() == Some(name)).map(|(_, value)| value)
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The items, none where it is no list.
    pub fn items(&self) -> &[Node] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The items of the list of that name, none where there is none.
    pub fn list(&self, name: &str) -> &[Node] {
        self.get(name).map_or(&[], Node::items)
    }

    /// A text, or each text of a list.
    pub fn texts(&self) -> impl Iterator<Item = (&Node, &str)> {
        std::iter::once(self).chain(self.items()).filter_map(|node| Some((node, node.text()?)))
    }

    /// What stands behind the first key: a question's, whose key is its kind.
    pub fn only(&self) -> Option<&Node> {
        if let Value::Keys(keys) = &self.value { keys.first().map(|(_, value)| value) } else { None }
    }

    /// The same without places; of a key that comes twice the last.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Nothing => serde_json::Value::Null,
            Value::Truth(truth) => (*truth).into(),
            Value::Number(number) => serde_json::Value::Number(number.clone()),
            Value::Text(text) => text.as_str().into(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Keys(keys) => keys
                .iter()
                .filter_map(|(key, value)| Some((key.text()?.to_owned(), value.to_json())))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}
