use proptest::prelude::*;
use rstest::rstest;

use super::{Merit, Points, Weights, award};
use crate::quiz::{deck::Level, verdict::Credit};

const HOUR: i64 = 3_600_000;
const OFF: Weights = Weights { level: false, speed: false, streak: false };

fn merit(credit: Credit) -> Merit {
    Merit { credit, level: Level::new(1).unwrap(), taken_ms: 0, window_ms: HOUR, streak: 0 }
}

#[rstest]
#[case(0, 0)]
#[case(1, 0)]
#[case(499, 0)]
#[case(500, 1)]
#[case(3_333, 3)]
#[case(5_000, 5)]
#[case(6_667, 7)]
#[case(9_499, 9)]
#[case(9_500, 10)]
#[case(10_000, 10)]
fn points_are_a_thousandth_of_the_credit_rounded_half_up(#[case] credit: i64, #[case] points: i64) {
    let merit = Merit { level: Level::new(5).unwrap(), streak: 9, ..merit(Credit::of(credit, 10_000)) };
    assert_eq!(award(&merit, OFF).points, Points(points), "weights are off unless turned on");
}

#[rstest]
#[case::at_once(0, 15)]
#[case::before_the_opening_was_known(-5_000, 15)]
#[case::a_tenth(HOUR / 10, 15)]
#[case::just_after_a_tenth(HOUR / 10 + 1, 14)]
#[case::half(HOUR / 2, 13)]
#[case::just_after_half(HOUR / 2 + 1, 12)]
#[case::nine_tenths(HOUR / 10 * 9, 11)]
#[case::at_the_end(HOUR, 10)]
#[case::after_the_end(2 * HOUR, 10)]
fn speed_adds_up_to_half_and_falls_evenly(#[case] taken_ms: i64, #[case] points: i64) {
    let merit = Merit { taken_ms, ..merit(Credit::FULL) };
    assert_eq!(award(&merit, Weights { speed: true, ..OFF }).points, Points(points));
}

#[rstest]
#[case(Credit::FULL, 0, 10)]
#[case(Credit::FULL, 1, 11)]
#[case(Credit::FULL, 5, 15)]
#[case(Credit::FULL, 400, 15)]
#[case(Credit::of(9_999, 10_000), 5, 10)]
#[case(Credit::NONE, 5, 0)]
fn a_streak_adds_one_a_round_to_a_right_answer_and_five_at_most(
    #[case] credit: Credit,
    #[case] streak: u32,
    #[case] points: i64,
) {
    let merit = Merit { streak, ..merit(credit) };
    assert_eq!(award(&merit, Weights { streak: true, ..OFF }).points, Points(points));
}

#[test]
fn the_reason_accounts_for_every_point() {
    let half = Merit { level: Level::new(3).unwrap(), taken_ms: HOUR / 2, streak: 2, ..merit(Credit::of(1, 2)) };
    insta::assert_snapshot!(award(&half, OFF).reason, @"credit 0.5: 5");
    let all = Weights { level: true, speed: true, streak: true };
    insta::assert_snapshot!(award(&half, all).reason, @"credit 0.5: 5; level 3: x3; speed: +4; streak 2: +0");
    assert_eq!(award(&half, all).points, Points(19));
    insta::assert_snapshot!(award(&merit(Credit::of(1, 3)), OFF).reason, @"credit 0.3333: 3");
    insta::assert_snapshot!(award(&merit(Credit::FULL), OFF).reason, @"credit 1: 10");
    insta::assert_snapshot!(award(&merit(Credit::NONE), OFF).reason, @"credit 0: 0");
}

proptest! {
    #[test]
    fn more_credit_never_earns_less_and_points_stay_in_bounds(
        (a, b) in (0..=10_000_i64, 0..=10_000_i64), level in 1..=5_u8, streak: u32, taken_ms: i64, window_ms: i64,
        (with_level, speed, with_streak) in any::<(bool, bool, bool)>(),
    ) {
        let weights = Weights { level: with_level, speed, streak: with_streak };
        let points = |credit| {
            let level = Level::new(level).unwrap();
            award(&Merit { credit: Credit::of(credit, 10_000), level, taken_ms, window_ms, streak }, weights).points
        };
        prop_assert!(points(a.min(b)) <= points(a.max(b)));
        prop_assert!((Points(0)..=Points(80)).contains(&points(a)));
    }
}
