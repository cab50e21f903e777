//! The shards of a connection: which are up, and when it is better to begin anew.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use serenity::gateway::{ConnectionStage, ShardManager, ShardMessenger};
use tokio::{
    sync::Notify,
    time::{Instant, sleep},
};
use tokio_tungstenite::tungstenite::Message as Frame;

/// How often each connection is asked whether it is still there.
const PING_EVERY: Duration = Duration::from_secs(5);
/// How long a shard may take to be up, or back, before all are started anew.
const BACK_WITHIN: Duration = Duration::from_mins(1);
/// So many sessions that a shard begins within a minute are too many: Discord takes the token away from who begins 1,000 a day.
const RESTLESS: usize = 3;
const A_MINUTE: Duration = Duration::from_mins(1);

/// The shards of one connection that were up: how to reach them, or since when they are down.
#[derive(Default)]
pub struct Shards {
    known: Mutex<BTreeMap<u32, Result<ShardMessenger, Instant>>>,
    /// When a session began anew, of which shard.
    sessions: Mutex<Vec<(u32, Instant)>>,
    came: Notify,
}

impl Shards {
    /// How to reach those that are up.
    fn messengers(&self) -> Vec<ShardMessenger> {
        self.locked().values().filter_map(|shard| shard.clone().ok()).collect()
    }

    /// Waits until that many are up.
    pub async fn all_up(&self, shards: u32) {
        loop {
            let came = self.came.notified();
            if self.messengers().len() >= usize::try_from(shards).unwrap_or(usize::MAX) {
                return;
            }
            came.await;
        }
    }

    /// A shard that has been down for longer than this.
    fn missing_for(&self, long: Duration) -> Option<u32> {
        let down = |shard: &Result<_, Instant>| matches!(shard, Err(since) if since.elapsed() > long);
        self.locked().iter().find(|(_, shard)| down(shard)).map(|(id, _)| *id)
    }

    /// A shard that began anew so often within a minute that it had better pause.
    fn restless(&self) -> Option<u32> {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|(_, began)| began.elapsed() < A_MINUTE);
        let of = |id: u32| sessions.iter().filter(|(shard, _)| *shard == id).count();
        sessions.iter().map(|(id, _)| *id).find(|id| of(*id) >= RESTLESS)
    }

    /// A shard has begun a session.
    pub fn is_up(&self, id: u32, messenger: ShardMessenger) {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).push((id, Instant::now()));
        self.locked().insert(id, Ok(messenger));
        self.came.notify_one();
    }

    /// A shard hears nothing any more.
    pub fn is_down(&self, id: u32) {
        self.locked().insert(id, Err(Instant::now()));
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, BTreeMap<u32, Result<ShardMessenger, Instant>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether that many shards hear now, as far as serenity knows.
pub async fn all_hear(manager: &ShardManager, shards: u32) -> bool {
    let runners = manager.runners.lock().await;
    let hearing = runners.values().filter(|runner| runner.stage == ConnectionStage::Connected).count();
    hearing >= usize::try_from(shards).unwrap_or(usize::MAX)
}

/// Why a connection had better begin anew, in words.
pub enum Lost {
    /// A shard begins again and again.
    Restless(String),
    /// A shard is not there.
    Missing(String),
}

/// Asks each shard now and then whether its connection stands: one that does not ends, and is missed. Returns where one does not come, or
/// does not come back, or comes too often.
pub async fn watch(shards: &Shards, count: u32) -> Lost {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let (mut up, mut since) = (0, Instant::now());
    loop {
        sleep(PING_EVERY).await;
        let messengers = shards.messengers();
        for messenger in &messengers {
            messenger.websocket_message(Frame::Ping(Vec::new()));
        }
        if messengers.len() > up {
            since = Instant::now();
        }
        up = messengers.len();
        if let Some(shard) = shards.restless() {
            return Lost::Restless(format!("Discord forgot the session of shard {shard} again and again"));
        }
        if let Some(shard) = shards.missing_for(BACK_WITHIN) {
            return Lost::Missing(format!("shard {shard} did not come back"));
        }
        if up < count && since.elapsed() > BACK_WITHIN {
            return Lost::Missing(format!("only {up} of {count} shards came"));
        }
    }
}
