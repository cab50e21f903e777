//! Reads a shell line into what it means: programs, words, flags, and what joins them. Two lines mean the same where these are equal.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    kubectl,
    table::{self, Program},
};

/// The most words of a line that is read.
const MOST_WORDS: usize = 200;

/// Marks an operator that was not quoted; no text that is read has it.
const OPERATOR: char = '\u{1}';

/// One command of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Command {
    /// What joins it to the command before: `|`, `||`, `;`, `>` … `&&` and the end of a line are `;`.
    joint: String,
    program: String,
    /// What is no flag, in its canonical form.
    words: Vec<String>,
    /// By long name, without dashes; the values in the order of the alphabet.
    flags: BTreeMap<String, Vec<String>>,
    /// What follows `--`, exact.
    rest: Option<Vec<String>>,
}

impl Command {
    /// The parts of the command, to say in which of them two differ.
    pub(super) fn pieces(&self) -> Vec<String> {
        let flag = |name: &String, value: &String| match value.as_str() {
            "true" => format!("--{name}"),
            value => format!("--{name}={value}"),
        };
        let flags = self.flags.iter().flat_map(|(name, values)| values.iter().map(move |value| flag(name, value)));
        let rest = self.rest.iter().map(|rest| format!("-- {}", rest.join(" ")));
        std::iter::once(self.program.clone()).chain(self.words.iter().cloned()).chain(flags).chain(rest).collect()
    }
}

/// Whether two lines mean the same. What cannot be read means nothing.
pub(super) fn same(one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (words(one), words(other)) else { return false };
    let mut switches = switches(&one);
    switches.extend(self::switches(&other));
    for word in one.iter().chain(&other) {
        if let Some((name, _)) = word.split_once('=') {
            switches.remove(name);
        }
    }
    commands(&one, &switches) == commands(&other, &switches)
}

/// The commands of a line; `None` where a quote is open or there is no end to it.
pub(super) fn script(line: &str) -> Option<Vec<Command>> {
    let words = words(line)?;
    Some(commands(&words, &switches(&words)))
}

/// The long flags that are certainly not followed by their value: another flag follows, or nothing.
fn switches(words: &[String]) -> BTreeSet<String> {
    let next = words.iter().skip(1).map(Some).chain([None]);
    let ends = |next: Option<&String>| next.is_none_or(|next| next.starts_with(['-', OPERATOR]));
    words
        .iter()
        .zip(next)
        .filter(|(word, next)| word.starts_with("--") && ends(*next))
        .map(|(word, _)| word.clone())
        .collect()
}

fn words(line: &str) -> Option<Vec<String>> {
    let marked = mark_operators(line);
    let mut shlex = shlex::Shlex::new(&marked);
    let words: Vec<String> = shlex.by_ref().take(MOST_WORDS + 1).collect();
    (!shlex.had_error && words.len() <= MOST_WORDS).then_some(words)
}

/// Sets operators that are not quoted apart as words of their own.
fn mark_operators(line: &str) -> String {
    let mut marked = String::with_capacity(line.len() + 16);
    let mut quote = None;
    let mut chars = line.chars().filter(|c| *c != OPERATOR).peekable();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None | Some('"'), '\\') => {
                marked.push(c);
                marked.extend(chars.next());
            }
            (None, '\'' | '"') => {
                quote = Some(c);
                marked.push(c);
            }
            (Some(open), _) => {
                quote = (c != open).then_some(open);
                marked.push(c);
            }
            (None, '#') if marked.ends_with(char::is_whitespace) || marked.is_empty() => {
                while chars.next_if(|c| *c != '\n').is_some() {}
            }
            (None, '\n' | ';') => marked.extend([' ', OPERATOR, ';', ' ']),
            (None, '|' | '&' | '>' | '<') => {
                let twice = chars.next_if_eq(&c).is_some();
                let joint: &str = match (c, twice) {
                    ('&', true) => ";",
                    ('|', true) => "||",
                    ('>', true) => ">>",
                    ('<', true) => "<<",
                    ('|', false) => "|",
                    ('>', false) => ">",
                    ('<', false) => "<",
                    _ => "&",
                };
                marked.extend([' ', OPERATOR]);
                marked.push_str(joint);
                marked.push(' ');
            }
            (None, _) => marked.push(c),
        }
    }
    marked
}

