//! Asking: one question or one skip for every slot, drawn from the channel's history.

use jiff::Timestamp;
use kcard::{
    quiz::{
        draw::History,
        id::{CardId, ChannelId, DeckId, RoundId, ScheduleId},
        round::State,
        schedule::due::SkipReason,
    },
    store::{AskOutcome, Draft, NewAsk, OpenIn, SlotKey, Store, What},
};

use crate::{
    kit::{Kit, channel, choice, later, new_ask, now, player, rules, space},
    on_both,
    schedules::plan,
};

async fn scheduled(kit: &Kit) -> ScheduleId {
    let added = kit.store.add_schedule(&space(), &plan("daily"), now()).await;
    added.expect("adding works").expect("the name is free")
}

fn slot(schedule: ScheduleId, slot: SlotKey) -> NewAsk {
    NewAsk { slot: Some((schedule, slot)), ..new_ask(&channel(), later(60)) }
}

async fn ask(store: &Store, ask: &NewAsk) -> AskOutcome {
    let draft = Draft { asked: choice("one"), rules: rules(), cycle: 1 };
    store.ask(ask, later(60), |_| Some(draft)).await.expect("asking works")
}

/// What a draw is told.
async fn history(kit: &Kit, channel: &ChannelId, deck: &str) -> History {
    let mut told = None;
    let ask = NewAsk { deck: DeckId::new(deck), ..new_ask(channel, now()) };
    let outcome = kit.store.ask(&ask, now(), |history| {
        told = Some(history.clone());
        None
    });
    assert_eq!(outcome.await.expect("asking works"), AskOutcome::NoCard);
    told.expect("the draw was asked")
}

