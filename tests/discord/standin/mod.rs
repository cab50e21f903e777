//! A strict stand-in for Discord: its REST API and its gateway on 127.0.0.1, the people in its guilds, and faults on demand.

pub mod faults;
mod gateway;
pub mod id;
mod interaction;
mod limits;
mod mentions;
mod message;
mod people;
pub mod permissions;
mod rates;
mod refusal;
mod render;
mod rest;
mod shows;
mod state;
mod switches;
mod watching;
mod world;

use std::sync::Arc;

use kcard::clock::{Clock, SetClock};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use faults::Fault;
pub use gateway::Out;
pub use id::Id;
pub use interaction::{Answered, First};
#[allow(unused_imports, reason = "the names of what the acts return")]
pub use people::{Ask, Channel, Guild, Member, Modal, Msg};
#[allow(unused_imports, reason = "for tests under load")]
pub use rates::{Limit, Limits};
pub use state::Request;
pub use world::Pings;

pub use crate::shared::PATIENCE;

use crate::shared::{self, accept};
use state::State;

/// What the stand-in's connections and the people share.
pub type Shared = shared::Shared<State>;

/// Discord, as the bot meets it. It fails the test at its end if the bot broke a rule; [`Discord::forgives`] names what was meant.
pub struct Discord {
    shared: Arc<Shared>,
    stopped: CancellationToken,
}

impl Discord {
    /// Opens for business, with a bot and nobody else.
    pub async fn start(clock: Arc<SetClock>) -> Self {
        let rest = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let gateway = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let url = |listener: &TcpListener| listener.local_addr().expect("it is bound");
        let (api_url, gateway_url) = (format!("http://{}", url(&rest)), format!("ws://{}", url(&gateway)));
        let state = State::new(clock.now(), api_url, gateway_url);
        let shared = Shared::new(clock, state);
        let stopped = CancellationToken::new();
        accept(&shared, &stopped, rest, rest::serve);
        accept(&shared, &stopped, gateway, gateway::serve);
        Self { shared, stopped }
    }
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.stopped.cancel();
        if !std::thread::panicking() {
            self.shared.assert_clean();
        }
    }
}
