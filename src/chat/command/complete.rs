//! Completion of a command line while it is typed, from the table and from memory.

use super::{
    definition::{COMMANDS, GROUPS, Known, Opt, OptKind, Spec, spec},
    line::{Found, LONGEST, Word, find, named, place, words},
    parse::quoted,
};

/// What completion can offer at run time. Answered from memory, never from the store.
pub trait Offers {
    /// All values of that sort, in the order to offer them.
    fn offers(&self, known: Known) -> Vec<String>;
}

/// One completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The whole line after taking it.
    pub line: String,
    /// What is shown.
    pub label: String,
    /// What it does.
    pub about: String,
}

/// The most that is offered for a line.
const MOST: usize = 12;
/// The most that is offered for one option: Discord's limit (developer documentation, "Application Commands", "Autocomplete").
const MOST_OF_ONE: usize = 25;

/// At most 25 values for one option of a command, for platforms whose commands have typed options; none where there is no such
/// option, or nothing to complete it with.
pub fn offered(words: &str, option: &str, typed: &str, offers: &dyn Offers) -> Vec<String> {
    let option = spec(words).and_then(|spec| spec.option(option));
    option.map_or_else(Vec::new, |option| matching(typed.trim(), all(option, offers).into_iter(), MOST_OF_ONE))
}

/// At most 12 completions of the line's last word.
pub fn complete(line: &str, offers: &dyn Offers) -> Vec<Completion> {
    if line.len() > LONGEST {
        return Vec::new();
    }
    let mut before = words(line);
    let in_word = before.last().is_some_and(|word| word.open) || !line.ends_with(char::is_whitespace);
    let last = if in_word { before.pop() } else { None };
    let head = last.as_ref().map_or(line, |word| &line[..word.start]);
    let mut completions = match find(&before) {
        Found::Beginning(next) => subcommands(head, &before, last.as_ref(), &next),
        Found::Command(spec, options) => options_of(spec, &before[options..], head, last.as_ref(), offers),
        Found::Unknown(..) => Vec::new(),
    };
    completions.truncate(MOST);
    completions
}

fn subcommands(head: &str, before: &[Word], last: Option<&Word>, next: &[&'static str]) -> Vec<Completion> {
    let typed = last.map_or("", |word| word.text.as_str());
    let slash = if before.is_empty() { "/" } else { "" };
    let path: Vec<&str> = before.iter().map(|word| word.text.trim_start_matches('/')).collect();
    let about = |word: &str| {
        let words = [&path[..], &[word]].concat().join(" ").to_lowercase();
        let group = GROUPS.iter().find(|(group, _)| *group == words).map(|(_, about)| *about);
        let spec = || spec(&words).map(|spec| spec.about);
        group.or_else(spec).unwrap_or_default().to_owned()
    };
    let matching = matching(typed.trim_start_matches('/'), next.iter().map(|word| (*word).to_owned()), MOST);
    let complete = |word: String| Completion {
        line: format!("{head}{slash}{word} "),
        about: about(&word),
        label: format!("{slash}{word}"),
    };
    matching.into_iter().map(complete).collect()
}

fn options_of(
    spec: &'static Spec,
    before: &[Word],
    head: &str,
    last: Option<&Word>,
    offers: &dyn Offers,
) -> Vec<Completion> {
    let placed = place(spec, before, true);
    if let Some((option, value)) = last.and_then(|word| named(spec, word)) {
        return values(&format!("{head}{}:", option.name), option, value, offers);
    }
    let typed = last.map_or("", |word| word.text.as_str());
    if let Some(option) = placed.running.filter(|option| placed.values[option.name].is_empty()) {
        return values(head, option, typed, offers);
    }
    let open = |option: &&Opt| option.is_typed() && !placed.values.contains_key(option.name);
    let free = || spec.options.iter().filter(open);
    let names = matching(typed, free().map(|option| option.name.to_owned()), MOST);
    let by_position = || free().filter(|option| !option.named && option.kind != OptKind::Flag);
    let first: Vec<&Opt> = match by_position().find(|option| option.required) {
        Some(required) => vec![required],
        None => by_position().collect(),
    };
    let values = first.into_iter().flat_map(|option| values(head, option, typed, offers));
    let mut completions: Vec<Completion> = values.take((MOST - names.len().min(MOST)).max(MOST / 2)).collect();
    completions.extend(names.iter().filter_map(|name| spec.option(name)).map(|option| name_of(head, option)));
    completions
}

fn name_of(head: &str, option: &Opt) -> Completion {
    let label = if option.kind == OptKind::Flag { option.name.to_owned() } else { format!("{}:", option.name) };
    let space = if option.kind == OptKind::Flag { " " } else { "" };
    Completion { line: format!("{head}{label}{space}"), label, about: option.about.to_owned() }
}

fn values(head: &str, option: &Opt, typed: &str, offers: &dyn Offers) -> Vec<Completion> {
    let complete = |value: String| Completion {
        line: format!("{head}{} ", quoted(&value)),
        about: option.about.to_owned(),
        label: value,
    };
    matching(typed, all(option, offers).into_iter(), MOST).into_iter().map(complete).collect()
}

/// All values that an option is known to take.
fn all(option: &Opt, offers: &dyn Offers) -> Vec<String> {
    match option.kind {
        OptKind::Choice(choices) => choices.iter().map(|choice| (*choice).to_owned()).collect(),
        OptKind::Flag => vec!["yes".to_owned(), "no".to_owned()],
        OptKind::Known(known) => offers.offers(known),
        _ if option.names_a_command() => COMMANDS.iter().map(|spec| spec.words.join(" ")).collect(),
        _ => Vec::new(),
    }
}

/// Those that begin with what is typed, then those that have it anywhere, at most `most`; whatever the case.
fn matching(typed: &str, all: impl Iterator<Item = String>, most: usize) -> Vec<String> {
    let typed = typed.to_lowercase();
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for value in all {
        let folded = value.to_lowercase();
        if folded.starts_with(&typed) {
            first.push(value);
        } else if folded.contains(&typed) {
            second.push(value);
        }
        if first.len() == most {
            break;
        }
    }
    first.append(&mut second);
    first.truncate(most);
    first
}
