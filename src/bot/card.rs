//! `/kcard`: a card on demand. Never one that is open in the space, never the one just shown, and never scored.

use rand::seq::IndexedRandom;

use super::{
    Inner,
    commands::{
        named::{self, Stop},
        said,
    },
};
use crate::{
    chat::{Caller, CardRef, Reply, words},
    quiz::{
        answer::Input,
        asked::Asked,
        deck::Deck,
        draw::{Filter, candidates},
        grade,
        id::{CardId, DeckId},
        round::{Style, Ways},
    },
};

impl Inner {
    /// Shows a card's question.
    pub(super) async fn card(
        &self,
        caller: &Caller,
        topic: Option<String>,
        deck: Option<&str>,
        public: bool,
    ) -> Result<Reply, Stop> {
        let decks = self.memory.decks();
        let from: Vec<&Deck> = match deck {
            Some(name) => vec![named::deck(&decks, name)?],
            None => decks.0.values().collect(),
        };
        if let Some(topic) = &topic {
            named::topic(&from, topic)?;
        }
        let named_deck = deck.is_some();
        let filter = Filter { topic: topic.clone(), ..Filter::default() };
        let ways = Ways::default_for(Style::Social);
        let open = self.store.open_cards(&caller.space).await?;
        let last = self.store.shown(&caller.player).await?;
        let may = |deck: &DeckId, card: &CardId| {
            !open.iter().any(|(d, c)| d == deck && c == card)
                && !last.as_ref().is_some_and(|last| last.deck == *deck && last.card == *card)
        };
        let all: Vec<_> = from
            .iter()
            .flat_map(|deck| candidates(deck, &filter, &ways).map(move |found| (*deck, found)))
            .filter(|(deck, (card, ..))| may(&deck.id, &card.id))
            .collect();
        let mut luck = self.luck(&format!("card {}", caller.key));
        let Some((deck, (card, number, question))) = all.choose(&mut luck) else {
            return Ok(words::card::none(topic.as_deref()));
        };
        let asked = Asked::new(deck, card, *number, question, &mut luck);
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
            let open = self.store.open_cards(&caller.space).await?;
            let is_open = open.iter().any(|(deck, card)| *deck == asked.deck && *card == asked.card);
            Ok(if is_open { words::card::none(None) } else { say(&asked) })
        };
        said("card", found.await)
    }
}
