//! The one table of commands, a file a group.

mod cards;
mod deck;
mod privacy;
mod round;
mod schedule;
mod season;
mod settings;

use super::{
    Command,
    definition::{
        Opt,
        OptKind::{self, Number},
        Spec, Who,
    },
};

/// What the words mean that have commands under them; at most 100 characters each.
pub static GROUPS: &[(&str, &str)] = &[
    ("kquiz", "The quiz: ask, schedules, leaderboard, seasons, your own answers and data"),
    ("kquiz schedule", "When this space gets questions"),
    ("kquiz season", "Competitions with a start and an end"),
    ("kquiz deck", "What there is to learn"),
    ("kquiz settings", "This space's time zone and hosts"),
    ("kquiz round", "One question that was asked"),
    ("kquiz dispute", "Answers that players think were marked wrong"),
    ("kquiz player", "Bar a player, or void an answer of theirs"),
    ("kquiz privacy", "Your own data: export, delete, hide, show"),
];

/// All commands.
pub static COMMANDS: &[Spec] = &[
    cards::KCARD,
    cards::ASK,
    schedule::ADD,
    schedule::LIST,
    schedule::PAUSE,
    schedule::RESUME,
    schedule::SKIP,
    schedule::REMOVE,
    cards::LEADERBOARD,
    cards::MINE,
    cards::STATS,
    season::START,
    season::END,
    season::RECOUNT,
    season::LIST,
    season::SHOW,
    deck::ADD,
    deck::CHECK,
    deck::REMOVE,
    deck::LIST,
    deck::SHOW,
    settings::TIMEZONE,
    settings::HOSTS,
    round::ROUND_SHOW,
    round::ROUND_CLOSE,
    round::ROUND_CANCEL,
    round::ROUND_REMARK,
    round::DISPUTE_LIST,
    round::DISPUTE_ACCEPT,
    round::DISPUTE_REFUSE,
    round::PLAYER_BAR,
    round::PLAYER_UNBAR,
    round::PLAYER_VOID,
    privacy::EXPORT,
    privacy::DELETE,
    privacy::HIDE,
    privacy::SHOW,
    cards::HELP,
];

const fn required(name: &'static str, kind: OptKind, about: &'static str) -> Opt {
    Opt { name, about, required: true, named: false, kind }
}

const fn optional(name: &'static str, kind: OptKind, about: &'static str) -> Opt {
    Opt { name, about, required: false, named: false, kind }
}

const fn named(name: &'static str, kind: OptKind, about: &'static str) -> Opt {
    Opt { name, about, required: false, named: true, kind }
}

const PAGE: Opt = optional("page", Number(1, 100_000), "Page, from 1");

/// Open to everyone, without options.
const OPEN: Spec = Spec {
    words: &[],
    about: "",
    who: Who::Everyone,
    options: &[],
    form: None,
    example: "",
    make: |_| Command::Help { about: None },
};
