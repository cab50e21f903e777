//! What people put around a command in a chat, taken away: prompts, code fences, the quotes and dashes that a phone makes, and
//! "you can run". Does not read the command.

use super::{
    super::ordinary::{is_filler, makes_prose},
    table,
};

/// The command in a reply.
pub(super) fn clean(answer: &str) -> String {
    let plain: String = answer.chars().filter_map(plain).collect::<String>().replace('\u{2014}', "--");
    let code = code(plain.trim());
    let lines: Vec<&str> = code.lines().map(|line| without_prompt(line.trim())).collect();
    let line = lines.join("\n");
    let said = without_tail(without_lead(announced(line.trim())));
    let ends_in_word = |text: &str| text.ends_with(|c: char| c.is_alphanumeric());
    match said.strip_suffix(['.', '?', '!', ',', ';']) {
        Some(without) if ends_in_word(without) => without.to_owned(),
        _ => said.to_owned(),
    }
}

fn plain(c: char) -> Option<char> {
    match c {
        '“' | '”' | '„' | '″' => Some('"'),
        '‘' | '’' | '‚' | '′' => Some('\''),
        '–' | '‐' | '‑' | '−' => Some('-'),
        '\n' => Some('\n'),
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}') => None,
        c => Some(c),
    }
}

/// What stands between code marks, if anything does.
fn code(text: &str) -> &str {
    if let Some((_, fenced)) = text.split_once("```") {
        let fenced = fenced.split_once("```").map_or(fenced, |(inside, _)| inside);
        let language = |line: &str| matches!(line.trim(), "" | "bash" | "sh" | "shell" | "console" | "zsh" | "text");
        return match fenced.split_once('\n') {
            Some((first, rest)) if language(first) => rest,
            _ => fenced,
        };
    }
    let mut marks = text.split('`');
    match (marks.next(), marks.next(), marks.next(), marks.next()) {
        (Some(_), Some(inside), Some(_), None) if !inside.trim().is_empty() => inside,
        _ => text,
    }
}

/// "$ kubectl", "% kubectl", "ana@host:~$ kubectl".
fn without_prompt(line: &str) -> &str {
    match line.split_once(' ') {
        Some(("$" | "%" | ">" | "#", rest)) => rest.trim_start(),
        Some((prompt, rest)) if prompt.contains('@') && prompt.ends_with(['$', '#', '%']) => rest.trim_start(),
        _ => line,
    }
}

/// "kubectl get pods, I think": words of no meaning behind a comma or that only people say, and a remark in brackets.
fn without_tail(text: &str) -> &str {
    const SAID: [&str; 5] = [" i think", " i guess", " i believe", " iirc", " or so"];
    let ends_with = |tail: &&&str| {
        let start = text.len().checked_sub(tail.len());
        start.and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(tail))
    };
    if let Some(tail) = SAID.iter().find(ends_with) {
        return text[..text.len() - tail.len()].trim_end_matches([',', ' ']);
    }
    let is_remark = |text: &str| text.contains(' ') && text.chars().all(|c| c.is_alphanumeric() || " ,'".contains(c));
    if let Some((command, remark)) = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("))
        && is_remark(remark)
    {
        return command;
    }
    match text.rsplit_once(", ") {
        Some((command, tail)) if tail.split_whitespace().all(|word| is_filler(&word.to_lowercase())) => command,
        _ => text,
    }
}

/// "just add a flag: kubectl get pods": what announces a command.
fn announced(text: &str) -> &str {
    let is_program =
        |text: &str| text.split_whitespace().next().is_some_and(|word| table::program(&word.to_lowercase()).is_some());
    match text.rsplit_once(": ") {
        Some((before, command)) if is_program(command) && !is_program(before) => command,
        _ => text,
    }
}

/// "you can run kubectl …": words of no meaning before the name of a program.
fn without_lead(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..8 {
        let Some((word, after)) = rest.split_once(char::is_whitespace) else { break };
        let word = word.trim_end_matches([':', ',']).to_lowercase();
        let lead = is_filler(&word)
            || makes_prose(&word)
            || matches!(word.as_str(), "run" | "execute" | "enter" | "the" | "a");
        if table::program(&word).is_some() || !lead {
            break;
        }
        rest = after.trim_start();
    }
    let leads_to_program =
        rest.split_whitespace().next().is_some_and(|word| table::program(&word.to_lowercase()).is_some());
    if leads_to_program { rest } else { text }
}
