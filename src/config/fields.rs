//! Reads TOML tables key by key and collects every mistake with its place, so that all are said at once. What a key may be
//! is said by whoever reads it; nothing else knows the keys.

use std::{cell::RefCell, ops::Range, path::Path};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::quiz::nearest::nearest;

/// A value with its place.
pub type Value<'i> = Spanned<DeValue<'i>>;

/// What is wrong at a place of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The place, in bytes.
    pub span: Range<usize>,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl Mistake {
    /// A mistake at this value.
    pub fn at(value: &Value<'_>, message: impl Into<String>) -> Self {
        Self { span: value.span(), message: message.into() }
    }

    fn render(&self, path: &str, text: &str) -> String {
        // A mistake about a whole table points at its first line.
        let end = self.span.end.min(text.len());
        let start = self.span.start.min(end);
        let end = text[start..end].find('\n').map_or(end, |line| start + line);
        let (before, rest) = text.split_at(text[..start].rfind('\n').map_or(0, |line| line + 1));
        let place: Group<'_> = if rest.trim_start().starts_with("database_url") {
            // Its line may hold a password.
            Level::ERROR.primary_title(&self.message).element(Origin::path(path).line(before.lines().count() + 1))
        } else {
            let annotation = AnnotationKind::Primary.span(start..end);
            Level::ERROR.primary_title(&self.message).element(Snippet::source(text).path(path).annotation(annotation))
        };
        Renderer::plain().render(&[place])
    }
}

/// All mistakes found so far.
#[derive(Debug, Default)]
pub struct Mistakes(RefCell<Vec<Mistake>>);

impl Mistakes {
    /// Adds one.
    pub fn add(&self, mistake: Mistake) {
        self.0.borrow_mut().push(mistake);
    }

    /// Keeps what was read, or the mistake.
    pub fn keep<T>(&self, read: Result<T, Mistake>) -> Option<T> {
        read.map_err(|mistake| self.add(mistake)).ok()
    }

    /// All of them as a compiler shows them, in the order of the text; `None` where there are none.
    pub fn render(self, path: &Path, text: &str) -> Option<String> {
        let mut mistakes = self.0.into_inner();
        mistakes.sort_by_key(|mistake| mistake.span.start);
        let path = path.display().to_string();
        let reports: Vec<String> = mistakes.iter().map(|mistake| mistake.render(&path, text)).collect();
        (!reports.is_empty()).then(|| reports.join("\n\n"))
    }
}

/// A table that is being read.
pub struct Fields<'t, 'i> {
    table: &'t DeTable<'i>,
    span: Range<usize>,
    name: &'static str,
    known: Vec<&'static str>,
    mistakes: &'t Mistakes,
}

impl<'t, 'i> Fields<'t, 'i> {
    /// Begins to read a table; `name` is what it is called in messages.
    pub fn new(name: &'static str, table: &'t DeTable<'i>, span: Range<usize>, mistakes: &'t Mistakes) -> Self {
        Self { table, span, name, known: Vec::new(), mistakes }
    }

    /// Begins to read a value that must be a table.
    pub fn of(name: &'static str, value: &'t Value<'i>, mistakes: &'t Mistakes) -> Option<Self> {
        let table = value.get_ref().as_table().ok_or_else(|| expected(value, &format!("a table, {name}")));
        Some(Self::new(name, mistakes.keep(table)?, value.span(), mistakes))
    }

    /// The value of a key as `read` understands it; `None` where it is missing or wrong.
    pub fn read<T>(&mut self, key: &'static str, read: impl FnOnce(&'t Value<'i>) -> Result<T, Mistake>) -> Option<T> {
        self.known.push(key);
        self.mistakes.keep(read(self.table.get(key)?))
    }

    /// As [`Fields::read`]; that it is missing is a mistake.
    pub fn need<T>(
        &mut self,
        key: &'static str,
        example: &str,
        read: impl FnOnce(&'t Value<'i>) -> Result<T, Mistake>,
    ) -> Option<T> {
        if !self.has(key) {
            self.note(key, &format!("`{key}` is missing in {}: add `{key} = {example}`", self.name));
        }
        self.read(key, read)
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Notes a mistake at a key's value, or at the table where the key is missing.
    pub fn note(&self, key: &str, message: &str) {
        let span = self.table.get(key).map_or_else(|| self.span.clone(), Value::span);
        self.mistakes.add(Mistake { span, message: message.to_owned() });
    }

    /// Ends the reading: keys that nobody read are mistakes.
    pub fn finish(&self) {
        for key in self.table.keys() {
            let word = key.get_ref().as_ref();
            if self.known.contains(&word) {
                continue;
            }
            let help = match nearest(word, self.known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are {}", listed(self.known.iter().copied())),
            };
            let message = format!("there is no setting `{word}` in {}; {help}", self.name);
            self.mistakes.add(Mistake { span: key.span(), message });
        }
    }
}

/// A text.
pub fn text(value: &Value<'_>) -> Result<String, Mistake> {
    Ok(str(value)?.to_owned())
}

/// A text, borrowed.
pub fn str<'v>(value: &'v Value<'_>) -> Result<&'v str, Mistake> {
    value.get_ref().as_str().ok_or_else(|| expected(value, "a text in quotes"))
}

/// Yes or no.
pub fn flag(value: &Value<'_>) -> Result<bool, Mistake> {
    value.get_ref().as_bool().ok_or_else(|| expected(value, "`true` or `false`"))
}

/// A small whole number; whoever reads it knows its range.
pub fn number(value: &Value<'_>) -> Result<u8, Mistake> {
    let number = value.get_ref().as_integer().and_then(|number| number.to_string().parse().ok());
    number.ok_or_else(|| expected(value, "a small whole number"))
}

/// One of these words.
pub fn word<T: Clone>(value: &Value<'_>, words: &[(&str, T)]) -> Result<T, Mistake> {
    let text = str(value)?;
    words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| meaning.clone()).ok_or_else(|| {
        let all = words.iter().map(|(word, _)| *word);
        let message = match nearest(text, all.clone()) {
            Some(near) => format!("`{text}` is none of {}; did you mean `{near}`?", listed(all)),
            None => format!("`{text}` is none of {}", listed(all)),
        };
        Mistake::at(value, message)
    })
}

/// A list; the first element that `read` does not take is the mistake.
pub fn list<'v, 'i: 'v, T>(
    value: &'v Value<'i>,
    read: impl Fn(&'v Value<'i>) -> Result<T, Mistake>,
) -> Result<Vec<T>, Mistake> {
    let array = value.get_ref().as_array().ok_or_else(|| expected(value, "a list in brackets"))?;
    array.iter().map(read).collect()
}

fn expected(value: &Value<'_>, what: &str) -> Mistake {
    Mistake::at(value, format!("expected {what}, found {}", value.get_ref().type_str()))
}

fn listed<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
