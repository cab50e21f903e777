//! What a test waits for, and what it reads of the bot's doings.

use std::time::Duration;

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

use super::{Discord, Out, Request, faults::matches, gateway::Session, state::State};
use crate::shared::Known;

impl Discord {
    /// How often a file was asked for.
    pub fn fetched(&self) -> usize {
        self.shared.sees(|state| state.world.fetched)
    }

    /// Waits until that many gateway connections have said who they are.
    pub async fn connected(&self, connections: usize) {
        let look = |state: &State| (state.gateway.connected() == connections).then_some(());
        self.shared.wait(&format!("{connections} connections to the gateway"), look).await;
    }

    /// Waits until every connected client has read all that it was told: it is asked for a heartbeat, which names the last event.
    pub async fn all_heard(&self) {
        let told: Vec<(String, u64)> = self.shared.with(|state| {
            let live = state.gateway.sessions.iter().filter_map(|session| Some((session, session.line.as_ref()?)));
            let ask = |(session, line): (&Session, &UnboundedSender<Out>)| {
                line.send(Out::Say(serde_json::json!({"op": 1, "s": null, "t": null, "d": null}))).ok();
                (session.id.clone(), session.seq)
            };
            live.map(ask).collect()
        });
        // What the bot itself does meanwhile is told it too.
        let heard = |state: &State| {
            let heard = |(id, seq): &(String, u64)| {
                let mut live = state.gateway.sessions.iter().filter(|session| session.line.is_some());
                live.find(|session| session.id == *id).is_none_or(|session| session.heard >= *seq)
            };
            told.iter().all(heard).then_some(())
        };
        self.shared.wait("the bot to read its events", heard).await;
    }

    /// Waits until something can be seen; `what` names it where it never comes.
    pub async fn until<T>(&self, what: &str, look: impl Fn(&Self) -> Option<T>) -> T {
        self.within(super::PATIENCE, what, look).await
    }

    /// The same with more patience: the bot's client library takes six seconds to leave a line that fell silent.
    pub async fn within<T>(&self, patience: Duration, what: &str, look: impl Fn(&Self) -> Option<T>) -> T {
        self.shared.within(patience, what, || look(self)).await
    }

    /// The intents of the last IDENTIFY.
    pub fn intents(&self) -> u64 {
        self.shared.sees(|state| state.gateway.intents)
    }

    /// The connections that have said who they are.
    pub fn connections(&self) -> usize {
        self.shared.sees(|state| state.gateway.connected())
    }

    /// How many connections to the gateway were refused.
    pub fn refused(&self) -> usize {
        self.shared.sees(|state| state.gateway.refused)
    }

    /// The secrets of all interactions.
    pub fn interaction_tokens(&self) -> Vec<String> {
        self.shared.sees(|state| state.interactions.values().map(|asked| asked.token.clone()).collect())
    }

    /// How often a client said who it is.
    pub fn identifies(&self) -> usize {
        self.shared.sees(|state| state.gateway.identifies.len())
    }

    /// IDENTIFYs within five seconds of the one before, in one bucket of `max_concurrency`. A restarted process makes one too.
    pub fn hasty_identifies(&self) -> usize {
        self.shared.sees(|state| state.gateway.hasty)
    }

    /// How often a client tried to resume.
    pub fn resumes(&self) -> usize {
        self.shared.sees(|state| state.gateway.resumes)
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.sees(|state| state.requests.clone())
    }

    /// The requests such as `POST /channels/*/messages`.
    pub fn requests_to(&self, request: &str) -> Vec<Request> {
        let fits = |made: &Request| matches(request, &made.method, &made.path[1..].split('/').collect::<Vec<_>>());
        self.requests().into_iter().filter(fits).collect()
    }

    /// What happened last, for who waited in vain.
    pub fn last_requests(&self) -> String {
        self.shared.sees(State::story)
    }

    /// Answers of 429 that the bot brought upon itself.
    pub fn too_many(&self) -> usize {
        self.shared.sees(|state| state.too_many)
    }

    /// Answers of 401, 403 and 429, injected ones too: Discord bans who collects 10,000 in ten minutes.
    pub fn invalid_requests(&self) -> usize {
        self.shared.sees(|state| state.invalid)
    }

    /// The registered commands.
    pub fn commands(&self) -> Vec<Value> {
        self.shared.sees(|state| state.world.commands.clone())
    }

    /// What the bot did that Discord forbids, or that its contract does not know.
    pub fn violations(&self) -> Vec<String> {
        self.shared.sees(|state| state.violations.clone())
    }

    /// Takes back what was meant: there must be violations that contain this.
    pub fn forgives(&self, part: &str) {
        self.shared.forgives(part);
    }

    /// Fails the test if the bot broke a rule.
    pub fn assert_clean(&self) {
        self.shared.assert_clean();
    }
}
