//! Which slips of the finger are forgiven. Damerau-Levenshtein by length, with what a count of edits cannot see: a number is
//! exact, and a prefix that turns the meaning round (`mutable`, `immutable`) is no slip.

use super::fold::Folded;

/// How many edits are forgiven in a term of so many letters (digits are not letters: they must be right).
pub(super) fn allowance(letters: usize) -> usize {
    match letters {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    }
}

/// The number of characters that can hold a slip.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_ascii_digit() && *c != ' ').count()
}

/// The edits (insert, delete, replace, swap neighbours) that turn one text into the other, if they are at most `most`.
pub(super) fn edits(one: &str, other: &str, most: usize) -> Option<usize> {
    if one.is_ascii() && other.is_ascii() {
        banded(one.as_bytes(), other.as_bytes(), most)
    } else {
        banded(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>(), most)
    }
}

/// The longest text, in characters, whose distance is computed; no term of a deck is longer than an option.
const LONGEST: usize = 96;

/// Optimal string alignment, only in the band of the table that can stay within `most`.
fn banded<T: PartialEq>(one: &[T], other: &[T], most: usize) -> Option<usize> {
    let shared = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[shared..], &other[shared..]);
    let shared = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - shared], &other[..other.len() - shared]);
    if one.len().abs_diff(other.len()) > most || one.len().max(other.len()) > LONGEST {
        return None;
    }
    // Bytes, because most of the time goes into setting them.
    let far = u8::try_from(most + 1).unwrap_or(u8::MAX - 1);
    let mut rows = [[far; LONGEST + 1]; 3];
    for (cell, column) in rows[0].iter_mut().zip(0..far) {
        *cell = column;
    }
    for row in 1..=one.len() {
        let [before, above, now] = turned(&mut rows, row);
        let from = row.saturating_sub(most).max(1);
        let to = (row + most).min(other.len());
        now[from - 1] = if from == 1 { u8::try_from(row).map_or(far, |row| row.min(far)) } else { far };
        let mut least = now[from - 1];
        for column in from..=to {
            let (a, b) = (&one[row - 1], &other[column - 1]);
            let mut cost = (above[column - 1] + u8::from(a != b)).min(above[column] + 1).min(now[column - 1] + 1);
            if row > 1 && column > 1 && *a == other[column - 2] && one[row - 2] == *b {
                cost = cost.min(before[column - 2] + 1);
            }
            now[column] = cost.min(far);
            least = least.min(cost);
        }
        if to < other.len() {
            now[to + 1] = far;
        }
        if least >= far {
            return None;
        }
    }
    Some(usize::from(rows[one.len() % 3][other.len()])).filter(|&edits| edits <= most)
}

/// The row before the one above, the one above, and the one to fill.
fn turned<T>(rows: &mut [T; 3], row: usize) -> [&mut T; 3] {
    let [a, b, c] = rows;
    match row % 3 {
        0 => [b, c, a],
        1 => [c, a, b],
        _ => [a, b, c],
    }
}

/// The words `first..end` of an answer, if they can be a slip in writing `form`: with how many edits.
pub(super) fn slip(form: &Folded, form_letters: usize, answer: &Folded, first: usize, end: usize) -> Option<usize> {
    let (meant, typed) = (form.key(), answer.run(first, end));
    let most = allowance(form_letters);
    let edits = if most > 0 { edits(meant, typed, most)? } else { return None };
    let alike = digits(meant).eq(digits(typed)) && !turned_round(meant, typed) && words_alike(form, answer, first, end);
    alike.then_some(edits)
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_ascii_digit() || *c == ' ')
}

/// Prefixes that make another word of a word; those of one row mean the same.
const PREFIXES: [&[&str]; 13] = [
    &["un", "in", "im", "ir", "il", "non", "dis", "a"],
    &["en"],
    &["de"],
    &["ex"],
    &["re"],
    &["pre"],
    &["post"],
    &["sub"],
    &["up"],
    &["max", "maxi"],
    &["min", "mini"],
    &["over"],
    &["co"],
];

/// Whether the two differ in nothing but a prefix that changes the meaning: `privileged` and `unprivileged`, `increase` and `decrease`.
fn turned_round(one: &str, other: &str) -> bool {
    let tail = one.bytes().rev().zip(other.bytes().rev()).take_while(|(a, b)| a == b).count();
    (4..=tail).any(|tail| matches!((meaning(one, tail), meaning(other, tail)), (Some(a), Some(b)) if a != b))
}

/// The row of the prefix before the last `tail` bytes; no prefix is a row of its own.
fn meaning(text: &str, tail: usize) -> Option<usize> {
    let prefix = text.get(..text.len() - tail)?;
    if prefix.is_empty() { Some(PREFIXES.len()) } else { PREFIXES.iter().position(|row| row.contains(&prefix)) }
}

/// Short words within a term are names that differ by a letter (`PID namespace`, `IPC namespace`): no slip is forgiven in
/// a word of up to three letters but two letters swapped, and one in a word of four.
fn words_alike(form: &Folded, answer: &Folded, first: usize, end: usize) -> bool {
    let count = form.len();
    if end - first == count {
        return count == 1 || (0..count).all(|at| word_alike(form.word(at), answer.word(first + at)));
    }
    let typed = answer.run(first, end);
    let short = |at: usize| letters(form.word(at)) <= 3;
    count == 1
        || (!short(0) || typed.starts_with(form.word(0)))
            && (!short(count - 1) || typed.ends_with(form.word(count - 1)))
}

fn word_alike(meant: &str, typed: &str) -> bool {
    match letters(meant) {
        0..=3 => {
            meant == typed
                || meant.len() == typed.len() && edits(meant, typed, 1).is_some() && same_letters(meant, typed)
        }
        4 => edits(meant, typed, 1).is_some(),
        letters => edits(meant, typed, allowance(letters)).is_some(),
    }
}

fn same_letters(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    sorted(one) == sorted(other)
}

/// Whether one is a noun in `-ation` and the other its verb (`authorization`, `authorized`), or one a verb and the other its form in
/// `-ing` (`detect`, `detecting`).
pub(super) fn is_verb_of(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 5;
    let is_of = |noun: &str, verb: &str| {
        let Some(stem) = noun.strip_suffix("ation").or_else(|| noun.strip_suffix("ations")) else { return false };
        let ending = verb.strip_prefix(stem);
        let ending = ending.map(|ending| ending.strip_prefix("at").unwrap_or(ending));
        stem.len() >= SHORTEST && matches!(ending, Some("e" | "ed" | "es" | "ing"))
    };
    let is_going_on = |verb: &str, going_on: &str| {
        verb.len() >= SHORTEST && going_on.strip_suffix("ing") == Some(verb.strip_suffix('e').unwrap_or(verb))
    };
    is_of(one, other) || is_of(other, one) || is_going_on(one, other) || is_going_on(other, one)
}

/// The word without the ending of its plural.
pub(super) fn singular(word: &str) -> &str {
    let long = word.len() >= 5;
    if long && let Some(stem) = word.strip_suffix("ies").or_else(|| word.strip_suffix('y')) {
        return stem;
    }
    if let Some(stem) = word.strip_suffix("es")
        && ["ss", "x", "ch", "sh"].iter().any(|ending| stem.ends_with(ending))
    {
        return stem;
    }
    let keeps_its_s = word.len() < 4 || ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    if keeps_its_s { word } else { word.strip_suffix('s').unwrap_or(word) }
}

#[cfg(test)]
#[path = "typo_tests.rs"]
mod tests;
