//! `/kquiz deck list`, `show` and `remove`: what there is to learn; answers stay hidden.

use crate::{
    bot::{
        Inner,
        commands::named::{self, Stop},
    },
    chat::{
        Caller, Reply,
        words::{self, decks::AddedView},
    },
    quiz::id::DeckId,
    store::StoreError,
};

impl Inner {
    pub(super) fn deck_list(&self, caller: &Caller) -> Reply {
        let decks = self.memory.decks(&caller.space);
        let added: Vec<_> = decks
            .added()
            .values()
            .map(|added| AddedView {
                name: &added.stored.name,
                deck: added.deck.as_deref(),
                version: added.stored.version,
                by: added.stored.added_by.as_ref(),
                at: added.stored.added_at,
                hidden: decks.is_loaded(&added.stored.name),
            })
            .collect();
        words::decks::list(decks.loaded(), &added, &self.memory.zone(&caller.space))
    }

    pub(super) fn deck_show(&self, caller: &Caller, deck: &str, topic: Option<&str>, page: u32) -> Result<Reply, Stop> {
        let decks = self.memory.decks(&caller.space);
        let deck = named::deck(&decks, deck)?;
        if let Some(topic) = topic {
            named::topic(&[deck], topic)?;
        }
        Ok(words::decks::show(deck, topic, page))
    }

    /// Only what no schedule asks from: that one would fall silent.
    pub(super) async fn deck_remove(&self, caller: &Caller, name: &str) -> Result<Reply, Stop> {
        let deck = DeckId::new(name);
        self.memory.refresh_decks(&self.store).await?;
        let decks = self.memory.decks(&caller.space);
        if !decks.added().contains_key(&deck) {
            return Ok(if decks.is_loaded(&deck) {
                words::decks::not_removed(&deck)
            } else {
                words::trouble::no_such("deck", name, decks.added().keys().map(DeckId::as_str))
            });
        }
        // A deck that is hidden by one of the process's is asked from by none.
        let using = if decks.is_loaded(&deck) { Vec::new() } else { self.asking_from(caller, &deck).await? };
        if !using.is_empty() {
            return Ok(words::decks::in_use(&deck, &using));
        }
        self.store.remove_deck(&caller.space, &deck).await?;
        tracing::info!(space = %caller.space, %deck, by = %caller.player, "removed a deck");
        self.memory.refresh_decks(&self.store).await?;
        Ok(words::decks::removed(&deck))
    }

    /// The names of the space's schedules that ask from a deck.
    async fn asking_from(&self, caller: &Caller, deck: &DeckId) -> Result<Vec<String>, StoreError> {
        let schedules = self.store.schedules(Some(&caller.space)).await?;
        Ok(schedules.into_iter().map(|one| one.plan).filter(|plan| plan.deck == *deck).map(|plan| plan.name).collect())
    }
}
