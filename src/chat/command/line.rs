//! A command line as a row of words: quotation marks undone, names split from values, each word placed at its option. Reads nothing
//! and refuses little; [`super::args`] checks the values.

use std::collections::BTreeMap;

use super::{
    UsageError,
    args::{accepts, did_you_mean, usage},
    definition::{COMMANDS, Opt, OptKind, Spec},
};
use crate::chat::words::{code, shorten};

/// The longest line that is read, in bytes.
pub const LONGEST: usize = 4_000;

/// One word of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Without its quotation marks.
    pub text: String,
    /// Where it begins in the line.
    pub start: usize,
    /// Where `text` has the first `:` or `=` that is not within quotation marks.
    split: Option<usize>,
    /// Its value stood in quotation marks.
    quoted: bool,
    /// A quotation mark was not closed.
    pub open: bool,
}

/// The words of a line. A quotation mark opens only where a word or a value begins, so that an apostrophe is a letter.
pub fn words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some(&(start, first)) = chars.peek() {
        if first.is_whitespace() {
            chars.next();
            continue;
        }
        let mut word = Word { text: String::new(), start, split: None, quoted: false, open: false };
        let mut closing: Option<&[char]> = None;
        while let Some(&(_, c)) = chars.peek() {
            let value_begins = word.text.is_empty() || word.split.is_some_and(|at| at + 1 == word.text.len());
            match closing {
                Some(marks) if marks.contains(&c) => closing = None,
                Some(_) => word.text.push(c),
                None if c.is_whitespace() => break,
                None if value_begins && !word.quoted && closing_of(c).is_some() => {
                    closing = closing_of(c);
                    word.quoted = true;
                }
                None => {
                    if matches!(c, ':' | '=') && word.split.is_none() && !word.quoted {
                        word.split = Some(word.text.len());
                    }
                    word.text.push(c);
                }
            }
            chars.next();
        }
        word.open = closing.is_some();
        words.push(word);
    }
    words
}

fn closing_of(mark: char) -> Option<&'static [char]> {
    match mark {
        '"' => Some(&['"']),
        '\'' => Some(&['\'']),
        '“' | '„' => Some(&['”', '“', '"']),
        _ => None,
    }
}

