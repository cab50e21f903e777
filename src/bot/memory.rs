//! What must be decided at once is decided from here, never from the store: completion, permissions, zones. Holds copies of what the
//! store and the deck files say; never the truth.

mod decks;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::RwLock,
};

use jiff::tz::TimeZone;

use self::decks::AllDecks;
pub(super) use self::decks::DecksOf;
use super::locked::{read, write};
use crate::{
    chat::command::{
        complete::{Completion, Offers, complete, offered},
        definition::Known,
    },
    decks::Decks,
    quiz::{
        id::{PlayerId, SpaceId},
        season::Season,
    },
    store::{Schedule, Space, Store, StoreError},
};

/// The bot's memory.
pub(super) struct Memory {
    /// The zone of spaces that set none.
    default_zone: TimeZone,
    decks: AllDecks,
    spaces: RwLock<BTreeMap<SpaceId, Space>>,
    schedules: RwLock<BTreeMap<SpaceId, Vec<String>>>,
    seasons: RwLock<BTreeMap<SpaceId, Vec<String>>>,
    /// Who is still to be told something.
    notices: RwLock<BTreeSet<PlayerId>>,
}

impl Memory {
    pub(super) fn new(decks: Decks, default_zone: TimeZone) -> Self {
        Self {
            default_zone,
            decks: AllDecks::new(decks),
            spaces: RwLock::default(),
            schedules: RwLock::default(),
            seasons: RwLock::default(),
            notices: RwLock::default(),
        }
    }

    /// Reads all of it from the store.
    pub(super) async fn fill(&self, store: &Store) -> Result<(), StoreError> {
        self.refresh_spaces(store).await?;
        self.refresh_decks(store).await?;
        self.refresh_notices(store).await?;
        let schedules = store.schedules(None).await?;
        self.set_schedules(&schedules);
        let mut spaces: BTreeSet<SpaceId> = read(&self.spaces).keys().cloned().collect();
        spaces.extend(schedules.into_iter().map(|schedule| schedule.space));
        for space in spaces {
            self.set_seasons(&space, &store.seasons(&space).await?);
        }
        Ok(())
    }

    /// Reads again what the store knows about spaces.
    pub(super) async fn refresh_spaces(&self, store: &Store) -> Result<(), StoreError> {
        let spaces = store.spaces().await?;
        *write(&self.spaces) = spaces.into_iter().map(|space| (space.id.clone(), space)).collect();
        Ok(())
    }

    /// Takes over the names of all live schedules.
    pub(super) fn set_schedules(&self, all: &[Schedule]) {
        let mut names = BTreeMap::<SpaceId, Vec<String>>::new();
        for schedule in all {
            names.entry(schedule.space.clone()).or_default().push(schedule.plan.name.clone());
        }
        *write(&self.schedules) = names;
    }

    /// Takes over the names of a space's seasons.
    pub(super) fn set_seasons(&self, space: &SpaceId, seasons: &[Season]) {
        let names = seasons.iter().map(|season| season.name.clone()).collect();
        write(&self.seasons).insert(space.clone(), names);
    }

    /// Takes over a space's settings.
    pub(super) fn set_space(&self, space: Space) {
        write(&self.spaces).insert(space.id.clone(), space);
    }

    /// Takes over what the process loaded.
    pub(super) fn set_decks(&self, decks: Decks) {
        self.decks.set_loaded(decks);
    }

    /// Reads again which decks hosts added.
    pub(super) async fn refresh_decks(&self, store: &Store) -> Result<(), StoreError> {
        self.decks.refresh(store).await
    }

    /// Reads again who is still to be told something.
    pub(super) async fn refresh_notices(&self, store: &Store) -> Result<(), StoreError> {
        *write(&self.notices) = store.awaiting_notice().await?;
        Ok(())
    }

    /// These are to be told something.
    pub(super) fn await_notices(&self, players: &[PlayerId]) {
        write(&self.notices).extend(players.iter().cloned());
    }

    /// Whether something waits for a player.
    pub(super) fn awaits_notice(&self, player: &PlayerId) -> bool {
        read(&self.notices).contains(player)
    }

    /// A player was told all.
    pub(super) fn noticed(&self, player: &PlayerId) {
        write(&self.notices).remove(player);
    }

    /// The decks in force in a space.
    pub(super) fn decks(&self, space: &SpaceId) -> DecksOf {
        self.decks.of(space)
    }

    /// A space's settings; the defaults where nobody set any.
    pub(super) fn space(&self, id: &SpaceId) -> Space {
        let known = read(&self.spaces).get(id).cloned();
        known.unwrap_or_else(|| Space { id: id.clone(), timezone: None, hosts: Vec::new() })
    }

    /// A space's zone.
    pub(super) fn zone(&self, space: &SpaceId) -> TimeZone {
        let name = read(&self.spaces).get(space).and_then(|space| space.timezone.clone());
        name.and_then(|name| TimeZone::get(&name).ok()).unwrap_or_else(|| self.default_zone.clone())
    }

    /// Whether a person, or one of their roles, was named host of the space.
    pub(super) fn is_host(&self, space: &SpaceId, player: &PlayerId, roles: &[String]) -> bool {
        read(&self.spaces)
            .get(space)
            .is_some_and(|space| space.hosts.iter().any(|host| host == player.as_str() || roles.contains(host)))
    }

    /// Completions of a command line in a space.
    pub(super) fn complete(&self, space: &SpaceId, line: &str) -> Vec<Completion> {
        complete(line, &InSpace { memory: self, space })
    }

    /// Values for one option of a command in a space.
    pub(super) fn offers(&self, space: &SpaceId, words: &str, option: &str, typed: &str) -> Vec<String> {
        offered(words, option, typed, &InSpace { memory: self, space })
    }
}

/// What completion can offer in one space.
struct InSpace<'m> {
    memory: &'m Memory,
    space: &'m SpaceId,
}

impl Offers for InSpace<'_> {
    fn offers(&self, known: Known) -> Vec<String> {
        let decks = self.memory.decks(self.space);
        let cards = || decks.all().flat_map(|deck| &deck.cards);
        let mut offers: Vec<String> = match known {
            Known::Deck => decks.all().map(|deck| deck.id.to_string()).collect(),
            Known::OwnDeck => decks.added().keys().map(ToString::to_string).collect(),
            Known::Topic => cards().map(|card| card.topic.clone()).collect(),
            Known::Exam => cards().flat_map(|card| card.exams.iter().cloned()).collect(),
            Known::Card => cards().map(|card| card.id.to_string()).collect(),
            Known::Schedule => read(&self.memory.schedules).get(self.space).cloned().unwrap_or_default(),
            Known::Season => return read(&self.memory.seasons).get(self.space).cloned().unwrap_or_default(),
            Known::Zone => jiff::tz::db().available().map(|name| name.to_string()).collect(),
        };
        offers.sort();
        offers.dedup();
        offers
    }
}
