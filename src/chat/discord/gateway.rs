//! The connection by which Discord tells what happens. serenity keeps the shards; here is what it leaves open: with which intents, what
//! to do when a connection dies without a word, and what is read back.
//!
//! What serenity 0.12.5 does otherwise than one would wish, and what is done about it:
//! - A session that Discord declares invalid is begun anew every 5 s, for ever. A shard that does so is stopped, and a pause is made.
//! - After a close without a code it hears nothing until its next heartbeat. A ping every few seconds finds that out sooner.
//! - A shard that was told to stop may go on for a while. What it still hears is dropped ([`super::events::Handler`]).
//! - Where Discord does not say at once where the gateway is, it connects to the one it knows. It is told what Discord told us.
//! - Events are handed over in tasks of their own, in any order. Answers are taken by a collector, which keeps the order.

use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError, atomic::Ordering},
    time::Duration,
};

use serde::Deserialize;
use serenity::{
    Client, Error, all::ClientBuilder, gateway::GatewayError, http::HttpBuilder, model::gateway::GatewayIntents,
};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::{
    Discord,
    events::Handler,
    ids,
    pace::Route,
    rest::{Call, RestError},
    shards::{Lost, watch},
};
use crate::{bot::Bot, chat::Post, quiz::round::OpenWay};

/// Between two tries to connect; doubled up to the longest.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_mins(2);
/// The pause at least where Discord forgot the session again and again.
const RESTLESS_PAUSE: Duration = Duration::from_secs(16);
/// Connections of a day that are never used: who uses up all of them loses the token.
const SPARE: u32 = 20;
/// What cannot be done within this time is not waited for before connecting.
const SOON: Duration = Duration::from_mins(1);
/// After so long a connection counts as having worked.
const WORKED: Duration = Duration::from_mins(5);

/// Why a connection ended.
enum Ended {
    /// The process stops.
    Stop,
    /// More must be heard than before.
    Widen,
    /// The token is not valid any more.
    Token,
    /// The application is not granted the privileged intent.
    Intents,
    /// Discord forgot the session again and again, in words.
    Restless(String),
    /// Anything else, in words.
    Lost(String),
}

/// A connection that is heard until the one after it, which hears more, is up: nobody presses a button into the void meanwhile. What both
/// hear is taken once.
struct Before {
    client: Client,
    /// Its life, which ends with this.
    _life: DropGuard,
}

impl Before {
    /// A shard that does not answer is left to itself; what it hears is dropped.
    async fn ends(self) {
        let _ = timeout(Duration::from_secs(1), self.client.shard_manager.shutdown_all()).await;
    }
}

/// What Discord says of its gateway.
#[derive(Deserialize)]
struct Gateway {
    url: String,
    /// The advised number of shards.
    shards: u32,
    session_start_limit: SessionStart,
}

#[derive(Deserialize)]
struct SessionStart {
    remaining: u32,
    /// Milliseconds.
    reset_after: u64,
}

impl Discord {
    /// Listens until `stop` is cancelled: connects, and connects again.
    pub(super) async fn listen(&self, bot: &Bot, stop: &CancellationToken) {
        let mut pause = SHORTEST_PAUSE;
        let mut before = None;
        loop {
            let began = Instant::now();
            let ended = self.connection(bot, stop, &mut before).await;
            if began.elapsed() > WORKED {
                pause = SHORTEST_PAUSE;
            }
            match ended {
                Ended::Stop => {
                    if let Some(before) = before {
                        before.ends().await;
                    }
                    return;
                }
                Ended::Token => {
                    // Nothing more is tried: refusals are counted against the address.
                    tracing::error!("{}", RestError::Token);
                    self.rest.refuse();
                    stop.cancelled().await;
                    return;
                }
                Ended::Widen => continue,
                Ended::Intents => {
                    tracing::warn!(
                        "Discord does not grant the message content intent after all; kcard goes on without"
                    );
                    self.without_content();
                    continue;
                }
                Ended::Restless(why) => {
                    pause = pause.max(RESTLESS_PAUSE);
                    tracing::warn!(why, pause_s = pause.as_secs(), "pausing before connecting to Discord again");
                }
                Ended::Lost(why) => tracing::warn!(why, pause_s = pause.as_secs(), "lost Discord; connecting again"),
            }
            if stop.run_until_cancelled(sleep(pause)).await.is_none() {
                return;
            }
            pause = (2 * pause).min(LONGEST_PAUSE);
        }
    }

