//! What need not be done or asked again for a while: reactions that were seeded, and who is in which server.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serenity::model::id::{GuildId, MessageId, UserId};
use tokio::time::Instant;

/// What is remembered of each; then all is forgotten, and done or asked again.
const MOST: usize = 50_000;
/// How long it is true that somebody is in a server, or is not.
const STILL_TRUE: Duration = Duration::from_mins(1);

/// Questions whose reactions this life of the process seeds, has seeded, or may not seed.
#[derive(Default)]
pub struct Seeded(Mutex<HashSet<MessageId>>);

impl Seeded {
    /// Whether they are still to be seeded; from now on they are not.
    pub fn begin(&self, question: MessageId) -> bool {
        let mut seeded = locked(&self.0);
        if seeded.len() >= MOST {
            seeded.clear();
        }
        seeded.insert(question)
    }

    /// It failed in a way that passes.
    pub fn failed(&self, question: MessageId) {
        locked(&self.0).remove(&question);
    }
}

/// Who is in which server.
#[derive(Default)]
pub struct Members(Mutex<HashMap<(GuildId, UserId), (bool, Instant)>>);

impl Members {
    /// Whether somebody is in a server, where that is known.
    pub fn get(&self, guild: GuildId, user: UserId) -> Option<bool> {
        let (is_in, since) = *locked(&self.0).get(&(guild, user))?;
        (since.elapsed() < STILL_TRUE).then_some(is_in)
    }

    /// Discord has said so.
    pub fn learn(&self, guild: GuildId, user: UserId, is_in: bool) {
        let mut members = locked(&self.0);
        if members.len() >= MOST {
            members.clear();
        }
        members.insert((guild, user), (is_in, Instant::now()));
    }
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
