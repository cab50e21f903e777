//! The local web room: a small chat platform of kcard's own, and the face that plays on it.
//!
//! It keeps messages, replies and standing reactions as a platform would (through `store`'s room tables), shows them live in every open
//! browser, and turns what players do there into [`crate::chat::Given`]. It never marks, asks or decides anything.

mod act;
mod face;
mod gate;
mod join;
mod lanes;
mod limits;
mod live;
mod markdown;
mod name;
mod once;
mod page;
mod preview;
mod read;
mod refused;
mod request;
mod session;
mod view;

use std::{collections::BTreeSet, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use governor::clock::DefaultClock;
use tokio_util::sync::CancellationToken;

pub use self::preview::preview;
use self::{
    join::Joined, lanes::Lanes, limits::Limits, live::Live, once::Once, refused::Refused, session::Secret,
    view::Outcome,
};
use crate::{bot::Bot, clock::Clock, store::Store};

/// The channel that is there from the start: where no schedule asks, an admin can add the first one in it.
const FIRST_CHANNEL: &str = "daily-quiz";

/// The web face. It begins to serve once [`Web::router`] is mounted.
pub struct Web {
    store: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    /// What the admin link carries; only in memory.
    admin: Secret,
    live: Live,
    limits: Limits,
    /// What players did, and heard.
    acts: Once<Arc<Outcome>>,
    /// Names that were picked.
    joins: Once<Joined>,
    lanes: Lanes,
}

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
        Arc::new(Self {
            store,
            clock,
            settings,
            admin: Secret::new(),
            live: Live::new(stop),
            limits: Limits::new(&DefaultClock::default()),
            acts: Once::default(),
            joins: Once::default(),
            lanes: Lanes::default(),
        })
    }

    /// Where the room is: `http://127.0.0.1:8420/`.
    pub fn link(&self) -> String {
        let listen = self.settings.listen;
        if listen.ip().is_unspecified() {
            format!("http://localhost:{}/", listen.port())
        } else {
            format!("http://{listen}/")
        }
    }

    /// The link that makes the browser that opens it the admin. A new one at every start; older ones no longer work.
    pub fn admin_link(&self) -> String {
        format!("{}?admin={}", self.link(), self.admin.reveal())
    }

    /// The page, its assets and its API, playing with `bot`.
    pub fn router(self: &Arc<Self>, bot: Bot) -> Router {
        let app = App { web: Arc::clone(self), bot };
        page::routes()
            .route("/api/room", get(read::room))
            .route("/api/messages", get(read::messages))
            .route("/api/board", get(read::board))
            .route("/api/complete", get(read::complete))
            .route("/api/events", get(read::events))
            .route("/api/join", post(join::join))
            .route("/api/say", post(act::say))
            .route("/api/react", post(act::react))
            .route("/api/press", post(act::press))
            .route("/api/submit", post(act::submit))
            // `request` reads bodies, with a limit of its own that answers in words.
            .layer(DefaultBodyLimit::disable())
            .layer(middleware::from_fn_with_state(app.clone(), gate::gate))
            .with_state(app)
    }
}

/// What every route can use.
#[derive(Clone)]
struct App {
    web: Arc<Web>,
    bot: Bot,
}

impl App {
    /// The channels of the room, by name: those that schedules ask in and those that have messages; where there are none, the first.
    async fn channels(&self) -> Result<BTreeSet<String>, Refused> {
        let mut channels: BTreeSet<String> = self.web.store.room_channels().await?.into_iter().collect();
        let upcoming = self.bot.upcoming(&face::space()).await?;
        channels.extend(upcoming.iter().map(|schedule| schedule.channel.local().to_owned()));
        if channels.is_empty() {
            channels.insert(FIRST_CHANNEL.to_owned());
        }
        Ok(channels)
    }

    /// Refuses a channel that the room does not have: only schedules and hosts open channels.
    async fn known_channel(&self, channel: &str) -> Result<(), Refused> {
        if channel == FIRST_CHANNEL {
            return Ok(());
        }
        let scheduled = self.bot.upcoming(&face::space()).await?;
        let known = scheduled.iter().any(|schedule| schedule.channel.local() == channel)
            || !self.web.store.room_messages(channel, None, 1).await?.is_empty();
        if known { Ok(()) } else { Err(Refused::Gone("there is no such channel; reload the page")) }
    }
}
