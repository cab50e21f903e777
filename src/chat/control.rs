//! Buttons, menus and form openers, and the ids they carry. An id says all that must be decided at once, without the store.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{
    command::definition::{Opt, OptKind, spec},
    post::{Field, FormSpec},
    words,
};
#[cfg(doc)]
use crate::quiz::asked::Asked;
use crate::quiz::id::{CaseId, PlayerId, RoundId, ScheduleId};

/// The most characters of an id as text: Discord's limit (developer documentation, "Component Reference", `custom_id`).
const ID: usize = 100;

/// Something to press under a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Control {
    /// A button.
    Button {
        /// What pressing it means.
        id: ControlId,
        /// Contains the option; a face shortens it to its limit.
        label: String,
    },
    /// A menu of options to pick from.
    Menu {
        /// What picking means; the values are option numbers from 1.
        id: ControlId,
        /// What to pick.
        label: String,
        /// The options, in order.
        options: Vec<String>,
    },
    /// A button that opens a form.
    Form {
        /// What opening and submitting it means; the form is made from it by [`ControlId::form`].
        id: ControlId,
        /// The button's label.
        label: String,
    },
}

/// What a control means. As text at most 100 characters (Discord's limit; Slack's is 255); who makes a [`ControlId::Run`] keeps to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ControlId {
    /// Answer a round with this option: `a:ROUND:OPTION`.
    Option(RoundId, u8),
    /// Answer a round by a menu: `m:ROUND`.
    Menu(RoundId),
    /// Answer a round by a form: `f:ROUND`.
    Form(RoundId),
    /// Answer a card on demand with this option: `ko:OPTION:CARD`.
    CardOption(u8, CardRef),
    /// Answer a card on demand by a menu: `km:CARD`.
    CardMenu(CardRef),
    /// Answer a card on demand by a form: `kf:CARD`.
    CardForm(CardRef),
    /// Show the answer of a card on demand: `ks:CARD`.
    CardShow(CardRef),
    /// Ask one now by this schedule: `n:SCHEDULE`.
    AskNow(ScheduleId),
    /// Dispute how one's answer to a round was marked, by a form: `d:ROUND`.
    Dispute(RoundId),
    /// Accept what a case disputes, by a form that asks which part: `da:CASE`.
    Accept(CaseId),
    /// Refuse a case, by a form that asks why: `dr:CASE`.
    Refuse(CaseId),
    /// The form of a command that lacked arguments: `c:` and the command's words (`c:kquiz schedule add`).
    Command(String),
    /// Run this command as if typed (leaderboard pages, confirmations): `r:` and the command line without its slash.
    Run(String),
}

/// Which card on demand a control belongs to, and by what command it came: `MARK:COMMAND:OWNER`, the mark as eight digits, the command
/// as `t` for a topic and `d` for a deck, else `-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CardRef {
    /// Whose command showed it: the store remembers their latest card.
    pub owner: PlayerId,
    /// [`Asked::mark`]: tells it from the cards they were shown since.
    pub mark: u32,
    /// The command named the card's topic, and another card keeps to it.
    pub topic: bool,
    /// The same for its deck.
    pub deck: bool,
}

impl CardRef {
    fn parse(text: &str) -> Result<Self, BadControl> {
        let mut parts = text.splitn(3, ':');
        let (Some(mark), Some(command), Some(owner)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(BadControl);
        };
        let (topic, deck) = (command.starts_with('t'), command.ends_with('d'));
        let mark = u32::from_str_radix(mark, 16).map_err(|_| BadControl)?;
        Ok(Self { owner: PlayerId::new(owner), mark, topic, deck })
    }
}

impl fmt::Display for CardRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (topic, deck) = (if self.topic { 't' } else { '-' }, if self.deck { 'd' } else { '-' });
        write!(f, "{:08x}:{topic}{deck}:{}", self.mark, self.owner)
    }
}

/// Text that is no control's id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this button is not one of kcard's, or is from another version")]
pub struct BadControl;

impl TryFrom<String> for ControlId {
    type Error = BadControl;

