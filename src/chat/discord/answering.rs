//! How interactions are answered. Discord wants that within 3 s, also when the store is stuck: what takes longer than 1.5 s is put off in
//! Discord's way and completed later. What cannot be put off (opening a form, completion) needs no store.

use std::{
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::Value;
use serenity::builder::{CreateInteractionResponse as Response, CreateInteractionResponseMessage};
use tokio::time::timeout;

use super::{
    Discord, ids, render,
    rest::{ACKNOWLEDGED, RestError, UNKNOWN_INTERACTION},
};
use crate::{
    chat::{File, Reply, words},
    measure::ACKNOWLEDGE,
};

/// When an answer that is not there yet is put off.
const PUT_OFF_AFTER: Duration = Duration::from_millis(1_500);
/// How long an answer that was put off can still be given: Discord takes it for 15 min.
const COMPLETE_WITHIN: Duration = Duration::from_mins(14);
/// A file larger than this, in bytes, is handed over after the answer was put off.
const LARGE_FILE: usize = 256_000;
/// The largest file that is handed over, in bytes; Discord takes 10 MiB.
const LARGEST_FILE: usize = 9_000_000;

/// How an interaction is answered.
pub struct Answering {
    /// Where its first answer goes.
    pub callback: String,
    /// Where what replaces that goes.
    pub original: String,
    /// Where what is said beside that goes.
    pub anew: String,
    /// What the answer becomes.
    pub shown: Shown,
    /// Whether a form can be opened.
    pub form: bool,
    /// When the interaction came.
    pub came: Instant,
}

/// Where the answer is seen. Fixed by the first answer, so decided from the interaction alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// To the person alone.
    Privately,
    /// To all in the channel.
    ToAll,
    /// In place of the private message whose button was pressed.
    InPlace,
}

impl Discord {
    /// Does the work in a task of its own and answers within Discord's time, whatever becomes of it.
    pub(super) async fn answer(
        self: &Arc<Self>,
        answering: Answering,
        work: impl Future<Output = Reply> + Send + 'static,
    ) {
        let mut work = tokio::spawn(work);
        let done = timeout(PUT_OFF_AFTER, &mut work).await.ok();
        let done = done.map(|done| done.unwrap_or_else(|_| words::trouble::ours()));
        if let Some(reply) = done.as_ref().filter(|reply| !is_large(reply)) {
            self.answer_now(&answering, reply).await;
            return;
        }
        let first = match answering.shown {
            Shown::Privately => Response::Defer(CreateInteractionResponseMessage::new().ephemeral(true)),
            Shown::ToAll => Response::Defer(CreateInteractionResponseMessage::new()),
            Shown::InPlace => Response::Acknowledge,
        };
        if !self.call_back(&answering, &first, None).await {
            return;
        }
        // Whoever asked waits for it: it is done here, whatever else waits.
        let reply = match done {
            Some(reply) => reply,
            None => match timeout(COMPLETE_WITHIN, work).await {
                Ok(done) => done.unwrap_or_else(|_| words::trouble::ours()),
                Err(_) => words::trouble::busy(),
            },
        };
        self.complete_answer(&answering, &sayable(&reply)).await;
    }

    async fn answer_now(&self, answering: &Answering, reply: &Reply) {
        if let Some(form) = reply.form.as_ref().filter(|_| answering.form) {
            self.call_back(answering, &Response::Modal(render::modal(form)), None).await;
            return;
        }
        let reply = sayable(reply);
        let message = render::response(&reply);
        let response = match answering.shown {
            Shown::InPlace => Response::UpdateMessage(message),
            Shown::Privately | Shown::ToAll => Response::Message(message),
        };
        self.call_back(answering, &response, reply.file.as_ref()).await;
    }

    /// Gives the answer that was put off.
    async fn complete_answer(&self, answering: &Answering, reply: &Reply) {
        let mut body = json(&render::response(reply));
        let (original, file) = (&answering.original, reply.file.as_ref());
        let given = if answering.shown == Shown::ToAll && !reply.public {
            // All would see it in the place that was put off: that is taken away, and what is said is said anew, to the person alone.
            match self.rest.follow_up(Method::DELETE, original, &Value::Null, None).await {
                Ok(()) | Err(RestError::Gone { .. }) => {
                    self.rest.follow_up(Method::POST, &answering.anew, &body, file).await
                }
                Err(error) => Err(error),
            }
        } else {
            if let Some(body) = body.as_object_mut() {
                // Who sees it was decided by the first answer.
                body.remove("flags");
            }
            self.rest.follow_up(Method::PATCH, original, &body, file).await
        };
        if let Err(error) = given {
            tracing::warn!(%error, "an answer that was put off could not be given");
        }
    }

    /// Whether Discord took an interaction's first answer, or may have.
    pub(super) async fn call_back(&self, answering: &Answering, response: &Response, file: Option<&File>) -> bool {
        let called = self.rest.callback(&answering.callback, &json(response), file).await;
        ACKNOWLEDGE.took_since(answering.came, &[ids::FACE]);
        match called {
            // Answered already: by the first of two tries, whose answer was lost.
            Ok(()) | Err(RestError::Gone { code: ACKNOWLEDGED, .. }) => true,
            Err(RestError::Gone { code: UNKNOWN_INTERACTION, .. }) => {
                tracing::warn!("an interaction was answered too late for Discord");
                false
            }
            Err(error) => {
                tracing::warn!(%error, "an interaction could not be answered");
                matches!(error, RestError::Later { unsure: true, .. })
            }
        }
    }
}

/// Whether handing it over may take longer than Discord waits for a first answer.
fn is_large(reply: &Reply) -> bool {
    reply.file.as_ref().is_some_and(|file| file.content.len() > LARGE_FILE)
}

/// What can be said where no form can be opened and no file is too large.
fn sayable(reply: &Reply) -> Reply {
    let mut reply = reply.clone();
    if reply.form.take().is_some() && reply.text.is_empty() {
        reply.text = words::schedules::incomplete().text;
    }
    if reply.file.as_ref().is_some_and(|file| file.content.len() > LARGEST_FILE) {
        reply.file = None;
        reply.text = words::privacy::too_large().text;
    }
    reply
}

fn json(body: &impl serde::Serialize) -> Value {
    serde_json::to_value(body).unwrap_or_default()
}
