//! What hosts put right: `/kquiz round …`, `dispute …` and `player …`.

use super::{OPEN, named, optional, required};
use crate::{
    chat::command::{
        Command,
        args::Args,
        definition::{
            BIGGEST, Opt,
            OptKind::{Flag, Number, People, Text},
            Spec, Who,
        },
    },
    quiz::id::{CaseId, RoundId},
};

const ROUND: &[Opt] =
    &[optional("round", Number(1, BIGGEST), "Its number; the latest of this channel if none is given")];
const CASE: Opt = required("case", Number(1, BIGGEST), "Which case: its number in the list of disputes");
const AS: Opt = named("as", Text, "Which item: for a list, the item that it is another name for, or its number");
const WHY: Opt = named("why", Text, "Why: in a sentence; who disputed it is told");
const PLAYER: Opt = required("player", People, "Who: one player");
const REASON: Opt = required("reason", Text, "Why: in a sentence; the player is told");

/// `/kquiz round show`.
pub const ROUND_SHOW: Spec = Spec {
    words: &["kquiz", "round", "show"],
    about: "A question that was asked, and where it stands",
    options: ROUND,
    example: "/kquiz round show 17",
    make: |args| Command::RoundShow { round: round(args) },
    ..OPEN
};

/// `/kquiz round close`.
pub const ROUND_CLOSE: Spec = Spec {
    words: &["kquiz", "round", "close"],
    about: "Close an open question now",
    who: Who::Host,
    options: ROUND,
    example: "/kquiz round close 17",
    make: |args| Command::RoundClose { round: round(args) },
    ..OPEN
};

/// `/kquiz round cancel`.
pub const ROUND_CANCEL: Spec = Spec {
    words: &["kquiz", "round", "cancel"],
    about: "Take a question back: it counts for nothing",
    who: Who::Host,
    options: ROUND,
    example: "/kquiz round cancel 17",
    make: |args| Command::RoundCancel { round: round(args) },
    ..OPEN
};

/// `/kquiz round remark`.
pub const ROUND_REMARK: Spec = Spec {
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
};

/// `/kquiz dispute list`.
pub const DISPUTE_LIST: Spec = Spec {
    words: &["kquiz", "dispute", "list"],
    about: "The disputes that wait for a host",
    who: Who::Host,
    example: "/kquiz dispute list",
    make: |_| Command::DisputeList,
    ..OPEN
};

/// `/kquiz dispute accept`.
pub const DISPUTE_ACCEPT: Spec = Spec {
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
};

/// `/kquiz dispute refuse`.
pub const DISPUTE_REFUSE: Spec = Spec {
    words: &["kquiz", "dispute", "refuse"],
    about: "Leave a disputed answer as it was marked",
    who: Who::Host,
    options: &[CASE, WHY],
    example: "/kquiz dispute refuse 3 why:\"the kubelet runs no Pods by itself\"",
    make: |args| Command::DisputeRefuse { case: case(args), why: args.text("why") },
    ..OPEN
};

/// `/kquiz player bar`.
pub const PLAYER_BAR: Spec = Spec {
    words: &["kquiz", "player", "bar"],
    about: "Take no answers and no disputes from a player any more",
    who: Who::Host,
    options: &[PLAYER, REASON],
    example: "/kquiz player bar @ana \"answers by a script\"",
    make: |args| Command::PlayerBar { player: args.names("player"), reason: args.must("reason") },
    ..OPEN
};

/// `/kquiz player unbar`.
pub const PLAYER_UNBAR: Spec = Spec {
    words: &["kquiz", "player", "unbar"],
    about: "Take a player's answers again",
    who: Who::Host,
    options: &[PLAYER],
    example: "/kquiz player unbar @ana",
    make: |args| Command::PlayerUnbar { player: args.names("player") },
    ..OPEN
};

/// `/kquiz player void`.
pub const PLAYER_VOID: Spec = Spec {
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
};

fn case(args: &Args) -> CaseId {
    CaseId(args.number("case").expect("read() refuses where a required option is missing"))
}

fn must_round(args: &Args) -> RoundId {
    round(args).expect("read() refuses where a required option is missing")
}

fn round(args: &Args) -> Option<RoundId> {
    args.number("round").map(RoundId)
}
