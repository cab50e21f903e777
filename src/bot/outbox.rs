//! Sending what waits in the outbox. `attempting` is committed before a platform is called, no lock spans the call, and an attempt
//! whose answer was lost is settled by *find* before anything is sent again.

use std::{future::Future, time::Duration};

use futures_util::future::join_all;
use jiff::SignedDuration;
use tokio::time::timeout;

use super::{
    Inner,
    message::{Message, view},
    scheduler::later,
};
use crate::{
    chat::{Chat, ChatError, words},
    quiz::{
        id::{MessageRef, RoundId},
        schedule::due::SkipReason,
    },
    store::{Parcel, StoreError, What},
};

/// How long an attempt may take before another may settle it; longer than two calls with all their patience.
pub(super) const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long one call of a platform may take; then nobody knows what became of it.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many channels are sent to at the same time.
pub(super) const AT_ONCE: u32 = 16;

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

    /// Sends one claimed parcel, or says why not. Whether it was sent.
    pub(super) async fn deliver(&self, parcel: &Parcel) -> Result<bool, StoreError> {
        let Some(chat) = self.chat(parcel.channel.face()) else {
            return self.give_up(parcel, SkipReason::Channel, &words::trouble::no_face(&parcel.channel)).await;
        };
        let key = Message::key(parcel);
        if parcel.unsure {
            match patient(chat.find(&parcel.channel, &key, parcel.since)).await {
                Ok(Some(message)) => return self.was_sent(parcel, chat, &message).await,
                Ok(None) => {}
                Err(error) => return self.failed(parcel, error, true).await,
            }
        }
        if parcel.expires.is_some_and(|expires| expires < self.clock.now()) {
            return self.give_up(parcel, SkipReason::TooLate, "it could not be posted in time").await;
        }
        let tried = match self.message(parcel).await? {
            Some(Message::Post(post)) => patient(chat.post(&parcel.channel, &post)).await,
            Some(Message::Edit(message, post)) => patient(chat.edit(&message, &post)).await.map(|()| message),
            None => return self.give_up(parcel, SkipReason::TooLate, "there is nothing to say any more").await,
        };
        match tried {
            Ok(message) => self.was_sent(parcel, chat, &message).await,
            Err(error) => self.failed(parcel, error, false).await,
        }
    }

    /// The platform has it. A question's round is open now, and what was answered before we knew its message is read back.
    async fn was_sent(&self, parcel: &Parcel, chat: &dyn Chat, message: &MessageRef) -> Result<bool, StoreError> {
        let now = self.clock.now();
        self.said.is_news(format_args!("send to {}", parcel.channel), None);
        let What::Question(round) = parcel.what else {
            self.store.sent(parcel.id, message, now).await?;
            tracing::info!(parcel = parcel.id.0, channel = %parcel.channel, "sent");
            return Ok(true);
        };
        self.store.sent(parcel.id, message, now).await?;
        self.back.expect(round);
        tracing::info!(round = round.0, channel = %parcel.channel, message = message.id, "a round is open");
        self.wakes.read_back.notify_one();
        self.settle_in(round, chat, message).await?;
        Ok(true)
    }

    /// What is done for a question that stands: its reactions are seeded, and its schedule has no problem any more.
    async fn settle_in(&self, round: RoundId, chat: &dyn Chat, message: &MessageRef) -> Result<(), StoreError> {
        let Some(round) = self.store.round(round).await? else { return Ok(()) };
        if let Some(schedule) = round.schedule {
            self.note_problem(schedule, None).await?;
        }
        let count = words::question(&view(&round)).reactions;
        if count > 0
            && let Err(error) = patient(chat.seed(message, count)).await
        {
            tracing::warn!(round = round.id.0, %error, "could not seed reactions; people can still put them");
        }
        Ok(())
    }

    /// It was not sent, or nobody knows.
    async fn failed(&self, parcel: &Parcel, error: ChatError, finding: bool) -> Result<bool, StoreError> {
        match error {
            ChatError::Again { after, unsure, why } => {
                if self.said.is_news(format_args!("send to {}", parcel.channel), Some(&why)) {
                    tracing::warn!(parcel = parcel.id.0, channel = %parcel.channel, why, "sending later");
                }
                let wait = SignedDuration::try_from(after).unwrap_or(LEASE);
                self.store.again(parcel.id, later(self.clock.now(), wait), unsure || finding, &why).await?;
                Ok(false)
            }
            ChatError::Gone(why) | ChatError::Bug(why) => self.give_up(parcel, SkipReason::Channel, &why).await,
        }
    }

    /// It will never be sent; an admin can see why.
    async fn give_up(&self, parcel: &Parcel, reason: SkipReason, why: &str) -> Result<bool, StoreError> {
        self.store.give_up(parcel.id, reason, why, self.clock.now()).await?;
        if self.said.is_news(format_args!("send to {}", parcel.channel), Some(why)) {
            tracing::error!(parcel = parcel.id.0, channel = %parcel.channel, why, "gave up sending");
        }
        if reason == SkipReason::Channel
            && let What::Question(round) | What::Reveal(round) = parcel.what
            && let Some(schedule) = self.store.round(round).await?.and_then(|round| round.schedule)
        {
            self.note_problem(schedule, Some(why)).await?;
        }
        Ok(false)
    }
}

/// A platform's answer, or that it did not come in time.
async fn patient<T>(call: impl Future<Output = Result<T, ChatError>>) -> Result<T, ChatError> {
    timeout(PATIENCE, call).await.unwrap_or_else(|_| {
        let why = "the platform did not answer in time".to_owned();
        Err(ChatError::Again { after: Duration::from_secs(1), unsure: true, why })
    })
}
