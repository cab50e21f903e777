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

use std::{
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use kcard::clock::{Clock, SetClock};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};
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

use state::State;

/// How long a test waits for what the bot ought to do, before it fails.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// What the stand-in's connections and the people share.
pub struct Shared {
    clock: Arc<SetClock>,
    state: Mutex<State>,
    /// Told whenever anything happened.
    changed: watch::Sender<()>,
    api_url: String,
}

impl Shared {
    /// Does something with the state, at the clock's time.
    pub fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        // A person's act that a test did not expect to fail panics here; the rest should still be seen.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.now = self.clock.now();
        let result = act(&mut state);
        drop(state);
        self.changed.send_replace(());
        result
    }

    /// Looks at the state.
    pub fn sees<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until there is what is looked for, and fails the test where it does not come.
    pub async fn wait<T>(&self, what: &str, look: impl Fn(&State) -> Option<T>) -> T {
        let mut changed = self.changed.subscribe();
        let found = async {
            loop {
                if let Some(found) = self.sees(&look) {
                    return found;
                }
                changed.changed().await.expect("the stand-in lives");
            }
        };
        tokio::time::timeout(PATIENCE, found)
            .await
            .unwrap_or_else(|_| panic!("waited {PATIENCE:?} for {what}\n{}", self.sees(State::story)))
    }
}

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
        let state = State::new(clock.now(), gateway_url);
        let shared = Arc::new(Shared { clock, state: Mutex::new(state), changed: watch::Sender::new(()), api_url });
        let stopped = CancellationToken::new();
        accept(&shared, &stopped, rest, rest::serve);
        accept(&shared, &stopped, gateway, gateway::serve);
        Self { shared, stopped }
    }
}

/// Serves all who connect, until the stand-in stops.
fn accept<F>(
    shared: &Arc<Shared>,
    stopped: &CancellationToken,
    listener: TcpListener,
    serve: fn(Arc<Shared>, TcpStream) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let (shared, stopped) = (Arc::clone(shared), stopped.clone());
    tokio::spawn(async move {
        while let Some(Ok((stream, _))) = stopped.run_until_cancelled(listener.accept()).await {
            let (serving, stopped) = (serve(Arc::clone(&shared), stream), stopped.clone());
            tokio::spawn(async move { stopped.run_until_cancelled(serving).await });
        }
    });
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.stopped.cancel();
        if !std::thread::panicking() {
            self.assert_clean();
        }
    }
}
