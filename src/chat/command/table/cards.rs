//! What everyone does: cards, the leaderboard, one's own answers; and a host's `/kquiz ask`.

use super::{OPEN, PAGE, optional};
use crate::{
    chat::command::{
        BoardPeriod, Command,
        definition::{
            Known,
            OptKind::{Choice, Flag, Known as K, Text},
            Spec, Who,
        },
    },
    quiz::question::Kind,
};

const KINDS: &[&str] = &["choice", "multiple", "list", "text", "command"];

/// `/kcard`.
pub const KCARD: Spec = Spec {
    words: &["kcard"],
    about: "Show a card: its question first, then the answer. Never scored",
    options: &[
        optional("topic", K(Known::Topic), "Only this topic"),
        optional("deck", K(Known::Deck), "From this deck"),
        optional("public", Flag, "Let all in the channel see it"),
    ],
    example: "/kcard networking",
    make: |args| Command::Card { topic: args.text("topic"), deck: args.text("deck"), public: args.flag("public") },
    ..OPEN
};

/// `/kquiz ask`.
pub const ASK: Spec = Spec {
    words: &["kquiz", "ask"],
    about: "Ask a question in this channel now",
    who: Who::Host,
    options: &[
        optional("deck", K(Known::Deck), "From this deck"),
        optional("topic", K(Known::Topic), "Only this topic"),
        optional("kind", Choice(KINDS), "Only this kind of question"),
        optional("card", K(Known::Card), "This very card"),
    ],
    example: "/kquiz ask kubernetes kind:choice",
    make: |args| Command::Ask {
        deck: args.text("deck"),
        topic: args.text("topic"),
        kind: args.text("kind").and_then(|word| Kind::ALL.into_iter().find(|kind| kind.word() == word)),
        card: args.text("card"),
    },
    ..OPEN
};

/// `/kquiz leaderboard`.
pub const LEADERBOARD: Spec = Spec {
    words: &["kquiz", "leaderboard"],
    about: "Places and points, and your own",
    options: &[
        optional(
            "period",
            Choice(&["today", "week", "month", "season", "all"]),
            "Which rounds count; all if none is given",
        ),
        optional("season", K(Known::Season), "A season by its name"),
        PAGE,
    ],
    example: "/kquiz leaderboard week",
    make: |args| Command::Leaderboard {
        period: args.text("period").and_then(|word| BoardPeriod::ALL.into_iter().find(|period| period.word() == word)),
        season: args.text("season"),
        page: args.number("page").unwrap_or(1),
    },
    ..OPEN
};

/// `/kquiz mine`.
pub const MINE: Spec = Spec {
    words: &["kquiz", "mine"],
    about: "Your own answers in open rounds",
    example: "/kquiz mine",
    make: |_| Command::Mine,
    ..OPEN
};

/// `/kquiz stats`.
pub const STATS: Spec = Spec {
    words: &["kquiz", "stats"],
    about: "Your own figures, by topic",
    example: "/kquiz stats",
    make: |_| Command::Stats,
    ..OPEN
};

/// `/kquiz help`.
pub const HELP: Spec = Spec {
    words: &["kquiz", "help"],
    about: "What there is, or one command in full",
    options: &[optional("command", Text, "Which command")],
    example: "/kquiz help schedule add",
    make: |args| Command::Help { about: args.text("command") },
    ..OPEN
};
