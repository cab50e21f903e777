//! The shards of a connection: which are up, and when it is better to begin anew.

use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serenity::gateway::{ConnectionStage, ShardManager};
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

/// The shards of one connection that have begun.
#[derive(Default)]
pub struct Shards {
    begun: Mutex<BTreeSet<u32>>,
    /// When a session began anew, of which shard.
    sessions: Mutex<Vec<(u32, Instant)>>,
    came: Notify,
}

impl Shards {
    /// Waits until that many have begun.
    pub async fn all_begun(&self, shards: u32) {
        loop {
            let came = self.came.notified();
            if locked(&self.begun).len() >= number(shards) {
                return;
            }
            came.await;
        }
    }

    /// A shard that began anew so often within a minute that it had better pause.
    fn restless(&self) -> Option<u32> {
        let mut sessions = locked(&self.sessions);
        sessions.retain(|(_, began)| began.elapsed() < A_MINUTE);
        let of = |id: u32| sessions.iter().filter(|(shard, _)| *shard == id).count();
        sessions.iter().map(|(id, _)| *id).find(|id| of(*id) >= RESTLESS)
    }

    /// A shard has begun a session.
    pub fn begins(&self, id: u32) {
        locked(&self.sessions).push((id, Instant::now()));
        locked(&self.begun).insert(id);
        self.came.notify_one();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn number(shards: u32) -> usize {
    usize::try_from(shards).unwrap_or(usize::MAX)
}

/// How many shards hear now, as far as serenity knows.
async fn hearing(manager: &ShardManager) -> usize {
    let runners = manager.runners.lock().await;
    runners.values().filter(|runner| runner.stage == ConnectionStage::Connected).count()
}

/// Whether that many shards hear now.
pub async fn all_hear(manager: &ShardManager, shards: u32) -> bool {
    hearing(manager).await >= number(shards)
}

/// Asks each shard whether its connection stands: one that does not ends, and serenity begins it anew.
async fn ping(manager: &ShardManager) {
    // A messenger that is kept would keep alive what listens to a shard that has ended.
    for runner in manager.runners.lock().await.values() {
        runner.runner_tx.websocket_message(Frame::Ping(Vec::new()));
    }
}

/// Why a connection had better begin anew, in words.
pub enum Lost {
    /// A shard begins again and again.
    Restless(String),
    /// A shard is not there.
    Missing(String),
}

/// Asks each shard now and then whether its connection stands. Returns where one does not come, or does not come back, or comes too often.
pub async fn watch(shards: &Shards, manager: &ShardManager, count: u32) -> Lost {
    let (mut up, mut since) = (0, Instant::now());
    loop {
        sleep(PING_EVERY).await;
        ping(manager).await;
        let hear = hearing(manager).await;
        if hear > up || hear >= number(count) {
            since = Instant::now();
        }
        up = hear;
        if let Some(shard) = shards.restless() {
            return Lost::Restless(format!("Discord forgot the session of shard {shard} again and again"));
        }
        if since.elapsed() > BACK_WITHIN {
            return Lost::Missing(format!("only {up} of {count} shards hear"));
        }
    }
}
