//! What the page is given, as JSON: messages, private answers, controls. Text goes out as a tree ([`super::markdown`]), never as HTML.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::markdown::{self, Node};
use crate::{
    chat::{Control, ControlId, File, FormSpec, Post, Reply, Role},
    store::RoomMessage,
};

/// A message's body as the store keeps it, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    /// What a player said, as typed.
    Said(String),
    /// What the bot posted.
    Post(Post),
    /// What the bot answered to a player, for all to see.
    Shown {
        /// Who asked for it.
        by: String,
        /// The answer.
        reply: Reply,
    },
}

/// A message, made ready for all viewers.
#[derive(Debug)]
pub struct Shown {
    message: RoomMessage,
    content: Content,
}

/// What a message shows to everyone alike.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Content {
    Said { text: String },
    Bot(Box<FromBot>),
}

#[derive(Debug, Default, Serialize)]
struct FromBot {
    role: Role,
    by: Option<String>,
    nodes: Vec<Node>,
    facts: Vec<FactView>,
    closes: Option<i64>,
    /// How many number reactions are offered.
    offered: u8,
    /// Whether a reply is an answer.
    replies: bool,
    controls: Vec<ControlView>,
}

#[derive(Debug, Serialize)]
struct FactView {
    name: String,
    nodes: Vec<Node>,
}

/// A control, with the form that it opens.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ControlView {
    #[serde(flatten)]
    control: Control,
    form: Option<FormSpec>,
    /// Its form takes an answer.
    answers: bool,
}

/// A message as one viewer sees it.
#[derive(Debug, Serialize)]
pub struct MessageView<'m> {
    id: i64,
    channel: &'m str,
    author: Option<&'m str>,
    at: i64,
    edited: Option<i64>,
    reply_to: Option<i64>,
    #[serde(flatten)]
    content: &'m Content,
    reactions: Vec<ReactionView>,
}

#[derive(Debug, Serialize)]
struct ReactionView {
    option: u8,
    count: usize,
    mine: bool,
}

impl Shown {
    /// Renders a stored message. A body that this version cannot read says so.
    pub fn new(message: RoomMessage) -> Self {
        let content = match serde_json::from_str(&message.body) {
            Ok(Body::Said(text)) => Content::Said { text },
            Ok(Body::Post(post)) => Content::Bot(Box::new(FromBot {
                role: post.key.role(),
                nodes: markdown::parse(&post.text),
                facts: post
                    .facts
                    .into_iter()
                    .map(|fact| FactView { name: fact.name, nodes: markdown::parse(&fact.value) })
                    .collect(),
                closes: post.closes.map(jiff::Timestamp::as_millisecond),
                offered: post.reactions,
                replies: post.replies,
                controls: controls(post.controls),
                by: None,
            })),
            Ok(Body::Shown { by, reply }) => Content::Bot(Box::new(FromBot {
                by: Some(by),
                nodes: markdown::parse(&reply.text),
                controls: controls(reply.controls),
                ..FromBot::default()
            })),
            Err(error) => {
                tracing::error!(%error, post = message.id, "a stored room message cannot be read");
                Content::Said { text: "(This message was written by another version of kcard.)".to_owned() }
            }
        };
        Self { message, content }
    }

    /// As `viewer` sees it.
    pub fn seen_by(&self, viewer: &str) -> MessageView<'_> {
        let reactions = (1..=9)
            .filter_map(|option| {
                let who = || self.message.reactions.iter().filter(|(n, _)| *n == option);
                let count = who().count();
                (count > 0).then(|| ReactionView { option, count, mine: who().any(|(_, name)| name == viewer) })
            })
            .collect();
        MessageView {
            id: self.message.id,
            channel: &self.message.channel,
            author: self.message.author.as_deref().filter(|_| matches!(self.content, Content::Said { .. })),
            at: self.message.at.as_millisecond(),
            edited: self.message.edited.map(jiff::Timestamp::as_millisecond),
            reply_to: self.message.reply_to,
            content: &self.content,
            reactions,
        }
    }
}

/// Whether a reply to this stored body would give an answer away: the question is open, and answered in other ways.
pub fn keeps_replies_out(body: &str) -> bool {
    matches!(serde_json::from_str(body), Ok(Body::Post(Post { closes: Some(_), replies: false, .. })))
}

/// How many number reactions this stored body offers.
pub fn offered(body: &str) -> u8 {
    if let Ok(Body::Post(post)) = serde_json::from_str(body) { post.reactions } else { 0 }
}

fn controls(controls: Vec<Control>) -> Vec<ControlView> {
    controls
        .into_iter()
        .map(|control| {
            let opened = if let Control::Form { id, .. } = &control { Some(id) } else { None };
            let answers = matches!(opened, Some(ControlId::Form(_) | ControlId::CardForm(_)));
            let form = opened.and_then(ControlId::form);
            ControlView { control, form, answers }
        })
        .collect()
}

/// What became of something a player did: the answer for their own browser alone, and the message it made.
#[derive(Debug, Default, Serialize)]
pub struct Outcome {
    /// Only for the browser that earned it.
    pub reply: Option<ReplyView>,
    /// The message that was posted.
    pub message: Option<i64>,
}

/// A private answer.
#[derive(Debug, Serialize)]
pub struct ReplyView {
    nodes: Vec<Node>,
    controls: Vec<ControlView>,
    form: Option<FormSpec>,
    file: Option<File>,
    /// A form stays open, as it was filled in.
    refused: bool,
}

impl Outcome {
    /// With this answer.
    pub fn private(reply: Option<Reply>) -> Self {
        let reply = reply.map(|reply| ReplyView {
            nodes: markdown::parse(&reply.text),
            controls: controls(reply.controls),
            form: reply.form,
            file: reply.file,
            refused: reply.refused,
        });
        Self { reply, message: None }
    }

    /// Whether it is too large to be kept for a retry.
    pub fn is_large(&self) -> bool {
        self.reply.as_ref().is_some_and(|reply| reply.file.is_some())
    }
}

/// A message for all, shared between its streams.
pub type Shared = Arc<Shown>;