on_both! {
    /// A slot is asked once; asking moves `settled` on, and never back.
    async fn a_slot_is_asked_once(kit: Kit) {
        let schedule = scheduled(&kit).await;
        let at = |minutes| slot(schedule, SlotKey::At(later(minutes)));
        assert!(matches!(ask(&kit.store, &at(60)).await, AskOutcome::Asked(_)));
        assert_eq!(ask(&kit.store, &at(60)).await, AskOutcome::Lost);
        assert!(matches!(ask(&kit.store, &at(30)).await, AskOutcome::Asked(_)));
        let schedules = kit.store.schedules(None).await.expect("read");
        assert_eq!(schedules[0].settled, later(60));
        assert_eq!(kit.count("outbox").await, 2);
        let slots = kit.store.slots(schedule, 10).await.expect("read");
        assert_eq!(slots, [(later(60), None), (later(30), None)]);
    }

    /// Two processes race for one slot: one asks, the other stops.
    async fn two_processes_ask_a_slot_once(kit: Kit) {
        let schedule = scheduled(&kit).await;
        let other = kit.another().await;
        for minutes in 1..=20 {
            let ask_slot = slot(schedule, SlotKey::At(later(minutes)));
            let (one, two) = tokio::join!(ask(&kit.store, &ask_slot), ask(&other, &ask_slot));
            let asked = [one, two].into_iter().filter(|outcome| matches!(outcome, AskOutcome::Asked(_))).count();
            assert_eq!((asked, [one, two].contains(&AskOutcome::Lost)), (1, true), "{one:?} {two:?}");
        }
        assert_eq!((kit.count("slots").await, kit.count("rounds").await, kit.count("outbox").await), (20, 20, 20));
        other.close().await;
    }

    /// `ask_on_start` asks once ever, and no firing time hears of it.
    async fn a_start_is_asked_once_ever(kit: Kit) {
        let schedule = scheduled(&kit).await;
        assert!(matches!(ask(&kit.store, &slot(schedule, SlotKey::Start)).await, AskOutcome::Asked(_)));
        assert_eq!(ask(&kit.another().await, &slot(schedule, SlotKey::Start)).await, AskOutcome::Lost);
        assert_eq!(kit.store.slots(schedule, 10).await.expect("read"), []);
        assert_eq!(kit.store.schedules(None).await.expect("read")[0].settled, now());
    }

    /// Where there is nothing to draw the slot is skipped, with the reason.
    async fn nothing_to_draw_skips_the_slot(kit: Kit) {
        let schedule = scheduled(&kit).await;
        let outcome = kit.store.ask(&slot(schedule, SlotKey::At(later(60))), later(60), |_| None).await;
        assert_eq!(outcome.expect("asking works"), AskOutcome::NoCard);
        let slots = kit.store.slots(schedule, 10).await.expect("read");
        assert_eq!(slots, [(later(60), Some(SkipReason::NoCard))]);
        assert_eq!((kit.count("rounds").await, kit.count("outbox").await), (0, 0));
        assert_eq!(ask(&kit.store, &slot(schedule, SlotKey::At(later(60)))).await, AskOutcome::Lost);
    }

    /// Nobody asks for a schedule that was removed.
    async fn a_removed_schedule_asks_nothing(kit: Kit) {
        let schedule = scheduled(&kit).await;
        kit.store.remove_schedule(schedule).await.expect("removed");
        assert_eq!(ask(&kit.store, &slot(schedule, SlotKey::At(later(60)))).await, AskOutcome::Lost);
        assert_eq!(kit.count("slots").await, 0);
    }

    /// The draw sees what was asked of this deck in this channel, by whomever: the last turn and question of each card, and in which
    /// cycle the schedule is.
    async fn a_draw_sees_the_history(kit: Kit) {
        let elsewhere = ChannelId::new("web:elsewhere");
        let schedule = scheduled(&kit).await;
        for (card, number, place) in
            [("one", 0, &channel()), ("two", 1, &channel()), ("three", 0, &elsewhere), ("one", 2, &channel())]
        {
            let mut asked = choice(card);
            asked.number = number;
            let draft = Draft { asked, rules: rules(), cycle: 0 };
            kit.store.ask(&new_ask(place, now()), now(), |_| Some(draft)).await.expect("asked");
        }
        let seen = history(&kit, &channel(), "kubernetes").await;
        let cards: Vec<_> = seen.cards.iter().map(|(card, told)| (card.as_str(), *told)).collect();
        assert_eq!(cards, [("one", (4, 2)), ("two", (2, 1))]);
        assert_eq!(seen.cycle, None, "a host has no cycle");
        assert_eq!(history(&kit, &channel(), "linux").await, History::default());

        let draft = Draft { asked: choice("two"), rules: rules(), cycle: 4 };
        for (after, cycle) in [(0, 0), (60, 4)] {
            let ask = slot(schedule, SlotKey::At(later(after)));
            let draw = |history: &History| {
                assert_eq!(history.cycle, Some(cycle));
                Some(draft.clone())
            };
            kit.store.ask(&ask, now(), draw).await.expect("asked");
        }
    }

    /// A question that was never posted was not asked: its card may come again.
    async fn an_unposted_question_is_not_history(kit: Kit) {
        let unposted = kit.ask(choice("one"), rules()).await;
        kit.store.cancel_round(unposted, now()).await.expect("cancelled");
        assert_eq!(history(&kit, &channel(), "kubernetes").await, History::default());
        let posted = kit.open_choice().await;
        kit.store.cancel_round(posted, now()).await.expect("cancelled");
        assert_eq!(history(&kit, &channel(), "kubernetes").await.cards.len(), 1);
    }

    /// A round is stored whole, and is found by its number, its channel and what is open.
    async fn a_round_is_stored_whole(kit: Kit) {
        let schedule = scheduled(&kit).await;
        let AskOutcome::Asked(id) = ask(&kit.store, &slot(schedule, SlotKey::At(later(60)))).await else {
            panic!("nobody else asks");
        };
        let round = kit.store.round(id).await.expect("read").expect("stored");
        assert_eq!((round.id, &round.space, &round.channel, round.schedule), (id, &space(), &channel(), Some(schedule)));
        assert_eq!((round.asked.clone(), round.rules.clone(), round.state), (choice("one"), rules(), State::Posting));
        assert_eq!((round.message.clone(), round.opened, round.closes, round.ended), (None, None, None, None));
        assert_eq!(kit.store.round(RoundId(id.0 + 1)).await.expect("read"), None);
        assert_eq!(kit.store.recent_rounds(&channel(), 5).await.expect("read"), [round]);
        assert_eq!(kit.store.open_rounds(None).await.expect("read"), []);
        let open = kit.store.open_cards(&player("ana")).await.expect("read");
        let one = (DeckId::new("kubernetes"), CardId::new("one"));
        assert_eq!(open, [(one, OpenIn { others: [space()].into(), ..OpenIn::default() })].into());
        let parcel = kit.claim(later(60)).await.remove(0);
        assert_eq!((parcel.what, parcel.expires), (What::Question(id), Some(later(180))));
    }

    /// The latest moment there is survives: `Timestamp::MAX` is "until resumed".
    async fn the_last_moment_is_kept(kit: Kit) {
        let schedule = scheduled(&kit).await;
        kit.store.pause_schedule(schedule, Some(Timestamp::MAX)).await.expect("paused");
        assert_eq!(kit.store.schedules(None).await.expect("read")[0].paused_until, Some(Timestamp::MAX));
        kit.store.pause_schedule(schedule, None).await.expect("resumed");
        assert_eq!(kit.store.schedules(None).await.expect("read")[0].paused_until, None);
    }
}
