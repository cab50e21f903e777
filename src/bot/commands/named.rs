//! Finding what a command names, or saying what there is instead.

use std::collections::BTreeSet;

use crate::{
    bot::{Inner, memory::DecksOf},
    chat::{Caller, Reply, words::trouble::no_such},
    quiz::{
        deck::Deck,
        id::{ChannelId, DeckId},
        season::Season,
    },
    store::{Schedule, StoreError},
};

/// Why a command stops early.
pub(in crate::bot) enum Stop {
    /// It cannot be done, in words for the person.
    Said(Box<Reply>),
    /// The store failed.
    Failed(StoreError),
}

impl From<Reply> for Stop {
    fn from(reply: Reply) -> Self {
        Self::Said(Box::new(reply))
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// The deck of that name.
pub(in crate::bot) fn deck<'d>(decks: &'d DecksOf, name: &str) -> Result<&'d Deck, Stop> {
    let found = decks.deck(&DeckId::new(name));
    Ok(found.ok_or_else(|| no_such("deck", name, decks.all().map(|deck| deck.id.as_str())))?)
}

/// Checks that a topic is in one of the decks.
pub(in crate::bot) fn topic(decks: &[&Deck], name: &str) -> Result<(), Stop> {
    let topics = || decks.iter().flat_map(|deck| &deck.cards).map(|card| card.topic.as_str());
    if topics().any(|topic| topic == name) {
        return Ok(());
    }
    let known: BTreeSet<&str> = topics().collect();
    Err(no_such("topic", name, known).into())
}

impl Inner {
    /// The schedule of that name in the caller's space.
    pub(super) async fn schedule(&self, caller: &Caller, name: &str) -> Result<Schedule, Stop> {
        let mut all = self.store.schedules(Some(&caller.space)).await?;
        let at = all.iter().position(|schedule| schedule.plan.name == name);
        let known = || all.iter().map(|schedule| schedule.plan.name.as_str());
        let at = at.ok_or_else(|| no_such("schedule", name, known()))?;
        Ok(all.swap_remove(at))
    }

    /// The season of that name in the caller's space.
    pub(super) async fn season(&self, caller: &Caller, name: &str) -> Result<Season, Stop> {
        let mut all = self.store.seasons(&caller.space).await?;
        let at = all.iter().position(|season| season.name == name);
        let at = at.ok_or_else(|| no_such("season", name, all.iter().map(|season| season.name.as_str())))?;
        Ok(all.swap_remove(at))
    }

    /// Checks by its platform's word that a channel is in the caller's space: a host has no rights elsewhere.
    pub(super) async fn own_channel(&self, caller: &Caller, channel: &ChannelId) -> Result<(), Stop> {
        if caller.channel.as_ref() == Some(channel) {
            return Ok(());
        }
        match self.space_of(channel).await {
            Ok(space) if space == caller.space => Ok(()),
            _ => Err(no_such("channel", channel.local(), []).into()),
        }
    }
}
