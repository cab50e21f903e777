//! `/kcard`: a card on demand. Never one that is open in a space that the person is in, never the one just shown, and never scored.

use std::{collections::BTreeSet, time::Duration};

use futures_util::{StreamExt, stream};
use rand::seq::IndexedRandom;

use super::{
    Inner,
    commands::{
        named::{self, Stop},
        said,
    },
    in_time::in_time,
};
use crate::{
    chat::{Caller, CardRef, ChatError, Reply, words},
    quiz::{
        answer::Input,
        asked::Asked,
        deck::Deck,
        draw::{Filter, candidates, unasked},
        grade,
        id::SpaceId,
        round::{Style, Ways},
    },
    store::OpenIn,
};

/// How often a card is drawn at most: each that is open where the person is, by their platform's word, is drawn again.
const DRAWS: usize = 5;
/// How long a platform may take to say in which spaces a person is; then they count as being there.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many spaces are asked about at the same time.
const AT_ONCE: usize = 8;

impl Inner {
    /// Shows a card's question.
    pub(super) async fn card(
        &self,
        caller: &Caller,
        topic: Option<String>,
        deck: Option<&str>,
        public: bool,
    ) -> Result<Reply, Stop> {
        let decks = self.memory.decks(&caller.space);
        let from: Vec<&Deck> = match deck {
            Some(name) => vec![named::deck(&decks, name)?],
            None => decks.all().collect(),
        };
        if let Some(topic) = &topic {
            named::topic(&from, topic)?;
        }
        let named_deck = deck.is_some();
        let filter = Filter { topic: topic.clone(), ..Filter::default() };
        let ways = Ways::default_for(Style::Social);
        let open = self.store.open_cards(&caller.player).await?;
        let last = self.store.shown(&caller.player).await?.map(|last| (last.deck, last.card));
        let mut all: Vec<_> = from
            .iter()
            .flat_map(|deck| {
                let asked = candidates(deck, &filter, &ways).map(|(card, number, found)| (card, Some((number, found))));
                asked.chain(unasked(deck, &filter).map(|card| (card, None))).map(move |found| (*deck, found))
            })
            .map(|(deck, found)| ((deck.id.clone(), found.0.id.clone()), deck, found))
            .filter(|(id, ..)| last.as_ref() != Some(id) && !open.get(id).is_some_and(|open| is_near(open, caller)))
            .collect();
        let mut luck = self.luck(&format!("card {}", caller.key));
        let mut free = None;
        for _ in 0..DRAWS {
            let Some((id, deck, found)) = all.choose(&mut luck).cloned() else { break };
            match open.get(&id) {
                Some(open) if self.is_in_one_of(caller, &open.others).await => all.retain(|(other, ..)| *other != id),
                _ => {
                    free = Some((deck, found));
                    break;
                }
            }
        }
        let Some((deck, (card, found))) = free else { return Ok(words::card::none(topic.as_deref())) };
        let asked = match found {
            Some((number, question)) => {
                let asked = Asked::new(deck, card, number, question, &mut luck);
                self.store.corrected(&caller.space, asked, deck).await?
            }
            None => Asked::recall(deck, card),
        };
        let now = self.clock.now();
        self.store.see(&caller.player, &caller.name, now).await?;
        self.store.set_shown(&caller.player, &asked, now).await?;
        let shown = CardRef {
            owner: caller.player.clone(),
            mark: asked.mark(),
            topic: filter.topic.is_some(),
            deck: named_deck,
        };
        Ok(words::card::question(&asked, &shown, public))
    }

    /// Marks an answer to a card, for whoever gave it.
    pub(super) async fn answer_card(&self, caller: &Caller, card: &CardRef, input: Input) -> Reply {
        self.with_card(caller, card, |asked| {
            let verdict = match &input {
                Input::Options(picked) => Some(grade::options(asked, picked)),
                Input::Text(text) => grade::text(asked, text),
            };
            match verdict {
                Some(verdict) => words::card::answer(asked, card, Some(&verdict)),
                None => words::card::unreadable(asked, card),
            }
        })
        .await
    }

    /// Shows the answer of a card.
    pub(super) async fn show_card(&self, caller: &Caller, card: &CardRef) -> Reply {
        self.with_card(caller, card, |asked| words::card::answer(asked, card, None)).await
    }

    /// Says something about the card that its owner looks at, if it is this one still and was not asked in a round meanwhile: then its
    /// answer is nobody's to see.
    async fn with_card(&self, caller: &Caller, card: &CardRef, say: impl FnOnce(&Asked) -> Reply) -> Reply {
        let found = async {
            let asked = self.store.shown(&card.owner).await?.filter(|asked| asked.mark() == card.mark);
            let asked = asked.ok_or_else(words::card::gone)?;
            let open = self.store.open_cards(&caller.player).await?;
            let is_open = match open.get(&(asked.deck.clone(), asked.card.clone())) {
                Some(open) => is_near(open, caller) || self.is_in_one_of(caller, &open.others).await,
                None => false,
            };
            Ok(if is_open { words::card::none(None) } else { say(&asked) })
        };
        said("card", found.await)
    }

    /// Whether the caller is in one of these spaces, by their platform's word. What it cannot say, or does not in time, counts as yes: rather no card
    /// than one that is asked.
    async fn is_in_one_of(&self, caller: &Caller, spaces: &BTreeSet<SpaceId>) -> bool {
        let Some(chat) = self.chat(caller.player.face()) else { return !spaces.is_empty() };
        let asked = async {
            let questions: Vec<_> = spaces.iter().map(|space| chat.is_in(&caller.player, space)).collect();
            let mut answers = stream::iter(questions).buffer_unordered(AT_ONCE);
            while let Some(is_in) = answers.next().await {
                // What cannot be looked into is no space in which anybody is served.
                if is_in.unwrap_or_else(|error| !matches!(error, ChatError::Gone(_))) {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        in_time(PATIENCE, asked).await.unwrap_or(true)
    }
}

/// Whether a card is open where the caller is, as far as that is known without asking: here, or where they have played.
fn is_near(open: &OpenIn, caller: &Caller) -> bool {
    !open.theirs.is_empty() || open.others.contains(&caller.space)
}
