//! What a player is to be told of their own: said alone where their face can, else with the next reply that they get.

use futures_util::future::join_all;

use super::{
    Inner,
    in_time::{PATIENCE, in_time},
};
use crate::{
    chat::{Caller, Reply, words},
    quiz::id::PlayerId,
    store::StoreError,
};

impl Inner {
    /// Tells these players what waits for them. That one cannot be told harms nothing: it is said with their next reply.
    pub(super) async fn tell(&self, players: &[PlayerId]) {
        self.memory.await_notices(players);
        join_all(players.iter().map(|player| self.tell_one(player))).await;
    }

    async fn tell_one(&self, player: &PlayerId) {
        let told = async {
            let Some(chat) = self.chat(player.face()) else { return Ok(()) };
            for notice in self.store.notices(player).await? {
                if let Err(error) = in_time(PATIENCE, chat.tell(player, &notice.text)).await {
                    tracing::info!(%player, %error, "a player is told with their next reply");
                    return Ok(());
                }
                self.store.told(&notice).await?;
            }
            self.memory.noticed(player);
            Ok::<_, StoreError>(())
        };
        if let Err(error) = told.await {
            tracing::warn!(%player, %error, "what a player is to be told could not be read; they hear it with their next reply");
        }
    }

    /// The reply, with what waits for the player where nobody else reads it.
    pub(super) async fn with_notices(&self, caller: &Caller, reply: Reply) -> Reply {
        let alone = !reply.public && reply.form.is_none();
        if !alone || !self.memory.awaits_notice(&caller.player) {
            return reply;
        }
        match self.take_notices(&caller.player, reply.text.chars().count()).await {
            Ok(texts) => words::players::with_notices(&texts, reply),
            Err(error) => {
                tracing::warn!(player = %caller.player, %error, "what a player is to be told could not be read");
                reply
            }
        }
    }

    /// What fits beside a reply of so many characters; the rest waits for the next one.
    async fn take_notices(&self, player: &PlayerId, mut taken: usize) -> Result<Vec<String>, StoreError> {
        let mut texts = Vec::new();
        for notice in self.store.notices(player).await? {
            taken += notice.text.chars().count() + 4;
            if taken > words::CONTENT {
                return Ok(texts);
            }
            if self.store.told(&notice).await? {
                texts.push(notice.text);
            }
        }
        self.memory.noticed(player);
        Ok(texts)
    }
}
