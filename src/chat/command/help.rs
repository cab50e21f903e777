//! Help, made from the table.

use std::fmt::Write as _;

use super::{
    args::did_you_mean,
    definition::{COMMANDS, GROUPS, Opt, OptKind, Spec, Who},
};
use crate::chat::words::{code, shorten};

/// Markdown help: all commands that `who` may give, or one of them (or a group of them) in full, as `about` names it: with or without
/// the slash, and `schedule add` is `kquiz schedule add`.
pub fn help(about: Option<&str>, who: Who) -> String {
    let Some(about) = about else { return overview(who) };
    let asked: Vec<String> = about.trim_start_matches('/').split_whitespace().map(str::to_lowercase).take(5).collect();
    if asked.is_empty() || asked == ["kquiz"] {
        return overview(who);
    }
    let names = |spec: &&Spec| {
        let under = spec.words.iter().skip(usize::from(asked[0] != spec.words[0]));
        under.take(asked.len()).eq(asked.iter())
    };
    match COMMANDS.iter().filter(names).collect::<Vec<_>>()[..] {
        [] => unknown(about),
        [one] => full(one),
        ref several => {
            let lines: Vec<String> = several.iter().map(|spec| line(spec)).collect();
            lines.join("  \n")
        }
    }
}

fn overview(who: Who) -> String {
    let mut text = String::from("**What I can do**\n");
    let mut seen = Vec::new();
    for spec in COMMANDS.iter().filter(|spec| spec.who <= who) {
        let [.., last] = spec.words else { continue };
        let group = spec.words[..spec.words.len() - 1].join(" ");
        if spec.words.len() < 3 {
            let _ = write!(text, "\n{}  ", line(spec));
        } else if !seen.contains(&group) {
            let may = |other: &&Spec| other.words.len() == 3 && other.words[1] == spec.words[1] && other.who <= who;
            let words: Vec<&str> = COMMANDS.iter().filter(may).map(|other| other.words[2]).collect();
            let about = GROUPS.iter().find(|(words, _)| *words == group).map_or(*last, |(_, about)| about);
            let _ = write!(text, "\n`/{group} {}` — {about}  ", words.join("|"));
            seen.push(group);
        }
    }
    text.push_str(
        "\n\n`/kquiz help schedule` tells more of one. Questions are answered where they stand: no command needed.",
    );
    text
}

fn line(spec: &Spec) -> String {
    format!("`{}` — {}", usage(spec), spec.about)
}

fn full(spec: &Spec) -> String {
    let mut text = format!("`{}`\n\n{}.", usage(spec), spec.about);
    match spec.who {
        Who::Everyone => {}
        Who::Host => text.push_str(" For hosts and admins."),
        Who::Admin => text.push_str(" For admins."),
    }
    text.push('\n');
    for option in spec.options {
        let must = if option.required && spec.form.is_none() { ", must be given" } else { "" };
        let _ = write!(text, "\n- `{}`{must}: {}{}", option.name, option.about, choices(option));
    }
    let _ = write!(text, "\n\nFor example: `{}`", spec.example);
    text.replace("\n\n\n", "\n\n")
}

fn choices(option: &Opt) -> String {
    match option.kind {
        OptKind::Choice(choices) => format!(" ({})", choices.join(", ")),
        OptKind::Flag => " (yes, no)".into(),
        _ => String::new(),
    }
}

/// The most options that are only named which a usage line shows.
const NAMED: usize = 3;

/// How a command is written: `/kquiz schedule skip NAME DATE`, `/kcard [topic] [deck] [public]`, `/kquiz settings hosts [add:…]`.
pub fn usage(spec: &Spec) -> String {
    let mut text = spec.line();
    let (by_name, by_position): (Vec<&Opt>, Vec<&Opt>) =
        spec.options.iter().filter(|option| option.is_typed()).partition(|option| option.named);
    for option in by_position {
        let name = if option.required { option.name.to_uppercase() } else { format!("[{}]", option.name) };
        text = format!("{text} {name}");
    }
    for option in by_name.iter().take(NAMED) {
        let colon = if option.kind == OptKind::Flag { "" } else { ":…" };
        text = format!("{text} [{}{colon}]", option.name);
    }
    if by_name.len() > NAMED {
        text.push_str(" …");
    }
    text
}

fn unknown(about: &str) -> String {
    let commands = COMMANDS.iter().map(|spec| spec.words.join(" "));
    let all: Vec<String> = commands.chain(GROUPS.iter().map(|(words, _)| (*words).to_owned())).collect();
    let short = all.iter().map(|words| words.trim_start_matches("kquiz "));
    let meant = did_you_mean(about, short);
    let dot = if meant.is_empty() { "." } else { "" };
    format!("There is no command {}{meant}{dot} `/kquiz help` tells what there is.", code(&shorten(about, 40)))
}
