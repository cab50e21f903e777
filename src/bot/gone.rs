//! What people do to a question on the platform other than answer it: delete it, delete its channel, clear its reactions.

use super::{Inner, commands::trouble};
use crate::{
    quiz::{
        id::{ChannelId, MessageRef},
        round::State,
    },
    store::{Round, StoreError},
};

impl Inner {
    /// A question's message was deleted: its round is closed with the answers it has.
    pub(super) async fn message_gone(&self, message: &MessageRef) {
        let closed = async {
            let Some(round) = self.store.round_of(message).await? else { return Ok(()) };
            tracing::warn!(round = round.id.0, channel = %message.channel, "a question was deleted in the chat");
            self.close_unread(&round).await
        };
        if let Err(error) = closed.await {
            trouble("deleted question", &error);
        }
    }

    /// A channel was deleted: its open rounds are closed with the answers they have.
    pub(super) async fn channel_gone(&self, channel: &ChannelId) {
        tracing::warn!(%channel, "a channel was deleted in the chat");
        let closed = async {
            let mut open = self.store.open_rounds(None).await?;
            open.retain(|round| round.channel == *channel);
            let mut first_error = None;
            for round in open {
                if let Err(error) = self.close_unread(&round).await {
                    first_error.get_or_insert(error);
                }
            }
            first_error.map_or(Ok(()), Err)
        };
        if let Err(error) = closed.await {
            trouble("deleted channel", &error);
        }
    }

    /// A question's reactions were cleared: nobody told us whose, so its message is read.
    pub(super) async fn reread(&self, message: &MessageRef) {
        match self.store.round_of(message).await {
            Ok(Some(round)) if round.state == State::Open => {
                self.back.expect(round.id);
                self.wakes.read_back.notify_one();
            }
            Ok(_) => {}
            Err(error) => {
                trouble("cleared question", &error);
            }
        }
    }

    /// Closes a round whose message is no more, so that there is nothing to read back.
    async fn close_unread(&self, round: &Round) -> Result<(), StoreError> {
        if self.close(round, self.clock.now()).await? {
            tracing::info!(round = round.id.0, "closed with the answers it had");
        }
        Ok(())
    }
}