fn commands(words: &[String], switches: &BTreeSet<String>) -> Vec<Command> {
    let mut commands = Vec::new();
    let mut joint = "";
    for part in words.chunk_by(|word, next| !word.starts_with(OPERATOR) && !next.starts_with(OPERATOR)) {
        match part {
            [operator] if operator.starts_with(OPERATOR) => joint = &operator[1..],
            _ => {
                let mut command = command(part, switches);
                if !commands.is_empty() {
                    joint.clone_into(&mut command.joint);
                }
                commands.push(command);
            }
        }
    }
    commands
}

fn command(words: &[String], switches: &BTreeSet<String>) -> Command {
    let mut command = Command::default();
    let mut words = words;
    while let [first, rest @ ..] = words
        && !rest.is_empty()
    {
        let assignment = first
            .split_once('=')
            .filter(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit()));
        match assignment {
            // The only interface that etcdctl still has.
            Some(("ETCDCTL_API", _)) => {}
            Some((name, value)) => command.flag(&format!("${name}"), value),
            None if first == "sudo" => {}
            None => break,
        }
        words = rest;
    }
    let Some((first, arguments)) = words.split_first() else { return command };
    let named = first.to_lowercase();
    let (program, arguments) = match table::program(&named) {
        Some(program) => (program, arguments),
        None if kubectl::is_verb(&named) => (&table::KUBECTL, words),
        None => (&table::OTHER, arguments),
    };
    command.program = program.names.first().map_or_else(|| first.clone(), |name| (*name).to_owned());
    read_arguments(&mut command, program, arguments, switches);
    program.verb_in_place(&mut command.words);
    if program.names == table::KUBECTL.names {
        kubectl::canonical(&mut command.words);
        kubectl::canonical_flags(&mut command.flags);
    }
    if program.units {
        let values = command.words.iter_mut().chain(command.flags.get_mut("unit").into_iter().flatten());
        values.for_each(|unit| unit.truncate(unit.strip_suffix(".service").unwrap_or(unit).len()));
    }
    command.flags.values_mut().for_each(|values| values.sort_unstable());
    command
}

fn read_arguments(command: &mut Command, program: &Program, arguments: &[String], switches: &BTreeSet<String>) {
    let verb = program.verb(arguments);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            command.rest = Some(arguments.cloned().collect());
            return;
        }
        if let Some(long) =
            argument.strip_prefix("--").or_else(|| argument.strip_prefix('-').filter(|_| program.one_dash))
        {
            if let Some((name, value)) = long.split_once('=') {
                command.flag(name, value);
            } else if program.is_switch(long) || switches.contains(argument) {
                command.flag(long, "true");
            } else {
                command.flag(long, arguments.next().map_or("true", String::as_str));
            }
        } else if argument.len() > 1 && argument.starts_with('-') {
            read_short(command, program, &verb, &argument[1..], &mut arguments);
        } else {
            command.words.push(argument.clone());
        }
    }
}

/// `-it`, `-n x`, `-nx`, `-n=x`.
fn read_short(
    command: &mut Command,
    program: &Program,
    verb: &str,
    cluster: &str,
    next: &mut std::slice::Iter<'_, String>,
) {
    for (at, letter) in cluster.char_indices() {
        let after = &cluster[at + letter.len_utf8()..];
        let known = program.short(letter, verb);
        let mut name = [0; 4];
        let long = known.map_or(&*letter.encode_utf8(&mut name), |short| short.long);
        let numeric = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let takes = match known {
            Some(short) => short.takes,
            None => {
                numeric(after)
                    || after.starts_with('=')
                    || after.is_empty() && next.as_slice().first().is_some_and(|next| numeric(next))
            }
        };
        if !takes {
            command.flag(long, after.strip_prefix('=').unwrap_or("true"));
            if after.starts_with('=') {
                return;
            }
        } else if after.is_empty() {
            return command.flag(long, next.next().map_or("", String::as_str));
        } else {
            return command.flag(long, after.strip_prefix('=').unwrap_or(after));
        }
    }
}

impl Command {
    fn flag(&mut self, name: &str, value: &str) {
        self.flags.entry(name.to_owned()).or_default().push(value.to_owned());
    }
}
