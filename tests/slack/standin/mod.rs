//! A strict stand-in for Slack: its Web API, Socket Mode, signed HTTP and response URLs on 127.0.0.1, the people in one workspace, and
//! faults on demand.

pub mod blocks;
mod deliveries;
mod events;
mod faults;
mod interactions;
mod messages;
mod methods;
mod people;
mod rates;
mod refusal;
mod render;
mod rich;
mod shows;
mod signed;
mod socket;
mod state;
mod switches;
mod views;
mod watching;
mod web;
mod world;

use std::sync::Arc;

use kcard::clock::{Clock, SetClock};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use deliveries::Delivered;
pub use faults::Fault;
#[allow(unused_imports, reason = "the names of what the acts return")]
pub use people::{Ask, Channel, Group, Msg, Person, View};
#[allow(unused_imports, reason = "for tests under load")]
pub use rates::{Limit, Limits};
#[allow(unused_imports, reason = "for tests of signed HTTP")]
pub use signed::Signing;
pub use socket::Leave;
pub use state::Request;

pub use crate::shared::PATIENCE;

use crate::shared::{self, accept};
use state::State;

/// What the stand-in's connections and the people share.
pub type Shared = shared::Shared<State>;

/// Slack, as the bot meets it. It fails the test at its end if the bot broke a rule; [`Slack::forgives`] names what was meant.
pub struct Slack {
    shared: Arc<Shared>,
    stopped: CancellationToken,
}

impl Slack {
    /// Opens for business: a workspace `Team` with the bot `kcard` and nobody else.
    pub async fn start(clock: Arc<SetClock>) -> Self {
        let web = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let sockets = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = |listener: &TcpListener| listener.local_addr().expect("it is bound");
        let (base, socket_url) = (format!("http://{}", address(&web)), format!("ws://{}", address(&sockets)));
        let state = State::new(clock.now(), base, socket_url);
        let shared = Shared::new(clock, state);
        let stopped = CancellationToken::new();
        accept(&shared, &stopped, web, web::serve);
        accept(&shared, &stopped, sockets, socket::serve);
        Self { shared, stopped }
    }
}

impl Drop for Slack {
    fn drop(&mut self) {
        self.stopped.cancel();
        if !std::thread::panicking() {
            self.shared.assert_clean();
        }
    }
}
