//! `/kquiz deck …`: what there is to learn; answers stay hidden.

use crate::{
    bot::{
        Inner,
        commands::named::{self, Stop},
    },
    chat::{Reply, words},
};

impl Inner {
    pub(super) fn deck_list(&self) -> Reply {
        words::decks::list(self.memory.decks().0.values())
    }

    pub(super) fn deck_show(&self, deck: &str, topic: Option<&str>, page: u32) -> Result<Reply, Stop> {
        let decks = self.memory.decks();
        let deck = named::deck(&decks, deck)?;
        if let Some(topic) = topic {
            named::topic(&[deck], topic)?;
        }
        Ok(words::decks::show(deck, topic, page))
    }
}
