//! A request that is sent twice is done once: the browser's key finds the answer that was given, or is still being worked on.
//!
//! This is for retries within minutes; over a restart the store's own keys keep an answer from counting twice.

use std::{
    collections::{HashMap, VecDeque},
    future::Future,
    sync::{Mutex, PoisonError},
};

use tokio::sync::watch;

use super::refused::Refused;

/// Requests that are worked on and answers that are remembered, together. The oldest answers are forgotten first; where all of it is
/// still worked on, what is new is refused as busy.
const MOST: usize = 2_000;

/// `None` while it is worked on.
type Work<T> = watch::Receiver<Option<Result<T, Refused>>>;

/// The latest requests and what became of them.
pub struct Once<T>(Mutex<Recent<T>>);

struct Recent<T> {
    work: HashMap<String, Work<T>>,
    order: VecDeque<String>,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(Mutex::new(Recent { work: HashMap::new(), order: VecDeque::new() }))
    }
}

impl<T: Clone + Send + Sync + 'static> Once<T> {
    /// Does `work` unless a request of this key is being done or was done; then gives its answer. The work goes on when the browser does
    /// not wait for it. What was refused is done again when it is asked for again.
    pub async fn run(
        &self,
        key: &str,
        work: impl Future<Output = Result<T, Refused>> + Send + 'static,
    ) -> Result<T, Refused> {
        let mut running = self.locked().start(key, work)?;
        let done = running.wait_for(Option::is_some).await.map_err(|_| Refused::Broken)?;
        done.clone().unwrap_or(Err(Refused::Broken))
    }

    /// Forgets an answer that is too large to be kept.
    pub fn forget(&self, key: &str) {
        let mut recent = self.locked();
        if recent.work.get(key).is_some_and(is_done) {
            recent.work.remove(key);
            recent.order.retain(|other| other != key);
        }
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Recent<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Clone + Send + Sync + 'static> Recent<T> {
    fn start(
        &mut self,
        key: &str,
        work: impl Future<Output = Result<T, Refused>> + Send + 'static,
    ) -> Result<Work<T>, Refused> {
        match self.work.get(key) {
            Some(running) if !is_refused(running) => return Ok(running.clone()),
            Some(_) => {}
            None => {
                self.make_room()?;
                self.order.push_back(key.to_owned());
            }
        }
        let (done, running) = watch::channel(None);
        tokio::spawn(async move { done.send_replace(Some(work.await)) });
        self.work.insert(key.to_owned(), running.clone());
        Ok(running)
    }

    fn make_room(&mut self) -> Result<(), Refused> {
        if self.order.len() < MOST {
            return Ok(());
        }
        let oldest = self.order.iter().position(|key| self.work.get(key).is_none_or(is_done)).ok_or(Refused::Busy)?;
        if let Some(key) = self.order.remove(oldest) {
            self.work.remove(&key);
        }
        Ok(())
    }
}

/// Whether nothing more comes of it: also where it panicked.
fn is_done<T>(work: &Work<T>) -> bool {
    work.borrow().is_some() || work.has_changed().is_err()
}

fn is_refused<T>(work: &Work<T>) -> bool {
    match &*work.borrow() {
        Some(result) => result.is_err(),
        None => work.has_changed().is_err(),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        future::pending,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        time::Duration,
    };

    use tokio::{sync::oneshot, time::timeout};

    use super::*;

    #[tokio::test]
    async fn the_same_key_is_done_once_and_a_refusal_may_be_tried_again() {
        let once = Once::default();
        let done = Arc::new(AtomicUsize::new(0));
        let work = |result: Result<(), Refused>| {
            let done = Arc::clone(&done);
            async move {
                done.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                result
            }
        };
        let (first, second) = tokio::join!(once.run("a", work(Ok(()))), once.run("a", work(Err(Refused::Busy))));
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(done.load(Ordering::SeqCst), 1);
        assert_eq!(once.run("b", work(Err(Refused::Busy))).await.err(), Some(Refused::Busy));
        assert!(once.run("b", work(Ok(()))).await.is_ok());
        assert_eq!(done.load(Ordering::SeqCst), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn work_that_nobody_waits_for_goes_on_and_the_next_to_ask_hears_of_it() {
        let once = Once::default();
        let (release, stuck) = oneshot::channel();
        let work = async { stuck.await.map_err(|_| Refused::Broken) };
        assert!(timeout(Duration::from_secs(2), once.run("a", work)).await.is_err(), "nobody waits for ever");
        release.send("done").expect("the work still waits");
        assert_eq!(once.run("a", async { Ok("done a second time") }).await, Ok("done"));
    }

    #[tokio::test]
    async fn work_that_panicked_may_be_tried_again() {
        let once = Once::default();
        assert_eq!(once.run("a", async { panic!("a bug, for the test") }).await, Err(Refused::Broken));
        assert_eq!(once.run("a", async { Ok(()) }).await, Ok(()));
    }

    #[tokio::test]
    async fn what_is_remembered_is_bounded() {
        let once = Once::default();
        for n in 0..MOST + 100 {
            assert_eq!(once.run(&n.to_string(), async { Ok(()) }).await, Ok(()));
        }
        let recent = once.locked();
        assert_eq!((recent.work.len(), recent.order.len()), (MOST, MOST));
    }

    #[tokio::test(start_paused = true)]
    async fn work_under_way_is_never_forgotten() {
        let once = Once::default();
        for n in 0..MOST {
            once.locked().start(&n.to_string(), pending::<Result<(), Refused>>()).expect("there is room");
        }
        assert_eq!(once.run("one more", async { Ok(()) }).await, Err(Refused::Busy));
        assert_eq!(once.locked().work.len(), MOST);
    }
}