    /// One connection with all its shards, from its beginning to its end. The one before ends when this one is up.
    async fn connection(&self, bot: &Bot, stop: &CancellationToken, before: &mut Option<Before>) -> Ended {
        let (intents, gateway) = match stop.run_until_cancelled(self.prepare(bot)).await {
            None => return Ended::Stop,
            Some(Ok(ready)) => ready,
            Some(Err(RestError::Token)) => return Ended::Token,
            Some(Err(error)) => return Ended::Lost(error.to_string()),
        };
        let life = CancellationToken::new();
        let end = life.clone().drop_guard();
        let handler = Handler::new(&self.arc(), bot, life);
        let begun = handler.shards();
        let http = HttpBuilder::new(self.rest.token())
            .client(self.rest.http().clone())
            .proxy(self.rest.base())
            .ratelimiter_disabled(true)
            .build();
        let client = async {
            // It asks for the gateway itself, and that counts as well.
            let _turn = self.rest.turn(Route("gateway", 1)).await.map_err(|error| error.to_string())?;
            let client = ClientBuilder::new_with_http(http, intents).event_handler(handler);
            client.await.map_err(|error| error.to_string())
        };
        let mut client: Client = match stop.run_until_cancelled(client).await {
            None => return Ended::Stop,
            Some(Ok(client)) => client,
            Some(Err(why)) => return Ended::Lost(why),
        };
        let shards = gateway.shards.max(1);
        *client.ws_url.lock().await = gateway.url;
        tracing::info!(shards, intents = ?intents, "connecting to Discord");
        let manager = Arc::clone(&client.shard_manager);
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some((Arc::clone(&manager), shards));
        let ended = tokio::select! {
            ended = client.start_shards(shards) => match ended {
                Ok(()) => Ended::Lost("all shards have ended".into()),
                Err(Error::Gateway(GatewayError::InvalidAuthentication)) => Ended::Token,
                Err(Error::Gateway(GatewayError::DisallowedGatewayIntents)) => Ended::Intents,
                Err(error) => Ended::Lost(error.to_string()),
            },
            () = stop.cancelled() => Ended::Stop,
            () = self.rest.refused() => Ended::Token,
            () = self.wider_than(intents) => Ended::Widen,
            lost = watch(&begun, &manager, shards) => match lost {
                Lost::Restless(why) => Ended::Restless(why),
                Lost::Missing(why) => Ended::Lost(why),
            },
            never = async {
                begun.all_begun(shards).await;
                self.was_connected.store(true, Ordering::Relaxed);
                if let Some(before) = before.take() {
                    before.ends().await;
                }
                std::future::pending().await
            } => never,
        };
        let this = Before { client, _life: end };
        if matches!(ended, Ended::Widen) {
            // Were there one before this even, it ends here.
            *before = Some(this);
        } else {
            // Also at a stop: all see at once that kcard is away.
            this.ends().await;
        }
        ended
    }

    /// With which intents, where to, and with how many shards.
    async fn prepare(&self, bot: &Bot) -> Result<(GatewayIntents, Gateway), RestError> {
        let me = self.me().await?;
        match self.sync_commands().await {
            Err(error @ RestError::Token) => return Err(error),
            Err(error @ RestError::Later { after, .. }) if after < SOON => return Err(error),
            Err(error) => {
                tracing::error!(%error, "the commands could not be written; those that are there stay until the next connection");
            }
            Ok(()) => {}
        }
        if let Ok(open) = bot.open_ways(ids::FACE).await {
            self.hears.add(intents(&open));
        }
        let mut intents = GatewayIntents::GUILDS | self.hears.get();
        if me.reads_content && intents.contains(GatewayIntents::GUILD_MESSAGES) {
            intents |= GatewayIntents::MESSAGE_CONTENT;
        }
        let gateway: Gateway = self.rest.read(&Call::get("gateway/bot".into(), Route("gateway", 0)).first()).await?;
        if gateway.session_start_limit.remaining < gateway.shards.saturating_add(SPARE) {
            let after = Duration::from_millis(gateway.session_start_limit.reset_after);
            let why = "Discord lets a bot connect 1,000 times a day, and that is used up".to_owned();
            return Err(RestError::Later { after, unsure: false, why });
        }
        Ok((intents, gateway))
    }

    /// Waits until more must be heard than with these intents.
    async fn wider_than(&self, intents: GatewayIntents) {
        while intents.contains(self.hears.get()) {
            self.more_intents.notified().await;
        }
    }

    /// Before a question is posted: what answers it is heard from now on.
    pub(super) fn listens_for(&self, post: &Post) {
        let mut needed = GatewayIntents::empty();
        if post.reactions > 0 {
            needed |= intents(&BTreeSet::from([OpenWay::Reactions]));
        }
        if post.replies {
            needed |= intents(&BTreeSet::from([OpenWay::Replies]));
        }
        if self.hears.add(needed) {
            self.more_intents.notify_one();
        }
    }
}

/// What must be heard where these ways are open. Buttons, menus, forms and commands need no intent.
fn intents(open: &BTreeSet<OpenWay>) -> GatewayIntents {
    open.iter().fold(GatewayIntents::empty(), |all, way| match way {
        OpenWay::Reactions => all | GatewayIntents::GUILD_MESSAGE_REACTIONS,
        OpenWay::Replies => all | GatewayIntents::GUILD_MESSAGES,
        OpenWay::Buttons => all,
    })
}
