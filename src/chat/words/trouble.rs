//! When something cannot be: what happened, and what to do. No blame.

use super::text::{name, typed};
use crate::{
    chat::{command::Who, post::Reply},
    quiz::{
        id::{ChannelId, DeckId},
        nearest::nearest,
    },
};

/// Something failed on kcard's side; the log has the details.
pub fn ours() -> Reply {
    Reply::private("Something went wrong on our side; it is logged. Please try again in a moment.")
}

/// The store is stuck; nothing was changed.
pub fn busy() -> Reply {
    Reply::private("I am busy just now and changed nothing. Please try again in a few seconds.")
}

/// The caller may not; who may.
pub fn not_allowed(who: Who) -> Reply {
    Reply::private(match who {
        Who::Everyone => "This is open to everyone here.".to_owned(),
        Who::Host => "That is for hosts and admins. `/kquiz settings hosts` shows who they are.".to_owned(),
        Who::Admin => "That is for admins of this space.".to_owned(),
    })
}

/// A command that needs a channel was given in a direct message.
pub fn no_channel() -> Reply {
    Reply::private("Give this command in the channel that you mean.")
}

/// A command that is about one space was given outside any.
pub fn outside() -> Reply {
    Reply::private(
        "That is about one server or workspace, and here I cannot tell which. Give it there, in the channel that you mean. \
         `/kcard`, `/kquiz privacy` and `/kquiz help` work here too.",
    )
}

/// There is no `what` (deck, schedule, season, card, topic …) of this name; the nearest of the `known` is offered, or else all of
/// them where they are few.
pub fn no_such<'k>(what: &str, named: &str, known: impl IntoIterator<Item = &'k str>) -> Reply {
    let known: Vec<&str> = known.into_iter().collect();
    let help = match nearest(named, known.iter().copied()) {
        Some(meant) => format!(" Did you mean **{}**?", name(meant)),
        None if (1..=8).contains(&known.len()) => {
            let known: Vec<String> = known.iter().map(|known| name(known)).collect();
            format!(" What there is: {}.", known.join(", "))
        }
        None => String::new(),
    };
    Reply::private(format!("There is no {what} named {}.{help}", typed(named)))
}

/// A line that could not be understood, as the parser says it.
pub fn usage(error: &crate::chat::command::UsageError) -> Reply {
    Reply::private(error.0.clone())
}

/// A button that is not kcard's or from another version.
pub fn unknown_control() -> Reply {
    Reply::private("I do not know this button any more. The command that made it still works.")
}

/// Why a schedule cannot ask: nothing here serves its channel's platform.
pub fn no_face(channel: &ChannelId) -> String {
    format!("no `{}` is connected, and channel `{channel}` is there", channel.face())
}

/// Why a schedule cannot ask: its deck is not loaded.
pub fn no_deck(deck: &DeckId) -> String {
    format!("deck `{deck}` is not loaded")
}
