//! Reading back what people answered while nobody was listening: after a start, after a reconnect, between a question's post and the
//! moment its message was known, and at a round's end. A connection can be deaf for a while before anybody notices, so a round is
//! closed only after a reading that began when its window was over.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};

use super::{Inner, in_time::in_time, locked::lock, scheduler::later};
use crate::{
    chat::{ChatError, Given, ReadBack},
    quiz::{
        answer::{Change, Way},
        id::{MessageRef, PlayerId, RoundId},
        round::State,
    },
    store::{Entered, NewAnswer, Round, StoreError, Which},
};

/// How many messages are read at the same time.
const AT_ONCE: usize = 16;
/// How long a reading may take: in a busy channel it has many pages, and waits for them. A face lets none of its requests hang.
const PATIENCE: Duration = Duration::from_mins(10);
/// The longest wait between two tries.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(5);

/// Which rounds wait to be read back, and which messages are being read right now.
#[derive(Default)]
pub(super) struct ReadBacks {
    /// Faces all of whose open rounds wait; they are looked up by the next step.
    faces: Mutex<BTreeSet<String>>,
    rounds: Mutex<BTreeMap<RoundId, Wait>>,
    /// When the reading began that ended last, of rounds that are still open.
    read: Mutex<BTreeMap<RoundId, Timestamp>>,
    reading: Mutex<BTreeMap<MessageRef, Arc<Reacted>>>,
    /// The rounds of those.
    under_way: Mutex<BTreeSet<RoundId>>,
}

/// A reading that is under way.
struct UnderWay<'a>(&'a ReadBacks, RoundId);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        lock(&self.0.under_way).remove(&self.1);
    }
}

/// Who reacted while the message was being read: what was read of them may be older than what they told us.
type Reacted = tokio::sync::Mutex<BTreeSet<PlayerId>>;

/// A round that waits.
#[derive(Debug, Clone, Copy)]
struct Wait {
    due: Timestamp,
    tries: u32,
    /// It was asked for again since the reading began, so that reading does not settle it.
    anew: bool,
}

impl ReadBacks {
    /// All open rounds of a face wait from now on.
    pub(super) fn expect_face(&self, face: &str) {
        lock(&self.faces).insert(face.to_owned());
    }

    /// A round waits from now on.
    pub(super) fn expect(&self, round: RoundId) {
        lock(&self.rounds).insert(round, Wait { due: Timestamp::MIN, tries: 0, anew: true });
    }

    /// Whether a round waits to be read back.
    fn waits(&self, round: &Round) -> bool {
        lock(&self.faces).contains(round.channel.face()) || lock(&self.rounds).contains_key(&round.id)
    }

    /// Whether a round has been read that far.
    fn is_read(&self, round: RoundId, until: Timestamp) -> bool {
        lock(&self.read).get(&round).is_some_and(|began| *began >= until)
    }

    /// A reaction comes in: if its message is being read right now, what was read of this player does not count.
    pub(super) async fn reacted(&self, message: &MessageRef, player: &PlayerId) {
        let reading = lock(&self.reading).get(message).map(Arc::clone);
        if let Some(reacted) = reading {
            reacted.lock().await.insert(player.clone());
        }
    }

    /// A round need not be read back any more.
    pub(super) fn forget(&self, round: RoundId) {
        lock(&self.rounds).remove(&round);
        lock(&self.read).remove(&round);
    }

    /// Begins to read a round, where it is due and nobody does already: steps may overlap.
    fn begin(&self, round: RoundId, now: Timestamp) -> Option<UnderWay<'_>> {
        let mut rounds = lock(&self.rounds);
        let wait = rounds.get_mut(&round).filter(|wait| wait.due <= now)?;
        lock(&self.under_way).insert(round).then(|| {
            wait.anew = false;
            UnderWay(self, round)
        })
    }

    /// Its reading, which began then, has ended and is not tried again.
    fn end(&self, round: RoundId, began: Timestamp) {
        let mut rounds = lock(&self.rounds);
        if rounds.get(&round).is_some_and(|wait| !wait.anew) {
            lock(&self.read).insert(round, began);
            rounds.remove(&round);
        }
    }

    fn later(&self, round: RoundId, now: Timestamp, after: SignedDuration) {
        let mut rounds = lock(&self.rounds);
        let tries = rounds.get(&round).map_or(0, |wait| wait.tries);
        let backoff = SignedDuration::from_secs(1 << tries.min(9)).max(after).min(LONGEST_WAIT);
        rounds.insert(round, Wait { due: later(now, backoff), tries: tries + 1, anew: false });
    }
}

impl Inner {
    /// Whether this round, whose window is over, must not be closed yet. What is not read up to its end is expected.
    pub(super) fn awaits(&self, round: &Round, end: Timestamp) -> bool {
        if self.back.waits(round) {
            return true;
        }
        if self.back.is_read(round.id, end) {
            return false;
        }
        self.back.expect(round.id);
        self.wakes.read_back.notify_one();
        true
    }

    /// Reads a round right now. Whether that ended, well or for good.
    pub(super) async fn read_now(&self, round: &Round) -> Result<bool, StoreError> {
        self.back.expect(round.id);
        self.read_one(round.id, self.clock.now()).await?;
        Ok(!self.back.waits(round))
    }

