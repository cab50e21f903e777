//! Marks a shell command by what it would do: flags in any order and form, short names, quoting and a missing `kubectl` do not
//! matter; everything else does. Runs nothing, and knows no cluster.

use std::collections::BTreeSet;

use crate::quiz::verdict::{Credit, Verdict};

mod clean;
mod kubectl;
mod parse;
mod table;

/// Whether the text can be read as a command; an accepted one must.
pub fn reads(command: &str) -> bool {
    parse::script(command).is_some_and(|script| !script.is_empty())
}

/// The verdict, all or nothing; `None` where the answer says nothing.
pub(super) fn mark(accept: &[String], answer: &str) -> Option<Verdict> {
    if !answer.contains(char::is_alphanumeric) {
        return None;
    }
    let shown = accept.first().cloned().unwrap_or_default();
    let cleaned = clean::clean(answer);
    let same = |form: &String| form.trim() == answer.trim() || parse::same(form, &cleaned);
    if accept.iter().any(same) {
        return Some(Verdict { credit: Credit::FULL, found: vec![shown], ..Verdict::default() });
    }
    Some(Verdict { missing: vec![shown], wrong: beside(accept, &cleaned), ..Verdict::default() })
}

/// What the answer says that the accepted command nearest to it does not; all of it where it cannot be read.
fn beside(accept: &[String], answer: &str) -> Vec<String> {
    let pieces = |text: &str| -> Option<BTreeSet<String>> {
        Some(parse::script(text)?.iter().flat_map(parse::Command::pieces).collect())
    };
    let Some(given) = pieces(answer) else { return vec![answer.chars().take(80).collect()] };
    let besides = accept
        .iter()
        .filter_map(|form| pieces(form))
        .map(|meant| given.difference(&meant).cloned().collect::<Vec<_>>());
    besides.min_by_key(Vec::len).unwrap_or_default()
}

#[cfg(test)]
mod tests;
