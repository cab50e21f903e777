//! What is done for a question that stands: its reactions are seeded, its thread is opened. What failed, or what a process that died
//! left undone, is done after a reading of the message has shown that it is missing.

use std::{collections::BTreeMap, sync::Mutex};

use jiff::{SignedDuration, Timestamp};

use super::{
    Inner,
    in_time::{PATIENCE, in_time},
    locked::lock,
    message::view,
    scheduler::later,
};
use crate::{
    chat::{Chat, ChatError, ReadBack, words},
    quiz::id::{MessageRef, RoundId},
    store::{Round, StoreError},
};

/// How often a thread is tried in one life of the process.
const TRIES: u32 = 5;

/// The threads of open rounds, as far as this life of the process has tried them.
#[derive(Default)]
pub(super) struct Threads(Mutex<BTreeMap<RoundId, Thread>>);

/// How it stands with a thread.
#[derive(Debug, Clone, Copy)]
enum Thread {
    /// Being opened, open, or not to be had.
    Settled,
    /// So often it failed in a way that passes; not to be tried before then.
    Failed(u32, Timestamp),
}

impl Threads {
    /// It is being opened, if it may be tried now. What became of the tries before; `None` where there were none.
    fn begin(&self, round: RoundId, now: Timestamp) -> Option<Thread> {
        let mut threads = lock(&self.0);
        let before = threads.get(&round).copied();
        if !matches!(before, Some(Thread::Failed(_, due)) if due > now) {
            threads.insert(round, Thread::Settled);
        }
        before
    }

    fn failed(&self, round: RoundId, times: u32, due: Timestamp) {
        lock(&self.0).insert(round, Thread::Failed(times, due));
    }

    /// The round is over.
    pub(super) fn forget(&self, round: RoundId) {
        lock(&self.0).remove(&round);
    }
}

impl Inner {
    /// A question was posted, or found: its schedule has no problem any more, and what belongs to it is put in place.
    pub(super) async fn settle_in(
        &self,
        round: RoundId,
        chat: &dyn Chat,
        message: &MessageRef,
    ) -> Result<(), StoreError> {
        let Some(round) = self.store.round(round).await? else { return Ok(()) };
        self.note_asked(round.schedule, &round.space, &round.channel, None).await?;
        self.seed(&round, chat, message).await;
        self.open_thread(&round, chat, message).await;
        Ok(())
    }

    /// A question's message was read: what is missing there is put in place while its round runs.
    pub(super) async fn complete(&self, round: &Round, found: &Found, now: Timestamp) {
        let (Some(message), Some(chat)) = (&round.message, self.chat(round.channel.face())) else { return };
        if round.closes.is_none_or(|closes| closes <= now) {
            return;
        }
        if found.seeded.is_some_and(|seeded| seeded < words::question(&view(round)).reactions) {
            self.seed(round, chat, message).await;
        }
        if found.thread == Some(false) {
            self.open_thread(round, chat, message).await;
        }
    }

    async fn seed(&self, round: &Round, chat: &dyn Chat, message: &MessageRef) {
        let count = words::question(&view(round)).reactions;
        if count > 0
            && let Err(error) = in_time(PATIENCE, chat.seed(message, count)).await
        {
            tracing::warn!(round = round.id.0, %error, "could not seed reactions; people can still put them");
        }
    }

    /// Opens a round's thread, where it is to have one and that was not tried to the end. What passes is tried again after another reading.
    async fn open_thread(&self, round: &Round, chat: &dyn Chat, message: &MessageRef) {
        if !round.rules.thread {
            return;
        }
        let now = self.clock.now();
        let failed = match self.threads.begin(round.id, now) {
            None => 0,
            Some(Thread::Settled) => return,
            Some(Thread::Failed(_, due)) if due > now => return self.back.expect_from(round.id, due),
            Some(Thread::Failed(times, _)) => times,
        };
        let opened = in_time(PATIENCE, chat.open_thread(message, &words::thread(&round.asked))).await;
        match opened {
            Ok(()) => {}
            Err(ChatError::Again { after, why, .. }) if failed + 1 < TRIES => {
                tracing::warn!(round = round.id.0, why, "could not open a thread; trying again");
                let backoff = SignedDuration::from_secs(2 << failed);
                let wait = SignedDuration::try_from(after).unwrap_or(SignedDuration::MAX).max(backoff);
                let due = later(self.clock.now(), wait);
                self.threads.failed(round.id, failed + 1, due);
                self.back.expect_from(round.id, due);
            }
            Err(error) => {
                tracing::warn!(round = round.id.0, %error, "could not open a thread; people can still talk in the channel");
            }
        }
    }
}

/// What was found to stand on a question, beside its answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    seeded: Option<u8>,
    thread: Option<bool>,
}

impl From<&ReadBack> for Found {
    fn from(read: &ReadBack) -> Self {
        Self { seeded: read.seeded, thread: read.thread }
    }
}
