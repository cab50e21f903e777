//! What is new in the room, to every open page: server-sent events.
//!
//! Nothing private ever goes this way: a private answer is the response to the request that earned it.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;
use tokio_util::sync::CancellationToken;

use super::{
    limits::Place,
    view::{Shared, Shown},
};
use crate::store::Store;

/// News that a slow page may fall behind by before it is told to read everything anew.
const BEHIND: usize = 256;
/// How often a quiet stream says that it is alive.
const BEAT: Duration = Duration::from_secs(15);

/// What is new.
#[derive(Debug, Clone)]
enum News {
    /// A message is there, or is changed.
    Message(Shared),
    /// Read everything anew.
    Again,
}

/// The room's news.
pub struct Live {
    news: broadcast::Sender<News>,
    /// Messages that were changed and not read for publishing yet.
    changed: Mutex<BTreeSet<i64>>,
    /// Held while messages are read and published, so that news never goes out older than news before it.
    order: tokio::sync::Mutex<()>,
    stop: CancellationToken,
}

impl Live {
    /// No news yet; streams end when `stop` is cancelled.
    pub fn new(stop: CancellationToken) -> Self {
        Self {
            news: broadcast::Sender::new(BEHIND),
            changed: Mutex::default(),
            order: tokio::sync::Mutex::default(),
            stop,
        }
    }

    /// Publishes a message that was just stored or changed. Many changes of one message at once are published as one.
    pub async fn publish(&self, store: &Store, id: i64) {
        self.changed().insert(id);
        let _order = self.order.lock().await;
        if !self.changed().remove(&id) {
            return;
        }
        let news = match store.room_message(id).await {
            Ok(Some(message)) => News::Message(Shared::new(Shown::new(message))),
            Ok(None) => News::Again,
            Err(error) => {
                tracing::warn!(%error, post = id, "cannot read a message to publish it; pages are told to read anew");
                News::Again
            }
        };
        // An error says that no page is open.
        let _ = self.news.send(news);
    }

    /// Tells every page to read everything anew.
    pub fn again(&self) {
        let _ = self.news.send(News::Again);
    }

    /// The stream of one page. It ends when the process stops.
    pub fn stream(&self, viewer: String, place: Place) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
        let hello = stream::iter([Ok(Event::default().event("hello").data("{}"))]);
        let news = BroadcastStream::new(self.news.subscribe()).map(move |news| {
            let _held = &place;
            Ok(match news {
                Ok(News::Message(message)) => Event::default()
                    .event("message")
                    .json_data(message.seen_by(&viewer))
                    .unwrap_or_else(|_| Event::default().event("again").data("{}")),
                // A page that fell behind reads anew, too.
                Ok(News::Again) | Err(_) => Event::default().event("again").data("{}"),
            })
        });
        let stop = self.stop.clone().cancelled_owned();
        Sse::new(hello.chain(news).take_until(stop))
            .keep_alive(KeepAlive::new().interval(BEAT).event(Event::default().event("beat").data("{}")))
    }

    fn changed(&self) -> std::sync::MutexGuard<'_, BTreeSet<i64>> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