    fn try_from(text: String) -> Result<Self, BadControl> {
        if text.chars().count() > ID {
            return Err(BadControl);
        }
        let (sort, rest) = text.split_once(':').unwrap_or((&text, ""));
        let id = match (sort, rest) {
            ("a", rest) => {
                let (round, option) = rest.split_once(':').ok_or(BadControl)?;
                Self::Option(RoundId(number(round)?), number(option)?)
            }
            ("m", round) => Self::Menu(RoundId(number(round)?)),
            ("f", round) => Self::Form(RoundId(number(round)?)),
            ("ko", rest) => {
                let (option, card) = rest.split_once(':').ok_or(BadControl)?;
                Self::CardOption(number(option)?, CardRef::parse(card)?)
            }
            ("km", card) => Self::CardMenu(CardRef::parse(card)?),
            ("kf", card) => Self::CardForm(CardRef::parse(card)?),
            ("ks", card) => Self::CardShow(CardRef::parse(card)?),
            ("n", schedule) => Self::AskNow(ScheduleId(number(schedule)?)),
            ("d", round) => Self::Dispute(RoundId(number(round)?)),
            ("da", case) => Self::Accept(CaseId(number(case)?)),
            ("dr", case) => Self::Refuse(CaseId(number(case)?)),
            ("c", words) => Self::Command(words.to_owned()),
            ("r", line) => Self::Run(line.to_owned()),
            _ => return Err(BadControl),
        };
        // One text for each id: `a:017:1` is none.
        if String::from(id.clone()) == text { Ok(id) } else { Err(BadControl) }
    }
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N, BadControl> {
    text.parse().map_err(|_| BadControl)
}

impl From<ControlId> for String {
    fn from(id: ControlId) -> Self {
        match id {
            ControlId::Option(round, option) => format!("a:{round}:{option}"),
            ControlId::Menu(round) => format!("m:{round}"),
            ControlId::Form(round) => format!("f:{round}"),
            ControlId::CardOption(option, card) => format!("ko:{option}:{card}"),
            ControlId::CardMenu(card) => format!("km:{card}"),
            ControlId::CardForm(card) => format!("kf:{card}"),
            ControlId::CardShow(card) => format!("ks:{card}"),
            ControlId::AskNow(schedule) => format!("n:{schedule}"),
            ControlId::Dispute(round) => format!("d:{round}"),
            ControlId::Accept(case) => format!("da:{case}"),
            ControlId::Refuse(case) => format!("dr:{case}"),
            ControlId::Command(words) => format!("c:{words}"),
            ControlId::Run(line) => format!("r:{line}"),
        }
    }
}

impl ControlId {
    /// The command that its form is for, with its options as these fields say.
    pub fn command(&self, fields: &BTreeMap<String, String>) -> Option<(&str, BTreeMap<String, String>)> {
        let (words, case) = match self {
            Self::Command(words) => (words.as_str(), None),
            Self::Accept(case) => ("kquiz dispute accept", Some(case)),
            Self::Refuse(case) => ("kquiz dispute refuse", Some(case)),
            _ => return None,
        };
        let mut options = fields.clone();
        options.extend(case.map(|case| ("case".to_owned(), case.to_string())));
        Some((words, options))
    }

    /// Whether who presses it or sends its form off may have to be a host or an admin; an answer and a dispute are anybody's.
    pub fn asks_who(&self) -> bool {
        matches!(self, Self::Command(_) | Self::Run(_) | Self::AskNow(_) | Self::Accept(_) | Self::Refuse(_))
    }

    /// The form that this control opens, decided from the id alone: for [`ControlId::Form`] and [`ControlId::CardForm`] one long field
    /// `answer`, for [`ControlId::Command`], where the table gives it a form, the command's first five options by their names, for what
    /// is done about a dispute its reason or the options of the command that decides it.
    pub fn form(&self) -> Option<FormSpec> {
        let (title, fields) = match self {
            Self::Form(_) | Self::CardForm(_) => ("Your answer".to_owned(), vec![answer_field()]),
            Self::Dispute(_) => ("Dispute how it was marked".to_owned(), vec![reason_field()]),
            Self::Accept(_) => {
                ("Accept an answer".to_owned(), options("kquiz dispute accept", &["answer", "as", "why"]))
            }
            Self::Refuse(_) => ("Refuse a dispute".to_owned(), options("kquiz dispute refuse", &["why"])),
            Self::Command(words) => {
                let spec = spec(words)?;
                (spec.form?.to_owned(), spec.options.iter().take(5).map(field).collect())
            }
            _ => return None,
        };
        (!fields.is_empty()).then(|| FormSpec { id: self.clone().into(), title, fields })
    }
}

fn answer_field() -> Field {
    Field {
        name: "answer".into(),
        label: "Your answer".into(),
        hint: "What the question asks for; several names with commas".into(),
        value: String::new(),
        long: true,
        file: false,
        optional: false,
    }
}

fn reason_field() -> Field {
    Field {
        name: "reason".into(),
        label: "Why is your answer right?".into(),
        hint: "A sentence or an address that shows it; the hosts of this space read it".into(),
        value: String::new(),
        long: true,
        file: false,
        optional: false,
    }
}

/// Fields for these options of a command.
fn options(words: &str, names: &[&str]) -> Vec<Field> {
    let options = spec(words).into_iter().flat_map(|spec| names.iter().filter_map(|name| spec.option(name)));
    options.map(field).collect()
}

/// An option's field: its label is what stands before the colon in the table, its hint the rest.
fn field(option: &Opt) -> Field {
    let (label, hint) = option.about.split_once(": ").unwrap_or((option.about, ""));
    Field {
        name: option.name.into(),
        label: words::shorten(label, 45),
        hint: hint.into(),
        value: String::new(),
        long: option.kind == OptKind::Pasted,
        file: option.kind == OptKind::File,
        optional: !option.required,
    }
}

#[cfg(test)]
mod tests;
