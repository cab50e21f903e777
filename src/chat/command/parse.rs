//! Text to [`Command`].

use std::collections::BTreeMap;

use super::{
    Command, Spec,
    args::{Args, did_you_mean},
    line::{Found, LONGEST, Word, find, place, words},
};
use crate::chat::words::{code, shorten};

/// What is wrong with a command line, as Markdown that helps: what was meant ("did you mean") and how it is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(pub String);

/// Reads a command line, with or without its slash: `/kquiz schedule add name:daily at:"weekdays 09:00"`. `face` completes channel names
/// (`#daily-quiz` is `web:daily-quiz` on web).
///
/// Options are given as `name:value` or `name=value`, flags by their bare name, and those that are not only named also by position.
/// A value of several words runs on until the next name; quotation marks hold it together.
pub fn parse(line: &str, face: &str) -> Result<Command, UsageError> {
    match split(line)? {
        Some((spec, given)) => Args::read(spec, &given, face).map(|args| (spec.make)(&args)),
        None => Ok(Command::Help { about: None }),
    }
}

/// A command that lacks something it needs, and what was given.
#[derive(Debug, Clone)]
pub struct Lacking {
    /// Which command.
    pub spec: &'static Spec,
    /// The values that were given, by option name, as written.
    pub given: BTreeMap<String, String>,
}

/// What a line lacks to be a command, where it lacks something and nothing else is wrong with it: a face without completion asks for the
/// rest by a form, and submits it as [`ControlId::Command`](crate::chat::ControlId::Command). So does a command that asks by a form
/// where nothing is given. `face` as for [`parse()`].
pub fn lacking(line: &str, face: &str) -> Option<Lacking> {
    let (spec, given) = split(line).ok()??;
    let asks = spec.form.is_some() && given.is_empty();
    if !asks {
        Args::missing(spec, &given)?;
    }
    Args::values(spec, &given, face).ok()?;
    let given = given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Some(Lacking { spec, given })
}

/// A command and its raw values by option.
type Split = (&'static Spec, BTreeMap<&'static str, String>);

/// The command that a line names, with its values; `None` where the line only begins one.
fn split(line: &str) -> Result<Option<Split>, UsageError> {
    if line.len() > LONGEST {
        return Err(UsageError(format!("That is too long for a command: {LONGEST} bytes are the most.")));
    }
    let words = words(line);
    let (spec, options) = match find(&words) {
        Found::Command(spec, options) => (spec, options),
        Found::Beginning(_) if words.len() == 1 => return Ok(None),
        Found::Beginning(next) => return Err(unfinished(&words, &next)),
        Found::Unknown(depth, next) => return Err(unknown(&words[..=depth], &next)),
    };
    if words.last().is_some_and(|word| word.open) {
        return Err(UsageError("A quotation mark is not closed.".into()));
    }
    let placed = place(spec, &words[options..], false);
    match placed.wrong {
        Some(wrong) => Err(wrong),
        None => Ok(Some((spec, placed.values))),
    }
}

fn unfinished(words: &[Word], next: &[&str]) -> UsageError {
    if words.is_empty() {
        return UsageError("Commands begin with `/kcard` or `/kquiz`. `/kquiz help` tells all.".into());
    }
    UsageError(format!("{} goes on with one of {}.", code(&typed(words)), next.join(", ")))
}

/// `words` up to the one that is not known; `next` could stand there.
fn unknown(words: &[Word], next: &[&'static str]) -> UsageError {
    let word = words.last().map_or("", |word| word.text.trim_start_matches('/'));
    let meant = if words.len() == 1 {
        // `/leaderboard` is meant as `/kquiz leaderboard`.
        let Found::Beginning(under) = find(&super::line::words("kquiz")) else { return UsageError(String::new()) };
        match did_you_mean(word, next.iter().copied()) {
            nothing if nothing.is_empty() => {
                let near = (word.len() <= 64).then(|| crate::quiz::nearest::nearest(word, under)).flatten();
                near.map(|near| format!("; did you mean `/kquiz {near}`?")).unwrap_or_default()
            }
            near => near.replace("mean `", "mean `/"),
        }
    } else {
        did_you_mean(word, next.iter().copied())
    };
    let tail = if words.len() == 1 {
        "`/kquiz help` tells what there is".to_owned()
    } else {
        format!("It goes on with one of {}", next.join(", "))
    };
    let dot = if meant.is_empty() { "." } else { "" };
    UsageError(format!("I do not know {}{meant}{dot} {tail}.", code(&shorten(&typed(words), 80))))
}

/// The words as a command line.
fn typed(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    format!("/{}", words.join(" ").trim_start_matches('/'))
}

/// A value as it stands in a command line: in quotation marks where it needs them.
pub fn quoted(value: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '#');
    let mark = if value.contains('"') { '\'' } else { '"' };
    if !value.is_empty() && value.chars().all(bare) { value.to_owned() } else { format!("{mark}{value}{mark}") }
}
