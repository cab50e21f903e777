//! What goes wrong on demand.

use std::{collections::VecDeque, time::Duration};

use tokio::sync::oneshot;

/// What befalls a request.
#[derive(Debug)]
pub enum Fault {
    /// Answered 429, and none of the bot's making.
    TooMany { after: Duration, global: bool },
    /// Answered 429 by what stands before Discord, which says nothing of what it means.
    Banned { after: Duration },
    /// Nothing is done, and this status is the answer.
    Status(u16),
    /// Nothing is done, and Discord says why by a code of its own.
    Refused(u16, u32),
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

/// Faults that wait for their requests.
#[derive(Default)]
pub struct Faults(VecDeque<(String, Fault)>);

impl Faults {
    pub fn add(&mut self, request: &str, fault: Fault) {
        self.0.push_back((request.to_owned(), fault));
    }

    /// The oldest that is meant for this request.
    pub fn take(&mut self, method: &str, path: &[&str]) -> Option<Fault> {
        let place = self.0.iter().position(|(request, _)| matches(request, method, path))?;
        self.0.remove(place).map(|(_, fault)| fault)
    }

    pub fn left(&self) -> usize {
        self.0.len()
    }
}

/// Whether `POST /channels/*/messages` means this request; `*` is one step of the path, or the method, and `**` is the rest.
pub fn matches(pattern: &str, method: &str, path: &[&str]) -> bool {
    let (wanted, pattern) = pattern.split_once(' ').expect("a method and a path");
    let mut steps = pattern.trim_start_matches('/').split('/');
    let mut path = path.iter();
    let method_fits = wanted == "*" || wanted == method;
    method_fits
        && loop {
            match (steps.next(), path.next()) {
                (Some("**"), _) | (None, None) => break true,
                (Some(step), Some(part)) if step == "*" || step == *part => {}
                _ => break false,
            }
        }
}
