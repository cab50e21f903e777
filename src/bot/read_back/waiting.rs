//! Which rounds wait to be read back, and who reacts while they are being read.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use jiff::{SignedDuration, Timestamp};

use crate::{
    bot::{locked::lock, scheduler::later},
    quiz::id::{MessageRef, PlayerId, RoundId},
    store::Round,
};

/// The longest wait between two tries.
pub(super) const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(5);

/// Which rounds wait to be read back, and which messages are being read right now.
#[derive(Default)]
pub(in crate::bot) struct ReadBacks {
    /// Faces all of whose open rounds wait; they are looked up by the next step.
    faces: Mutex<BTreeSet<String>>,
    /// Since when a face hears everything.
    heard_from: Mutex<BTreeMap<String, Timestamp>>,
    rounds: Mutex<BTreeMap<RoundId, Wait>>,
    /// When the reading began that ended last, of rounds that are still open.
    read: Mutex<BTreeMap<RoundId, Timestamp>>,
    reading: Mutex<BTreeMap<MessageRef, Arc<Reacted>>>,
}

/// Who reacted while the message was being read: what was read of them may be older than what they told us.
pub(super) type Reacted = tokio::sync::Mutex<BTreeSet<PlayerId>>;

/// A round that waits.
#[derive(Debug, Clone, Copy)]
struct Wait {
    due: Timestamp,
    tries: u32,
    /// It is being read right now.
    reading: bool,
    /// It was asked for again since the reading began, so that reading does not settle it.
    anew: bool,
}

impl ReadBacks {
    /// A face hears everything from now on; all its open rounds wait.
    pub(in crate::bot) fn expect_face(&self, face: &str, now: Timestamp) {
        lock(&self.heard_from).insert(face.to_owned(), now);
        lock(&self.faces).insert(face.to_owned());
    }

    /// A round waits from now on.
    pub(in crate::bot) fn expect(&self, round: RoundId) {
        let mut rounds = lock(&self.rounds);
        let reading = rounds.get(&round).is_some_and(|wait| wait.reading);
        rounds.insert(round, Wait { due: Timestamp::MIN, tries: 0, reading, anew: true });
    }

    /// A round that does not wait yet is read again from that moment on.
    pub(in crate::bot) fn expect_from(&self, round: RoundId, due: Timestamp) {
        lock(&self.rounds).entry(round).or_insert(Wait { due, tries: 0, reading: false, anew: true });
    }

    /// Whether a round waits to be read back.
    pub(super) fn waits(&self, round: &Round) -> bool {
        lock(&self.faces).contains(round.channel.face()) || lock(&self.rounds).contains_key(&round.id)
    }

    /// Whether a round has been read that far.
    pub(super) fn is_read(&self, round: RoundId, until: Timestamp) -> bool {
        lock(&self.read).get(&round).is_some_and(|began| *began >= until)
    }

    /// A reaction comes in: if its message is being read right now, what was read of this player does not count.
    pub(in crate::bot) async fn reacted(&self, message: &MessageRef, player: &PlayerId) {
        let reading = lock(&self.reading).get(message).map(Arc::clone);
        if let Some(reacted) = reading {
            reacted.lock().await.insert(player.clone());
        }
    }

    /// A round need not be read back any more.
    pub(in crate::bot) fn forget(&self, round: RoundId) {
        lock(&self.rounds).remove(&round);
        lock(&self.read).remove(&round);
    }

    /// The reading of one round begins, whatever is due.
    pub(super) fn begin_one(&self, round: RoundId) {
        lock(&self.rounds).insert(round, Wait { due: Timestamp::MIN, tries: 0, reading: true, anew: false });
    }

    /// The readings of so many rounds that are due begin.
    pub(super) fn begin(&self, now: Timestamp, most: usize) -> Vec<RoundId> {
        let mut rounds = lock(&self.rounds);
        let due = rounds.iter_mut().filter(|(_, wait)| wait.due <= now && !wait.reading).take(most);
        due.map(|(round, wait)| {
            (wait.reading, wait.anew) = (true, false);
            *round
        })
        .collect()
    }

    /// Its reading, which began then, has ended and is not tried again.
    pub(super) fn end(&self, round: RoundId, began: Timestamp) {
        let mut rounds = lock(&self.rounds);
        let Some(wait) = rounds.get_mut(&round) else { return };
        wait.reading = false;
        if !wait.anew {
            lock(&self.read).insert(round, began);
            rounds.remove(&round);
        }
    }

    /// Its reading, if it is still under way, came to nothing and is tried again.
    pub(in crate::bot) fn later(&self, round: RoundId, now: Timestamp, after: SignedDuration) {
        let mut rounds = lock(&self.rounds);
        let Some(wait) = rounds.get_mut(&round).filter(|wait| wait.reading) else { return };
        let backoff = SignedDuration::from_secs(1 << wait.tries.min(9)).max(after).min(LONGEST_WAIT);
        *wait = Wait { due: later(now, backoff), tries: wait.tries + 1, reading: false, anew: false };
    }

    /// Since when that face hears everything.
    pub(super) fn heard_from(&self, face: &str) -> Option<Timestamp> {
        lock(&self.heard_from).get(face).copied()
    }

    /// How many rounds wait or are being read.
    pub(super) fn left(&self) -> usize {
        lock(&self.rounds).len()
    }

    /// Faces all of whose open rounds wait.
    pub(super) fn faces(&self) -> BTreeSet<String> {
        lock(&self.faces).clone()
    }

    /// The open rounds of these faces have been looked up.
    pub(super) fn looked_up(&self, faces: &BTreeSet<String>) {
        lock(&self.faces).retain(|face| !faces.contains(face));
    }

    /// Its message is not known yet, so what was read says nothing.
    pub(super) fn forget_reading(&self, round: RoundId) {
        lock(&self.read).remove(&round);
    }

    /// From now on it is noted who reacts to this message.
    pub(super) fn watch(&self, message: &MessageRef) -> Arc<Reacted> {
        Arc::clone(lock(&self.reading).entry(message.clone()).or_default())
    }

    /// It need not be noted any more, unless another reading wants it.
    pub(super) fn watched(&self, message: &MessageRef, reacted: Arc<Reacted>) {
        drop(reacted);
        let mut reading = lock(&self.reading);
        if reading.get(message).is_some_and(|reacted| Arc::strong_count(reacted) == 1) {
            reading.remove(message);
        }
    }
}
