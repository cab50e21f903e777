//! `/kquiz settings …`.

use super::{OPEN, named, optional};
use crate::chat::command::{
    Command,
    definition::{
        Known,
        OptKind::{Known as K, People},
        Spec, Who,
    },
};

/// `/kquiz settings timezone`.
pub const TIMEZONE: Spec = Spec {
    words: &["kquiz", "settings", "timezone"],
    about: "Show or set this space's time zone",
    who: Who::Admin,
    options: &[optional("zone", K(Known::Zone), "An IANA zone: Europe/Berlin")],
    example: "/kquiz settings timezone Europe/Berlin",
    make: |args| Command::SettingsTimezone { zone: args.text("zone") },
    ..OPEN
};

/// `/kquiz settings hosts`.
pub const HOSTS: Spec = Spec {
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
};
