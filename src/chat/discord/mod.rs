//! Discord: a server is a space, its text channels are channels. serenity keeps the gateway and knows the models; requests are paced
//! here, since its own pacing hides what Discord says.
//!
//! It never marks, asks or decides anything, and keeps nothing that has to last: all it remembers may be forgotten at any moment.

mod admins;
mod allowed;
mod answering;
mod attached;
mod commands;
mod doctor;
mod done;
mod events;
mod face;
mod gateway;
mod hear;
mod ids;
mod interact;
mod pace;
mod places;
mod preview;
mod read_back;
mod render;
mod rest;
mod shards;

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, OnceLock, PoisonError, RwLock, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use secrecy::SecretString;
use serde::Deserialize;
use serenity::{
    gateway::ShardManager,
    model::{
        channel::GuildChannel,
        gateway::GatewayIntents,
        id::{ApplicationId, GuildId, UserId},
    },
};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    done::{Members, Seeded},
    pace::Route,
    places::Places,
    rest::{Call, Rest, RestError},
    shards::all_hear,
};
use crate::{
    bot::{Bot, Once},
    chat::Connection,
    quiz::id::{ChannelId, SpaceId},
};

pub use preview::{body, preview, reply_body};

/// How Discord is reached.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The bot's token.
    pub token: SecretString,
    /// What stands in place of `https://discord.com`: a proxy, or a stand-in. Without a path.
    pub api: Option<String>,
    /// How long a hint stands in a channel before it is taken away.
    pub hint_stands: Duration,
}

impl Settings {
    /// With this token, at Discord itself.
    pub fn new(token: SecretString) -> Self {
        Self { token, api: None, hint_stands: hear::HINT_STANDS }
    }
}

/// What is nice to have and waits at most; more is left out.
const MOST_IN_BACKGROUND: usize = 5_000;

/// Discord.
pub struct Discord {
    /// Itself, for tasks that outlive a call.
    own: Weak<Self>,
    rest: Rest,
    hint_stands: Duration,
    /// Who kcard is there, once it was asked.
    me: RwLock<Option<Me>>,
    /// Whom to tell, while it runs.
    bot: RwLock<Option<Bot>>,
    places: Places,
    seeded: Seeded,
    members: Members,
    hears: Hears,
    more_intents: Notify,
    /// What manages the shards of the latest connection, and how many they are.
    latest: Mutex<Option<(Arc<ShardManager>, u32)>>,
    /// Whether all of one were ever up.
    was_connected: AtomicBool,
    commands_written: OnceLock<()>,
    interactions: Once,
    hinted: Once,
    /// Channels of which was said that embeds are left out there.
    lacks_embeds: Once,
    /// The servers that kcard is in.
    guilds: Mutex<HashSet<GuildId>>,
    background: TaskTracker,
}

/// Who kcard is on Discord.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Me {
    application: ApplicationId,
    user: UserId,
    /// Whether the application may read what people write (a privileged intent).
    reads_content: bool,
}

/// What must be heard, as far as that is known; only ever more.
#[derive(Default)]
struct Hears(AtomicU64);

impl Hears {
    fn get(&self) -> GatewayIntents {
        GatewayIntents::from_bits_truncate(self.0.load(Ordering::SeqCst))
    }

    /// Whether this is more than before.
    fn add(&self, intents: GatewayIntents) -> bool {
        self.0.fetch_or(intents.bits(), Ordering::SeqCst) & intents.bits() != intents.bits()
    }
}

impl Discord {
    /// Discord, not called yet. Must be made inside a runtime.
    pub fn new(settings: Settings) -> Arc<Self> {
        Arc::new_cyclic(|own| Self {
            own: own.clone(),
            rest: Rest::new(settings.token, settings.api.as_deref()),
            hint_stands: settings.hint_stands,
            me: RwLock::default(),
            bot: RwLock::default(),
            places: Places::default(),
            seeded: Seeded::default(),
            members: Members::default(),
            hears: Hears::default(),
            more_intents: Notify::new(),
            latest: Mutex::default(),
            was_connected: AtomicBool::default(),
            commands_written: OnceLock::new(),
            interactions: Once::default(),
            hinted: Once::default(),
            lacks_embeds: Once::default(),
            guilds: Mutex::default(),
            background: TaskTracker::new(),
        })
    }

