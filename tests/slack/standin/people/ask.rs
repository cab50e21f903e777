//! How the bot answered what somebody asked for.

use std::{sync::Arc, time::Duration};

use serde_json::Value;

use super::super::{Delivered, Shared, interactions::Interaction, state::State};
use super::{Msg, Person, View};

/// Something that was asked for, and its answers. What waits fails the test when no answer comes in five seconds.
#[derive(Clone)]
pub struct Ask {
    pub(crate) shared: Arc<Shared>,
    pub(crate) place: usize,
}

impl Ask {
    async fn wait<T>(&self, for_what: &str, look: impl Fn(&State, &Interaction) -> Option<T>) -> T {
        let what = self.shared.sees(|state| state.interactions[self.place].what.clone());
        let look = |state: &State| look(state, &state.interactions[self.place]);
        self.shared.wait(&format!("{for_what} to {what}"), look).await
    }

    /// How it was delivered and acknowledged so far.
    pub fn delivered(&self) -> Delivered {
        self.shared.sees(|state| state.deliveries[state.interactions[self.place].delivery].looks())
    }

    /// Waits for the acknowledgement: how long it took.
    pub async fn acknowledged(&self) -> Duration {
        self.wait("an acknowledgement", |state, asked| state.deliveries[asked.delivery].looks().took).await
    }

    /// Waits for the acknowledgement: what came with it.
    pub async fn answer(&self) -> Value {
        self.wait("an acknowledgement", |_, asked| asked.answer.clone()).await
    }

    /// The message that answers: by the acknowledgement or by the response URL.
    pub async fn message(&self) -> Msg {
        self.message_number(0).await
    }

    /// The further message of that number; 0 is the first.
    pub async fn message_number(&self, number: usize) -> Msg {
        let (channel, ts) = self.wait("an answer", |_, asked| asked.said.get(number).cloned()).await;
        Msg { shared: Arc::clone(&self.shared), channel, ts }
    }

    /// What the person reads in answer.
    pub async fn reads(&self) -> String {
        self.message().await.shows()
    }

    /// How many messages answered so far.
    pub fn messages(&self) -> usize {
        self.shared.sees(|state| state.interactions[self.place].said.len())
    }

    /// The form that opens.
    pub async fn view(&self) -> View {
        let id = self.wait("a form", |_, asked| asked.opened.clone()).await;
        View { shared: Arc::clone(&self.shared), id }
    }

    /// Whether a form opened by now.
    pub fn opened(&self) -> bool {
        self.shared.sees(|state| state.interactions[self.place].opened.is_some())
    }

    /// Its trigger, for who wants to use it twice.
    pub fn trigger(&self) -> String {
        self.shared.sees(|state| state.interactions[self.place].trigger.clone())
    }

    /// Its response URL, if it has one.
    pub fn response_url(&self) -> Option<String> {
        let url =
            |state: &State| state.deliveries[state.interactions[self.place].delivery].payload["response_url"].clone();
        self.shared.sees(url).as_str().map(str::to_owned)
    }

    /// How often its response URL was used.
    pub fn uses(&self) -> usize {
        self.shared.sees(|state| state.interactions[self.place].uses)
    }

    /// Delivers it once more, the same in everything.
    pub fn comes_again(&self) {
        self.shared.with(|state| state.sends(state.interactions[self.place].delivery));
    }

    /// Who asked.
    pub fn person(&self) -> Person {
        let id = self.shared.sees(|state| state.interactions[self.place].person.clone());
        Person { shared: Arc::clone(&self.shared), id }
    }
}
