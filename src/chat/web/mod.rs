//! The local web room: a small chat platform of kcard's own, and the face that plays on it.
//!
//! It keeps messages, replies and standing reactions as a platform would (through `store`'s room tables), shows them live in every open
//! browser, and turns what players do there into [`crate::chat::Given`]. It never marks, asks or decides anything.

use std::{net::SocketAddr, sync::Arc};

use axum::Router;
use tokio_util::sync::CancellationToken;

use crate::{bot::Bot, clock::Clock, store::Store};

/// The web face. It begins to serve once [`Web::router`] is mounted.
pub struct Web {}

/// How the room is reached.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address that the server listens on, with its real port.
    pub listen: SocketAddr,
    /// The public host names it is reached by (`quiz.example.org`), beside `localhost` and the address itself. Any other name in a
    /// request is refused, so that no foreign site can make its own name point here (DNS rebinding).
    pub hosts: Vec<String>,
}

impl Web {
    /// A room over the store's messages, with a fresh admin link. Streams to browsers end when `stop` is cancelled.
    pub fn new(store: Store, clock: Arc<dyn Clock>, settings: Settings, stop: CancellationToken) -> Arc<Self> {
        let _ = (store, clock, settings, stop);
        todo!()
    }

    /// Where the room is: `http://127.0.0.1:8420/`.
    pub fn link(&self) -> String {
        todo!()
    }

    /// The link that makes the browser that opens it the admin. A new one at every start; older ones no longer work.
    pub fn admin_link(&self) -> String {
        todo!()
    }

    /// The page, its assets and its API, playing with `bot`.
    pub fn router(self: &Arc<Self>, bot: Bot) -> Router {
        let _ = bot;
        todo!()
    }
}

#[async_trait::async_trait]
impl crate::chat::Chat for Web {
    fn face(&self) -> &'static str {
        "web"
    }

    async fn space(&self, _: &crate::quiz::id::ChannelId) -> Result<crate::quiz::id::SpaceId, crate::chat::ChatError> {
        todo!()
    }

    async fn post(
        &self,
        _: &crate::quiz::id::ChannelId,
        _: &crate::chat::Post,
    ) -> Result<crate::quiz::id::MessageRef, crate::chat::ChatError> {
        todo!()
    }

    async fn edit(&self, _: &crate::quiz::id::MessageRef, _: &crate::chat::Post) -> Result<(), crate::chat::ChatError> {
        todo!()
    }

    async fn find(
        &self,
        _: &crate::quiz::id::ChannelId,
        _: &crate::chat::PostKey,
        _: jiff::Timestamp,
    ) -> Result<Option<crate::quiz::id::MessageRef>, crate::chat::ChatError> {
        todo!()
    }

    async fn seed(&self, _: &crate::quiz::id::MessageRef, _: u8) -> Result<(), crate::chat::ChatError> {
        todo!()
    }

    async fn read_back(
        &self,
        _: &crate::quiz::id::MessageRef,
    ) -> Result<crate::chat::ReadBack, crate::chat::ChatError> {
        todo!()
    }

    async fn thread(
        &self,
        _: &crate::quiz::id::MessageRef,
        _: &str,
    ) -> Result<crate::quiz::id::ChannelId, crate::chat::ChatError> {
        todo!()
    }

    async fn is_admin(
        &self,
        _: &crate::quiz::id::SpaceId,
        _: &crate::quiz::id::PlayerId,
    ) -> Result<bool, crate::chat::ChatError> {
        todo!()
    }
}
