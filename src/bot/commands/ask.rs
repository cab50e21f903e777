//! `/kquiz ask`, and the button "ask one now": a question now, in this channel.

use crate::{
    bot::{
        Inner,
        ask::Asking,
        commands::{
            named::{self, Stop},
            said,
        },
        memory::DecksOf,
        scheduler::later,
    },
    chat::{Caller, Reply, command::Who, words},
    quiz::{
        draw::Filter,
        id::{CardId, CaseId, ChannelId, DeckId, ScheduleId},
        question::Kind,
        schedule::{DEFAULT_CATCH_UP, LONGEST_WINDOW, Pattern, Plan},
    },
    store::{AskOutcome, Schedule},
};

/// What a host wishes to be asked; all of it may be left to luck.
pub(super) struct Wish {
    pub(super) deck: Option<String>,
    pub(super) topic: Option<String>,
    pub(super) kind: Option<Kind>,
    pub(super) card: Option<String>,
}

impl Inner {
    /// Asks one question in the caller's channel, played as the channel's schedule plays.
    pub(super) async fn ask_here(&self, caller: &Caller, wish: Wish) -> Result<Reply, Stop> {
        let Some(channel) = &caller.channel else { return Ok(words::trouble::no_channel()) };
        let schedules = self.store.schedules(Some(&caller.space)).await?;
        let here: Vec<&Schedule> = schedules.iter().filter(|schedule| schedule.plan.channel == *channel).collect();
        let decks = self.memory.decks(&caller.space);
        let (plan, card) = plan(&decks, channel, &here, wish)?;
        self.ask_by_host(caller, &plan, card.as_ref()).await
    }

    /// Asks one question as a schedule of the caller's space asks.
    pub(in crate::bot) async fn ask_now(&self, caller: &Caller, id: ScheduleId) -> Reply {
        if !self.may(caller, Who::Host) {
            return super::refusal(caller, Who::Host);
        }
        let asked = async {
            let schedules = self.store.schedules(Some(&caller.space)).await?;
            let schedule = schedules.iter().find(|schedule| schedule.id == id);
            let schedule = schedule.ok_or_else(words::trouble::unknown_control)?;
            self.ask_by_host(caller, &schedule.plan, None).await
        };
        said("ask now", asked.await)
    }

    async fn ask_by_host(&self, caller: &Caller, plan: &Plan, card: Option<&CardId>) -> Result<Reply, Stop> {
        if !self.asked.is_first(&caller.key) {
            return Ok(words::schedules::asking());
        }
        let lacks = caller.lacks.as_ref().filter(|_| caller.channel.as_ref() == Some(&plan.channel));
        if let Some(lacks) = lacks.filter(|lacks| !lacks.can_post) {
            return Ok(words::schedules::may_not_ask(&lacks.why));
        }
        let now = self.clock.now();
        let asking = Asking {
            space: &caller.space,
            plan,
            card,
            slot: None,
            expires: later(now, DEFAULT_CATCH_UP),
            luck: format!("ask {} {now}", caller.key),
        };
        Ok(match self.ask(asking, now).await? {
            AskOutcome::Asked(_) | AskOutcome::Lost => match lacks {
                Some(lacks) => words::schedules::asking_without(&lacks.why),
                None => words::schedules::asking(),
            },
            AskOutcome::NoCard => match self.held(caller, card).await? {
                Some(case) => words::disputes::held(case),
                None => words::schedules::nothing_to_ask(),
            },
        })
    }

    /// The case because of which a card is not asked.
    async fn held(&self, caller: &Caller, card: Option<&CardId>) -> Result<Option<CaseId>, Stop> {
        let Some(card) = card else { return Ok(None) };
        let cases = self.store.open_cases(&caller.space).await?;
        Ok(cases.into_iter().find(|case| case.holds && case.card == *card).map(|case| case.id))
    }
}

/// How the wish is asked: from the deck that is named, holds the card, or is asked here; by the rules of the channel's schedule.
fn plan(decks: &DecksOf, channel: &ChannelId, here: &[&Schedule], wish: Wish) -> Result<(Plan, Option<CardId>), Stop> {
    let card = wish.card.map(CardId::new);
    let deck = match (&wish.deck, &card) {
        (Some(name), _) => named::deck(decks, name)?,
        (None, Some(card)) => {
            let known = decks.all().flat_map(|deck| &deck.cards).map(|card| card.id.as_str());
            let missing = || words::trouble::no_such("card", card.as_str(), known);
            decks.card(card).ok_or_else(missing)?.0
        }
        (None, None) => {
            let usual = here.iter().find_map(|schedule| decks.deck(&schedule.plan.deck));
            usual.or_else(|| decks.all().next()).ok_or_else(words::schedules::nothing_to_ask)?
        }
    };
    if let Some(card) = &card
        && deck.card(card).is_none()
    {
        let known = deck.cards.iter().map(|card| card.id.as_str());
        return Err(words::trouble::no_such("card", card.as_str(), known).into());
    }
    if let Some(topic) = &wish.topic {
        named::topic(&[deck], topic)?;
    }
    let usual = here.iter().find(|schedule| schedule.plan.deck == deck.id).or(here.first());
    let usual = usual.map_or_else(|| default(channel, &deck.id), |schedule| schedule.plan.clone());
    let said_nothing = wish.deck.is_none() && wish.topic.is_none() && wish.kind.is_none() && card.is_none();
    let filter = if said_nothing {
        usual.filter
    } else {
        Filter { topic: wish.topic, kinds: wish.kind.into_iter().collect(), ..Filter::default() }
    };
    Ok((Plan { deck: deck.id.clone(), filter, ..usual }, card))
}

/// How a question is played in a channel without a schedule: by the defaults, for 24 h.
fn default(channel: &ChannelId, deck: &DeckId) -> Plan {
    let pattern = Pattern::parse("daily 00:00").expect("the words are a pattern");
    let window_ms = i64::try_from(LONGEST_WINDOW.as_millis()).ok();
    Plan { window_ms, ..Plan::new("ask", channel.clone(), deck.clone(), pattern) }
}