    /// Fails where Discord refuses the token; where Discord cannot be reached it may still be right.
    pub async fn check_token(&self) -> Result<(), BadToken> {
        match self.me().await {
            Err(error @ RestError::Token) => Err(BadToken(error.to_string())),
            Err(error) => {
                tracing::warn!(%error, "cannot ask Discord about the token yet");
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    }

    /// Listens and hands everything to `bot` until `stop` is cancelled.
    pub async fn run(self: Arc<Self>, bot: Bot, stop: CancellationToken) {
        *self.bot.write().unwrap_or_else(PoisonError::into_inner) = Some(bot.clone());
        self.listen(&bot, &stop).await;
        // The bot holds its faces: it is let go, or both would live for ever.
        *self.bot.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Who kcard is; asked once.
    async fn me(&self) -> Result<Me, RestError> {
        #[derive(Deserialize)]
        struct Application {
            id: ApplicationId,
            flags: Option<u64>,
        }
        #[derive(Deserialize)]
        struct User {
            id: UserId,
        }
        /// The application may read what people write, with or without Discord's review (developer documentation, "Application Flags").
        const CONTENT: u64 = 1 << 18 | 1 << 19;
        if let Some(me) = *self.me.read().unwrap_or_else(PoisonError::into_inner) {
            return Ok(me);
        }
        let application: Application =
            self.rest.read(&Call::get("applications/@me".into(), Route("me", 0)).first()).await?;
        let user: User = self.rest.read(&Call::get("users/@me".into(), Route("me", 1)).first()).await?;
        let reads_content = application.flags.unwrap_or(0) & CONTENT != 0;
        if !reads_content {
            tracing::info!(
                "kcard does not have Discord's message content intent: replies are heard that mention it, as a reply does by \
                 itself; with the intent all replies are (`kcard doctor discord` says how)"
            );
        }
        let me = Me { application: application.id, user: user.id, reads_content };
        *self.me.write().unwrap_or_else(PoisonError::into_inner) = Some(me);
        Ok(me)
    }

    /// Discord did not let us read what people write after all.
    fn without_content(&self) {
        if let Some(me) = self.me.write().unwrap_or_else(PoisonError::into_inner).as_mut() {
            me.reads_content = false;
        }
    }

    /// The guild of a channel.
    async fn guild(&self, channel: &ChannelId) -> Result<GuildId, crate::chat::ChatError> {
        let space: SpaceId = crate::chat::Chat::space(self, channel).await?;
        ids::guild_of(&space)
            .ok_or_else(|| crate::chat::ChatError::Gone(format!("channel `{channel}` is not in a server")))
    }

    /// Whether all shards hear.
    async fn hears_now(&self) -> Connection {
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let is_up = match latest {
            Some((manager, shards)) => all_hear(&manager, shards).await,
            None => false,
        };
        Connection::of(is_up, self.was_connected.load(Ordering::Relaxed))
    }

    fn bot(&self) -> Option<Bot> {
        self.bot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Itself, to be taken along by a task.
    fn arc(&self) -> Arc<Self> {
        self.own.upgrade().expect("whoever calls a method holds it")
    }

    /// Does something that nobody waits for, unless too much of it waits already.
    fn in_background(&self, work: impl Future<Output = ()> + Send + 'static) {
        if self.background.len() < MOST_IN_BACKGROUND {
            self.background.spawn(work);
        } else {
            tracing::warn!("too much waits for Discord; a reaction or a hint is left out");
        }
    }

    /// The servers that kcard is in, as a shard says when it begins.
    fn known_guilds(&self, guilds: impl Iterator<Item = GuildId>) {
        self.guilds.lock().unwrap_or_else(PoisonError::into_inner).extend(guilds);
    }

    /// Whether kcard has just been invited to a server.
    fn is_new_guild(&self, guild: GuildId) -> bool {
        self.guilds.lock().unwrap_or_else(PoisonError::into_inner).insert(guild)
    }

    fn left_guild(&self, guild: GuildId) {
        self.guilds.lock().unwrap_or_else(PoisonError::into_inner).remove(&guild);
    }

    /// A thread that kcard has opened on a question: what is written there answers it.
    fn found_thread(&self, thread: &GuildChannel) {
        let is_ours =
            self.me.read().unwrap_or_else(PoisonError::into_inner).is_some_and(|me| thread.owner_id == Some(me.user));
        if let Some(parent) = thread.parent_id.filter(|_| is_ours) {
            self.places.thread(thread.id, parent);
        }
    }
}

/// Discord refuses the bot's token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadToken(String);

/// An emoji as a part of an address.
fn escaped(emoji: &str) -> String {
    percent_encoding::utf8_percent_encode(emoji, percent_encoding::NON_ALPHANUMERIC).to_string()
}
