//! The one table of commands.

use super::{
    BoardPeriod, Command, PrivacyAct, ScheduleArgs,
    args::Args,
    definition::{
        BIGGEST, Known, Opt,
        OptKind::{self, Channel, Channels, Choice, Date, Flag, Group, Known as K, Name, Number, Pasted, People, Text},
        Spec, Who,
    },
};
use crate::{
    chat::Upload,
    quiz::{
        id::{CaseId, RoundId},
        question::Kind,
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

const fn required(name: &'static str, kind: OptKind, about: &'static str) -> Opt {
    Opt { name, about, required: true, named: false, kind }
}

const fn optional(name: &'static str, kind: OptKind, about: &'static str) -> Opt {
    Opt { name, about, required: false, named: false, kind }
}

const fn named(name: &'static str, kind: OptKind, about: &'static str) -> Opt {
    Opt { name, about, required: false, named: true, kind }
}

const KINDS: &[&str] = &["choice", "multiple", "list", "text", "command"];
const SCHEDULE: Opt = required("name", K(Known::Schedule), "Which schedule");
const ROUND: &[Opt] =
    &[optional("round", Number(1, BIGGEST), "Its number; the latest of this channel if none is given")];
const CASE: Opt = required("case", Number(1, BIGGEST), "Which case: its number in the list of disputes");
const AS: Opt = named("as", Text, "Which item: for a list, the item that it is another name for, or its number");
const WHY: Opt = named("why", Text, "Why: in a sentence; who disputed it is told");
const PLAYER: Opt = required("player", People, "Who: one player");
const REASON: Opt = required("reason", Text, "Why: in a sentence; the player is told");
const DECK_FILE: &[Opt] = &[
    named("file", OptKind::File, "The deck file: YAML, at most 2 MB"),
    named("text", Pasted, "Its text, pasted: for a short deck; a long one comes as a file"),
];
const PAGE: Opt = optional("page", Number(1, 100_000), "Page, from 1");

fn case(args: &Args) -> CaseId {
    CaseId(args.number("case").expect("read() refuses where a required option is missing"))
}

fn must_round(args: &Args) -> RoundId {
    round(args).expect("read() refuses where a required option is missing")
}

fn round(args: &Args) -> Option<RoundId> {
    args.number("round").map(RoundId)
}

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

/// All commands.
pub static COMMANDS: &[Spec] = &[
    Spec {
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
    },
    Spec {
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
    },
    Spec {
        words: &["kquiz", "schedule", "add"],
        about: "Ask regularly; given nothing, opens a form",
        who: Who::Host,
        options: &[
            required("name", Name, "Name: daily"),
            required("at", Text, "When: weekdays 09:00, daily 18:30, mon,thu 08:00 or cron"),
            named("timezone", K(Known::Zone), "Time zone: Europe/Berlin; this space's if none is given"),
            named("deck", K(Known::Deck), "Deck: kubernetes; may be left out where there is only one"),
            named("window", Text, "How long each is open: 20s, 30m, 8h; until the next if none is given"),
            named("topic", K(Known::Topic), "Only this topic"),
            named("exam", K(Known::Exam), "Only cards for this exam"),
            named("level", Number(1, 5), "Only this level, 1 (first week) to 5 (years)"),
            named("kinds", Text, "Only these kinds: choice, multiple, list, text, command"),
            named(
                "style",
                Choice(&["social", "contest"]),
                "Social: answers are seen by all. Contest: secret until the close",
            ),
            named("answers", Text, "Open ways to answer: reactions, replies, buttons"),
            named("attempts", Number(1, 10), "Tries for typed answers; 3 if none is given"),
            named("feedback", Choice(&["close", "instant"]), "What players hear: at the close, or at once"),
            named("thread", Flag, "Open a thread on each question; not in a contest"),
            named("mention", Group, "A role or group that each question mentions"),
            named(
                "reveal",
                Choice(&["thread", "channel"]),
                "(Slack) Where each answer is shown: in the question's thread, or in the channel as well",
            ),
            named("channel", Channel, "In another channel than this one"),
        ],
        form: Some("New schedule"),
        example: "/kquiz schedule add name:daily at:weekdays 09:00 timezone:Europe/Berlin",
        make: |args| {
            Command::ScheduleAdd(Box::new(ScheduleArgs {
                name: args.text("name"),
                at: args.text("at"),
                timezone: args.text("timezone"),
                deck: args.text("deck"),
                topic: args.text("topic"),
                exam: args.text("exam"),
                level: args.number("level"),
                kinds: args.text("kinds"),
                window: args.text("window"),
                style: args.text("style"),
                answers: args.text("answers"),
                attempts: args.number("attempts"),
                feedback: args.text("feedback"),
                thread: args.flag("thread"),
                mention: args.names("mention").into_iter().next(),
                reveal: args.text("reveal"),
                channel: args.channel("channel"),
            }))
        },
    },
    Spec {
        words: &["kquiz", "schedule", "list"],
        about: "The schedules of this space and when each asks next",
        example: "/kquiz schedule list",
        make: |_| Command::ScheduleList,
        ..OPEN
    },
    Spec {
        words: &["kquiz", "schedule", "pause"],
        about: "Let a schedule ask nothing until a date, or until resumed",
        who: Who::Host,
        options: &[SCHEDULE, optional("until", Date, "First day on which it asks again: 2026-12-24")],
        example: "/kquiz schedule pause daily until:2026-12-24",
        make: |args| Command::SchedulePause { name: args.must("name"), until: args.date("until") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "schedule", "resume"],
        about: "Let a paused schedule ask again",
        who: Who::Host,
        options: &[SCHEDULE],
        example: "/kquiz schedule resume daily",
        make: |args| Command::ScheduleResume { name: args.must("name") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "schedule", "skip"],
        about: "Let a schedule ask nothing on one day",
        who: Who::Host,
        options: &[SCHEDULE, required("date", Date, "The day: 2026-12-24")],
        example: "/kquiz schedule skip daily 2026-12-24",
        make: |args| Command::ScheduleSkip { name: args.must("name"), date: args.must_date("date") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "schedule", "remove"],
        about: "End a schedule; what it asked stays in the standings",
        who: Who::Host,
        options: &[SCHEDULE],
        example: "/kquiz schedule remove daily",
        make: |args| Command::ScheduleRemove { name: args.must("name") },
        ..OPEN
    },
    Spec {
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
            period: args
                .text("period")
                .and_then(|word| BoardPeriod::ALL.into_iter().find(|period| period.word() == word)),
            season: args.text("season"),
            page: args.number("page").unwrap_or(1),
        },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "mine"],
        about: "Your own answers in open rounds",
        example: "/kquiz mine",
        make: |_| Command::Mine,
        ..OPEN
    },
    Spec {
        words: &["kquiz", "stats"],
        about: "Your own figures, by topic",
        example: "/kquiz stats",
        make: |_| Command::Stats,
        ..OPEN
    },
    Spec {
        words: &["kquiz", "season", "start"],
        about: "Start a competition that ends on a day",
        who: Who::Host,
        options: &[
            required("name", Name, "Its name"),
            required("ends", Date, "Its last day: 2026-12-24"),
            optional("channels", Channels, "Which channels count; all of this space if none is given"),
        ],
        example: "/kquiz season start name:Autumn Cup ends:2026-12-24",
        make: |args| Command::SeasonStart {
            name: args.must("name"),
            ends: args.must_date("ends"),
            channels: args.channels("channels"),
        },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "season", "end"],
        about: "End a season today, with its podium",
        who: Who::Host,
        options: &[required("name", K(Known::Season), "Which season")],
        example: "/kquiz season end Autumn Cup",
        make: |args| Command::SeasonEnd { name: args.must("name") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "season", "recount"],
        about: "Bring a closed season's board up to what was corrected since",
        who: Who::Host,
        options: &[required("name", K(Known::Season), "Which season")],
        example: "/kquiz season recount \"winter 2026\"",
        make: |args| Command::SeasonRecount { name: args.must("name") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "season", "list"],
        about: "The seasons of this space",
        example: "/kquiz season list",
        make: |_| Command::SeasonList,
        ..OPEN
    },
    Spec {
        words: &["kquiz", "season", "show"],
        about: "A season and its podium",
        options: &[optional("name", K(Known::Season), "Which season; the running one if none is given")],
        example: "/kquiz season show Autumn Cup",
        make: |args| Command::SeasonShow { name: args.text("name") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "deck", "add"],
        about: "Add a deck for this space from a file, or a new version of one",
        who: Who::Host,
        options: DECK_FILE,
        form: Some("Add a deck"),
        example: "/kquiz deck add",
        make: |args| Command::DeckAdd(args.text("text").map(Upload::pasted)),
    },
    Spec {
        words: &["kquiz", "deck", "check"],
        about: "Say what is wrong with a deck file; changes nothing",
        who: Who::Host,
        options: DECK_FILE,
        form: Some("Check a deck"),
        example: "/kquiz deck check",
        make: |args| Command::DeckCheck(args.text("text").map(Upload::pasted)),
    },
    Spec {
        words: &["kquiz", "deck", "remove"],
        about: "Remove a deck of this space; what it asked stays in the standings",
        who: Who::Host,
        options: &[required("deck", K(Known::OwnDeck), "Which deck")],
        example: "/kquiz deck remove team-basics",
        make: |args| Command::DeckRemove { deck: args.must("deck") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "deck", "list"],
        about: "The decks, and who added which",
        example: "/kquiz deck list",
        make: |_| Command::DeckList,
        ..OPEN
    },
    Spec {
        words: &["kquiz", "deck", "show"],
        about: "The cards of a deck, without answers",
        options: &[
            required("deck", K(Known::Deck), "Which deck"),
            optional("topic", K(Known::Topic), "Only this topic"),
            PAGE,
        ],
        example: "/kquiz deck show kubernetes",
        make: |args| Command::DeckShow {
            deck: args.must("deck"),
            topic: args.text("topic"),
            page: args.number("page").unwrap_or(1),
        },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "settings", "timezone"],
        about: "Show or set this space's time zone",
        who: Who::Admin,
        options: &[optional("zone", K(Known::Zone), "An IANA zone: Europe/Berlin")],
        example: "/kquiz settings timezone Europe/Berlin",
        make: |args| Command::SettingsTimezone { zone: args.text("zone") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "settings", "hosts"],
        about: "Show or change who schedules, asks and runs seasons",
        who: Who::Admin,
        options: &[
            named("add", People, "People, roles or groups to add"),
            named("remove", People, "People, roles or groups to remove"),
        ],
        example: "/kquiz settings hosts add:@ana",
        make: |args| Command::SettingsHosts { add: args.names("add"), remove: args.names("remove") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "round", "show"],
        about: "A question that was asked, and where it stands",
        options: ROUND,
        example: "/kquiz round show 17",
        make: |args| Command::RoundShow { round: round(args) },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "round", "close"],
        about: "Close an open question now",
        who: Who::Host,
        options: ROUND,
        example: "/kquiz round close 17",
        make: |args| Command::RoundClose { round: round(args) },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "round", "cancel"],
        about: "Take a question back: it counts for nothing",
        who: Who::Host,
        options: ROUND,
        example: "/kquiz round cancel 17",
        make: |args| Command::RoundCancel { round: round(args) },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "round", "remark"],
        about: "Count another answer as right, and mark a closed question anew for all",
        who: Who::Host,
        options: &[
            required("round", Number(1, BIGGEST), "Its number"),
            required("answer", Text, "What counts as right as well: an alias, a command, or the text of an option"),
            AS,
            WHY,
        ],
        example: "/kquiz round remark 17 \"node agent\"",
        make: |args| Command::RoundRemark {
            round: must_round(args),
            answer: args.must("answer"),
            item: args.text("as"),
            why: args.text("why"),
        },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "dispute", "list"],
        about: "The disputes that wait for a host",
        who: Who::Host,
        example: "/kquiz dispute list",
        make: |_| Command::DisputeList,
        ..OPEN
    },
    Spec {
        words: &["kquiz", "dispute", "accept"],
        about: "Count a disputed answer as right, and mark its question anew for all",
        who: Who::Host,
        options: &[
            CASE,
            named("answer", Text, "What counts: the words that are right, where the answer says more; else left empty"),
            AS,
            WHY,
        ],
        example: "/kquiz dispute accept 3",
        make: |args| Command::DisputeAccept {
            case: case(args),
            answer: args.text("answer"),
            item: args.text("as"),
            why: args.text("why"),
        },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "dispute", "refuse"],
        about: "Leave a disputed answer as it was marked",
        who: Who::Host,
        options: &[CASE, WHY],
        example: "/kquiz dispute refuse 3 why:\"the kubelet runs no Pods by itself\"",
        make: |args| Command::DisputeRefuse { case: case(args), why: args.text("why") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "player", "bar"],
        about: "Take no answers and no disputes from a player any more",
        who: Who::Host,
        options: &[PLAYER, REASON],
        example: "/kquiz player bar @ana \"answers by a script\"",
        make: |args| Command::PlayerBar { player: args.names("player"), reason: args.must("reason") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "player", "unbar"],
        about: "Take a player's answers again",
        who: Who::Host,
        options: &[PLAYER],
        example: "/kquiz player unbar @ana",
        make: |args| Command::PlayerUnbar { player: args.names("player") },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "player", "void"],
        about: "Let a player's answer to one question count for nothing",
        who: Who::Host,
        options: &[
            PLAYER,
            required("round", Number(1, BIGGEST), "The question's number"),
            REASON,
            named("undo", Flag, "Let it count again"),
        ],
        example: "/kquiz player void @ana 17 \"copied from the docs\"",
        make: |args| Command::PlayerVoid {
            player: args.names("player"),
            round: must_round(args),
            reason: args.must("reason"),
            undo: args.flag("undo"),
        },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "privacy", "export"],
        about: "Everything stored about you, as a file",
        example: "/kquiz privacy export",
        make: |_| Command::Privacy(PrivacyAct::Export),
        ..OPEN
    },
    Spec {
        words: &["kquiz", "privacy", "delete"],
        about: "Delete everything stored about you; asks first",
        options: &[named("confirm", Flag, "Do not ask again")],
        example: "/kquiz privacy delete",
        make: |args| {
            Command::Privacy(if args.flag("confirm") { PrivacyAct::DeleteConfirmed } else { PrivacyAct::Delete })
        },
        ..OPEN
    },
    Spec {
        words: &["kquiz", "privacy", "hide"],
        about: "Stay off leaderboards and reveals",
        example: "/kquiz privacy hide",
        make: |_| Command::Privacy(PrivacyAct::Hide),
        ..OPEN
    },
    Spec {
        words: &["kquiz", "privacy", "show"],
        about: "Be on leaderboards and reveals again",
        example: "/kquiz privacy show",
        make: |_| Command::Privacy(PrivacyAct::Show),
        ..OPEN
    },
    Spec {
        words: &["kquiz", "help"],
        about: "What there is, or one command in full",
        options: &[optional("command", Text, "Which command")],
        example: "/kquiz help schedule add",
        make: |args| Command::Help { about: args.text("command") },
        ..OPEN
    },
];