/// What the first words of a line name.
pub enum Found {
    /// A command; its options begin at this word.
    Command(&'static Spec, usize),
    /// Only the beginning of commands: the words that can come next.
    Beginning(Vec<&'static str>),
    /// The word at this place names nothing; what could stand there.
    Unknown(usize, Vec<&'static str>),
}

/// The command that a line names, whatever the case of its words, with or without the slash.
pub fn find(words: &[Word]) -> Found {
    let mut left: Vec<&'static Spec> = COMMANDS.iter().collect();
    for depth in 0.. {
        if let [spec] = left[..]
            && spec.words.len() == depth
        {
            return Found::Command(spec, depth);
        }
        let mut next: Vec<&'static str> = left.iter().map(|spec| spec.words[depth]).collect();
        next.dedup();
        let Some(word) = words.get(depth) else { return Found::Beginning(next) };
        let text = if depth == 0 { word.text.trim_start_matches('/') } else { &word.text };
        left.retain(|spec| spec.words[depth].eq_ignore_ascii_case(text));
        if left.is_empty() {
            return Found::Unknown(depth, next);
        }
    }
    unreachable!("a command has an end")
}

/// The option that a word names, and the value after it: `topic:networking`.
pub fn named<'w>(spec: &Spec, word: &'w Word) -> Option<(&'static Opt, &'w str)> {
    let at = word.split?;
    Some((spec.option(&word.text[..at])?, &word.text[at + 1..]))
}

/// Raw values by option, as far as the words could be placed.
#[derive(Debug, Default)]
pub struct Placed {
    /// By option name. Empty where only the name stands there.
    pub values: BTreeMap<&'static str, String>,
    /// The first word that could not be placed, and why.
    pub wrong: Option<UsageError>,
    /// The option that the words run into: bare words after it are more of its value.
    pub running: Option<&'static Opt>,
}

/// Places words at options: by name; flags by their bare name; then by position, the required in order, then those whose kind
/// takes the word, then those that take any. A value of several words runs on until the next name.
///
/// `more` says that something follows the words: then an option's bare name at their end waits for it.
pub fn place(spec: &'static Spec, words: &[Word], more: bool) -> Placed {
    let mut placed = Placed::default();
    for (at, word) in words.iter().enumerate() {
        if let Err(wrong) = placed.put(spec, word, more || at + 1 < words.len()) {
            placed.wrong.get_or_insert(wrong);
        }
    }
    placed
}

impl Placed {
    fn put(&mut self, spec: &'static Spec, word: &Word, more: bool) -> Result<(), UsageError> {
        if let Some((option, value)) = named(spec, word) {
            return self.set(spec, option, value, !word.quoted);
        }
        if let Some(key) = word.split.map(|at| &word.text[..at]).filter(|key| is_name(key) && !word.quoted) {
            let meant = did_you_mean(key, spec.options.iter().map(|option| option.name));
            if !meant.is_empty() {
                let wrong = format!("{} has no option {}{meant}", code(&spec.line()), code(&shorten(key, 40)));
                return Err(usage(spec, &wrong));
            }
        }
        let bare = spec.option(&word.text).filter(|option| !word.quoted && !self.values.contains_key(option.name));
        match bare {
            Some(option) if option.kind == OptKind::Flag => return self.set(spec, option, "yes", false),
            Some(option) if more && !self.waits() => return self.set(spec, option, "", true),
            _ => {}
        }
        if let Some(option) =
            self.running.filter(|option| option.kind.is_wordy() || self.values[option.name].is_empty())
        {
            self.append(option, word);
            return Ok(());
        }
        self.by_position(spec, word)
    }

    /// Whether an option's name stands there and its value has not come yet.
    fn waits(&self) -> bool {
        self.running.is_some_and(|option| self.values[option.name].is_empty())
    }

    fn set(&mut self, spec: &Spec, option: &'static Opt, value: &str, runs: bool) -> Result<(), UsageError> {
        self.running = runs.then_some(option);
        if self.values.insert(option.name, value.to_owned()).is_some() {
            return Err(usage(spec, &format!("`{}` is given twice.", option.name)));
        }
        Ok(())
    }

    fn append(&mut self, option: &'static Opt, word: &Word) {
        let value = self.values.entry(option.name).or_default();
        if !value.is_empty() {
            value.push(' ');
        }
        value.push_str(&word.text);
    }

    fn by_position(&mut self, spec: &'static Spec, word: &Word) -> Result<(), UsageError> {
        let free = |option: &&Opt| !option.named && !self.values.contains_key(option.name);
        let last = spec
            .options
            .iter()
            .rev()
            .find(|option| !option.named && option.kind.is_wordy() && self.values.contains_key(option.name));
        let target = match spec.options.iter().filter(free).find(|option| option.required) {
            Some(required) if accepts(required, &word.text) => Some(required),
            Some(required) => {
                // `season start Autumn Cup 2026-12-24`: a word that is no date belongs to the name before it.
                let digits = word.text.starts_with(|c: char| c.is_ascii_digit());
                last.filter(|_| !digits).or(Some(required))
            }
            None => {
                let strict = |option: &&Opt| !option.kind.is_wordy() && accepts(option, &word.text);
                let optional = spec.options.iter().filter(free);
                optional
                    .clone()
                    .find(strict)
                    .or_else(|| optional.clone().find(|option| option.kind.is_wordy()))
                    .or(last)
            }
        };
        let Some(option) = target else {
            return Err(usage(spec, &format!("I do not know what {} is here.", code(&shorten(&word.text, 60)))));
        };
        self.append(option, word);
        Ok(())
    }
}

fn is_name(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphabetic())
}
