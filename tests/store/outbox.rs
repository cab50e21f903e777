//! The outbox: in order for each channel, one attempt at a time, and never sent twice unseen.

use jiff::{SignedDuration, Timestamp};
use kcard::{
    quiz::{
        id::{ChannelId, MessageRef},
        round::State,
        schedule::due::SkipReason,
    },
    store::{Answered, NewAsk, ParcelId, SlotKey, Store, What},
};

use crate::{
    kit::{Kit, channel, choice, later, new_ask, now, rules, space},
    on_both,
    schedules::plan,
};

async fn note(store: &Store, channel: &str, text: &str) {
    store.note(&ChannelId::new(channel), text, text, now()).await.expect("stored");
}

async fn claim(store: &Store, at: Timestamp) -> Vec<(ParcelId, String, u32, bool)> {
    let parcels = store.claim(at, SignedDuration::from_mins(1), 100).await.expect("claiming works");
    let said = |what: &What| match what {
        What::Note(text) => text.clone(),
        other => format!("{other:?}"),
    };
    parcels.iter().map(|parcel| (parcel.id, said(&parcel.what), parcel.attempts, parcel.unsure)).collect()
}

fn texts(claimed: &[(ParcelId, String, u32, bool)]) -> Vec<&str> {
    claimed.iter().map(|(_, text, _, _)| text.as_str()).collect()
}

fn message(id: &str) -> MessageRef {
    MessageRef { channel: channel(), id: id.into() }
}

