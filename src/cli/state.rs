//! How kcard stands, for those who look after it: what `/readyz` says, and the figures that are read when Prometheus asks.

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
    time::Duration,
};

use tokio::time::timeout;

use crate::{
    chat::{Chat, Connection},
    clock::Clock,
    http,
    measure::{
        CONNECTED, Collected, DATABASE_BYTES, DISK_FREE_BYTES, INFO, OUTBOX_OLDEST, OUTBOX_WAITING, READY, STARTED,
        STORE_QUEUE,
    },
    store::{Store, StoreError},
};

/// How long Prometheus waits at most for what the store says; the other figures come all the same.
const PATIENCE: Duration = Duration::from_secs(2);

/// How kcard stands. There before anything else is, so that it can be asked from the first moment on.
pub(super) struct State {
    collected: Collected,
    clock: Arc<dyn Clock>,
    /// What there is to ask, once the store is open.
    running: OnceLock<Running>,
}

struct Running {
    store: Store,
    /// Where SQLite's file is.
    file: Option<PathBuf>,
    faces: Vec<Arc<dyn Chat>>,
}

impl State {
    /// Begins to count.
    pub(super) fn begin(clock: Arc<dyn Clock>) -> anyhow::Result<Arc<Self>> {
        let collected = Collected::begin()?;
        INFO.set(1, &[env!("CARGO_PKG_VERSION")]);
        STARTED.set(clock.now().as_second(), &[]);
        Ok(Arc::new(Self { collected, clock, running: OnceLock::new() }))
    }

    /// The store is open, and these are the faces.
    pub(super) fn runs(&self, store: Store, url: &str, faces: Vec<Arc<dyn Chat>>) {
        // A process opens one store.
        let _ = self.running.set(Running { store, file: Store::file(url), faces });
    }

    /// What `/readyz` asks.
    pub(super) fn ready(self: &Arc<Self>) -> http::Ready {
        let state = Arc::clone(self);
        Arc::new(move || {
            let state = Arc::clone(&state);
            Box::pin(async move { state.is_ready().await })
        })
    }

    /// What Prometheus reads.
    pub(super) async fn figures(self: Arc<Self>) -> String {
        READY.set(i64::from(self.is_ready().await.is_ok()), &[]);
        if let Some(running) = self.running.get() {
            for face in &running.faces {
                CONNECTED.set(i64::from(face.connection().await == Connection::Up), &[face.face()]);
            }
            STORE_QUEUE.set(running.store.answers_waiting().try_into().unwrap_or(i64::MAX), &[]);
            if let Some(free) = running.file.as_ref().and_then(|file| fs4::available_space(file.parent()?).ok()) {
                DISK_FREE_BYTES.set(free.try_into().unwrap_or(i64::MAX), &[]);
            }
            // Figures that cannot be had stay as they were; that the store does not answer is a figure of its own.
            let _ = timeout(PATIENCE, self.ask(&running.store)).await;
        }
        self.collected.render()
    }

    async fn ask(&self, store: &Store) -> Result<(), StoreError> {
        let (posts, oldest) = store.posts_waiting().await?;
        OUTBOX_WAITING.set(posts, &[]);
        let waited = oldest.map_or(0, |since| self.clock.now().duration_since(since).as_secs());
        OUTBOX_OLDEST.set(waited.max(0), &[]);
        DATABASE_BYTES.set(store.bytes().await?, &[]);
        Ok(())
    }

    /// Why kcard cannot do its work, in words that anyone may read. A platform that is lost later is no reason to keep people from the
    /// others: it has an alarm.
    async fn is_ready(&self) -> Result<(), String> {
        let Some(Running { store, faces, .. }) = self.running.get() else {
            return Err("the database is being opened".to_owned());
        };
        for face in faces {
            if face.connection().await == Connection::Never {
                return Err(format!("{} is not connected yet", face.face()));
            }
        }
        store.ping().await.map_err(|_| "the database does not answer".to_owned())
    }

    /// Keeps what nobody reads from growing.
    pub(super) fn tidy(&self) {
        self.collected.tidy();
    }
}
