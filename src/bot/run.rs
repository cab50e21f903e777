//! The bot at work: tick, outbox and read-back as tasks of their own, until it is told to stop. A panic in one step is logged, and the
//! next step comes all the same.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use tokio::{sync::Notify, task::JoinSet, time};
use tokio_util::sync::CancellationToken;

use super::{
    Inner,
    outbox::{AT_ONCE, LEASE},
    read_back,
};
use crate::{measure::STEPS_FAILED, store::StoreError};

/// The longest a loop sleeps: what another process put in is found by then.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);
/// How long work under way may take to end; what is cut is settled at the next start.
const STOP_WITHIN: Duration = Duration::from_millis(3_500);

/// What wakes each loop early, where something was put in for it.
#[derive(Default)]
pub(super) struct Wakes {
    pub(super) tick: Notify,
    pub(super) outbox: Notify,
    pub(super) read_back: Notify,
}

impl Inner {
    /// Runs until `stop` is cancelled, then finishes what is under way.
    pub(super) async fn run(self: Arc<Self>, stop: CancellationToken) {
        let mut tasks = JoinSet::new();
        tasks.spawn(Arc::clone(&self).keep_ticking(stop.clone()));
        tasks.spawn(Arc::clone(&self).keep_reading(stop.clone()));
        tasks.spawn(Arc::clone(&self).keep_sending(stop.clone()));
        stop.cancelled().await;
        if time::timeout(STOP_WITHIN, async { while tasks.join_next().await.is_some() {} }).await.is_err() {
            tracing::warn!("work under way was cut; it is settled at the next start");
        }
    }

    /// Ticks, sleeps as long as the tick said or until woken, and ticks again.
    async fn keep_ticking(self: Arc<Self>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let next = self.contained("tick", self.tick()).await;
            let sleep = next.map_or(LONGEST_SLEEP, |next| self.until(next));
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.wakes.tick.notified() => {}
                () = time::sleep(sleep.min(LONGEST_SLEEP)) => {}
            }
        }
    }

    /// Reads back what waits for it, many rounds at the same time: one that takes long holds up no other, and none a
    /// stop: it is begun anew at the next start.
    async fn keep_reading(self: Arc<Self>, stop: CancellationToken) {
        let mut under_way = JoinSet::new();
        while !stop.is_cancelled() {
            let room = read_back::AT_ONCE.saturating_sub(under_way.len());
            let due = self.contained("read-back", self.begin_reading(room)).await;
            for round in due.unwrap_or_default() {
                let bot = Arc::clone(&self);
                under_way.spawn(async move {
                    if bot.contained("reading", bot.read_one(round)).await.is_none() {
                        bot.back.later(round, bot.clock.now(), SignedDuration::ZERO);
                    }
                });
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.wakes.read_back.notified() => {}
                Some(_) = under_way.join_next() => {}
                () = time::sleep(LONGEST_SLEEP) => {}
            }
        }
    }

    /// Sends as long as there is something to send, many channels at the same time: one that is slow holds up no other.
    async fn keep_sending(self: Arc<Self>, stop: CancellationToken) {
        let mut under_way = JoinSet::new();
        while !stop.is_cancelled() {
            let room = AT_ONCE.saturating_sub(u32::try_from(under_way.len()).unwrap_or(AT_ONCE));
            let claimed = self.contained("outbox", self.store.claim(self.clock.now(), LEASE, room)).await;
            for parcel in claimed.unwrap_or_default() {
                let bot = Arc::clone(&self);
                under_way.spawn(async move { bot.contained("sending", bot.deliver(&parcel)).await });
            }
            let sleep = self.contained("outbox-time", self.until_next_parcel()).await.unwrap_or(LONGEST_SLEEP);
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.wakes.outbox.notified() => {}
                Some(_) = under_way.join_next() => {}
                () = time::sleep(sleep.clamp(Duration::from_millis(50), LONGEST_SLEEP)) => {}
            }
        }
        while under_way.join_next().await.is_some() {}
    }

    async fn until_next_parcel(&self) -> Result<Duration, StoreError> {
        Ok(self.store.next_parcel().await?.map_or(LONGEST_SLEEP, |next| self.until(next)))
    }

    /// How long until that moment.
    fn until(&self, moment: Timestamp) -> Duration {
        Duration::try_from(moment.duration_since(self.clock.now())).unwrap_or(Duration::ZERO)
    }

    /// A step's result, where it came to one; its error or its panic is logged, once while it stays the same.
    async fn contained<T>(&self, step: &'static str, work: impl Future<Output = Result<T, StoreError>>) -> Option<T> {
        let (done, problem) = match AssertUnwindSafe(work).catch_unwind().await {
            Ok(Ok(done)) => (Some(done), None),
            Ok(Err(error)) => (None, Some(error.to_string())),
            Err(_) => (None, Some("it panicked: this is a bug of kcard".to_owned())),
        };
        if problem.is_some() {
            STEPS_FAILED.count(&[step]);
        }
        if self.said.is_news(format_args!("step {step}"), problem.as_deref()) {
            if let Some(problem) = problem {
                tracing::error!(step, problem, "a step failed; it is tried again");
            } else {
                tracing::info!(step, "works again");
            }
        }
        done
    }
}
