//! What the stand-ins for all platforms have in common: their state behind one lock, at the time of the clock that a test sets; waiting
//! for what the bot ought to do; and the rules that it broke.

use std::{
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use kcard::clock::{Clock, SetClock};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tokio_util::sync::CancellationToken;

/// How long a test waits for what the bot ought to do, before it fails.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// All that a stand-in knows.
pub trait Known {
    /// The platform.
    const NAME: &'static str;

    /// It is this late.
    fn at(&mut self, now: Timestamp);

    /// What happened last, for who waited in vain.
    fn story(&self) -> String;

    /// What the bot did that the platform forbids.
    fn violations(&mut self) -> &mut Vec<String>;
}

/// What a stand-in's connections and its people share.
pub struct Shared<S> {
    clock: Arc<SetClock>,
    state: Mutex<S>,
    /// Told whenever anything happened.
    changed: watch::Sender<()>,
}

impl<S: Known> Shared<S> {
    pub fn new(clock: Arc<SetClock>, state: S) -> Arc<Self> {
        Arc::new(Self { clock, state: Mutex::new(state), changed: watch::Sender::new(()) })
    }

    /// Does something with the state, at the clock's time.
    pub fn with<T>(&self, act: impl FnOnce(&mut S) -> T) -> T {
        // A person's act that a test did not expect to fail panics here; the rest should still be seen.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.at(self.clock.now());
        let result = act(&mut state);
        drop(state);
        self.changed.send_replace(());
        result
    }

    /// Looks at the state.
    pub fn sees<T>(&self, look: impl FnOnce(&S) -> T) -> T {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until there is what is looked for, and fails the test where it does not come.
    pub async fn wait<T>(&self, what: &str, look: impl Fn(&S) -> Option<T>) -> T {
        self.within(PATIENCE, what, || self.sees(&look)).await
    }

    /// The same, looked for anywhere and with any patience.
    pub async fn within<T>(&self, patience: Duration, what: &str, look: impl Fn() -> Option<T>) -> T {
        let mut changed = self.changed.subscribe();
        let found = async {
            loop {
                if let Some(found) = look() {
                    return found;
                }
                changed.changed().await.expect("the stand-in lives");
            }
        };
        let found = tokio::time::timeout(patience, found).await;
        found.unwrap_or_else(|_| panic!("waited {patience:?} for {what}\n{}", self.sees(S::story)))
    }

    /// Takes back what was meant: there must be violations that contain this.
    pub fn forgives(&self, part: &str) {
        let (forgiven, left) = self.with(|state| {
            let violations = state.violations();
            let before = violations.len();
            violations.retain(|violation| !violation.contains(part));
            (before - violations.len(), violations.clone())
        });
        assert!(forgiven > 0, "no violation says `{part}`: {left:#?}");
    }

    /// Fails the test if the bot broke a rule.
    pub fn assert_clean(&self) {
        let violations = self.with(|state| state.violations().clone());
        assert!(violations.is_empty(), "the bot broke {}'s rules:\n{}", S::NAME, violations.join("\n"));
    }
}

/// Serves all who connect, until the stand-in stops.
pub fn accept<S, F>(
    shared: &Arc<Shared<S>>,
    stopped: &CancellationToken,
    listener: TcpListener,
    serve: fn(Arc<Shared<S>>, TcpStream) -> F,
) where
    S: Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let (shared, stopped) = (Arc::clone(shared), stopped.clone());
    tokio::spawn(async move {
        while let Some(Ok((stream, _))) = stopped.run_until_cancelled(listener.accept()).await {
            stream.set_nodelay(true).ok();
            let (serving, stopped) = (serve(Arc::clone(&shared), stream), stopped.clone());
            tokio::spawn(async move { stopped.run_until_cancelled(serving).await });
        }
    });
}
