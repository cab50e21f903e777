//! Schedules: kept by name, settled slot by slot.

use jiff::civil::date;
use kcard::{
    quiz::{
        id::{DeckId, SpaceId},
        schedule::{Plan, due::SkipReason},
    },
    store::{Schedule, Source, Store},
};

use crate::{
    kit::{Kit, channel, later, now, space},
    on_both,
};

/// A schedule of the daily quiz.
pub fn plan(name: &str) -> Plan {
    let plan = serde_json::json!({
        "name": name, "channel": channel(), "deck": DeckId::new("kubernetes"), "filter": {}, "pattern": "daily 09:00",
        "timezone": null, "window_ms": null, "style": null, "ways": null, "attempts": 3, "feedback": "close", "weights": {},
        "catch_up_ms": 7_200_000, "skip": [], "ask_on_start": false,
    });
    serde_json::from_value(plan).expect("a plan")
}

async fn all(store: &Store) -> Vec<Schedule> {
    store.schedules(None).await.expect("schedules can be read")
}

on_both! {
    /// A schedule is stored whole; its name is taken in its space, until it is removed.
    async fn a_name_is_taken_once(kit: Kit) {
        let id = kit.store.add_schedule(&space(), &plan("daily"), now()).await.expect("added").expect("free");
        assert_eq!(kit.store.add_schedule(&space(), &plan("daily"), now()).await.expect("read"), None);
        let elsewhere = SpaceId::new("discord:1");
        assert!(kit.store.add_schedule(&elsewhere, &plan("daily"), now()).await.expect("added").is_some());
        let expected = Schedule {
            id,
            space: space(),
            plan: plan("daily"),
            source: Source::Chat,
            paused_until: None,
            settled: now(),
            problem: None,
        };
        assert_eq!(kit.store.schedules(Some(&space())).await.expect("read"), [expected]);
        assert_eq!(all(&kit.store).await.len(), 2);
        kit.store.remove_schedule(id).await.expect("removed");
        assert!(kit.store.add_schedule(&space(), &plan("daily"), now()).await.expect("added").is_some());
    }

    /// The file's schedules keep number and settled slots by name, over edits, and also where they were away meanwhile.
    async fn the_files_schedules_are_kept_by_name(kit: Kit) {
        let sync = async |names: &[&str], minutes| {
            let plans: Vec<_> = names.iter().map(|name| (space(), plan(name))).collect();
            kit.store.sync_file_schedules(&plans, later(minutes)).await.expect("stored");
        };
        sync(&["a", "b"], 0).await;
        let before = all(&kit.store).await;
        assert_eq!(before.iter().map(|one| (one.plan.name.as_str(), one.source)).collect::<Vec<_>>(), [
            ("a", Source::File),
            ("b", Source::File)
        ]);
        kit.store.skip_slots(before[0].id, &[], later(5)).await.expect("stored");
        kit.store.sync_file_schedules(&[(space(), Plan { attempts: 1, ..plan("a") })], later(10)).await.expect("stored");
        let after = all(&kit.store).await;
        assert_eq!(after.len(), 1);
        assert_eq!((after[0].id, after[0].settled, after[0].plan.attempts), (before[0].id, later(5), 1));
        sync(&["a", "b"], 20).await;
        let after = all(&kit.store).await;
        assert_eq!((after[0].id, after[0].settled), (before[0].id, later(5)));
        assert_eq!((after[1].id, after[1].settled), (before[1].id, later(20)));
    }

    /// Of two that start together on the same file neither takes the other's schedules away.
    async fn two_that_start_together_agree_on_the_file(kit: Kit) {
        let other = kit.another().await;
        let plans: Vec<_> = ["a", "b", "c"].map(|name| (space(), plan(name))).into();
        for _ in 0..30 {
            let (one, two) = tokio::join!(
                kit.store.sync_file_schedules(&plans, now()),
                other.sync_file_schedules(&plans, now()),
            );
            one.and(two).expect("stored");
            assert_eq!(all(&kit.store).await.len(), 3);
            assert_eq!(kit.count("schedules").await, 3);
            kit.sql("DELETE FROM schedules").await;
        }
        other.close().await;
    }

    /// What is made in chat stays when the file is read; a name that the file takes is the file's from then on.
    async fn the_file_leaves_chats_schedules_alone(kit: Kit) {
        let mine = kit.store.add_schedule(&space(), &plan("mine"), now()).await.expect("added").expect("free");
        kit.store.sync_file_schedules(&[], now()).await.expect("stored");
        assert_eq!(all(&kit.store).await[0].id, mine);
        kit.store.sync_file_schedules(&[(space(), plan("mine"))], now()).await.expect("stored");
        let after = all(&kit.store).await;
        assert_eq!((after.len(), after[0].id, after[0].source), (1, mine, Source::File));
    }

    /// Skip dates are kept in order, each once.
    async fn skip_dates_add_up(kit: Kit) {
        let id = kit.store.add_schedule(&space(), &plan("daily"), now()).await.expect("added").expect("free");
        for day in [25, 24, 25] {
            kit.store.skip_date(id, date(2026, 12, day)).await.expect("stored");
        }
        assert_eq!(all(&kit.store).await[0].plan.skip, [date(2026, 12, 24), date(2026, 12, 25)]);
    }

    /// A problem is news once, and so is its end.
    async fn a_problem_is_news_once(kit: Kit) {
        let id = kit.store.add_schedule(&space(), &plan("daily"), now()).await.expect("added").expect("free");
        for (problem, news) in [
            (None, false),
            (Some("no permission"), true),
            (Some("no permission"), false),
            (Some("gone"), true),
            (None, true),
            (None, false),
        ] {
            assert_eq!(kit.store.set_problem(id, problem).await.expect("stored"), news, "{problem:?}");
            assert_eq!(all(&kit.store).await[0].problem.as_deref(), problem);
        }
    }

    /// Slots are settled once, whoever comes second; `settled` never goes back.
    async fn skipped_slots_stay(kit: Kit) {
        let id = kit.store.add_schedule(&space(), &plan("daily"), now()).await.expect("added").expect("free");
        let skip = async |slots: &[(i64, SkipReason)], settled| {
            let slots: Vec<_> = slots.iter().map(|(minutes, reason)| (later(*minutes), *reason)).collect();
            kit.store.skip_slots(id, &slots, later(settled)).await.expect("stored");
        };
        skip(&[(1, SkipReason::Newer), (2, SkipReason::TooLate)], 2).await;
        skip(&[(2, SkipReason::Paused), (3, SkipReason::SkipDate)], 1).await;
        let slots = kit.store.slots(id, 2).await.expect("read");
        assert_eq!(slots, [(later(3), Some(SkipReason::SkipDate)), (later(2), Some(SkipReason::TooLate))]);
        assert_eq!(all(&kit.store).await[0].settled, later(2));
    }
}
