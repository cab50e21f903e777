//! The rules by which other quiz bots mark typed answers, applied to the same questions. Where a question asks for a list, they are
//! given the best of it: credit for each item.

use std::collections::BTreeSet;

use kcard::quiz::asked::{Asked, Form};

/// Right is what has an accepted form in it as whole words, in lower case.
pub fn whole_words(asked: &Asked, answer: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        let is_part = |c: char| c.is_alphanumeric() || "-_./:=".contains(c);
        text.to_lowercase().split(|c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let answer = words(answer);
    let has = |form: &str| {
        let form = words(form);
        !form.is_empty() && answer.windows(form.len()).any(|window| window == form)
    };
    share(asked, has)
}

/// Right is what differs from an accepted form by no edit up to 4 letters, one up to 7 and two from 8, in lower case: the whole answer,
/// and where a list is asked for each part of it between commas and line breaks.
pub fn edit_distance(asked: &Asked, answer: &str) -> f64 {
    let is_list = matches!(asked.form, Form::List { .. });
    let answer = answer.to_lowercase();
    let parts: Vec<&str> = answer.split(|c| is_list && matches!(c, ',' | '\n')).map(str::trim).collect();
    let has = |form: &str| {
        let form = form.to_lowercase();
        let allowed = match form.chars().count() {
            0..=4 => 0,
            5..=7 => 1,
            _ => 2,
        };
        parts.iter().any(|part| strsim::osa_distance(part, &form) <= allowed)
    };
    share(asked, has)
}

/// The share of what is asked for that is there.
fn share(asked: &Asked, has: impl Fn(&str) -> bool) -> f64 {
    let wanted: Vec<Vec<&str>> = match &asked.form {
        Form::List { items, .. } => items.iter().map(|item| item.forms().collect()).collect(),
        Form::Text { accept, .. } => vec![accept.forms().collect()],
        Form::Command { accept } => vec![accept.iter().map(String::as_str).collect()],
        Form::Choice { .. } | Form::Multiple { .. } | Form::Recall => Vec::new(),
    };
    let found: BTreeSet<usize> = (0..wanted.len()).filter(|&at| wanted[at].iter().any(|form| has(form))).collect();
    let count = |number: usize| f64::from(u32::try_from(number).expect("few"));
    count(found.len()) / count(wanted.len().max(1))
}
