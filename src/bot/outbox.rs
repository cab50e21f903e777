//! Sending what waits in the outbox. `attempting` is committed before a platform is called, no lock spans the call, and an attempt
//! whose answer was lost is settled by *find* before anything is sent again.

use std::{collections::BTreeMap, panic::AssertUnwindSafe, sync::Mutex};

use futures_util::{FutureExt, future::join_all};
use jiff::SignedDuration;

use super::{
    Inner,
    counted::{GIVEN_UP, LATER, SENT, skipped},
    in_time::{PATIENCE, in_time},
    locked::lock,
    message::Message,
    scheduler::later,
};
use crate::{
    chat::{Chat, ChatError, words},
    quiz::{id::MessageRef, schedule::due::SkipReason},
    store::{Parcel, StoreError, What},
};

/// How long an attempt may take before another may settle it; longer than two calls with all their patience.
pub(super) const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How many channels are sent to at the same time.
pub(super) const AT_ONCE: u32 = 64;
/// How often a parcel is tried that fails on our side; then those behind it have their turn.
const TRIES: u32 = 5;
/// How long a parcel that failed on our side waits for its next try.
const PAUSE: SignedDuration = SignedDuration::from_secs(5);
/// What fails on the platform's side is tried after 2 s, 4 s and so on, up to 2 to the power of this: 32 s.
const LONGEST_BACKOFF: u32 = 5;
/// Why a parcel is given up about which nobody need be told.
pub(super) const NOTHING_TO_SAY: &str = "there is nothing to say any more";

/// How often each parcel that waits has failed on our side, by its number.
#[derive(Default)]
pub(super) struct Faults(Mutex<BTreeMap<i64, u32>>);

impl Faults {
    /// Once more; how often by now.
    fn add(&self, parcel: &Parcel) -> u32 {
        let mut faults = lock(&self.0);
        let times = faults.entry(parcel.id.0).or_default();
        *times += 1;
        *times
    }

    /// It waits no more.
    fn forget(&self, parcel: &Parcel) {
        lock(&self.0).remove(&parcel.id.0);
    }
}

impl Inner {
    /// Sends each channel's oldest; how many were sent.
    pub(super) async fn outbox_step(&self) -> Result<usize, StoreError> {
        let mut sent = 0;
        loop {
            let parcels = self.store.claim(self.clock.now(), LEASE, AT_ONCE).await?;
            let delivered = join_all(parcels.iter().map(|parcel| self.deliver(parcel))).await;
            for delivered in delivered {
                sent += usize::from(delivered?);
            }
            if parcels.len() < AT_ONCE as usize {
                return Ok(sent);
            }
        }
    }

    /// Sends one claimed parcel, or notes why not. Whether it was sent. What breaks on our side (a panic, a round that cannot be read)
    /// blocks its channel for a few tries and no longer.
    pub(super) async fn deliver(&self, parcel: &Parcel) -> Result<bool, StoreError> {
        let why = match AssertUnwindSafe(self.try_to_deliver(parcel)).catch_unwind().await {
            Ok(Err(StoreError::Database(why))) => why,
            Ok(done) => return done,
            Err(_) => "it panicked: this is a bug of kcard".to_owned(),
        };
        if self.faults.add(parcel) >= TRIES {
            return self.give_up(parcel, SkipReason::Failed, &why).await;
        }
        tracing::error!(parcel = parcel.id.0, channel = %parcel.channel, why, "sending failed on our side");
        self.count_post(parcel.channel.face(), LATER);
        // It may have broken after the platform took it.
        self.store.again(parcel.id, later(self.clock.now(), PAUSE), true, &why).await?;
        Ok(false)
    }

    async fn try_to_deliver(&self, parcel: &Parcel) -> Result<bool, StoreError> {
        let Some(chat) = self.chat(parcel.channel.face()) else {
            return self.give_up(parcel, SkipReason::Channel, &words::trouble::no_face(&parcel.channel)).await;
        };
        let key = Message::key(parcel);
        // The message of an edit is there in any case, and edited twice it is the same.
        let is_edit = matches!(parcel.what, What::Ending(_) | What::Amended(_) | What::PodiumAmended(_));
        if parcel.unsure && !is_edit {
            let within = self.answered_by(parcel).await?;
            match in_time(PATIENCE, chat.find(&parcel.channel, &key, within.as_ref(), parcel.since)).await {
                Ok(Some(message)) => return self.was_sent(parcel, chat, &message).await,
                Ok(None) => {}
                Err(error) => return self.failed(parcel, error, true).await,
            }
        }
        if parcel.expires.is_some_and(|expires| expires < self.clock.now()) {
            return self.give_up(parcel, SkipReason::TooLate, "it could not be posted in time").await;
        }
        let tried = match self.message(parcel).await? {
            Some(Message::Post(post)) => in_time(PATIENCE, chat.post(&parcel.channel, &post)).await,
            Some(Message::Edit(message, post)) => in_time(PATIENCE, chat.edit(&message, &post)).await.map(|()| message),
            None => return self.give_up(parcel, SkipReason::TooLate, NOTHING_TO_SAY).await,
        };
        match tried {
            Ok(message) => self.was_sent(parcel, chat, &message).await,
            Err(error) => self.failed(parcel, error, false).await,
        }
    }

