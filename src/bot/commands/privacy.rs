//! `/kquiz privacy …`: a player's own data, theirs to export, delete and hide, alone. In a space it is about that space; in a direct
//! message outside any, about the person in all spaces of the face.

use std::collections::BTreeSet;

use crate::{
    bot::{Inner, commands::named::Stop},
    chat::{Caller, Reply, command::PrivacyAct, words},
    quiz::id::PlayerId,
    store::StoreError,
};

impl Inner {
    pub(super) async fn privacy(&self, caller: &Caller, act: PrivacyAct) -> Result<Reply, Stop> {
        let Caller { player, name, .. } = caller;
        let (now, everywhere) = (self.clock.now(), caller.is_outside());
        Ok(match act {
            PrivacyAct::Export => words::privacy::exported(format!("{:#}\n", self.exported(caller).await?)),
            PrivacyAct::Delete => words::privacy::delete_question(everywhere),
            PrivacyAct::DeleteConfirmed => {
                for player in self.selves(caller).await? {
                    self.store.forget(&player, now).await?;
                }
                self.wakes.outbox.notify_one();
                tracing::info!("a player deleted their data");
                words::privacy::deleted(everywhere)
            }
            PrivacyAct::Hide => {
                self.store.see(player, name, now).await?;
                self.hide(caller, true).await?;
                words::privacy::hidden(everywhere)
            }
            PrivacyAct::Show => {
                self.hide(caller, false).await?;
                words::privacy::shown(everywhere)
            }
        })
    }

    /// As which players the caller acts: as the one they are here, or as all that they are.
    async fn selves(&self, caller: &Caller) -> Result<BTreeSet<PlayerId>, StoreError> {
        let mut selves = BTreeSet::from([caller.player.clone()]);
        if caller.is_outside() {
            selves.extend(self.store.selves(&caller.player).await?);
        }
        Ok(selves)
    }

    async fn exported(&self, caller: &Caller) -> Result<serde_json::Value, StoreError> {
        if !caller.is_outside() {
            return self.store.export(&caller.player).await;
        }
        let mut by_space = serde_json::Map::new();
        for player in self.selves(caller).await? {
            by_space.insert(player.space().to_string(), self.store.export(&player).await?);
        }
        Ok(by_space.into())
    }

    async fn hide(&self, caller: &Caller, hidden: bool) -> Result<(), StoreError> {
        for player in self.selves(caller).await? {
            self.store.hide(&player, hidden).await?;
        }
        self.wakes.outbox.notify_one();
        Ok(())
    }
}
