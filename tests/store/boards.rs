//! Leaderboards: the ranks of `quiz::standing::rank`, page by page, whatever was played, hidden or deleted.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kcard::{
    quiz::{
        id::{ChannelId, MessageRef, PlayerId, SpaceId},
        points::Points,
        round::Rules,
        standing::{Period, PeriodKey, Standing, rank},
    },
    store::{AskOutcome, Board, Draft, NewAnswer, NewAsk, Store},
};
use proptest::{
    prelude::{Strategy, any, prop},
    test_runner::{Config, TestRunner},
};
use tokio::{runtime::Handle, task::block_in_place};

use crate::{
    kit::{Kit, choice, later, new_ask, now, picks, player, rules, settle, space},
    on_both,
};

fn all() -> PeriodKey {
    Period::All.key(now(), &TimeZone::UTC)
}

async fn board(store: &Store, space: &SpaceId, key: &PeriodKey, own: Option<&PlayerId>) -> Board {
    store.board(space, key, 0, 1_000, own).await.expect("the board can be read")
}

/// What was played in a case: for each round its day and who picked which option; then who hid, who is seen again, who is deleted.
#[derive(Debug, Clone)]
struct Played {
    rounds: Vec<(i64, BTreeMap<u8, u8>)>,
    hidden: Vec<(u8, bool)>,
    forgotten: Option<u8>,
}

fn played() -> impl Strategy<Value = Played> {
    let answers = prop::collection::btree_map(0..8_u8, 1..=3_u8, 0..8);
    let rounds = prop::collection::vec((0..3_i64, answers), 1..6);
    let hidden = prop::collection::vec((0..8_u8, any::<bool>()), 0..4);
    (rounds, hidden, prop::option::of(0..8_u8)).prop_map(|(rounds, hidden, forgotten)| Played {
        rounds,
        hidden,
        forgotten,
    })
}

/// Plays a case in a space of its own.
async fn play(kit: &Kit, space: &SpaceId, played: &Played) {
    let id = |player: u8| PlayerId::new(format!("{space}:p{player}"));
    let channel = ChannelId::new(format!("{space}:quiz"));
    for (number, (day, answers)) in played.rounds.iter().enumerate() {
        let opened = later(day * 24 * 60);
        let rules = Rules { window_ms: 60 * 60_000, ..rules() };
        let draft = Draft { asked: choice("one"), rules, cycle: 1 };
        let ask = NewAsk { space: space.clone(), ..new_ask(&channel, opened) };
        let outcome = kit.store.ask(&ask, opened, |_| Some(draft)).await.expect("asked");
        let AskOutcome::Asked(round) = outcome else { panic!("{outcome:?}") };
        for parcel in kit.claim(later(100_000)).await {
            let message = MessageRef { channel: parcel.channel, id: parcel.id.0.to_string() };
            kit.store.sent(parcel.id, &message, opened).await.expect("sent");
        }
        for (player, option) in answers {
            let answer = picks(&format!("{space}/{number}/{player}"), "", round, *option);
            // Two names are the same: then the id decides.
            let name = Some(format!("n{}", player / 2));
            let answer = NewAnswer { player: id(*player), name, at: opened, ..answer };
            kit.store.answer(answer).await.expect("stored");
        }
        kit.store.close_round(round, &TimeZone::UTC, opened, settle).await.expect("closed").expect("open");
        kit.send_all(later(100_000)).await;
    }
    for (player, hidden) in &played.hidden {
        kit.store.hide(&id(*player), *hidden).await.expect("hidden");
    }
    if let Some(player) = played.forgotten {
        kit.store.forget(&id(player), now()).await.expect("forgotten");
    }
}

