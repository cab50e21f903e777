//! Barring a player and voiding an answer: what the host and the player hear, the reason always among it.

use super::{
    corrections::frozen,
    disputes::said,
    text::{count, name, paragraphs},
};
use crate::{
    chat::post::Reply,
    quiz::{id::RoundId, points::Points},
};

/// No answers are taken from them any more.
pub fn barred(player: &str) -> Reply {
    Reply::private(format!(
        "No answers and no disputes are taken from **{0}** any more. What they had answered before counts; \
         `/kquiz player void` takes that away, question by question.",
        name(player)
    ))
}

/// They were barred before.
pub fn barred_before(player: &str) -> Reply {
    Reply::private(format!("**{}** is barred already.", name(player)))
}

/// Their answers are taken again.
pub fn unbarred(player: &str) -> Reply {
    Reply::private(format!("Answers of **{}** are taken again.", name(player)))
}

/// They were not barred.
pub fn not_barred(player: &str) -> Reply {
    Reply::private(format!("**{}** is not barred.", name(player)))
}

/// Their answer counts for nothing, or counts again.
pub fn voided(player: &str, round: RoundId, undo: bool, seasons: &[&str]) -> Reply {
    let text = if undo {
        format!("The answer of **{}** to round {round} counts again.", name(player))
    } else {
        format!("The answer of **{}** to round {round} counts for nothing.", name(player))
    };
    let (closed, controls) = frozen(seasons);
    Reply { controls, ..Reply::private(paragraphs([text, closed])) }
}

/// There is no such answer.
pub fn nothing_to_void(player: &str, round: RoundId) -> Reply {
    Reply::private(format!("**{}** gave no answer to round {round} that counts.", name(player)))
}

/// It is so already.
pub fn voided_before(player: &str, round: RoundId, undo: bool) -> Reply {
    let is = if undo { "is not voided" } else { "is voided already" };
    Reply::private(format!("The answer of **{}** to round {round} {is}.", name(player)))
}

/// More or fewer than one player was named.
pub fn name_one() -> Reply {
    Reply::private("Name one player.")
}

/// A role or a group was named.
pub fn no_player(named: &str) -> Reply {
    Reply::private(format!("**{}** is no player.", name(named)))
}

/// What a barred player hears who answers.
pub fn you_are_barred(reason: &str) -> Reply {
    Reply::private(format!("A host takes no answers from you any more: {}", said(reason)))
}

/// What a player is told who is barred.
pub fn told_barred(reason: &str) -> String {
    format!(
        "A host takes no answers from you in the quiz any more: {} Ask an admin if you think that is a mistake.",
        said(reason)
    )
}

/// What waited to be told, before the reply that it comes with.
pub fn with_notices(texts: &[String], reply: Reply) -> Reply {
    let texts = texts.iter().map(|text| format!("📬 {text}"));
    Reply { text: paragraphs(texts.chain([reply.text.clone()])), sign: None, ..reply }
}

/// What a player is told whose answers are taken again.
pub fn told_unbarred() -> String {
    "Your answers in the quiz are taken again. Welcome back!".into()
}

/// What a player is told whose answer was voided, or counts again.
pub fn told_voided(round: RoundId, undo: bool, points: Points, reason: &str) -> String {
    if undo {
        let earned = if points.0 > 0 { format!(" and earns you {}", count(points.0, "point")) } else { String::new() };
        format!("Your answer to round {round} counts again{earned}: {}", said(reason))
    } else {
        let less = if points.0 > 0 { format!(" ({} less)", count(points.0, "point")) } else { String::new() };
        format!("A host let your answer to round {round} count for nothing{less}: {}", said(reason))
    }
}
