//! Questions with options: what a reply picks, and how picks are marked. A reply picks by number, letter or text; where any
//! word of it is none of these, it picks nothing.

use std::collections::BTreeSet;

use super::{
    extract::mentions,
    fold::{Folded, Gap, fold, fold_with_articles},
    known::{Known, Owner},
    ordinary::{is_filler, other_figure},
};
use crate::quiz::{
    question::Term,
    verdict::{Credit, Verdict},
};

/// The option numbers that a reply picks. `several` says whether it may pick more than one.
pub(super) fn read(options: &[String], text: &str, several: bool) -> Option<BTreeSet<u8>> {
    // "-1" is not the number 1.
    if below_zero(text).any(|figure| !options.iter().any(|option| below_zero(option).any(|other| other == figure))) {
        return None;
    }
    if let Some(number) = as_a_whole(options, text) {
        return Some(BTreeSet::from([number]));
    }
    let answer = fold_with_articles(text);
    // In "1-3" no number picks, nor beside an option's own "-1".
    let numbered = if is_range(text) || below_zero(text).next().is_some() { 0 } else { options.len() };
    let picked = marks_only(&answer, numbered).or_else(|| by_text(&answer, options, numbered))?;
    (!picked.is_empty() && (several || picked.len() == 1)).then_some(picked)
}

/// Marks picks against the right ones and those that count `also`: they are right, cost nothing, and nobody misses them.
pub(super) fn mark(
    options: &[String],
    right: &BTreeSet<u8>,
    also: &BTreeSet<u8>,
    picked: &BTreeSet<u8>,
    several: bool,
) -> Verdict {
    let shown = |numbers: &mut dyn Iterator<Item = u8>| -> Vec<String> {
        numbers.filter_map(|number| options.get(usize::from(number).checked_sub(1)?).cloned()).collect()
    };
    let mut found = shown(&mut right.intersection(picked).copied());
    let beside = shown(&mut also.intersection(picked).copied());
    let instead = !several && !beside.is_empty();
    let missing = shown(&mut right.difference(picked).copied().filter(|_| !instead));
    let wrong = shown(&mut picked.difference(right).copied().filter(|number| !also.contains(number)));
    let count = |texts: &[String]| i64::try_from(texts.len()).unwrap_or(i64::MAX);
    let credit = if several {
        Credit::of(count(&found) - count(&wrong), count(&found) + count(&missing))
    } else if wrong.is_empty() && missing.is_empty() {
        Credit::FULL
    } else {
        Credit::NONE
    };
    found.extend(beside);
    Verdict { credit, found, missing, wrong }
}

/// An option's text, and nothing else: as written, else as folded if only one folds so.
fn as_a_whole(options: &[String], text: &str) -> Option<u8> {
    let typed = text.trim();
    if let Some(at) = options.iter().position(|option| option.trim() == typed) {
        return number(at);
    }
    let answer = fold(typed);
    let mut same = (0..options.len()).filter(|&at| answer.len() > 0 && fold(&options[at]).key() == answer.key());
    match (same.next(), same.next()) {
        (Some(at), None) => number(at),
        _ => None,
    }
}

fn number(at: usize) -> Option<u8> {
    u8::try_from(at + 1).ok()
}

/// "1-3" may mean two options or three.
fn is_range(text: &str) -> bool {
    let digits_meet = |(dash, c): (usize, char)| {
        matches!(c, '-' | '–' | '—')
            && text[..dash].trim_end().ends_with(|c: char| c.is_ascii_digit())
            && text[dash + c.len_utf8()..].trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    text.char_indices().take(super::fold::LOOKED_AT).any(digits_meet)
}

/// The figures with a minus right before them ("-1", and not the "- 1" of a list), without it.
fn below_zero(text: &str) -> impl Iterator<Item = &str> {
    let text = &text[..text.char_indices().nth(super::fold::LOOKED_AT).map_or(text.len(), |(end, _)| end)];
    text.match_indices(['-', '−', '–', '－']).filter_map(|(dash, minus)| {
        let after = &text[dash + minus.len()..];
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        (end > 0 && !text[..dash].ends_with(char::is_alphanumeric)).then_some(&after[..end])
    })
}

/// Numbers and letters only: "2", "B)", "option c", "1, 3 and 4", "1️⃣3️⃣", ":two:".
fn marks_only(answer: &Folded, numbered: usize) -> Option<BTreeSet<u8>> {
    let mut picked = BTreeSet::new();
    for at in 0..answer.len() {
        match answer.word(at) {
            "and" | "option" | "options" | "answer" | "answers" | "number" | "numbers" | "letter" => {}
            word => {
                picked.insert(pick(other_figure(word).unwrap_or(word), numbered).or_else(|| pick(word, numbered))?);
            }
        }
    }
    Some(picked)
}

/// The option that a number or a letter means, of the first `numbered`.
fn pick(word: &str, numbered: usize) -> Option<u8> {
    let number = match word.as_bytes() {
        [digit @ b'1'..=b'9'] => digit - b'0',
        [letter @ b'a'..=b'i'] => letter - b'a' + 1,
        _ => return None,
    };
    (usize::from(number) <= numbered).then_some(number)
}

/// Options by their texts, with numbers and letters beside them, in a few words of no meaning.
fn by_text(answer: &Folded, options: &[String], numbered: usize) -> Option<BTreeSet<u8>> {
    let terms: Vec<Term> = options.iter().map(|option| Term(vec![option.clone()])).collect();
    let mut picked = BTreeSet::new();
    let mut at = 0;
    for mention in mentions(answer, &Known::new(&terms, &[], &[], &[])) {
        picked.extend(between(answer, at, mention.first, numbered)?);
        let Owner::Right(option) = mention.owner else { return None };
        picked.extend(number(option));
        at = mention.end;
    }
    picked.extend(between(answer, at, answer.len(), numbered)?);
    Some(picked)
}

/// What the words between texts pick; `None` where one of them says anything else.
fn between(answer: &Folded, first: usize, end: usize, numbered: usize) -> Option<BTreeSet<u8>> {
    let mut picked = BTreeSet::new();
    for at in first..end {
        let word = answer.word(at);
        let next = answer.get(at + 1).filter(|_| answer.gap(at + 1) < Gap::Comma);
        // "a" before a word is the article, "I" the player.
        let is_small_word = matches!(word, "a" | "i") && next.is_some_and(|next| next != "and");
        match pick(word, numbered) {
            Some(number) if !is_small_word => _ = picked.insert(number),
            _ if matches!(word, "and" | "a" | "an" | "the") || is_filler(word) => {}
            _ => return None,
        }
    }
    Some(picked)
}

#[cfg(test)]
#[path = "choice_tests.rs"]
mod tests;
