//! The decks that each space plays with: those that the process loaded, and those that its hosts added. The store says which they are;
//! here they stand ready.

use std::{
    collections::BTreeMap,
    sync::{Arc, RwLock},
};

use tokio::sync::Mutex;

use crate::{
    bot::locked::{read, write},
    decks::{Decks, Handed},
    quiz::{
        deck::{Card, Deck},
        id::{CardId, DeckId, SpaceId},
    },
    store::{SpaceDeck, Store, StoreError},
};

/// A deck that hosts added.
#[derive(Debug, Clone)]
pub(in crate::bot) struct Added {
    /// Which version, whose, and when.
    pub(in crate::bot) stored: SpaceDeck,
    /// What it holds; `None` where this kcard cannot read what an older or newer one took.
    pub(in crate::bot) deck: Option<Arc<Deck>>,
}

type AddedByName = BTreeMap<DeckId, Added>;

/// All decks of all spaces.
pub(super) struct AllDecks {
    loaded: RwLock<Arc<Decks>>,
    added: RwLock<BTreeMap<SpaceId, Arc<AddedByName>>>,
    /// What the store said last. Held while the store is read, so that an older reading never replaces a newer one.
    known: Mutex<Vec<SpaceDeck>>,
}

/// The decks of one space as they were at one moment. Of two of the same name the process's counts.
pub(in crate::bot) struct DecksOf {
    loaded: Arc<Decks>,
    added: Arc<AddedByName>,
}

impl AllDecks {
    pub(super) fn new(loaded: Decks) -> Self {
        Self { loaded: RwLock::new(Arc::new(loaded)), added: RwLock::default(), known: Mutex::default() }
    }

    pub(super) fn set_loaded(&self, decks: Decks) {
        *write(&self.loaded) = Arc::new(decks);
    }

    pub(super) fn of(&self, space: &SpaceId) -> DecksOf {
        DecksOf {
            loaded: Arc::clone(&read(&self.loaded)),
            added: read(&self.added).get(space).map(Arc::clone).unwrap_or_default(),
        }
    }

    /// Looks which decks the store has, and reads those that are new.
    pub(super) async fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        let mut known = self.known.lock().await;
        let stored = store.decks().await?;
        if stored == *known {
            return Ok(());
        }
        let before = read(&self.added).clone();
        let mut added = BTreeMap::<SpaceId, AddedByName>::new();
        for one in &stored {
            let held = before.get(&one.space).and_then(|decks| decks.get(&one.name));
            let deck = match held.filter(|held| held.stored.version == one.version) {
                Some(held) => held.deck.clone(),
                None => load(store, one).await?.map(Arc::new),
            };
            added.entry(one.space.clone()).or_default().insert(one.name.clone(), Added { stored: one.clone(), deck });
        }
        *write(&self.added) = added.into_iter().map(|(space, decks)| (space, Arc::new(decks))).collect();
        *known = stored;
        Ok(())
    }
}

/// Reads a deck that is stored. What cannot be read harms nothing but itself.
async fn load(store: &Store, stored: &SpaceDeck) -> Result<Option<Deck>, StoreError> {
    let Some(file) = store.deck_file(stored).await? else { return Ok(None) };
    let SpaceDeck { space, name, version, .. } = stored;
    let file_name = format!("{name}.yaml");
    let why = match tokio::task::spawn_blocking(move || Handed::read(&file_name, file.into_bytes())).await {
        Ok(Ok(handed)) => return Ok(Some(handed.deck)),
        Ok(Err(errors)) => errors.to_string(),
        Err(_) => "it panicked: this is a bug of kcard".to_owned(),
    };
    tracing::error!(%space, deck = %name, version, "a deck of a space cannot be read, and is not asked from:\n{why}");
    Ok(None)
}

impl DecksOf {
    /// The deck of that name.
    pub(in crate::bot) fn deck(&self, id: &DeckId) -> Option<&Deck> {
        self.loaded.deck(id).or_else(|| self.added.get(id)?.deck.as_deref())
    }

    /// All decks: the process's by name, then the space's own by name.
    pub(in crate::bot) fn all(&self) -> impl Iterator<Item = &Deck> {
        let own =
            self.added.iter().filter(|(id, _)| !self.is_loaded(id)).filter_map(|(_, added)| added.deck.as_deref());
        self.loaded.0.values().chain(own)
    }

    /// A card of any deck.
    pub(in crate::bot) fn card(&self, id: &CardId) -> Option<(&Deck, &Card)> {
        self.all().find_map(|deck| deck.card(id).map(|card| (deck, card)))
    }

    /// The process's decks, by name.
    pub(in crate::bot) fn loaded(&self) -> impl Iterator<Item = &Deck> {
        self.loaded.0.values()
    }

    /// Whether the process has a deck of that name.
    pub(in crate::bot) fn is_loaded(&self, id: &DeckId) -> bool {
        self.loaded.deck(id).is_some()
    }

    /// What hosts added, by name; also what cannot be asked from.
    pub(in crate::bot) fn added(&self) -> &BTreeMap<DeckId, Added> {
        &self.added
    }
}
