//! `/kquiz privacy …`: a player's own data, theirs to export, delete and hide, alone.

use crate::{
    bot::{Inner, commands::named::Stop},
    chat::{Caller, Reply, command::PrivacyAct, words},
};

impl Inner {
    pub(super) async fn privacy(&self, caller: &Caller, act: PrivacyAct) -> Result<Reply, Stop> {
        let Caller { player, name, .. } = caller;
        let now = self.clock.now();
        Ok(match act {
            PrivacyAct::Export => words::privacy::exported(format!("{:#}\n", self.store.export(player).await?)),
            PrivacyAct::Delete => words::privacy::delete_question(),
            PrivacyAct::DeleteConfirmed => {
                self.store.forget(player, now).await?;
                self.wakes.outbox.notify_one();
                tracing::info!("a player deleted their data");
                words::privacy::deleted()
            }
            PrivacyAct::Hide => {
                self.store.see(player, name, now).await?;
                self.store.hide(player, true).await?;
                self.wakes.outbox.notify_one();
                words::privacy::hidden()
            }
            PrivacyAct::Show => {
                self.store.hide(player, false).await?;
                self.wakes.outbox.notify_one();
                words::privacy::shown()
            }
        })
    }
}
