//! A player's own data: exported, deleted, hidden, shown.

use crate::chat::{
    control::{Control, ControlId},
    post::{File, Reply},
};

/// Everything stored about the player, as a JSON file.
pub fn exported(json: String) -> Reply {
    Reply {
        text: "Here is everything I have stored about you.".into(),
        file: Some(File { name: "kcard-export.json".into(), content: json }),
        ..Reply::default()
    }
}

/// Where it holds, said only where one may wonder: outside any space, for all of them.
fn in_all(everywhere: bool) -> &'static str {
    if everywhere { " in all servers and workspaces" } else { "" }
}

/// Asks whether to delete everything; `everywhere`: of the person in all spaces.
pub fn delete_question(everywhere: bool) -> Reply {
    Reply {
        text: format!(
            "This deletes your answers, points and name{} for good, and takes you off every leaderboard. It cannot be undone. \
             `/kquiz privacy export` gives you a copy first.",
            in_all(everywhere)
        ),
        controls: vec![Control::Button {
            id: ControlId::Run("kquiz privacy delete confirm:yes".into()),
            label: "Delete all my data".into(),
        }],
        ..Reply::default()
    }
}

/// Everything is deleted.
pub fn deleted(everywhere: bool) -> Reply {
    Reply::private(format!(
        "Your data{} is deleted. You are welcome to play again; rounds that are open now stay without you.",
        in_all(everywhere)
    ))
}

/// Off boards and reveals.
pub fn hidden(everywhere: bool) -> Reply {
    Reply::private(format!(
        "You are off the leaderboards and reveals{}. You still score, and `/kquiz privacy show` brings you back.",
        in_all(everywhere)
    ))
}

/// Back on them.
pub fn shown(everywhere: bool) -> Reply {
    Reply::private(format!("You are on the leaderboards and reveals{}.", in_all(everywhere)))
}

/// The export is larger than the platform takes files.
pub fn too_large() -> Reply {
    Reply::private("Your data is more than fits a file here. Whoever hosts kcard can hand it to you.")
}
