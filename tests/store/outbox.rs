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
    kit::{Kit, channel, choice, later, new_ask, now, player, rules, space},
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
        let due: Vec<_> = due.iter().map(|(id, text, attempts, unsure)| (id.0, text.as_str(), *attempts, *unsure)).collect();
        assert_eq!(due, [(first[0].0.0, "a1", 2, false), (4, "b2", 2, true)]);
    }

    /// An attempt whose lease ran out, or that may have reached the platform, comes back as unsure until it is settled.
    async fn a_lost_attempt_comes_back_unsure(kit: Kit) {
        note(&kit.store, "web:a", "a1").await;
        let first = claim(&kit.store, now()).await[0].0;
        let just_before = later(1) - SignedDuration::from_millis(1);
        assert_eq!(claim(&kit.another().await, just_before).await, []);
        let again = async |minutes, attempts, unsure| {
            let (id, text, tried, doubt) = claim(&kit.store, later(minutes)).await.remove(0);
            assert_eq!((id.0, text.as_str(), tried, doubt), (first.0, "a1", attempts, unsure));
            id
        };
        again(1, 2, true).await;
        let id = again(2, 3, true).await;
        kit.store.again(id, later(3), true, "no answer").await.expect("put off");
        let id = again(3, 4, true).await;
        kit.store.again(id, later(4), false, "found nothing").await.expect("put off");
        again(4, 5, false).await;
    }

    /// Who comes back after their lease ran out and another took over changes nothing of what the other does.
    async fn a_late_word_counts_for_nothing(kit: Kit) {
        let round = kit.ask(choice("one"), rules()).await;
        let old = kit.claim(now()).await[0].id;
        let new = kit.claim(later(1)).await[0].id;
        kit.store.again(old, later(1), false, "slow down").await.expect("nothing");
        kit.store.give_up(old, SkipReason::Channel, "gone", later(1)).await.expect("nothing");
        kit.store.sent(old, &message("m1"), later(1)).await.expect("nothing");
        assert_eq!(kit.claim(later(1)).await, [], "the newer lease holds");
        assert_eq!(kit.store.round(round).await.expect("read").expect("stored").state, State::Posting);
        kit.store.sent(new, &message("m2"), later(1)).await.expect("sent");
        assert_eq!(kit.store.round(round).await.expect("read").expect("stored").message, Some(message("m2")));
    }

    /// What a note said is not kept: it may name people.
    async fn a_note_is_forgotten_when_sent(kit: Kit) {
        note(&kit.store, "web:a", "ana won").await;
        kit.send_all(now()).await;
        assert_eq!(kit.rows("SELECT id FROM outbox WHERE body IS NOT NULL").await.len(), 0);
    }

    /// A reveal is edited once who is named in it has changed, after it was sent; one that was not tried yet needs no edit.
    async fn a_reveal_follows_who_is_named(kit: Kit) {
        let amended = async || {
            let parcels = kit.claim(later(90)).await;
            for parcel in &parcels {
                kit.store.sent(parcel.id, &message("edited"), later(90)).await.expect("sent");
            }
            parcels.into_iter().map(|parcel| parcel.what).collect::<Vec<_>>()
        };
        let round = kit.open_choice().await;
        kit.presses("ana", round, 2).await;
        kit.presses("bo", round, 2).await;
        kit.close(round).await;
        kit.store.hide(&player("bo"), true).await.expect("hidden");
        assert_eq!((amended().await, kit.store.revealed(round).await.expect("read")), (vec![What::Ending(round)], None));
        let reveal = kit.claim(later(70)).await.remove(0);
        kit.store.sent(reveal.id, &message("reveal"), later(70)).await.expect("sent");
        assert_eq!(kit.store.revealed(round).await.expect("read"), Some(message("reveal")));
        assert_eq!(amended().await, []);
        kit.store.forget(&player("ana"), later(80)).await.expect("forgotten");
        assert_eq!(amended().await, [What::Amended(round)]);
        kit.store.forget(&player("cy"), later(80)).await.expect("forgotten");
        assert_eq!(amended().await, [], "who was not in it");
        for hidden in [false, true] {
            kit.store.hide(&player("bo"), hidden).await.expect("hidden");
        }
        assert_eq!(amended().await, [What::Amended(round)], "once for both");
        assert_eq!(kit.store.revealed(round).await.expect("read"), Some(message("reveal")));
        assert_eq!(amended().await, []);
    }

    /// A question cancelled before it was posted was not asked: its slot says why.
    async fn a_cancelled_slot_was_skipped(kit: Kit) {
        let schedule = kit.store.add_schedule(&space(), &plan("daily"), now()).await.expect("added").expect("free");
        for (minutes, under_way) in [(1, false), (2, true)] {
            let ask = NewAsk { slot: Some((schedule, SlotKey::At(later(minutes)))), ..new_ask(&channel(), now()) };
            let draft = kcard::store::Draft { asked: choice("one"), rules: rules(), cycle: 1 };
            let outcome = kit.store.ask(&ask, now(), |_| Some(draft)).await.expect("asked");
            let kcard::store::AskOutcome::Asked(round) = outcome else { panic!("it is asked") };
            let parcel = if under_way { kit.claim(now()).await.pop() } else { None };
            kit.store.cancel_round(round, now()).await.expect("cancelled");
            if let Some(parcel) = parcel {
                kit.store.give_up(parcel.id, SkipReason::TooLate, "nothing to say", now()).await.expect("given up");
            }
            let slots = kit.store.slots(schedule, 1).await.expect("read");
            assert_eq!(slots, [(later(minutes), Some(SkipReason::Cancelled))], "under way: {under_way}");
        }
    }

    /// A row that cannot be read harms nothing but itself.
    async fn one_broken_row_stays_alone(kit: Kit) {
        let broken = kit.open_choice().await;
        let round = kit.open(choice("two"), rules()).await;
        for name in ["a", "b"] {
            kit.store.add_schedule(&space(), &plan(name), now()).await.expect("added");
        }
        for n in ["1", "2"] {
            note(&kit.store, &format!("web:{n}"), n).await;
        }
        kit.sql(&format!("UPDATE rounds SET asked = '{{' WHERE id = {broken}")).await;
        kit.sql("UPDATE schedules SET plan = '{' WHERE name = 'a'").await;
        kit.sql("UPDATE outbox SET body = NULL WHERE channel = 'web:1'").await;
        let ids = |rounds: Vec<kcard::store::Round>| rounds.iter().map(|round| round.id).collect::<Vec<_>>();
        assert_eq!(ids(kit.store.open_rounds(None).await.expect("read")), [round]);
        assert_eq!(ids(kit.store.recent_rounds(&channel(), 9).await.expect("read")), [round]);
        let schedules = kit.store.schedules(None).await.expect("read");
        assert_eq!(schedules.iter().map(|one| one.plan.name.as_str()).collect::<Vec<_>>(), ["b"]);
        assert_eq!(texts(&claim(&kit.store, later(1)).await), ["2"]);
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
        let id = claim(&kit.store, later(7)).await[0].0;
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
