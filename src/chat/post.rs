//! What the bot wants to be seen: messages in a channel and answers to a person. Plain Markdown; a face renders it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::control::Control;
use crate::quiz::id::{MessageRef, RoundId, SeasonId};

/// A message's own key, by which it can be found again: `q17` (the question of round 17), `r17` (its reveal), `n…` (a note).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PostKey(pub String);

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Asks, or says that the round has ended.
    Question,
    /// Gives the answer.
    Reveal,
    /// Anything else.
    #[default]
    Note,
}

/// A message in a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Its own key.
    pub key: PostKey,
    /// The whole content as Markdown, options included: what notifications and screen readers read.
    pub text: String,
    /// Short facts that stand beside it: level, topic, how to answer.
    pub facts: Vec<Fact>,
    /// When the question closes, for faces that show a time in the reader's own zone.
    pub closes: Option<Timestamp>,
    /// How many number reactions to seed.
    pub reactions: u8,
    /// Whether a reply to it is an answer; where not, a face that can keeps people from giving theirs away by one.
    pub replies: bool,
    /// Rows of buttons, menus and form openers.
    pub controls: Vec<Control>,
    /// The message this one answers (a reveal answers its question).
    pub reply_to: Option<MessageRef>,
    /// A role or group to mention: the only mention that is ever let through.
    pub mention: Option<String>,
    /// One line of Markdown about the round before in this channel, for faces on which its reveal does not stand in the channel itself;
    /// the others leave it out.
    #[serde(default)]
    pub last: Option<String>,
    /// Whether a reveal is shown in the channel as well, where a face puts it into its question's thread.
    #[serde(default)]
    pub broadcast: bool,
}

/// A short fact beside a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is: `Level`.
    pub name: String,
    /// Markdown, one line.
    pub value: String,
}

/// What the bot says to one person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reply {
    /// Markdown.
    pub text: String,
    /// Whether all in the channel see it; otherwise only the person.
    pub public: bool,
    /// Buttons, menus and form openers under it.
    pub controls: Vec<Control>,
    /// A form to open at once instead (where the platform lets it).
    pub form: Option<FormSpec>,
    /// A file to hand over.
    pub file: Option<File>,
    /// What a face may show instead of the words where it cannot speak to one person alone (a reaction, a reply in a channel); `None`:
    /// the words must be said. Of an answer only, and decided anew with each.
    #[serde(skip)]
    pub sign: Option<Sign>,
    /// Whether what was asked for was not done, for this reason: a form stays as it was filled in.
    #[serde(skip)]
    pub refused: bool,
}

/// What a reply comes down to, where a sign is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It is in; nothing else need be said.
    In {
        /// Tries that are left, where the answer is typed.
        tries_left: Option<u8>,
    },
    /// Nothing need be said at all.
    Quiet,
}

/// A form to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSpec {
    /// What its submission is: a [`super::ControlId`], as text.
    pub id: String,
    /// At most 45 characters.
    pub title: String,
    /// 1 to 5 of them.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The name under which its value comes back.
    pub name: String,
    /// At most 45 characters.
    pub label: String,
    /// Shown while it is empty; at most 100 characters.
    pub hint: String,
    /// What it begins with.
    pub value: String,
    /// Several lines, or one.
    pub long: bool,
    /// A file to attach, in place of a text. A face whose forms take no files leaves it out.
    pub file: bool,
    /// Whether it may stay empty.
    pub optional: bool,
}

/// A file handed to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// With its ending.
    pub name: String,
    /// UTF-8.
    pub content: String,
}

impl PostKey {
    /// The key of a round's question, also after its end.
    pub fn question(round: RoundId) -> Self {
        Self(format!("q{round}"))
    }

    /// The key of a round's reveal.
    pub fn reveal(round: RoundId) -> Self {
        Self(format!("r{round}"))
    }

    /// The key of a season's podium; a channel has one.
    pub fn podium(season: SeasonId) -> Self {
        Self(format!("s{season}"))
    }

    /// The key of a note, from the outbox's number of it.
    pub fn note(number: i64) -> Self {
        Self(format!("n{number}"))
    }

    /// What the message of this key is for.
    pub fn role(&self) -> Role {
        match self.0.as_bytes().first() {
            Some(b'q') => Role::Question,
            Some(b'r') => Role::Reveal,
            _ => Role::Note,
        }
    }
}

impl Post {
    /// A message that is only text.
    pub fn new(key: PostKey, text: impl Into<String>) -> Self {
        Self {
            key,
            text: text.into(),
            facts: Vec::new(),
            closes: None,
            reactions: 0,
            replies: false,
            controls: Vec::new(),
            reply_to: None,
            mention: None,
            last: None,
            broadcast: false,
        }
    }
}

impl Reply {
    /// A private text.
    pub fn private(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The same reply, for which a sign is enough.
    #[must_use]
    pub fn signed(self, sign: Sign) -> Self {
        Self { sign: Some(sign), ..self }
    }

    /// The same reply, where it says why something was not done.
    #[must_use]
    pub fn refused(self) -> Self {
        Self { refused: true, ..self }
    }

    /// A text that all in the channel see.
    pub fn public(text: impl Into<String>) -> Self {
        Self { text: text.into(), public: true, ..Self::default() }
    }
}
