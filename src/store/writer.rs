//! The answers' writer: a bounded queue and one task that commits whatever waits together, and never waits for more.

use std::{panic::AssertUnwindSafe, time::Instant};

use futures_util::FutureExt as _;
use tokio::sync::{mpsc, oneshot};

use super::{
    StoreError,
    answers::{Answered, NewAnswer},
    batch,
    database::Database,
    rows::unreadable,
    trouble::{Trouble, retried},
};
use crate::measure::STORE_COMMIT;

/// Answers that may wait; one more is refused at once.
const WAITING: usize = 4_096;
/// Answers that are committed together at most.
const TOGETHER: usize = 256;

/// The way to the writer. The task ends when nobody holds this any more.
#[derive(Clone)]
pub(super) struct Queue(mpsc::Sender<Job>);

type Outcome = Result<Answered, StoreError>;

enum Job {
    /// To be stored.
    Answer(Box<NewAnswer>, oneshot::Sender<Outcome>),
    /// Who sent it waits until all before it is done.
    Drain(oneshot::Sender<()>),
}

impl Queue {
    /// Starts the writer.
    pub fn start(db: Database) -> Self {
        let (queue, jobs) = mpsc::channel(WAITING);
        tokio::spawn(write(db, jobs));
        Self(queue)
    }

    /// Has an answer stored.
    pub async fn answer(&self, answer: NewAnswer) -> Outcome {
        let (done, outcome) = oneshot::channel();
        self.0.try_send(Job::Answer(Box::new(answer), done)).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy(format!("{WAITING} answers wait already")),
            mpsc::error::TrySendError::Closed(_) => stopped(),
        })?;
        outcome.await.map_err(|_| stopped())?
    }

    /// How many answers wait.
    pub fn waiting(&self) -> usize {
        self.0.max_capacity() - self.0.capacity()
    }

    /// Waits until all that was handed in before is done.
    pub async fn drain(&self) {
        let (done, drained) = oneshot::channel();
        if self.0.send(Job::Drain(done)).await.is_ok() {
            drained.await.ok();
        }
    }
}

fn stopped() -> StoreError {
    StoreError::Busy("the writer of answers has stopped; restart kcard".into())
}

async fn write(db: Database, mut jobs: mpsc::Receiver<Job>) {
    let mut waiting = Vec::with_capacity(TOGETHER);
    while jobs.recv_many(&mut waiting, TOGETHER).await > 0 {
        let (mut answers, mut replies, mut drained) = (Vec::new(), Vec::new(), Vec::new());
        for job in waiting.drain(..) {
            match job {
                Job::Answer(answer, done) => {
                    answers.push(*answer);
                    replies.push(done);
                }
                Job::Drain(done) => drained.push(done),
            }
        }
        // Who asked may have gone away.
        for (reply, outcome) in replies.into_iter().zip(store(&db, &answers).await) {
            reply.send(outcome).ok();
        }
        for done in drained {
            done.send(()).ok();
        }
    }
}

/// Stores answers in one transaction. Where it fails by one of them, each half is tried on its own, down to the one that failed.
async fn store(db: &Database, answers: &[NewAnswer]) -> Vec<Outcome> {
    if answers.is_empty() {
        return Vec::new();
    }
    let began = Instant::now();
    let stored = retried(|| unbroken(batch::store(db, answers))).await;
    STORE_COMMIT.took_since(began, &[]);
    match stored {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        Err(error) if answers.len() > 1 && Trouble::of(&error) == Trouble::Fault => {
            let (first, second) = answers.split_at(answers.len() / 2);
            let mut outcomes = Box::pin(store(db, first)).await;
            outcomes.append(&mut Box::pin(store(db, second)).await);
            outcomes
        }
        Err(error) => answers.iter().map(|_| Err(StoreError::from(&error))).collect(),
    }
}

/// A panic in the marking is a failure like any other, so that it ends neither the writer nor anybody else's answer.
async fn unbroken<T>(work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    let panicked = |_| Err(unreadable("an answer broke the marking, which is a bug"));
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(panicked)
}
