//! A round's question as it stands in the channel: open, and after its end. Never says what is right before the close.

use jiff::Timestamp;

use super::{
    reveal::Score,
    tally,
    text::{BREAK, CONTENT, count, keycap, list, one_line, paragraphs, plain, shorten},
};
use crate::{
    chat::{
        control::{Control, ControlId},
        post::{Fact, Post, PostKey},
    },
    quiz::{
        asked::{Asked, Form},
        id::{MessageRef, RoundId},
        question::Kind,
        round::{Feedback, OpenWay, Rules, Style, Ways},
    },
};

/// The most characters of a thread's name: Discord's limit (developer documentation, "Start Thread from Message").
const THREAD: usize = 100;

/// What the wording needs to know of a round.
#[derive(Debug, Clone, Copy)]
pub struct RoundView<'a> {
    /// The store's number.
    pub id: RoundId,
    /// The question as asked.
    pub asked: &'a Asked,
    /// How it is played.
    pub rules: &'a Rules,
    /// When it closes, where known.
    pub closes: Option<Timestamp>,
    /// Its question's message, where known: what a reveal answers.
    pub message: Option<&'a MessageRef>,
}

/// The question to post: wording and numbered options as text, facts beside it, reactions to seed, and controls where buttons
/// are open.
pub fn question(round: &RoundView<'_>) -> Post {
    let RoundView { id, asked, rules, closes, .. } = *round;
    let mut facts = facts(asked);
    facts.push(Fact { name: "How to answer".into(), value: how(asked, rules) });
    if rules.style == Style::Contest {
        facts.push(Fact { name: "Contest".into(), value: "Nobody sees your answer before the close.".into() });
    }
    let reactions = if rules.ways.0.contains(&OpenWay::Reactions) { asked.options().len() } else { 0 };
    let controls = if rules.ways.0.contains(&OpenWay::Buttons) { controls(id, asked) } else { Vec::new() };
    Post {
        facts,
        closes,
        reactions: u8::try_from(reactions).unwrap_or(9),
        replies: rules.ways.0.contains(&OpenWay::Replies),
        controls,
        mention: rules.mention.clone(),
        ..Post::new(PostKey::question(id), with_ask(asked, &numbered(asked)))
    }
}

/// The question after its end, in place of the open one: what was right and how the answers fell; or, cancelled, that it counts for
/// nothing (and then never what is right: the card may be asked again).
pub fn ending(round: &RoundView<'_>, scores: &[Score<'_>], cancelled: bool) -> Post {
    let rest = if cancelled {
        [numbered(round.asked), "**Cancelled.** This round counts for nothing.".into()]
    } else {
        [tally::lines(round.asked, scores), format!("**Closed.** {}", tally::answered(scores))]
    };
    let rest = paragraphs(rest);
    Post { facts: facts(round.asked), ..Post::new(PostKey::question(round.id), with_ask(round.asked, &rest)) }
}

/// The name of the thread on a question: its wording on one line, 1 to 100 characters.
pub fn thread(asked: &Asked) -> String {
    let name = shorten(&one_line(&asked.ask), THREAD);
    if name.is_empty() { "Question".into() } else { name }
}

/// The wording, shortened so that the rest fits.
pub fn with_ask(asked: &Asked, rest: &str) -> String {
    let room = CONTENT.saturating_sub(rest.chars().count() + 2).max(200);
    let text = paragraphs([shorten(asked.ask.trim(), room), rest.to_owned()]);
    shorten(&text, CONTENT)
}

/// The options, numbered, a line each; nothing where the answer is typed.
pub fn numbered(asked: &Asked) -> String {
    let options = asked.options().iter().enumerate();
    let lines: Vec<String> =
        options.map(|(at, option)| format!("{} {}", keycap(at + 1), plain(&shorten(option, 150)))).collect();
    lines.join(BREAK)
}

fn facts(asked: &Asked) -> Vec<Fact> {
    vec![
        Fact { name: "Level".into(), value: format!("{} of 5", asked.level.get()) },
        Fact { name: "Topic".into(), value: plain(&asked.topic) },
    ]
}

/// How to answer: the open ways, as this kind of question takes them, and the tries.
fn how(asked: &Asked, rules: &Rules) -> String {
    let kind = asked.kind();
    let ways = capital(&ways(kind, asked.options().len(), &rules.ways));
    let in_thread = rules.thread && rules.ways.0.contains(&OpenWay::Replies);
    let thread = match in_thread {
        false => "",
        true if kind.has_options() => " You may write it in the thread too.",
        true => " You may write it in the thread too, with my name before it.",
    };
    let rest = if kind.has_options() && rules.feedback == Feedback::Instant {
        "Your first answer stays.".into()
    } else if kind.has_options() {
        "You can change it until the close.".into()
    } else if rules.attempts == 1 {
        "You have 1 try.".into()
    } else {
        format!("You have {}, the best counts.", count(rules.attempts.into(), "try"))
    };
    format!("{ways}. {rest}{thread}")
}

/// The open ways in words, as this kind of question takes them: `react with 1️⃣–4️⃣, reply with the number or press a button`.
pub fn ways(kind: Kind, options: usize, ways: &Ways) -> String {
    let words = ways.0.iter().filter_map(|way| way_words(*way, kind, options));
    list(&words.collect::<Vec<_>>(), "or")
}

fn way_words(way: OpenWay, kind: Kind, options: usize) -> Option<String> {
    let words = match (way, kind) {
        (OpenWay::Reactions, Kind::Choice) => format!("react with {}–{}", keycap(1), keycap(options)),
        (OpenWay::Reactions, Kind::Multiple) => {
            format!("react with all right ones of {}–{}", keycap(1), keycap(options))
        }
        (OpenWay::Reactions, Kind::List | Kind::Text | Kind::Command) => return None,
        (OpenWay::Replies, Kind::Choice) => "reply with the number".into(),
        (OpenWay::Replies, Kind::Multiple) => "reply with all right numbers".into(),
        (OpenWay::Replies, Kind::List) => "reply with names separated by commas".into(),
        (OpenWay::Replies, Kind::Text) => "reply with the answer".into(),
        (OpenWay::Replies, Kind::Command) => "reply with the command".into(),
        (OpenWay::Buttons, Kind::Choice) => "press a button".into(),
        (OpenWay::Buttons, Kind::Multiple) => "pick from the menu".into(),
        (OpenWay::Buttons, Kind::List | Kind::Text | Kind::Command) => "press *Answer*".into(),
    };
    Some(words)
}

fn controls(id: RoundId, asked: &Asked) -> Vec<Control> {
    match &asked.form {
        Form::Choice { options, .. } => numbered_buttons(options, |number| ControlId::Option(id, number)).collect(),
        Form::Multiple { options, .. } => vec![menu(ControlId::Menu(id), options)],
        Form::List { .. } | Form::Text { .. } | Form::Command { .. } => {
            vec![Control::Form { id: ControlId::Form(id), label: "Answer".into() }]
        }
        Form::Recall => Vec::new(),
    }
}

/// A button for each option, its label the number and the option.
pub fn numbered_buttons(options: &[String], id: impl Fn(u8) -> ControlId) -> impl Iterator<Item = Control> {
    (1..=9u8)
        .zip(options)
        .map(move |(number, option)| Control::Button { id: id(number), label: format!("{number}. {option}") })
}

/// A menu of all options.
pub fn menu(id: ControlId, options: &[String]) -> Control {
    Control::Menu { id, label: "Pick all right ones".into(), options: options.to_vec() }
}

/// The text with its first letter large.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
