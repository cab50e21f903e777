//! `/kquiz season …`.

use super::{OPEN, optional, required};
use crate::chat::command::{
    Command,
    definition::{
        Known,
        OptKind::{Channels, Date, Known as K, Name},
        Spec, Who,
    },
};

/// `/kquiz season start`.
pub const START: Spec = Spec {
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
};

/// `/kquiz season end`.
pub const END: Spec = Spec {
    words: &["kquiz", "season", "end"],
    about: "End a season today, with its podium",
    who: Who::Host,
    options: &[required("name", K(Known::Season), "Which season")],
    example: "/kquiz season end Autumn Cup",
    make: |args| Command::SeasonEnd { name: args.must("name") },
    ..OPEN
};

/// `/kquiz season recount`.
pub const RECOUNT: Spec = Spec {
    words: &["kquiz", "season", "recount"],
    about: "Bring a closed season's board up to what was corrected since",
    who: Who::Host,
    options: &[required("name", K(Known::Season), "Which season")],
    example: "/kquiz season recount \"winter 2026\"",
    make: |args| Command::SeasonRecount { name: args.must("name") },
    ..OPEN
};

/// `/kquiz season list`.
pub const LIST: Spec = Spec {
    words: &["kquiz", "season", "list"],
    about: "The seasons of this space",
    example: "/kquiz season list",
    make: |_| Command::SeasonList,
    ..OPEN
};

/// `/kquiz season show`.
pub const SHOW: Spec = Spec {
    words: &["kquiz", "season", "show"],
    about: "A season and its podium",
    options: &[optional("name", K(Known::Season), "Which season; the running one if none is given")],
    example: "/kquiz season show Autumn Cup",
    make: |args| Command::SeasonShow { name: args.text("name") },
    ..OPEN
};
