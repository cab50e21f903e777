//! Slack: a workspace is a space, its channels are channels; one workspace for each process. slack-morphism calls Slack's Web API, knows
//! the blocks that messages are made of.
//!
//! It never marks, asks or decides anything, and keeps nothing that has to last: all it remembers may be forgotten at any moment.

mod answering;
mod api;
mod attached;
mod doctor;
mod face;
mod hear;
mod home;
mod http;
mod ids;
mod interact;
mod lanes;
#[cfg(test)]
mod limits;
pub mod manifest;
mod modal;
mod payload;
mod people;
mod places;
mod pressed;
mod preview;
mod read_back;
mod render;
mod rich;
mod sockets;
mod take;

use std::{
    sync::{
        Arc, PoisonError, RwLock, Weak,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use axum::Router;
use secrecy::SecretString;
use serde::Deserialize;
use tokio::time::timeout;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    api::{Api, ApiError, method::AUTH_TEST},
    lanes::Lanes,
    payload::Message,
    people::People,
    places::Places,
};
use crate::{
    bot::{Bot, Once},
    chat::Connection,
    clock::Clock,
    quiz::id::SpaceId,
};

pub use preview::{body, preview, reply_body};

/// How Slack is reached.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The bot's token: `xoxb-…`.
    pub token: SecretString,
    /// How Slack tells what happens.
    pub hears: Hears,
    /// What stands in place of `https://slack.com/api`, without a slash at its end.
    pub api: Option<String>,
    /// People who are admins beside those of the workspace, by Slack's id of them.
    pub admins: Vec<String>,
}

/// How Slack tells what happens.
#[derive(Debug, Clone)]
pub enum Hears {
    /// By connections that kcard opens.
    Sockets(Sockets),
    /// By signed requests to an address of kcard's.
    Requests {
        /// Signs them.
        secret: SecretString,
    },
}

/// Connections that kcard opens.
#[derive(Debug, Clone)]
pub struct Sockets {
    /// The app's token: `xapp-…`, with `connections:write`.
    pub token: SecretString,
    /// How many there are at the same time; Slack lets an app have 10.
    pub count: u32,
    /// The pause before one that was lost is opened again, doubled up to a minute.
    pub pause: Duration,
    /// How long nothing may come on one before it counts as dead. In that time it is asked twice whether it is still there.
    pub dead_after: Duration,
}

impl Sockets {
    /// Two connections, so that one is heard while the other is opened again.
    pub fn new(token: SecretString) -> Self {
        Self { token, count: 2, pause: Duration::from_secs(1), dead_after: Duration::from_secs(25) }
    }
}

/// What is nice to have and waits at most; more is left out.
const MOST_IN_BACKGROUND: usize = 5_000;
/// How long a stop waits for what people wait for.
const STOP_WITHIN: Duration = Duration::from_secs(2);

/// Slack.
pub struct Slack {
    /// Itself, for tasks that outlive a call.
    own: Weak<Self>,
    api: Api,
    hears: Hears,
    admins: Vec<String>,
    /// Who kcard is there, once it was asked.
    me: RwLock<Option<Me>>,
    /// Whom to tell, while it runs.
    bot: RwLock<Option<Bot>>,
    people: People,
    places: Places,
    lanes: Lanes,
    deliveries: Once,
    seeded: Once,
    hinted: Once,
    /// How many sockets are heard now.
    open_sockets: AtomicU32,
    /// Whether one ever was.
    was_connected: AtomicBool,
    /// What nobody waits for.
    background: TaskTracker,
    /// What people wait for: a stop lets it end.
    under_way: TaskTracker,
}

/// Who kcard is in the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Me {
    #[serde(rename = "team_id")]
    team: String,
    #[serde(rename = "user_id")]
    user: String,
    #[serde(default)]
    bot_id: Option<String>,
    /// The workspace's address.
    #[serde(default)]
    url: String,
}

impl Me {
    /// Whether kcard wrote a message.
    fn wrote(&self, message: &Message) -> bool {
        message.user.as_ref() == Some(&self.user) || self.bot_id.is_some() && message.bot_id == self.bot_id
    }
}

/// Slack refuses a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadToken(String);

