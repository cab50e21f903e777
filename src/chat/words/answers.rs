//! What a player hears about an answer: that it is in, or why not. Before the close never what is right or missing.

use super::{
    question::{capital, ways},
    text::{count, percent, typed},
};
use crate::{
    chat::post::{Reply, Sign},
    quiz::{
        answer::{Refused, Taken, Try},
        asked::Asked,
        question::Kind,
        round::Rules,
        verdict::Credit,
    },
};

/// What became of a change. `shown` is what was typed, or which options stand now.
pub fn taken(asked: &Asked, rules: &Rules, taken: &Taken, shown: Option<&str>) -> Reply {
    let sign = match taken {
        Taken::In { tries_left, told: false, .. } => Some(Sign::In { tries_left: *tries_left }),
        Taken::Nothing { two: false } => Some(Sign::Quiet),
        Taken::In { told: true, .. } | Taken::Nothing { two: true } | Taken::Refused(_) => None,
    };
    let text = match taken {
        Taken::In { tries_left, told, verdict, better } => {
            let told = told.then_some((verdict.credit, better.as_ref()));
            is_in(asked, *tries_left, told, shown)
        }
        Taken::Nothing { two: false } => "Your answer is withdrawn. You can give another until the close.".into(),
        Taken::Nothing { two: true } => {
            "Two of your reactions stand, and I cannot tell which came last. Take one away, and the other counts."
                .into()
        }
        Taken::Refused(Refused::Way(_)) => {
            let open = ways(asked.kind(), asked.options().len(), &rules.ways);
            format!("This question is answered in another way: {open}.")
        }
        Taken::Refused(Refused::NoTriesLeft) => {
            format!("You have used all {}. Your best one counts.", count(rules.attempts.into(), "try"))
        }
        Taken::Refused(Refused::Unreadable) => hint(asked),
        Taken::Refused(Refused::Final) => "You were told how your answer is marked, so it stays as it is.".into(),
    };
    Reply { sign, ..Reply::private(text) }
}

/// `told` is how this answer is marked and the better one before it, where the player hears that at once.
fn is_in(asked: &Asked, tries_left: Option<u8>, told: Option<(Credit, Option<&Try>)>, shown: Option<&str>) -> String {
    let mark = told.map(|(credit, _)| format!("{} ", marked(credit))).unwrap_or_default();
    let what = shown.map(|shown| format!(": {}", typed(shown))).unwrap_or_default();
    let best = match told {
        Some((_, Some(Try { text, verdict }))) => {
            let credit = percent(verdict.credit.get().into(), 10_000);
            format!("your best one, {} with {credit}, counts.", typed(text))
        }
        _ => "your best one counts.".to_owned(),
    };
    let next = match tries_left {
        None if told.is_some() => String::new(),
        None if asked.kind() == Kind::Multiple => " You can change your picks until the close.".to_owned(),
        None => " You can change it until the close.".to_owned(),
        Some(_) if told.is_some_and(|(credit, _)| credit == Credit::FULL) => String::new(),
        Some(0) => format!(" That was your last try; {best}"),
        Some(left) => format!(" {} left; {best}", capital(&count(left.into(), "try"))),
    };
    format!("{mark}It is in{what}.{next}")
}

/// Right, partly right or not, and the credit; never what is missing.
pub fn marked(credit: Credit) -> String {
    match credit {
        Credit::FULL => "✅ Right!".into(),
        Credit::NONE => "❌ Not this time.".into(),
        partly => format!("🟡 Partly right: {}.", percent(partly.get().into(), 10_000)),
    }
}

/// With this begins what is said of an answer that cannot be read.
pub const UNREADABLE: &str = "I could not read that as an answer.";

/// How to write an answer that can be read.
pub fn hint(asked: &Asked) -> String {
    let options = asked.options().len();
    let how = match asked.kind() {
        Kind::Choice => format!("Send the number of one option, 1 to {options}, or its text."),
        Kind::Multiple => format!("Send the numbers of all right options, 1 to {options}: for example `1, 3`."),
        Kind::List => "Send the names, separated by commas.".into(),
        Kind::Text => "A word or a few are enough.".into(),
        Kind::Command => "Send one command, as you would type it in a shell.".into(),
    };
    format!("{UNREADABLE} {how}")
}

/// The same answer was delivered twice.
pub fn again() -> Reply {
    Reply::private("It is in; I had it already.").signed(Sign::Quiet)
}

/// The round is over.
pub fn late() -> Reply {
    Reply::private("This round is closed, so this answer does not count. See you at the next one!").signed(Sign::Quiet)
}

/// No round is known by this message or number.
pub fn unknown() -> Reply {
    Reply::private("I do not know this question any more. It may be from before a clean-up.")
}

/// The store is stuck; nothing was stored.
pub fn busy() -> Reply {
    Reply::private("I could not note your answer just now. Please try again in a few seconds.")
}

/// What was written in a question's thread, and the platform keeps from kcard: it does not mention kcard.
pub fn unheard_in_thread(mention: &str) -> Reply {
    Reply::private(format!(
        "I see that you wrote something here, and not what. If it is your answer, write it with my name before it, {mention}, and I \
         can read it."
    ))
}

/// What was written in a question's thread may be talk, and a try is too good for it.
pub fn aside() -> Reply {
    Reply::private(
        "If that is your answer, write it with my name before it, or reply to the question: what else is said here uses up no try.",
    )
}

/// A reply whose text the platform keeps from kcard: it does not mention kcard, and only such replies are handed over.
pub fn unheard() -> Reply {
    Reply::private(
        "I see that you replied, and not what you wrote. Reply with the mention turned on (the @ ON beside your text), and I can \
         read it.",
    )
}