    /// The message that a parcel's message answers, where it answers one: a reveal its question.
    async fn answered_by(&self, parcel: &Parcel) -> Result<Option<MessageRef>, StoreError> {
        let What::Reveal(round) = parcel.what else { return Ok(None) };
        Ok(self.store.round(round).await?.and_then(|round| round.message))
    }

    /// The platform has it. A question's round is open now, and what was answered before we knew its message is read back.
    async fn was_sent(&self, parcel: &Parcel, chat: &dyn Chat, message: &MessageRef) -> Result<bool, StoreError> {
        let now = self.clock.now();
        self.said.is_news(format_args!("send to {}", parcel.channel), None);
        self.faults.forget(parcel);
        self.count_post(parcel.channel.face(), SENT);
        let What::Question(round) = parcel.what else {
            self.store.sent(parcel.id, message, now).await?;
            tracing::info!(parcel = parcel.id.0, channel = %parcel.channel, "sent");
            return Ok(true);
        };
        // Before, so that no close slips in between; after, because a read-back meanwhile found it still posting.
        self.back.expect(round);
        self.store.sent(parcel.id, message, now).await?;
        self.back.expect(round);
        tracing::info!(round = round.0, channel = %parcel.channel, post = message.id, "a round is open");
        self.count_round(parcel.channel.face(), "open");
        self.wakes.read_back.notify_one();
        self.settle_in(round, chat, message).await?;
        Ok(true)
    }

    /// It was not sent, or nobody knows.
    async fn failed(&self, parcel: &Parcel, error: ChatError, finding: bool) -> Result<bool, StoreError> {
        match error {
            ChatError::Again { after, unsure, why } => {
                if self.said.is_news(format_args!("send to {}", parcel.channel), Some(&why)) {
                    tracing::warn!(parcel = parcel.id.0, channel = %parcel.channel, why, "sending later");
                }
                self.count_post(parcel.channel.face(), LATER);
                // An outage is not made longer by asking all the time.
                let backoff = SignedDuration::from_secs(1 << parcel.attempts.min(LONGEST_BACKOFF));
                let wait = SignedDuration::try_from(after).unwrap_or(LEASE).max(backoff);
                self.store.again(parcel.id, later(self.clock.now(), wait), unsure || finding, &why).await?;
                Ok(false)
            }
            ChatError::Gone(why) | ChatError::Bug(why) => self.give_up(parcel, SkipReason::Channel, &why).await,
        }
    }

    /// It will never be sent; an admin can see why.
    async fn give_up(&self, parcel: &Parcel, reason: SkipReason, why: &str) -> Result<bool, StoreError> {
        self.store.give_up(parcel.id, reason, why, self.clock.now()).await?;
        self.faults.forget(parcel);
        if why != NOTHING_TO_SAY {
            self.count_post(parcel.channel.face(), GIVEN_UP);
            if matches!(parcel.what, What::Question(_)) {
                self.count_round(parcel.channel.face(), "cancelled");
                skipped(reason);
            }
        }
        if self.said.is_news(format_args!("send to {}", parcel.channel), Some(why)) {
            tracing::error!(parcel = parcel.id.0, channel = %parcel.channel, why, "gave up sending");
        }
        if why != NOTHING_TO_SAY
            && let What::Question(round) | What::Ending(round) | What::Reveal(round) = parcel.what
            && let Some((space, schedule)) = self.store.asked_for(round).await?
            // Nor is a question that is edited anew, after its reveal, what the schedule asked last.
            && (!matches!(parcel.what, What::Ending(_)) || self.store.revealed(round).await?.is_none())
            // The list of schedules says that a slot was skipped for being late.
            && (reason != SkipReason::TooLate || schedule.is_none())
        {
            self.note_asked(schedule, &space, &parcel.channel, Some(why)).await?;
        }
        Ok(false)
    }
}
