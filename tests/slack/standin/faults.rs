//! What goes wrong on demand.

use std::{collections::VecDeque, time::Duration};

use tokio::sync::oneshot;

/// What befalls a call.
#[derive(Debug)]
pub enum Fault {
    /// Answered 429, and none of the bot's making.
    TooMany { after: Duration },
    /// Nothing is done, and this status is the answer, in words that are no JSON.
    Status(u16),
    /// Nothing is done, and this is Slack's error code.
    Refused(&'static str),
    /// It takes effect, and the connection closes without an answer.
    AnswerLost,
    /// Nothing is done, and the connection closes.
    Cut,
    /// It takes effect; the answer comes this much later.
    Slow(Duration),
    /// Nothing is done, and no answer ever comes.
    Hangs,
    /// It takes effect, which the first is told, and its answer waits for the second.
    Held(oneshot::Sender<()>, oneshot::Receiver<()>),
}

/// Faults that wait for their calls, each by its method (`*`: any; also `response_url`, `upload` and `download`).
#[derive(Default)]
pub struct Faults(VecDeque<(String, Fault)>);

impl Faults {
    pub fn add(&mut self, method: &str, fault: Fault) {
        self.0.push_back((method.to_owned(), fault));
    }

    /// The oldest that is meant for this method.
    pub fn take(&mut self, method: &str) -> Option<Fault> {
        let place = self.0.iter().position(|(meant, _)| meant == "*" || meant == method)?;
        self.0.remove(place).map(|(_, fault)| fault)
    }

    pub fn left(&self) -> usize {
        self.0.len()
    }
}
