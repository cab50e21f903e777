//! The kinds of text in a deck file: how long each may be and what it must look like, as the schema says it. `shape` holds
//! the files against that schema; nothing is checked here.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

/// The exam competencies that a card may name, one a line.
const EXAMS: &str = include_str!("exams.txt");

/// The ids of all exam competencies that a card may name, in the order of the curricula: `kcna/fundamentals/core-concepts` and so on.
pub fn exams() -> impl Iterator<Item = &'static str> {
    EXAMS.lines()
}

macro_rules! text {
    ($(#[doc = $doc:literal])+ $name:ident, $max:literal, $pattern:literal, $message:literal) => {
        $(#[doc = $doc])+
        #[derive(Debug, Deserialize)]
        pub(super) struct $name(pub String);

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string",
                    "description": concat!($($doc),+).trim(),
                    "maxLength": $max,
                    "pattern": $pattern,
                    "patternErrorMessage": $message,
                })
            }
        }
    };
}

text! {
    /// A name that commands can use.
    Name, 60, "^[a-z0-9]+(-[a-z0-9]+)*$", "write lower-case letters and digits with single dashes between them, like `pod-limits`"
}
text! {
    /// A question in words.
    Sentence, 300, r"\S", "write the question"
}
text! {
    /// A question in words, with the manifest or the output that it is about in a code block. Markdown.
    Prompt, 800, r"\S", "write the question"
}
text! {
    /// The explanation. Markdown.
    Explanation, 1200, r"\S", "write why the answer is right"
}
text! {
    /// Why the nearest wrong answer is wrong. Markdown.
    Why, 600, r"\S", "write why the nearest wrong answer is wrong, or leave the key out"
}
text! {
    /// An option, short enough for a button.
    Label, 75, r"^.*\S.*$", "write the option, on one line"
}
text! {
    /// An answer as people type it.
    Wording, 100, r"^.*\S.*$", "write an answer as people type it, on one line"
}
text! {
    /// A shell command.
    Line, 300, r"^.*\S.*$", "write a command, on one line"
}
text! {
    /// A version, in quotes.
    Version, 9, "^[0-9]+\\.[0-9]+$", "write a version like \"1.24\", in quotes"
}
text! {
    /// A page that says so.
    Link, 300, "^https://[^\\s/]+\\.[^\\s/]+(/\\S*)?$", "write the page's https address"
}

/// An exam competency.
#[derive(Debug, Deserialize)]
pub(super) struct Exam(pub String);

impl JsonSchema for Exam {
    fn schema_name() -> Cow<'static, str> {
        "Exam".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "An exam competency.",
            "enum": exams().collect::<Vec<_>>(),
        })
    }
}
