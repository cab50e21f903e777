//! Closing: once, with awards, sums and what is to be said, all together.

use jiff::tz::TimeZone;
use kcard::{
    quiz::{
        answer::Change,
        id::{ChannelId, RoundId},
        points::Weights,
        round::{Rules, State},
        standing::Period,
    },
    store::{NewAsk, SlotKey, Store, What},
};

use crate::{
    kit::{Kit, channel, choice, later, new_ask, now, player, rules, settle, space},
    on_both,
    schedules::plan,
};

async fn awards(store: &Store, round: RoundId) -> Vec<(String, i64)> {
    let awards = store.awards(round).await.expect("awards can be read");
    awards.into_iter().map(|(row, name)| (name, row.award.points.0)).collect()
}

on_both! {
    /// The edit of the question and the reveal follow in the channel's order; the round is closed with all its awards.
    async fn a_close_is_whole(kit: Kit) {
        let round = kit.open_choice().await;
        for (name, option) in [("cy", 2), ("ana", 2), ("bo", 1)] {
            kit.presses(name, round, option).await;
        }
        kit.store.hide(&player("cy"), true).await.expect("hidden");
        let closed = kit.close(round).await;
        assert_eq!((closed.state, closed.ended), (State::Closed, Some(later(60))));
        assert_eq!(kit.store.round(round).await.expect("read"), Some(closed));
        assert_eq!(awards(&kit.store, round).await, [("ana".to_owned(), 10), ("bo".to_owned(), 0)]);
        let ending = kit.claim(later(60)).await.remove(0);
        assert_eq!(ending.what, What::Ending(round));
        let message = kcard::quiz::id::MessageRef { channel: channel(), id: "m".into() };
        kit.store.sent(ending.id, &message, later(60)).await.expect("sent");
        assert_eq!(kit.claim(later(60)).await[0].what, What::Reveal(round));
        kit.verified().await;
    }

    /// What is said of the round before is about one that counts, of the same channel.
    async fn the_round_before_is_a_closed_one(kit: Kit) {
        let (one, two) = (kit.open_choice().await, kit.open(choice("two"), rules()).await);
        let before = async |round| {
            let round = kit.store.round(round).await.expect("read").expect("it is there");
            kit.store.closed_before(&round).await.expect("read").map(|round| round.id)
        };
        assert_eq!(before(two).await, None, "it is open");
        kit.close(one).await;
        assert_eq!((before(two).await, before(one).await), (Some(one), None));
        kit.store.cancel_round(two, now()).await.expect("cancelled");
        let three = kit.open(choice("three"), rules()).await;
        assert_eq!(before(three).await, Some(one));
        let other = kit.ask_in(&ChannelId::new("web:other"), choice("four"), rules(), now()).await;
        assert_eq!(before(other).await, None);
    }

    /// Only an open round closes, and only once, whoever tries at the same moment.
    async fn a_round_closes_once(kit: Kit) {
        let posting = kit.ask(choice("one"), rules()).await;
        let close = async |store: &Store, round| {
            store.close_round(round, &TimeZone::UTC, later(60), settle).await.expect("closing works")
        };
        assert_eq!(close(&kit.store, posting).await, None);
        kit.send_all(now()).await;
        kit.presses("ana", posting, 2).await;
        let other = kit.another().await;
        let (one, two) = tokio::join!(close(&kit.store, posting), close(&other, posting));
        assert_eq!([one, two].iter().flatten().count(), 1);
        assert_eq!(awards(&kit.store, posting).await, [("ana".to_owned(), 10)]);
        assert!(!kit.store.cancel_round(posting, later(61)).await.expect("read"));
        kit.verified().await;
        other.close().await;
    }

    /// A close and answers at the same moment: what was acknowledged as in before it is settled.
    async fn an_answer_is_settled_or_late(kit: Kit) {
        let other = kit.another().await;
        for n in 0..10 {
            let round = kit.open(choice(&format!("c{n}")), rules()).await;
            let answers: Vec<_> = (0..20)
                .map(|p| {
                    let answer = crate::kit::picks(&format!("{n}/{p}"), &format!("p{p:02}"), round, 2);
                    let store = kit.store.clone();
                    tokio::spawn(async move { store.answer(answer).await })
                })
                .collect();
            other.close_round(round, &TimeZone::UTC, later(60), settle).await.expect("closed").expect("open");
            let mut taken = 0;
            for answer in answers {
                let answered = answer.await.expect("no panic").expect("stored");
                taken += usize::from(matches!(answered, kcard::store::Answered::Taken(..)));
            }
            assert_eq!(awards(&kit.store, round).await.len(), taken);
            kit.send_all(later(60)).await;
        }
        kit.verified().await;
        other.close().await;
    }

    /// Many rounds of the same players close at once: every sum is right.
    async fn closes_at_once_add_up(kit: Kit) {
        let mut rounds = Vec::new();
        for n in 0..8 {
            let round = kit.open(choice(&format!("c{n}")), rules()).await;
            for p in 0..10 {
                kit.presses(&format!("p{p}"), round, if (n + p) % 3 == 0 { 1 } else { 2 }).await;
            }
            rounds.push(round);
        }
        let other = kit.another().await;
        let closes = rounds.into_iter().enumerate().map(|(n, round)| {
            let store = if n % 2 == 0 { kit.store.clone() } else { other.clone() };
            tokio::spawn(async move { store.close_round(round, &TimeZone::UTC, later(60), settle).await })
        });
        for close in closes.collect::<Vec<_>>() {
            close.await.expect("no panic").expect("closed").expect("open");
        }
        let key = Period::All.key(now(), &TimeZone::UTC);
        let board = kit.store.board(&space(), &key, 0, 20, None).await.expect("read");
        assert!(board.rows.iter().all(|row| row.answered == 8), "{board:?}");
        kit.verified().await;
        other.close().await;
    }

    /// A round counts for the day, week and month in which it opened, by the space's zone.
    async fn a_round_counts_where_it_opened(kit: Kit) {
        let round = kit.open_choice().await;
        kit.presses("ana", round, 2).await;
        // In Auckland it is Monday 22:00 when the round opens.
        let zone = TimeZone::get("Pacific/Auckland").expect("a zone");
        kit.store.close_round(round, &zone, later(60 * 24 * 30), settle).await.expect("closed").expect("open");
        let players = async |period: Period, minutes| {
            let key = period.key(later(minutes), &zone);
            kit.store.board(&space(), &key, 0, 10, None).await.expect("read").players
        };
        assert_eq!(players(Period::Today, 0).await, 1);
        assert_eq!(players(Period::Today, 3 * 60).await, 0);
        assert_eq!(players(Period::Week, 3 * 60).await, 1);
        assert_eq!(players(Period::Month, 3 * 60).await, 1);
        assert_eq!(players(Period::Month, 60 * 24 * 30).await, 0);
        assert_eq!(players(Period::All, 60 * 24 * 30).await, 1);
    }

    /// Rows of right answers are counted over the schedule's closed rounds; a skipped slot breaks none, a missed round does.
    async fn streaks_count_rounds_in_a_row(kit: Kit) {
        let schedule = kit.store.add_schedule(&space(), &plan("daily"), now()).await.expect("added").expect("free");
        let streak = Rules { weights: Weights { streak: true, ..Weights::default() }, ..rules() };
        let mut points = Vec::new();
        for (n, answers) in [("ana", "bo"), ("ana", "bo"), ("ana", ""), ("ana", "bo"), ("ana", "bo")].iter().enumerate() {
            let slot = SlotKey::At(later(i64::try_from(n).expect("small")));
            let ask = NewAsk { slot: Some((schedule, slot)), ..new_ask(&channel(), now()) };
            let draft = kcard::store::Draft { asked: choice("one"), rules: streak.clone(), cycle: 1 };
            let outcome = kit.store.ask(&ask, now(), |_| Some(draft)).await.expect("asked");
            let kcard::store::AskOutcome::Asked(round) = outcome else { panic!("{outcome:?}") };
            kit.send_all(now()).await;
            kit.presses(answers.0, round, 2).await;
            if !answers.1.is_empty() {
                kit.presses(answers.1, round, 2).await;
            }
            let other = kit.open_choice().await;
            kit.does("ana", other, kcard::quiz::answer::Way::Reaction, Change::Add(1)).await;
            kit.close(other).await;
            kit.close(round).await;
            kit.send_all(later(60)).await;
            let mut row: Vec<i64> = awards(&kit.store, round).await.into_iter().map(|(_, points)| points).collect();
            row.sort_unstable();
            points.push(row);
        }
        assert_eq!(points, [vec![10, 10], vec![11, 11], vec![12], vec![10, 13], vec![11, 14]]);
    }
}
