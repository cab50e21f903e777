//! A card on demand: its question, then how the answer was marked and the whole explanation. Never scored.

use super::{
    answers::marked,
    question::{menu, numbered, numbered_buttons, with_ask},
    reveal::{explained, right_answer},
    text::{CONTENT, code, list, paragraphs, plain, shorten, sources},
};
use crate::{
    chat::{
        command::quoted,
        control::{CardRef, Control, ControlId},
        post::Reply,
    },
    quiz::{
        asked::{Asked, Form},
        verdict::Verdict,
    },
};

/// The card's question with its controls, and a button that shows the answer.
pub fn question(asked: &Asked, card: &CardRef, public: bool) -> Reply {
    let mut controls: Vec<Control> = match &asked.form {
        Form::Choice { options, .. } => {
            numbered_buttons(options, |number| ControlId::CardOption(number, card.clone())).collect()
        }
        Form::Multiple { options, .. } => vec![menu(ControlId::CardMenu(card.clone()), options)],
        Form::List { .. } | Form::Text { .. } | Form::Command { .. } => {
            vec![Control::Form { id: ControlId::CardForm(card.clone()), label: "Answer".into() }]
        }
        Form::Recall => Vec::new(),
    };
    controls.push(Control::Button { id: ControlId::CardShow(card.clone()), label: "Show the answer".into() });
    Reply { text: with_ask(asked, &numbered(asked)), public, controls, ..Reply::default() }
}

/// The answer: how what was given is marked (`None` where it was only shown), what is right, the explanation and where it is written.
pub fn answer(asked: &Asked, card: &CardRef, verdict: Option<&Verdict>) -> Reply {
    let head = paragraphs([verdict.map(verdict_words).unwrap_or_default(), right_answer(asked)]);
    let tail = sources(&asked.sources);
    let room = CONTENT.saturating_sub(head.chars().count() + tail.chars().count() + 4).max(100);
    Reply {
        text: shorten(&paragraphs([head, explained(asked, room), tail]), CONTENT),
        controls: vec![another(asked, card)],
        ..Reply::default()
    }
}

/// The button for another card, of the same topic and deck where the command named them.
fn another(asked: &Asked, card: &CardRef) -> Control {
    let option = |name, value: &str| format!(" {name}:{}", quoted(value));
    let topic = if card.topic { option("topic", &asked.topic) } else { String::new() };
    let deck = if card.deck { option("deck", asked.deck.as_str()) } else { String::new() };
    let whole = format!("kcard{topic}{deck}");
    // An id holds no more: then the deck alone, or nothing, is kept to.
    let lines = [whole, format!("kcard{deck}"), "kcard".to_owned()];
    let line = lines.into_iter().find(|line| line.chars().count() <= 98).unwrap_or_default();
    Control::Button { id: ControlId::Run(line), label: "Another card".into() }
}

/// The mark and what it rests on: found, missing, wrong.
fn verdict_words(verdict: &Verdict) -> String {
    let part = |word: &str, terms: &[String]| {
        let terms: Vec<String> = terms.iter().take(9).map(|term| plain(&shorten(term, 80))).collect();
        (!terms.is_empty()).then(|| format!(" {word}: {}.", list(&terms, "and")))
    };
    let parts = [part("Found", &verdict.found), part("Missing", &verdict.missing), part("Wrong", &verdict.wrong)];
    format!("{}{}", marked(verdict.credit), parts.into_iter().flatten().collect::<String>())
}

/// The answer could not be read; the card stays.
pub fn unreadable(asked: &Asked, card: &CardRef) -> Reply {
    Reply { text: super::answers::hint(asked), controls: question(asked, card, false).controls, ..Reply::default() }
}

/// A card is to be had at any time.
pub fn offer() -> Reply {
    Reply {
        text: "A card to learn from, at any time and never scored:".into(),
        controls: vec![Control::Button { id: ControlId::Run("kcard".into()), label: "Show me a card".into() }],
        ..Reply::default()
    }
}

/// No card passes: all are open somewhere, or the filter lets none through.
pub fn none(topic: Option<&str>) -> Reply {
    Reply::private(match topic {
        Some(topic) => format!("There is no card on {} to show right now. Try another topic.", code(topic)),
        None => "There is no card to show right now. Try again when the open rounds are closed.".into(),
    })
}

/// A button of a card that its owner does not look at any more.
pub fn gone() -> Reply {
    Reply {
        text: "That card is no longer up. `/kcard` shows a new one.".into(),
        controls: vec![Control::Button { id: ControlId::Run("kcard".into()), label: "Another card".into() }],
        ..Reply::default()
    }
}
