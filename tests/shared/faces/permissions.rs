//! What players may not: every command of the table that is for hosts or admins, given as people give it.

use kcard::chat::command::definition::{COMMANDS, Opt, OptKind, Spec, Who};

use super::{Face, asked, plain};

/// The options that a command is given, each with a value that it takes as it is typed. All that can be left out and names something of
/// the platform's is.
pub fn given(spec: &Spec) -> Vec<(&'static Opt, &'static str)> {
    let value = |option: &'static Opt| {
        let value = match option.kind {
            OptKind::Name => "cup",
            OptKind::Number(..) => "1",
            OptKind::Flag => "yes",
            OptKind::Choice(choices) => choices[0],
            OptKind::Date => "2026-12-24",
            OptKind::People => "@bo",
            OptKind::Text | OptKind::Known(_) => match option.name {
                "at" => "daily 10:00",
                "zone" | "timezone" => "Asia/Tokyo",
                "window" => "8h",
                "kinds" => "choice",
                "answers" => "buttons",
                "card" => "scheduler",
                "topic" => "architecture",
                "deck" => "cluster",
                _ => "daily",
            },
            OptKind::Channel | OptKind::Channels | OptKind::Group | OptKind::File | OptKind::Pasted => return None,
        };
        Some((option, value))
    };
    spec.options.iter().filter_map(value).collect()
}

/// The command as a line: `/kquiz schedule pause name:"daily"`.
pub fn line(spec: &Spec) -> String {
    given(spec).into_iter().fold(spec.line(), |line, (option, value)| format!("{line} {}:\"{value}\"", option.name))
}

/// The commands that are not for everyone.
pub fn not_for_everyone() -> impl Iterator<Item = &'static Spec> {
    COMMANDS.iter().filter(|spec| spec.who > Who::Everyone)
}

/// What a player reads who may not.
pub fn refusal(who: Who) -> &'static str {
    match who {
        Who::Everyone => unreachable!("nobody is refused it"),
        Who::Host => "That is for hosts and admins. /kquiz settings hosts shows who they are.",
        Who::Admin => "That is for admins of this space.",
    }
}

/// A new command cannot be forgotten here: it is in the table.
pub async fn what_is_for_hosts_no_player_can_do<F: Face>() {
    let face: F = asked(&["scheduler"]).await;
    // The first thing that they do makes them known, which is no harm.
    for who in ["ana", "bo"] {
        face.types(who, "/kquiz mine").await;
    }
    let before = face.stored();
    for spec in not_for_everyone() {
        let said = plain(&face.gives("ana", spec).await);
        assert!(said.contains(refusal(spec.who)), "{}: {said}", line(spec));
    }
    face.work().await;
    assert_eq!(face.stored(), before, "something was done all the same");
}