    /// Reads back the rounds that wait for it and are due; how many are left.
    pub(super) async fn read_back_step(&self) -> Result<usize, StoreError> {
        self.look_up_faces().await?;
        let now = self.clock.now();
        let waiting: Vec<_> = lock(&self.back.rounds).iter().map(|(id, wait)| (*id, wait.due)).collect();
        let due = waiting.into_iter().filter(|(_, due)| *due <= now).map(|(id, _)| id);
        let read: Vec<_> = stream::iter(due).map(|id| self.read_one(id, now)).buffer_unordered(AT_ONCE).collect().await;
        read.into_iter().collect::<Result<(), _>>()?;
        Ok(lock(&self.back.rounds).len())
    }

    /// Puts the open rounds of faces that are back among those that wait.
    async fn look_up_faces(&self) -> Result<(), StoreError> {
        let faces = lock(&self.back.faces).clone();
        if faces.is_empty() {
            return Ok(());
        }
        for round in self.store.open_rounds(None).await? {
            if faces.contains(round.channel.face()) {
                self.back.expect(round.id);
            }
        }
        lock(&self.back.faces).retain(|face| !faces.contains(face));
        Ok(())
    }

    /// Reads one round's message and stores what stands on it.
    async fn read_one(&self, id: RoundId, now: Timestamp) -> Result<(), StoreError> {
        let Some(_under_way) = self.back.begin(id, now) else { return Ok(()) };
        let Some(round) = self.store.round(id).await? else {
            self.back.forget(id);
            return Ok(());
        };
        let (State::Open, Some(message), Some(chat)) = (round.state, &round.message, self.chat(round.channel.face()))
        else {
            // A round that is still posting is expected again once it is open.
            self.back.end(id, now);
            lock(&self.back.read).remove(&id);
            return Ok(());
        };
        let reacted = Arc::new(Reacted::default());
        lock(&self.back.reading).insert(message.clone(), Arc::clone(&reacted));
        let read = in_time(PATIENCE, chat.read_back(message)).await;
        let stored = match read {
            Ok(found) => self.take_over(&round, found, &reacted, now).await.map(|()| None),
            Err(error) => Ok(Some(error)),
        };
        lock(&self.back.reading).remove(message);
        match stored {
            Ok(None) => {
                self.back.end(id, now);
                if round.closes.is_some_and(|closes| closes <= now) {
                    // Its end waits for this.
                    self.wakes.tick.notify_one();
                }
                tracing::debug!(round = id.0, "read back");
            }
            Ok(Some(ChatError::Again { after, why, .. })) => {
                tracing::warn!(round = id.0, why, "could not read back; trying again");
                self.back.later(id, now, SignedDuration::try_from(after).unwrap_or(LONGEST_WAIT));
            }
            Ok(Some(ChatError::Gone(why) | ChatError::Bug(why))) => {
                tracing::error!(round = id.0, why, "could not read back; what was answered meanwhile is lost");
                self.back.end(id, now);
            }
            Err(error) => {
                self.back.later(id, now, SignedDuration::ZERO);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Stores what stands on a message. A read-back replaces each player's whole set of reactions; where somebody reacted meanwhile,
    /// theirs is read again.
    async fn take_over(
        &self,
        round: &Round,
        mut found: ReadBack,
        reacted: &Reacted,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let known = self.store.entries(round.id).await?;
        for (player, standing) in known.iter().map(|entered| (&entered.player, reactions(entered))) {
            let read = found.reactions.get(player).cloned().unwrap_or_default();
            if read == standing {
                found.reactions.remove(player);
            } else {
                found.reactions.insert(player.clone(), read);
            }
        }
        // Nothing was revealed yet, so what stands now counts, also after the window.
        let at = round.closes.map_or(now, |closes| now.min(closes - SignedDuration::from_millis(1)));
        for (player, standing) in found.reactions {
            let reacted = reacted.lock().await;
            if reacted.contains(&player) {
                self.back.expect(round.id);
            } else {
                let name = self.name_of_stranger(&player, &found.names).await?;
                self.store.answer(standing_answer(round.id, player, name, standing, at, now)).await?;
            }
        }
        for mut reply in found.replies {
            if reply.name.is_none() {
                reply.name = self.name_of_stranger(&reply.player, &found.names).await?;
            }
            self.store.answer(reply_answer(round.id, reply, at)).await?;
        }
        Ok(())
    }

    /// The name that the platform said, of somebody who is not known yet: a name known already was said with more care.
    async fn name_of_stranger(
        &self,
        player: &PlayerId,
        names: &BTreeMap<PlayerId, String>,
    ) -> Result<Option<String>, StoreError> {
        let Some(name) = names.get(player) else { return Ok(None) };
        Ok(self.store.person(player).await?.is_none().then(|| name.clone()))
    }
}

/// The reactions of a player that are known to stand.
fn reactions(entered: &Entered) -> BTreeSet<u8> {
    let marks = entered.entry.marks.iter().filter(|mark| mark.reaction);
    marks.flat_map(|mark| mark.options.iter().copied()).collect()
}

fn standing_answer(
    round: RoundId,
    player: PlayerId,
    name: Option<String>,
    standing: BTreeSet<u8>,
    at: Timestamp,
    now: Timestamp,
) -> NewAnswer {
    NewAnswer {
        key: format!("back:{round}:{player}:{}", now.as_millisecond()),
        which: Which::Round(round),
        player,
        name,
        way: Way::Reaction,
        change: Change::Standing(standing),
        at,
    }
}

fn reply_answer(round: RoundId, reply: Given, at: Timestamp) -> NewAnswer {
    NewAnswer {
        key: reply.key,
        which: Which::Round(round),
        player: reply.player,
        name: reply.name,
        way: reply.way,
        change: reply.change,
        at: reply.at.unwrap_or(at),
    }
}
