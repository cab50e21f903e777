//! `/kquiz privacy …`.

use super::{OPEN, named};
use crate::chat::command::{
    Command, PrivacyAct,
    definition::{OptKind::Flag, Spec},
};

/// `/kquiz privacy export`.
pub const EXPORT: Spec = Spec {
    words: &["kquiz", "privacy", "export"],
    about: "Everything stored about you, as a file",
    example: "/kquiz privacy export",
    make: |_| Command::Privacy(PrivacyAct::Export),
    ..OPEN
};

/// `/kquiz privacy delete`.
pub const DELETE: Spec = Spec {
    words: &["kquiz", "privacy", "delete"],
    about: "Delete everything stored about you; asks first",
    options: &[named("confirm", Flag, "Do not ask again")],
    example: "/kquiz privacy delete",
    make: |args| Command::Privacy(if args.flag("confirm") { PrivacyAct::DeleteConfirmed } else { PrivacyAct::Delete }),
    ..OPEN
};

/// `/kquiz privacy hide`.
pub const HIDE: Spec = Spec {
    words: &["kquiz", "privacy", "hide"],
    about: "Stay off leaderboards and reveals",
    example: "/kquiz privacy hide",
    make: |_| Command::Privacy(PrivacyAct::Hide),
    ..OPEN
};

/// `/kquiz privacy show`.
pub const SHOW: Spec = Spec {
    words: &["kquiz", "privacy", "show"],
    about: "Be on leaderboards and reveals again",
    example: "/kquiz privacy show",
    make: |_| Command::Privacy(PrivacyAct::Show),
    ..OPEN
};