/// The standings that a case must give, by the rules: those on the board, and the hidden ones.
fn expected(space: &SpaceId, played: &Played, day: Option<i64>) -> (Vec<Standing>, Vec<Standing>) {
    let mut sums: BTreeMap<u8, Standing> = BTreeMap::new();
    for (_, answers) in played.rounds.iter().filter(|(opened, _)| day.is_none_or(|day| day == *opened)) {
        for (player, option) in answers {
            let sum = sums.entry(*player).or_insert_with(|| Standing {
                rank: 0,
                player: PlayerId::new(format!("{space}:p{player}")),
                name: format!("n{}", player / 2),
                points: Points(0),
                credit: 0,
                answered: 0,
            });
            let right = i64::from(*option == 2);
            sum.points.0 += right * 10;
            sum.credit += right * 10_000;
            sum.answered += 1;
        }
    }
    if let Some(player) = played.forgotten {
        sums.remove(&player);
    }
    let hidden: BTreeMap<u8, bool> = played.hidden.iter().copied().collect();
    let is_hidden = |player: &u8| hidden.get(player).copied().unwrap_or(false);
    let (hidden, mut shown): (Vec<_>, Vec<_>) = sums.into_iter().partition(|(player, _)| is_hidden(player));
    let mut shown: Vec<Standing> = shown.drain(..).map(|(_, standing)| standing).collect();
    rank(&mut shown);
    let as_it_would_be = |(_, standing): (u8, Standing)| {
        let mut with = shown.clone();
        with.push(standing.clone());
        rank(&mut with);
        with.into_iter().find(|one| one.player == standing.player).expect("it was put in")
    };
    let hidden = hidden.into_iter().map(as_it_would_be).collect();
    (shown, hidden)
}

on_both! {
    /// Whatever was played, the boards show what the rules give, and all that is derived is what it should be.
    async fn boards_are_what_the_rules_give(kit: Kit) {
        let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
        let mut number = 0;
        let case = |case: Played| {
            number += 1;
            let space = SpaceId::new(format!("case{number}"));
            block_in_place(|| Handle::current().block_on(async {
                play(&kit, &space, &case).await;
                for day in [None, Some(0), Some(1)] {
                    let (shown, hidden) = expected(&space, &case, day);
                    let key = match day {
                        None => all(),
                        Some(day) => Period::Today.key(later(day * 24 * 60), &TimeZone::UTC),
                    };
                    let whole = board(&kit.store, &space, &key, None).await;
                    assert_eq!(whole.rows, shown);
                    assert_eq!(whole.players, i64::try_from(shown.len()).expect("small"));
                    for own in shown.iter().chain(&hidden) {
                        assert_eq!(board(&kit.store, &space, &key, Some(&own.player)).await.own.as_ref(), Some(own));
                    }
                    for offset in 0..=shown.len() {
                        let from = i64::try_from(offset).expect("small");
                        let page = kit.store.board(&space, &key, from, 3, None).await.expect("read");
                        assert_eq!(page.rows, shown[offset..].iter().take(3).cloned().collect::<Vec<_>>());
                    }
                }
                kit.verified().await;
            }));
            Ok(())
        };
        let case = std::cell::RefCell::new(case);
        runner.run(&played(), |played| (case.borrow_mut())(played)).expect("every case holds");
    }

    /// An empty board is empty, and who has played nothing has no place.
    async fn an_empty_board_is_empty(kit: Kit) {
        assert_eq!(board(&kit.store, &space(), &all(), Some(&player("ana"))).await, Board::default());
    }

    /// A name that changes, and who hides, shows at once.
    async fn a_board_follows_its_players(kit: Kit) {
        let round = kit.open_choice().await;
        for (name, option) in [("ana", 2), ("bo", 2), ("cy", 1)] {
            kit.presses(name, round, option).await;
        }
        kit.close(round).await;
        kit.store.see(&player("ana"), "Zoe", now()).await.expect("seen");
        let names = async || {
            let board = board(&kit.store, &space(), &all(), None).await;
            board.rows.into_iter().map(|row| (row.rank, row.name)).collect::<Vec<_>>()
        };
        let shown = |rows: &[(i64, &str)]| rows.iter().map(|(rank, name)| (*rank, (*name).to_owned())).collect::<Vec<_>>();
        assert_eq!(names().await, shown(&[(1, "Zoe"), (1, "bo"), (3, "cy")]));
        kit.store.hide(&player("bo"), true).await.expect("hidden");
        assert_eq!(names().await, shown(&[(1, "Zoe"), (2, "cy")]));
        kit.store.hide(&player("bo"), false).await.expect("back");
        kit.store.hide(&player("bo"), false).await.expect("still there");
        assert_eq!(names().await.len(), 3);
        kit.verified().await;
    }

    /// Names sort by their bytes on both databases: `Zoe` before `bo`.
    async fn names_sort_by_their_bytes(kit: Kit) {
        let round = kit.open_choice().await;
        for name in ["bo", "Zoe", "\u{c9}mile", "_x", "ana"] {
            kit.presses(name, round, 2).await;
        }
        kit.close(round).await;
        let rows = board(&kit.store, &space(), &all(), None).await.rows;
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["Zoe", "_x", "ana", "bo", "\u{c9}mile"]);
    }
}
