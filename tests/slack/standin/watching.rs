//! What a test waits for, and what it reads of the bot's doings.

use std::time::Duration;

use super::{Delivered, Request, Slack, deliveries::Delivery, state::State};
use crate::shared::Known;

impl Slack {
    /// Waits until so many sockets are open.
    pub async fn connected(&self, sockets: usize) {
        let look = |state: &State| (state.open_sockets() == sockets).then_some(());
        self.shared.wait(&format!("{sockets} sockets"), look).await;
    }

    /// The sockets that are open now.
    pub fn sockets(&self) -> usize {
        self.shared.sees(State::open_sockets)
    }

    /// How many sockets were ever opened.
    pub fn sockets_ever(&self) -> usize {
        self.shared.sees(|state| state.sockets.len())
    }

    /// How many pings came back.
    pub fn pongs(&self) -> usize {
        self.shared.sees(|state| state.sockets.iter().map(|socket| socket.pongs).sum())
    }

    /// Waits until all that was sent so far is acknowledged.
    pub async fn all_heard(&self) {
        let heard = |delivery: &Delivery| delivery.sent.is_empty() || !delivery.acknowledged.is_empty();
        let look = |state: &State| state.deliveries.iter().all(heard).then_some(());
        self.shared.wait("everything to be acknowledged", look).await;
    }

    /// Waits until something can be seen; `what` names it where it never comes.
    pub async fn until<T>(&self, what: &str, look: impl Fn(&Self) -> Option<T>) -> T {
        self.within(super::PATIENCE, what, look).await
    }

    /// The same, with other patience.
    pub async fn within<T>(&self, patience: Duration, what: &str, look: impl Fn(&Self) -> Option<T>) -> T {
        self.shared.within(patience, what, || look(self)).await
    }

    /// All that the app was told, and how it acknowledged it.
    pub fn deliveries(&self) -> Vec<Delivered> {
        self.shared.sees(|state| state.deliveries.iter().map(Delivery::looks).collect())
    }

    /// Every call so far.
    pub fn calls(&self) -> Vec<Request> {
        self.shared.sees(|state| state.requests.clone())
    }

    /// The calls of a method.
    pub fn calls_of(&self, method: &str) -> Vec<Request> {
        self.calls().into_iter().filter(|call| call.method == method).collect()
    }

    /// What happened last, for who waited in vain.
    pub fn last_calls(&self) -> String {
        self.shared.sees(State::story)
    }

    /// Answers of 429 that the bot brought upon itself.
    pub fn too_many(&self) -> usize {
        self.shared.sees(|state| state.too_many)
    }

    /// Answers of 429 that a test asked for.
    pub fn too_many_injected(&self) -> usize {
        self.shared.sees(|state| state.too_many_injected)
    }

    /// What the bot did that Slack forbids, or that the stand-in does not know.
    pub fn violations(&self) -> Vec<String> {
        self.shared.sees(|state| state.violations.clone())
    }

    /// Takes back what was meant: there must be violations that contain this.
    pub fn forgives(&self, part: &str) {
        self.shared.forgives(part);
    }
}
