//! `/kquiz deck add` and `check`: a file from outside, checked whole and only then stored.

use super::form;
use crate::{
    bot::{Inner, commands::named::Stop},
    chat::{
        Caller, Reply, Upload,
        words::{self, decks::Finding},
    },
    decks::{DeckErrors, Handed, Mistake},
    quiz::deck::Deck,
    store::{DeckAdded, StoreError},
};

/// The most cards of a deck that hosts add.
const MOST_CARDS: usize = 5_000;
/// A deck of more cards is not looked at for warnings, which would take some seconds.
const MOST_LOOKED_AT: usize = 1_000;
/// The most decks that a space adds.
const MOST_DECKS: i64 = 20;

impl Inner {
    pub(super) async fn deck_add(&self, caller: &Caller, file: Option<Upload>) -> Result<Reply, Stop> {
        let Some(file) = file else { return Ok(asking("kquiz deck add")) };
        let (Handed { deck, text }, warnings) = read(file).await?;
        self.memory.refresh_decks(&self.store).await?;
        let decks = self.memory.decks(&caller.space);
        if decks.is_loaded(&deck.id) {
            return Ok(words::decks::not_yours(&deck.id));
        }
        let (space, now) = (&caller.space, self.clock.now());
        let version = match self.store.add_deck(space, &deck.id, &text, &caller.player, now, MOST_DECKS).await? {
            DeckAdded::Version(version) => version,
            DeckAdded::Same(version) => return Ok(words::decks::same(&deck.id, version)),
            DeckAdded::Full => return Ok(words::decks::full(MOST_DECKS)),
        };
        tracing::info!(%space, deck = %deck.id, version, cards = deck.cards.len(), by = %caller.player, "added a deck");
        self.memory.refresh_decks(&self.store).await?;
        self.wakes.tick.notify_one();
        let changes = decks.deck(&deck.id).map(|before| deck.changes(before));
        let silent = self.silenced_by(caller, &deck).await?;
        Ok(words::decks::added(&deck, version, changes.as_ref(), &silent, &findings(&warnings)))
    }

    pub(super) async fn deck_check(&self, caller: &Caller, file: Option<Upload>) -> Result<Reply, Stop> {
        let Some(file) = file else { return Ok(asking("kquiz deck check")) };
        let (Handed { deck, .. }, warnings) = read(file).await?;
        let decks = self.memory.decks(&caller.space);
        let is_taken = decks.is_loaded(&deck.id);
        let before = decks.deck(&deck.id).filter(|_| !is_taken);
        let changes = before.map(|before| deck.changes(before));
        Ok(words::decks::in_order(&deck, changes.as_ref(), is_taken, &findings(&warnings)))
    }

    /// The space's schedules that cannot ask from this deck as it is now, and why.
    async fn silenced_by(&self, caller: &Caller, deck: &Deck) -> Result<Vec<(String, String)>, StoreError> {
        let schedules = self.store.schedules(Some(&caller.space)).await?;
        let plans = schedules.into_iter().map(|schedule| schedule.plan).filter(|plan| plan.deck == deck.id);
        Ok(plans.filter_map(|plan| plan.check_deck(deck).err().map(|why| (plan.name, why.to_string()))).collect())
    }
}

fn findings(mistakes: &[Mistake]) -> Vec<Finding<'_>> {
    mistakes.iter().map(|one| Finding { line: one.line, column: one.column, what: &one.message }).collect()
}

/// The form, and what is said where there can be none.
fn asking(words: &str) -> Reply {
    Reply { form: form(words), ..words::decks::no_file() }
}

/// The deck of a file and its warnings, or in words what is wrong with it. A large one takes a while, and nobody else waits for it.
async fn read(file: Upload) -> Result<(Handed, Vec<Mistake>), Stop> {
    if file.content.len() > Upload::LARGEST {
        return Err(words::decks::too_large().into());
    }
    let name = file.name.clone();
    let read = tokio::task::spawn_blocking(move || {
        let handed = Handed::read(&file.name, file.content)?;
        let looked_at = handed.deck.cards.len() <= MOST_LOOKED_AT;
        let warnings = if looked_at { handed.warnings() } else { Vec::new() };
        Ok::<_, DeckErrors>((handed, warnings))
    });
    match read.await {
        Ok(Ok((handed, warnings))) if handed.deck.cards.len() <= MOST_CARDS => Ok((handed, warnings)),
        Ok(Ok((handed, _))) => Err(words::decks::too_many_cards(handed.deck.cards.len(), MOST_CARDS).into()),
        Ok(Err(errors)) => Err(words::decks::broken(&name, &findings(&errors.mistakes)).into()),
        Err(_) => {
            tracing::error!(name, "reading a deck file panicked: this is a bug of kcard");
            Err(words::trouble::ours().into())
        }
    }
}
