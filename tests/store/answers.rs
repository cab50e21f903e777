//! Answers: durable when acknowledged, counted once, late or refused as the rules say; one failure stays alone.

use kcard::{
    quiz::{
        answer::{Change, Input, Taken, Way},
        id::{MessageRef, RoundId},
        verdict::Credit,
    },
    store::{Answered, NewAnswer, Store, StoreError, Which},
};

use crate::{
    kit::{Kind, Kit, channel, choice, later, now, picks, player, rules, typed},
    on_both,
};

async fn entered(store: &Store, round: RoundId) -> Vec<(String, Option<u16>)> {
    let entries = store.entries(round).await.expect("entries can be read");
    entries.into_iter().map(|one| (one.name, one.verdict.map(|verdict| verdict.credit.get()))).collect()
}

fn names(credits: &[(&str, Option<u16>)]) -> Vec<(String, Option<u16>)> {
    credits.iter().map(|(name, credit)| ((*name).to_owned(), *credit)).collect()
}

on_both! {
    /// A platform delivers an event again, also after later changes: nothing changes.
    async fn a_key_counts_once(kit: Kit) {
        let round = kit.open_choice().await;
        let first = picks("k1", "ana", round, 2);
        assert!(matches!(kit.store.answer(first.clone()).await.expect("stored"), Answered::Taken(_, Taken::In { .. })));
        kit.store.answer(picks("k2", "ana", round, 1)).await.expect("stored");
        assert_eq!(kit.store.answer(first.clone()).await.expect("stored"), Answered::Again(round));
        assert_eq!(entered(&kit.store, round).await, names(&[("ana", Some(0))]));
        kit.close(round).await;
        assert_eq!(kit.store.answer(first).await.expect("stored"), Answered::Again(round));
        kit.verified().await;
    }

    /// An answer that changes nothing is remembered too: delivered again after a change of mind, it would change it back.
    async fn a_key_that_changed_nothing_counts_once(kit: Kit) {
        let round = kit.open_choice().await;
        for (key, option) in [("k1", 2), ("k2", 2), ("k3", 1)] {
            kit.store.answer(picks(key, "ana", round, option)).await.expect("stored");
        }
        assert_eq!(kit.store.answer(picks("k2", "ana", round, 2)).await.expect("stored"), Answered::Again(round));
        assert_eq!(entered(&kit.store, round).await, names(&[("ana", Some(0))]));
    }

    /// The same event reaches two processes at the same moment, and one of them twice.
    async fn a_key_counts_once_in_concurrent_batches(kit: Kit) {
        let round = kit.open(typed("one"), rules()).await;
        let other = kit.another().await;
        let tries = (0..40).map(|n| {
            let store = if n % 2 == 0 { kit.store.clone() } else { other.clone() };
            let change = Change::Set(Input::Text(format!("try {}", n / 20)));
            let answer = NewAnswer { way: Way::Reply, change, ..picks(&format!("k{}", n / 20), "ana", round, 1) };
            tokio::spawn(async move { store.answer(answer).await })
        });
        let mut again = 0;
        for one in tries.collect::<Vec<_>>() {
            if matches!(one.await.expect("no panic").expect("stored"), Answered::Again(_)) {
                again += 1;
            }
        }
        assert_eq!(again, 38);
        assert_eq!(kit.count("answers").await, 2);
        let entry = kit.store.entry(round, &player("ana")).await.expect("read").expect("there is one");
        assert_eq!(entry.tries.len(), 2);
        kit.verified().await;
        other.close().await;
    }

    /// Two processes take different answers of one player at once: both are in the entry.
    async fn no_change_is_lost_between_processes(kit: Kit) {
        let round = kit.open(typed("one"), rules()).await;
        let other = kit.another().await;
        let say = |store: &Store, text: &str| {
            let change = Change::Set(Input::Text(text.into()));
            let answer = NewAnswer { way: Way::Reply, change, ..picks(text, "ana", round, 1) };
            let store = store.clone();
            tokio::spawn(async move { store.answer(answer).await })
        };
        for one in [say(&kit.store, "kubelet"), say(&other, "etcd")] {
            one.await.expect("no panic").expect("stored");
        }
        let entry = kit.store.entry(round, &player("ana")).await.expect("read").expect("there is one");
        assert_eq!(entry.tries.len(), 2);
        kit.verified().await;
        other.close().await;
    }

    /// What was acknowledged is there after a restart.
    async fn an_acknowledged_answer_lasts(kit: Kit) {
        let round = kit.open_choice().await;
        kit.presses("ana", round, 2).await;
        kit.store.close().await;
        let again = kit.another().await;
        assert_eq!(entered(&again, round).await, names(&[("ana", Some(10_000))]));
        assert_eq!(again.entries(round).await.expect("read")[0].at, later(1));
        again.close().await;
    }

    /// Closing the store waits for the answers that were handed in before.
    async fn closing_waits_for_what_was_handed_in(kit: Kit) {
        let round = kit.open_choice().await;
        let mut waiting = Vec::new();
        for n in 0..1_000 {
            let store = kit.store.clone();
            let answer = picks(&format!("k{n}"), &format!("p{}", n % 10), round, 2);
            let mut answered = Box::pin(async move { store.answer(answer).await });
            assert!(futures_util::poll!(&mut answered).is_pending());
            waiting.push(answered);
        }
        kit.store.close().await;
        for answered in waiting {
            assert!(matches!(answered.await, Ok(Answered::Taken(..))));
        }
    }

    /// Of equal answers the first moment counts; a better one counts from when it was given.
    async fn what_counts_has_its_moment(kit: Kit) {
        let round = kit.open(typed("one"), rules()).await;
        for (minute, text, counts) in [(1, "kubelet", 1), (2, "kube-proxy", 1), (3, "etcd", 3)] {
            let change = Change::Set(Input::Text(text.into()));
            let answer = NewAnswer { way: Way::Reply, change, at: later(minute), ..picks(text, "ana", round, 1) };
            kit.store.answer(answer).await.expect("stored");
            let entries = kit.store.entries(round).await.expect("read");
            let expected = if minute == 2 { entries[0].at } else { later(counts) };
            assert_eq!(entries[0].at, expected, "after {text}");
        }
        kit.verified().await;
    }

    /// A round that is posting takes answers by its number, and by its message once that is known.
    async fn a_posting_round_takes_answers_by_number(kit: Kit) {
        let round = kit.ask(choice("one"), rules()).await;
        assert!(matches!(kit.presses("ana", round, 2).await, Answered::Taken(..)));
        let message = MessageRef { channel: channel(), id: "m1".into() };
        let by_message = |key: &str| NewAnswer { which: Which::Message(message.clone()), ..picks(key, "bo", round, 2) };
        assert_eq!(kit.store.answer(by_message("b1")).await.expect("stored"), Answered::Unknown);
        let parcel = kit.claim(now()).await.remove(0);
        kit.store.sent(parcel.id, &message, now()).await.expect("sent");
        assert!(matches!(kit.store.answer(by_message("b2")).await.expect("stored"), Answered::Taken(..)));
        assert_eq!(kit.presses("cy", RoundId(999), 2).await, Answered::Unknown);
    }

    /// Late is what was done after the window's end by the platform's time, or reaches a round that has ended.
    async fn late_answers_change_nothing(kit: Kit) {
        let round = kit.open_choice().await;
        let at = |key: &str, minutes| NewAnswer { at: later(minutes), ..picks(key, key, round, 2) };
        assert!(matches!(kit.store.answer(at("in-time", 60)).await.expect("stored"), Answered::Taken(..)));
        assert_eq!(kit.store.answer(at("too-late", 61)).await.expect("stored"), Answered::Late(round));
        kit.close(round).await;
        assert_eq!(kit.store.answer(at("after-all", 1)).await.expect("stored"), Answered::Late(round));
        assert_eq!(entered(&kit.store, round).await, names(&[("in-time", Some(10_000))]));

        let round = kit.open_choice().await;
        kit.store.cancel_round(round, later(2)).await.expect("cancelled");
        assert_eq!(kit.presses("ana", round, 2).await, Answered::Late(round));
    }

    /// What the rules refuse leaves nothing behind, not even the player.
    async fn a_refused_answer_leaves_nothing(kit: Kit) {
        let round = kit.open_choice().await;
        assert!(matches!(kit.presses("ana", round, 9).await, Answered::Taken(_, Taken::Refused(_))));
        assert_eq!(kit.count("answers").await + kit.count("entries").await + kit.count("players").await, 0);
    }

    /// A read-back that finds what is known stores nothing; one that finds more does.
    async fn a_read_back_stores_only_news(kit: Kit) {
        let round = kit.open_choice().await;
        let stand = |options: &[u8]| Change::Standing { reactions: options.iter().copied().collect(), heard_from: later(1) };
        kit.does("ana", round, Way::Reaction, Change::Add(2)).await;
        kit.does("ana", round, Way::Reaction, stand(&[2])).await;
        kit.does("bo", round, Way::Reaction, stand(&[])).await;
        assert_eq!(kit.count("answers").await, 1);
        kit.does("ana", round, Way::Reaction, stand(&[2, 3])).await;
        assert_eq!(kit.count("answers").await, 2);
        assert_eq!(entered(&kit.store, round).await, names(&[("ana", Some(0))]));
        kit.verified().await;
    }

    /// A withdrawn answer is an entry that counts for nothing.
    async fn a_withdrawn_answer_does_not_stand(kit: Kit) {
        let round = kit.open_choice().await;
        kit.does("ana", round, Way::Reaction, Change::Add(2)).await;
        kit.does("ana", round, Way::Reaction, Change::Remove(2)).await;
        assert_eq!(entered(&kit.store, round).await, names(&[("ana", None)]));
        kit.close(round).await;
        assert_eq!(kit.store.awards(round).await.expect("read"), []);
        kit.verified().await;
    }

    /// The name follows the last answer that brought one, on the boards too.
    async fn names_follow_answers(kit: Kit) {
        let round = kit.open_choice().await;
        let named = |key: &str, name: Option<&str>| NewAnswer { name: name.map(Into::into), ..picks(key, "ana", round, 2) };
        kit.store.answer(named("k1", None)).await.expect("stored");
        assert_eq!(kit.store.person(&player("ana")).await.expect("read").expect("known").name, "ana");
        kit.store.answer(named("k2", Some("Ana"))).await.expect("stored");
        kit.store.answer(named("k3", None)).await.expect("stored");
        assert_eq!(kit.store.person(&player("ana")).await.expect("read").expect("known").name, "Ana");
        kit.close(round).await;
        let round = kit.open_choice().await;
        kit.store.answer(NewAnswer { name: Some("Ana B".into()), ..picks("k4", "ana", round, 2) }).await.expect("stored");
        kit.verified().await;
    }

    /// An answer that cannot be stored fails alone: the others of its batch are in.
    async fn a_poisoned_answer_harms_only_itself(kit: Kit) {
        let good = kit.open_choice().await;
        let bad = kit.open(choice("two"), rules()).await;
        kit.sql(&format!("UPDATE rounds SET asked = 'not JSON' WHERE id = {}", bad.0)).await;
        let answers = (0..50).map(|n| {
            let round = if n == 23 { bad } else { good };
            let store = kit.store.clone();
            let answer = picks(&format!("k{n}"), &format!("p{n:02}"), round, 2);
            tokio::spawn(async move { store.answer(answer).await })
        });
        for (n, one) in answers.collect::<Vec<_>>().into_iter().enumerate() {
            match one.await.expect("no panic") {
                Ok(Answered::Taken(..)) => assert_ne!(n, 23),
                Err(StoreError::Database(why)) => assert!(n == 23 && why.contains("`asked`"), "{n}: {why}"),
                other => panic!("{n}: {other:?}"),
            }
        }
        assert_eq!(kit.count("answers").await, 49);
    }

    /// With the database stuck and the queue full, one more answer is refused at once; the others are stored once it is free.
    async fn a_full_queue_refuses_at_once(kit: Kit) {
        let round = kit.open_choice().await;
        let lock = match kit.kind {
            Kind::Sqlite => "BEGIN IMMEDIATE",
            Kind::Postgres => "BEGIN; LOCK TABLE rounds",
        };
        let mut stuck = kit.connection().await;
        sqlx::Executor::execute(&mut stuck, lock).await.expect("locked");
        let mut waiting = tokio::task::JoinSet::new();
        let mut refused = 0;
        // One batch may be under way beside the full queue, and no more.
        for n in 0..=4_096 + 256 {
            let store = kit.store.clone();
            let answer = picks(&format!("k{n}"), &format!("p{}", n % 10), round, 2);
            let mut answered = Box::pin(async move { store.answer(answer).await });
            match futures_util::poll!(&mut answered) {
                std::task::Poll::Pending => {
                    waiting.spawn(answered);
                }
                std::task::Poll::Ready(outcome) => {
                    assert!(matches!(outcome, Err(StoreError::Busy(_))), "{outcome:?}");
                    refused += 1;
                }
            }
        }
        assert!(refused > 0);
        sqlx::Executor::execute(&mut stuck, "ROLLBACK").await.expect("unlocked");
        let taken = waiting.join_all().await.into_iter().flatten().count();
        assert_eq!(taken, 4_096 + 256 + 1 - refused);
        assert_eq!(kit.count("answers").await, i64::try_from(taken).expect("a count"));
    }

    /// Credits are as marked.
    async fn entries_are_by_time(kit: Kit) {
        let round = kit.open_choice().await;
        for (name, option, minute) in [("cy", 2, 3), ("ana", 1, 2), ("bo", 2, 1)] {
            kit.store.answer(NewAnswer { at: later(minute), ..picks(name, name, round, option) }).await.expect("stored");
        }
        let full = Some(Credit::FULL.get());
        assert_eq!(entered(&kit.store, round).await, names(&[("bo", full), ("ana", Some(0)), ("cy", full)]));
    }
}