on_both! {
    /// Each channel's oldest is handed out, and its next only after that is settled.
    async fn a_channel_goes_in_order(kit: Kit) {
        for (channel, text) in [("web:a", "a1"), ("web:a", "a2"), ("web:b", "b1"), ("web:a", "a3")] {
            note(&kit.store, channel, text).await;
        }
        let first = claim(&kit.store, now()).await;
        assert_eq!(texts(&first), ["a1", "b1"]);
        assert_eq!(claim(&kit.store, now()).await, []);
        kit.store.sent(first[0].0, &message("m1"), now()).await.expect("sent");
        assert_eq!(texts(&claim(&kit.store, now()).await), ["a2"]);
    }

    /// A channel whose oldest has to wait keeps its order, and holds up no other.
    async fn a_waiting_channel_blocks_only_itself(kit: Kit) {
        for (channel, text) in [("web:a", "a1"), ("web:a", "a2"), ("web:b", "b1")] {
            note(&kit.store, channel, text).await;
        }
        let first = claim(&kit.store, now()).await;
        kit.store.again(first[0].0, later(5), false, "slow down").await.expect("put off");
        kit.store.sent(first[1].0, &message("m1"), now()).await.expect("sent");
        note(&kit.store, "web:b", "b2").await;
        assert_eq!(texts(&claim(&kit.store, later(4)).await), ["b2"]);
        let due = claim(&kit.store, later(5)).await;
        assert_eq!(due, [(first[0].0, "a1".into(), 2, false), (ParcelId(4), "b2".into(), 2, true)]);
    }

    /// An attempt whose lease ran out, or that may have reached the platform, comes back as unsure until it is settled.
    async fn a_lost_attempt_comes_back_unsure(kit: Kit) {
        note(&kit.store, "web:a", "a1").await;
        let id = claim(&kit.store, now()).await[0].0;
        let just_before = later(1) - SignedDuration::from_millis(1);
        assert_eq!(claim(&kit.another().await, just_before).await, []);
        assert_eq!(claim(&kit.store, later(1)).await, [(id, "a1".into(), 2, true)]);
        assert_eq!(claim(&kit.store, later(2)).await, [(id, "a1".into(), 3, true)]);
        kit.store.again(id, later(3), true, "no answer").await.expect("put off");
        assert_eq!(claim(&kit.store, later(3)).await, [(id, "a1".into(), 4, true)]);
        kit.store.again(id, later(4), false, "found nothing").await.expect("put off");
        assert_eq!(claim(&kit.store, later(4)).await, [(id, "a1".into(), 5, false)]);
    }

    /// Two processes claim at once: each parcel goes to one of them.
    async fn two_processes_share_the_work(kit: Kit) {
        for n in 0..20 {
            note(&kit.store, &format!("web:{n}"), &format!("n{n}")).await;
        }
        let other = kit.another().await;
        let (one, two) = tokio::join!(claim(&kit.store, now()), claim(&other, now()));
        let (mut rest, mut all) = (claim(&kit.store, now()).await, [one, two].concat());
        all.append(&mut rest);
        all.sort();
        all.dedup_by_key(|parcel| parcel.0);
        assert_eq!(all.len(), 20);
        assert!(all.iter().all(|(_, _, attempts, unsure)| (*attempts, *unsure) == (1, false)), "{all:?}");
        other.close().await;
    }

    /// No more are claimed than asked for.
    async fn a_claim_has_a_limit(kit: Kit) {
        for n in 0..5 {
            note(&kit.store, &format!("web:{n}"), &format!("n{n}")).await;
        }
        let claimed = kit.store.claim(now(), SignedDuration::from_mins(1), 3).await.expect("claimed");
        assert_eq!(claimed.len(), 3);
    }

    /// When there is work next: the oldest of each channel, when it is due or its lease runs out.
    async fn the_next_work_is_known(kit: Kit) {
        let next = async || kit.store.next_parcel().await.expect("read");
        assert_eq!(next().await, None);
        note(&kit.store, "web:a", "a1").await;
        note(&kit.store, "web:a", "a2").await;
        assert_eq!(next().await, Some(now()));
        let id = claim(&kit.store, now()).await[0].0;
        assert_eq!(next().await, Some(later(1)));
        kit.store.again(id, later(7), false, "slow down").await.expect("put off");
        assert_eq!(next().await, Some(later(7)));
        claim(&kit.store, later(7)).await;
        kit.store.sent(id, &message("m1"), now()).await.expect("sent");
        assert_eq!(next().await, Some(now()));
    }

    /// A note of a key is put in once ever.
    async fn a_note_is_said_once(kit: Kit) {
        note(&kit.store, "web:a", "hello").await;
        note(&kit.store, "web:a", "hello").await;
        let id = claim(&kit.store, now()).await[0].0;
        kit.store.sent(id, &message("m1"), now()).await.expect("sent");
        note(&kit.store, "web:a", "hello").await;
        assert_eq!(claim(&kit.store, now()).await, []);
    }

    /// A round opens when its message is known, by that moment, once.
    async fn a_sent_question_opens_its_round(kit: Kit) {
        let round = kit.ask(choice("one"), rules()).await;
        let id = kit.claim(now()).await[0].id;
        for (minutes, text) in [(3, "m1"), (9, "m2")] {
            kit.store.sent(id, &message(text), later(minutes)).await.expect("sent");
            let stored = kit.store.round(round).await.expect("read").expect("stored");
            assert_eq!((stored.state, stored.message.clone()), (State::Open, Some(message("m1"))));
            assert_eq!((stored.opened, stored.closes), (Some(later(3)), Some(later(63))));
            assert_eq!(kit.store.round_of(&message("m1")).await.expect("read"), Some(stored.clone()));
            assert_eq!(kit.store.open_rounds(Some(&space())).await.expect("read"), [stored]);
        }
        assert_eq!(kit.store.round_of(&message("m2")).await.expect("read"), None);
    }

    /// A question that will never be posted takes its round with it, and says why in its slot.
    async fn a_question_given_up_skips_its_slot(kit: Kit) {
        let schedule = kit.store.add_schedule(&space(), &plan("daily"), now()).await.expect("added").expect("free");
        let ask = NewAsk { slot: Some((schedule, SlotKey::At(later(1)))), ..new_ask(&channel(), later(1)) };
        let draft = kcard::store::Draft { asked: choice("one"), rules: rules(), cycle: 1 };
        kit.store.ask(&ask, later(1), |_| Some(draft)).await.expect("asked");
        let parcel = kit.claim(later(1)).await.remove(0);
        let What::Question(round) = parcel.what else { panic!("a question was asked") };
        kit.store.give_up(parcel.id, SkipReason::Channel, "no permission", later(2)).await.expect("given up");
        let stored = kit.store.round(round).await.expect("read").expect("stored");
        assert_eq!((stored.state, stored.ended), (State::Cancelled, Some(later(2))));
        let slots = kit.store.slots(schedule, 10).await.expect("read");
        assert_eq!(slots, [(later(1), Some(SkipReason::Channel))]);
        assert_eq!(kit.presses("ana", round, 2).await, Answered::Late(round));
        kit.store.sent(parcel.id, &message("m1"), later(3)).await.expect("nothing");
        assert_eq!(kit.store.round(round).await.expect("read").expect("stored"), stored);
        assert_eq!(kit.claim(later(9)).await, []);
    }

    /// Cancelled before anything was tried, a question is never posted.
    async fn a_cancelled_question_is_not_posted(kit: Kit) {
        let round = kit.ask(choice("one"), rules()).await;
        assert!(kit.store.cancel_round(round, now()).await.expect("cancelled"));
        assert!(!kit.store.cancel_round(round, now()).await.expect("cancelled before"));
        assert_eq!(kit.claim(now()).await, []);
    }

    /// Cancelled while its post is under way, it is edited once its message is known; where it has none, nothing is left to do.
    async fn a_question_cancelled_under_way_is_edited(kit: Kit) {
        for posted in [true, false] {
            let round = kit.ask(choice("one"), rules()).await;
            let parcel = kit.claim(now()).await.remove(0);
            kit.store.cancel_round(round, now()).await.expect("cancelled");
            if posted {
                kit.store.sent(parcel.id, &message("m1"), now()).await.expect("sent");
            } else {
                kit.store.give_up(parcel.id, SkipReason::TooLate, "too late", now()).await.expect("given up");
            }
            let stored = kit.store.round(round).await.expect("read").expect("stored");
            assert_eq!((stored.state, stored.message.is_some(), stored.opened), (State::Cancelled, posted, None));
            let left: Vec<What> = kit.claim(now()).await.into_iter().map(|parcel| parcel.what).collect();
            assert_eq!(left, if posted { vec![What::Ending(round)] } else { vec![] });
            kit.send_all(later(5)).await;
        }
    }
}
