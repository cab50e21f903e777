//! Reading back what people answered while nobody was listening: after a start, after a reconnect, between a question's post and the
//! moment its message was known, and at a round's end. A connection can be deaf for a while before anybody notices, so a round is
//! closed only after a reading that began when its window was over. What is read never overrides what was done after it
//! (`quiz::answer`).

mod waiting;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};

pub(super) use waiting::ReadBacks;

use super::{Inner, in_time::in_time, settle::Found};
use waiting::{LONGEST_WAIT, Reacted};

use crate::{
    chat::{ChatError, Given, ReadBack},
    quiz::{
        answer::{Change, Way},
        grade::is_typed,
        id::{PlayerId, RoundId},
        round::State,
    },
    store::{Entered, NewAnswer, Round, StoreError, Which},
};

/// How many messages are read at the same time.
pub(super) const AT_ONCE: usize = 64;
/// How long a reading may take: in a busy channel it has many pages, and waits for them. A face lets none of its requests hang.
const PATIENCE: Duration = Duration::from_mins(10);

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
        self.back.begin_one(round.id);
        self.read_one(round.id).await?;
        Ok(!self.back.waits(round))
    }

    /// Reads back the rounds that wait for it and are due; how many are left.
    pub(super) async fn read_back_step(&self) -> Result<usize, StoreError> {
        let due = self.begin_reading(usize::MAX).await?;
        let read: Vec<_> = stream::iter(due).map(|id| self.read_one(id)).buffer_unordered(AT_ONCE).collect().await;
        read.into_iter().collect::<Result<(), _>>()?;
        Ok(self.back.left())
    }

    /// Takes up the reading of so many rounds that are due; each has to be read by [`Self::read_one`].
    pub(super) async fn begin_reading(&self, most: usize) -> Result<Vec<RoundId>, StoreError> {
        self.look_up_faces().await?;
        Ok(self.back.begin(self.clock.now(), most))
    }

    /// Puts the open rounds of faces that are back among those that wait.
    async fn look_up_faces(&self) -> Result<(), StoreError> {
        let faces = self.back.faces();
        if faces.is_empty() {
            return Ok(());
        }
        for round in self.store.open_rounds(None).await? {
            if faces.contains(round.channel.face()) {
                self.back.expect(round.id);
            }
        }
        self.back.looked_up(&faces);
        Ok(())
    }

    /// Reads one round's message and stores what stands on it.
    pub(super) async fn read_one(&self, id: RoundId) -> Result<(), StoreError> {
        let began = self.clock.now();
        let Some(round) =
            self.store.round(id).await.inspect_err(|_| self.back.later(id, began, SignedDuration::ZERO))?
        else {
            self.back.forget(id);
            return Ok(());
        };
        let (State::Open, Some(message), Some(chat)) = (round.state, &round.message, self.chat(round.channel.face()))
        else {
            // A round that is still posting is expected again once it is open.
            self.back.end(id, began);
            self.back.forget_reading(id);
            return Ok(());
        };
        let reacted = self.back.watch(message);
        let read = in_time(PATIENCE, chat.read_back(message)).await;
        let standing = read.as_ref().ok().map(Found::from);
        let stored = match read {
            Ok(found) => self.take_over(&round, found, &reacted, began).await.map(|()| None),
            Err(error) => Ok(Some(error)),
        };
        self.back.watched(message, reacted);
        match stored {
            Ok(None) => {
                self.back.end(id, began);
                if let Some(standing) = standing {
                    self.complete(&round, &standing, began).await;
                }
                if round.closes.is_some_and(|closes| closes <= began) {
                    // Its end waits for this.
                    self.wakes.tick.notify_one();
                }
                tracing::debug!(round = id.0, "read back");
            }
            Ok(Some(ChatError::Again { after, why, .. })) => {
                tracing::warn!(round = id.0, why, "could not read back; trying again");
                self.back.later(id, self.clock.now(), SignedDuration::try_from(after).unwrap_or(LONGEST_WAIT));
            }
            Ok(Some(ChatError::Gone(why) | ChatError::Bug(why))) => {
                tracing::error!(round = id.0, why, "could not read back; what was answered meanwhile is lost");
                self.back.end(id, began);
            }
            Err(error) => {
                self.back.later(id, self.clock.now(), SignedDuration::ZERO);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Stores what stands on a message. A read-back replaces each player's whole set of reactions; where somebody reacted meanwhile
    /// and in time, theirs is read again.
    async fn take_over(
        &self,
        round: &Round,
        mut found: ReadBack,
        reacted: &Reacted,
        began: Timestamp,
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
        let is_over = round.closes.is_some_and(|closes| closes <= began);
        let at = round.closes.map_or(began, |closes| began.min(closes - SignedDuration::from_millis(1)));
        let face = round.channel.face();
        let heard_from = self.back.heard_from(face).unwrap_or(began);
        for (player, reactions) in found.reactions {
            let reacted = reacted.lock().await;
            if reacted.contains(&player) && !is_over {
                self.back.expect(round.id);
                continue;
            }
            let name = self.name_of_stranger(&player, &found.names).await?;
            let answer = NewAnswer {
                key: format!("back:{}:{player}:{}", round.id, began.as_millisecond()),
                which: Which::Round(round.id),
                player,
                name,
                way: Way::Reaction,
                change: Change::Standing { reactions, heard_from },
                at,
            };
            self.count_found(face, Way::Reaction, &self.store.answer(answer).await?);
        }
        let typed = is_typed(round.asked.kind());
        for mut reply in found.replies.into_iter().filter(|reply| !(typed && reply.aside)) {
            if reply.name.is_none() {
                reply.name = self.name_of_stranger(&reply.player, &found.names).await?;
            }
            self.count_found(face, Way::Reply, &self.store.answer(reply_answer(round.id, reply, at)).await?);
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

fn reply_answer(round: RoundId, reply: Given, at: Timestamp) -> NewAnswer {
    let change = match reply.change {
        Change::Set(input) => Change::Found(input),
        other => other,
    };
    NewAnswer {
        key: reply.key,
        which: Which::Round(round),
        player: reply.player,
        name: reply.name,
        way: reply.way,
        change,
        at: reply.at.unwrap_or(at),
    }
}
