//! A request that is sent twice is done once: the browser's key finds the answer that was given, or is still being worked on.
//!
//! This is for retries within minutes; over a restart the store's own keys keep an answer from counting twice.

use std::{
    collections::{HashMap, VecDeque},
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
};

use super::{refused::Refused, view::Outcome};

/// Answers that are remembered at most; the oldest are forgotten first.
const MOST: usize = 2_000;

type Result = std::result::Result<Arc<Outcome>, Refused>;
type Work = Shared<BoxFuture<'static, Result>>;

/// The latest requests and what became of them.
#[derive(Default)]
pub struct Once(Mutex<Recent>);

#[derive(Default)]
struct Recent {
    work: HashMap<String, Work>,
    order: VecDeque<String>,
}

impl Once {
    /// Does `work` unless a request of this key is being done or was done; then gives its answer. The work goes on when the browser does
    /// not wait for it. What was refused is done again when it is asked for again.
    pub async fn run(&self, key: &str, work: impl Future<Output = Result> + Send + 'static) -> Result {
        let running = self.locked().start(key, work);
        let result = running.await;
        if result.as_ref().map_or(true, |outcome| outcome.is_large()) {
            self.locked().work.remove(key);
        }
        result
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Recent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recent {
    fn start(&mut self, key: &str, work: impl Future<Output = Result> + Send + 'static) -> Work {
        if let Some(running) = self.work.get(key) {
            return running.clone();
        }
        let task = tokio::spawn(work);
        let running = async move { task.await.unwrap_or(Err(Refused::Broken)) }.boxed().shared();
        self.work.insert(key.to_owned(), running.clone());
        self.order.push_back(key.to_owned());
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.work.remove(&oldest);
        }
        running
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn the_same_key_is_done_once_and_a_refusal_may_be_tried_again() {
        let once = Once::default();
        let done = Arc::new(AtomicUsize::new(0));
        let work = |result: Result| {
            let done = Arc::clone(&done);
            async move {
                done.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                result
            }
        };
        let good = || Ok(Arc::new(Outcome::default()));
        let (first, second) = tokio::join!(once.run("a", work(good())), once.run("a", work(Err(Refused::Busy))));
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(done.load(Ordering::SeqCst), 1);
        assert_eq!(once.run("b", work(Err(Refused::Busy))).await.err(), Some(Refused::Busy));
        assert!(once.run("b", work(good())).await.is_ok());
        assert_eq!(done.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn what_is_remembered_is_bounded() {
        let once = Once::default();
        for n in 0..MOST + 100 {
            let _ = once.run(&n.to_string(), async { Ok(Arc::new(Outcome::default())) }).await;
        }
        let recent = once.locked();
        assert_eq!((recent.work.len(), recent.order.len()), (MOST, MOST));
    }
}