impl Slack {
    /// Slack, not called yet. Must be made inside a runtime.
    pub fn new(settings: Settings) -> Arc<Self> {
        let Settings { token, hears, api, admins } = settings;
        Arc::new_cyclic(|own| Self {
            own: own.clone(),
            api: Api::new(&token, api.as_deref()),
            hears,
            admins,
            me: RwLock::default(),
            bot: RwLock::default(),
            people: People::default(),
            places: Places::default(),
            lanes: Lanes::default(),
            deliveries: Once::default(),
            seeded: Once::default(),
            hinted: Once::default(),
            open_sockets: AtomicU32::default(),
            was_connected: AtomicBool::default(),
            background: TaskTracker::new(),
            under_way: TaskTracker::new(),
        })
    }

    /// Fails where Slack refuses a token; where Slack cannot be reached it may still be right.
    pub async fn check_tokens(&self) -> Result<(), BadToken> {
        let app = async {
            match &self.hears {
                Hears::Sockets(sockets) => self.api.open_socket(&sockets.token).await.map(drop),
                Hears::Requests { .. } => Ok(()),
            }
        };
        let (bot, app) = tokio::join!(self.me(), app);
        for checked in [bot.map(drop), app] {
            match checked {
                Ok(()) => {}
                Err(error @ ApiError::Token(_)) => return Err(BadToken(error.to_string())),
                Err(error) => tracing::warn!(%error, "cannot ask Slack about the tokens yet"),
            }
        }
        Ok(())
    }

    /// What Slack calls at kcard's address, where it tells what happens by requests.
    pub fn router(self: &Arc<Self>, bot: &Bot, clock: Arc<dyn Clock>) -> Option<Router> {
        match &self.hears {
            Hears::Requests { secret } => Some(http::router(Arc::clone(self), bot.clone(), secret.clone(), clock)),
            Hears::Sockets(_) => None,
        }
    }

    /// Listens and hands everything to `bot` until `stop` is cancelled.
    pub async fn run(self: Arc<Self>, bot: Bot, stop: CancellationToken) {
        *self.bot.write().unwrap_or_else(PoisonError::into_inner) = Some(bot.clone());
        match self.hears.clone() {
            Hears::Sockets(sockets) => self.keep_sockets(&bot, &sockets, &stop).await,
            Hears::Requests { .. } => {
                bot.reconnected(ids::FACE);
                stop.cancelled().await;
            }
        }
        // What was acknowledged is taken before the store is closed.
        self.under_way.close();
        if timeout(STOP_WITHIN, self.under_way.wait()).await.is_err() {
            tracing::warn!("some answers to people on Slack were cut");
        }
        // The bot holds its faces: it is let go, or both would live for ever.
        *self.bot.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Who kcard is; asked once.
    async fn me(&self) -> Result<Me, ApiError> {
        if let Some(me) = self.me_now() {
            return Ok(me);
        }
        let me: Me = self.api.get(AUTH_TEST, &[]).await?;
        *self.me.write().unwrap_or_else(PoisonError::into_inner) = Some(me.clone());
        Ok(me)
    }

    /// Who kcard is, where that is known.
    fn me_now(&self) -> Option<Me> {
        self.me.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The workspace, where it is known.
    fn space_now(&self) -> Option<SpaceId> {
        self.me_now().map(|me| ids::space(&me.team))
    }

    /// Whether Slack's word reaches kcard; requests are Slack's to send, and nothing tells that none comes.
    fn hears_now(&self) -> Connection {
        match self.hears {
            Hears::Sockets(_) => {
                let is_up = self.open_sockets.load(Ordering::Relaxed) > 0;
                Connection::of(is_up, self.was_connected.load(Ordering::Relaxed))
            }
            Hears::Requests { .. } => Connection::Up,
        }
    }

    fn bot(&self) -> Option<Bot> {
        self.bot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Itself, to be taken along by a task.
    fn arc(&self) -> Arc<Self> {
        self.own.upgrade().expect("whoever calls a method holds it")
    }

    /// Does something that nobody waits for, unless too much of it waits already; whether it will be done.
    fn in_background(&self, work: impl Future<Output = ()> + Send + 'static) -> bool {
        let has_room = self.background.len() < MOST_IN_BACKGROUND;
        if has_room {
            self.background.spawn(work);
        } else {
            tracing::warn!("too much waits for Slack; a reaction, a hint or a name is left out");
        }
        has_room
    }
}
