use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use proptest::prelude::*;
use rstest::rstest;

use super::{
    MOST,
    SkipReason::{self, Newer, Paused, SkipDate, TooLate},
    due,
};
use crate::quiz::schedule::{Plan, tests::plan};

fn at(text: &str) -> Timestamp {
    format!("2026-11-{text}:00Z").parse().unwrap()
}

/// What became of the slots of `daily 09:00` that were due on the way from the 20th, 10:00 (a Friday) to now.
#[rstest]
#[case::nothing_is_due("21T08:59", None, &[], None, &[])]
#[case::on_time("21T09:00", None, &[], Some("21T09:00"), &[])]
#[case::a_little_late("21T11:00", None, &[], Some("21T09:00"), &[])]
#[case::too_late("21T11:01", None, &[], None, &[("21T09:00", TooLate)])]
#[case::of_many_the_newest("23T09:30", None, &[], Some("23T09:00"), &[("21T09:00", Newer), ("22T09:00", Newer)])]
#[case::all_too_late("23T20:00", None, &[], None, &[("21T09:00", Newer), ("22T09:00", Newer), ("23T09:00", TooLate)])]
#[case::on_a_skip_date("21T09:00", None, &["2026-11-21"], None, &[("21T09:00", SkipDate)])]
#[case::after_a_skip_date("22T09:00", None, &["2026-11-21"], Some("22T09:00"), &[("21T09:00", SkipDate)])]
#[case::a_skip_date_does_not_bring_back_an_older("22T09:00", None, &["2026-11-22"], None, &[("21T09:00", Newer), ("22T09:00", SkipDate)])]
#[case::paused("21T09:00", Some("21T09:01"), &[], None, &[("21T09:00", Paused)])]
#[case::a_pause_ends_before_its_moment("21T09:00", Some("21T09:00"), &[], Some("21T09:00"), &[])]
#[case::after_a_pause("23T09:00", Some("22T12:00"), &[], Some("23T09:00"), &[("21T09:00", Paused), ("22T09:00", Paused)])]
#[case::paused_on_a_skip_date("21T20:00", Some("22T00:00"), &["2026-11-21"], None, &[("21T09:00", Paused)])]
#[case::the_clock_went_back("19T09:00", None, &[], None, &[])]
fn an_outage_leaves_the_newest_slot_to_ask(
    #[case] now: &str,
    #[case] paused_until: Option<&str>,
    #[case] skip: &[&str],
    #[case] ask: Option<&str>,
    #[case] skipped: &[(&str, SkipReason)],
) {
    let plan = Plan { skip: skip.iter().map(|date| date.parse().unwrap()).collect(), ..plan("daily 09:00") };
    let due = due(&plan, &TimeZone::UTC, at("20T10:00"), paused_until.map(at), at(now));
    assert_eq!(due.ask, ask.map(at));
    assert_eq!(due.skipped, skipped.iter().map(|(slot, reason)| (at(slot), *reason)).collect::<Vec<_>>());
}

#[test]
fn until_resumed_nothing_is_asked() {
    let due = due(&plan("daily 09:00"), &TimeZone::UTC, at("20T10:00"), Some(Timestamp::MAX), at("21T09:00"));
    assert_eq!((due.ask, due.skipped), (None, vec![(at("21T09:00"), Paused)]));
}

#[test]
fn a_skip_date_is_a_local_date() {
    // 09:00 on the 22nd in Auckland is 20:00 on the 21st in UTC.
    let (auckland, skip) = (TimeZone::get("Pacific/Auckland").unwrap(), vec!["2026-11-22".parse().unwrap()]);
    let due = due(&Plan { skip, ..plan("daily 09:00") }, &auckland, at("20T21:00"), None, at("21T20:00"));
    assert_eq!((due.ask, due.skipped), (None, vec![(at("21T20:00"), SkipDate)]));
}

#[test]
fn a_long_outage_of_a_fast_schedule_goes_in_steps_and_asks_once_at_the_end() {
    let (plan, zone) = (plan("*/20 * * * * *"), TimeZone::get("Europe/Berlin").unwrap());
    let (mut settled, now) = (at("20T10:00"), at("21T10:00"));
    let mut slots = 0;
    let asked = loop {
        let due = due(&plan, &zone, settled, None, now);
        assert!(due.skipped.len() <= MOST);
        assert_eq!(due.skipped.first().map(|(slot, _)| *slot), Some(settled + SignedDuration::from_secs(20)));
        slots += due.skipped.len();
        settled = due.skipped.last().unwrap().0;
        if let Some(ask) = due.ask {
            break ask;
        }
    };
    assert_eq!((asked, slots), (now, 24 * 60 * 3 - 1));
}

fn plans() -> impl Strategy<Value = Plan> {
    let patterns = ["daily 02:30", "weekdays 09:00,17:00", "0 */2 * * *", "*/30 * * * *", "0 0 1 * *"];
    let days = prop::collection::vec(1..=28_i8, 0..4);
    (prop::sample::select(patterns.to_vec()), days, 1..48_i64).prop_map(|(pattern, days, hours)| {
        let skip = days.into_iter().map(|day| jiff::civil::date(2026, 3, day)).collect();
        Plan { skip, catch_up_ms: hours * 3_600_000, ..plan(pattern) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// March 2026 in Berlin, clock change included, with a bot that is there now and then.
    #[test]
    fn every_slot_is_asked_once_or_skipped_once(
        plan in plans(),
        absences in prop::collection::vec(1..5_000_i64, 1..12),
        pause in prop::option::of(0..40_000_i64),
    ) {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let start: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
        let paused_until = pause.map(|minutes| start + SignedDuration::from_mins(minutes));
        let mut outcomes: BTreeMap<Timestamp, Option<SkipReason>> = BTreeMap::new();
        let (mut settled, mut now) = (start, start);
        for minutes in absences {
            now += SignedDuration::from_mins(minutes);
            let mut asked = 0;
            loop {
                let due = due(&plan, &zone, settled, paused_until, now);
                let skipped = due.skipped.iter().map(|(slot, reason)| (*slot, Some(*reason)));
                for (slot, outcome) in skipped.chain(due.ask.map(|slot| (slot, None))) {
                    prop_assert!(settled < slot && slot <= now);
                    prop_assert_eq!(outcomes.insert(slot, outcome), None);
                    settled = slot;
                }
                if let Some(ask) = due.ask {
                    asked += 1;
                    prop_assert!(now.duration_since(ask) <= plan.catch_up());
                    prop_assert!(plan.pattern.next(ask, &zone).unwrap() > now, "a newer slot is due");
                    prop_assert!(paused_until.is_none_or(|until| ask >= until));
                    prop_assert!(!plan.skip.contains(&zone.to_datetime(ask).date()));
                }
                if due == super::Due::default() {
                    break;
                }
            }
            prop_assert!(asked <= 1);
        }
        let mut slots = Vec::new();
        let mut last = start;
        while let Some(slot) = plan.pattern.next(last, &zone).filter(|slot| *slot <= now) {
            slots.push(slot);
            last = slot;
        }
        prop_assert_eq!(outcomes.into_keys().collect::<Vec<_>>(), slots);
    }
}
