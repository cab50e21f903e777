//! Marking: deterministic, and it explains itself.
//!
//! A typed answer is folded ([`fold`]), the terms that the question knows are found in it ([`known`], [`extract`], [`typo`]), what it
//! denies is put aside ([`deny`]), and what is left is marked by the question's kind ([`list`], [`text`](mod@text), [`command`]). Bounded:
//! only the first 4,000 characters are looked at. Knows nothing of players, attempts or points.

use std::collections::BTreeSet;

use super::{
    asked::{Asked, Form},
    question::Kind,
    verdict::Verdict,
};

mod choice;
pub mod command;
mod contrast;
mod deny;
mod extract;
mod fold;
mod known;
mod list;
mod near;
mod ordinary;
mod sides;
mod text;
mod typo;

pub(super) use near::{Terms, near};

/// What a typed reply means for a question with options: option numbers from a number, a letter or the option's text
/// (for `multiple`: several, separated by commas, spaces, "and"). `None` where it names no option.
pub fn read_options(asked: &Asked, text: &str) -> Option<BTreeSet<u8>> {
    choice::read(asked.options(), looked_at(text), asked.kind() == Kind::Multiple)
}

/// Marks picked options. Numbers that are not options are ignored; none is right for a question that is typed.
pub fn options(asked: &Asked, picked: &BTreeSet<u8>) -> Verdict {
    match &asked.form {
        Form::Choice { options, right } => choice::mark(options, &BTreeSet::from([*right]), &asked.also, picked, false),
        Form::Multiple { options, right } => choice::mark(options, right, &asked.also, picked, true),
        Form::List { .. } | Form::Text { .. } | Form::Command { .. } | Form::Recall => Verdict::default(),
    }
}

/// Marks a typed answer to a `list`, `text` or `command` question. `None` where it says nothing (empty, only punctuation):
/// such an answer uses no attempt. Never more than a millisecond, whatever the text.
pub fn text(asked: &Asked, answer: &str) -> Option<Verdict> {
    let answer = looked_at(answer);
    match &asked.form {
        Form::List { items, sides, wrong, near } => list::mark(items, sides, wrong, near, answer),
        Form::Text { accept, wrong, near } => text::mark(&asked.ask, accept, wrong, near, answer),
        Form::Command { accept } => command::mark(accept, answer),
        Form::Choice { .. } | Form::Multiple { .. } | Form::Recall => None,
    }
}

/// Whether a kind of question is marked by [`text()`].
pub fn is_typed(kind: Kind) -> bool {
    !kind.has_options()
}

/// What marking sees of a term: terms with the same key are one to it, and one with an empty key can never be named.
pub fn key(term: &str) -> String {
    fold::fold(term).key().to_owned()
}

/// The part of a text that is marked.
fn looked_at(text: &str) -> &str {
    text.char_indices().nth(fold::LOOKED_AT).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests;
