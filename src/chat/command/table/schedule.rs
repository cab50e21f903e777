//! `/kquiz schedule …`.

use super::{OPEN, named, optional, required};
use crate::chat::command::{
    Command, ScheduleArgs,
    definition::{
        Known, Opt,
        OptKind::{Channel, Choice, Date, Flag, Group, Known as K, Name, Number, Text},
        Spec, Who,
    },
};

const SCHEDULE: Opt = required("name", K(Known::Schedule), "Which schedule");

/// `/kquiz schedule add`.
pub const ADD: Spec = Spec {
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
};

/// `/kquiz schedule list`.
pub const LIST: Spec = Spec {
    words: &["kquiz", "schedule", "list"],
    about: "The schedules of this space and when each asks next",
    example: "/kquiz schedule list",
    make: |_| Command::ScheduleList,
    ..OPEN
};

/// `/kquiz schedule pause`.
pub const PAUSE: Spec = Spec {
    words: &["kquiz", "schedule", "pause"],
    about: "Let a schedule ask nothing until a date, or until resumed",
    who: Who::Host,
    options: &[SCHEDULE, optional("until", Date, "First day on which it asks again: 2026-12-24")],
    example: "/kquiz schedule pause daily until:2026-12-24",
    make: |args| Command::SchedulePause { name: args.must("name"), until: args.date("until") },
    ..OPEN
};

/// `/kquiz schedule resume`.
pub const RESUME: Spec = Spec {
    words: &["kquiz", "schedule", "resume"],
    about: "Let a paused schedule ask again",
    who: Who::Host,
    options: &[SCHEDULE],
    example: "/kquiz schedule resume daily",
    make: |args| Command::ScheduleResume { name: args.must("name") },
    ..OPEN
};

/// `/kquiz schedule skip`.
pub const SKIP: Spec = Spec {
    words: &["kquiz", "schedule", "skip"],
    about: "Let a schedule ask nothing on one day",
    who: Who::Host,
    options: &[SCHEDULE, required("date", Date, "The day: 2026-12-24")],
    example: "/kquiz schedule skip daily 2026-12-24",
    make: |args| Command::ScheduleSkip { name: args.must("name"), date: args.must_date("date") },
    ..OPEN
};

/// `/kquiz schedule remove`.
pub const REMOVE: Spec = Spec {
    words: &["kquiz", "schedule", "remove"],
    about: "End a schedule; what it asked stays in the standings",
    who: Who::Host,
    options: &[SCHEDULE],
    example: "/kquiz schedule remove daily",
    make: |args| Command::ScheduleRemove { name: args.must("name") },
    ..OPEN
};
