use jiff::tz::TimeZone;
use proptest::prelude::*;
use rstest::rstest;

use super::{Period, Standing, rank, rate};
use crate::quiz::{
    id::{PlayerId, SeasonId},
    points::Points,
};

fn standing((name, points, credit, answered): (&str, i64, i64, i64)) -> Standing {
    // Ids whose order is not that of the names.
    let player =
        PlayerId::new(format!("slack:T/{}", name.bytes().map(|byte| char::from(b'z' - byte % 26)).collect::<String>()));
    Standing { rank: 0, player, name: name.to_owned(), points: Points(points), credit, answered }
}

#[test]
fn equals_share_a_rank_and_are_listed_by_name() {
    let mut standings = [
        ("dee", 10, 20_000, 4),
        ("cy", 20, 20_000, 2),
        ("bo", 20, 10_000, 1),
        ("ana", 30, 30_000, 3),
        ("eli", 20, 30_000, 4),
        ("flo", 0, 0, 0),
    ]
    .map(standing);
    rank(&mut standings);
    let listed: Vec<_> = standings.iter().map(|standing| (standing.rank, standing.name.as_str())).collect();
    assert_eq!(listed, [(1, "ana"), (2, "bo"), (2, "cy"), (4, "eli"), (5, "dee"), (6, "flo")]);
}

#[rstest]
#[case(0, 0, 0)]
#[case(10_000, 1, 10_000_000_000)]
#[case(10_000, 3, 3_333_333_333)]
fn a_rate_is_rounded_down(#[case] credit: i64, #[case] answered: i64, #[case] expected: i64) {
    assert_eq!(rate(credit, answered), expected);
}

#[rstest]
// 23:30 on Sunday 2026-11-29 in UTC is Monday already in Berlin.
#[case(Period::Today, "2026-11-29T23:30:00Z", "UTC", "d2026-11-29")]
#[case(Period::Today, "2026-11-29T23:30:00Z", "Europe/Berlin", "d2026-11-30")]
#[case(Period::Week, "2026-11-29T23:30:00Z", "UTC", "w2026-48")]
#[case(Period::Week, "2026-11-29T23:30:00Z", "Europe/Berlin", "w2026-49")]
#[case(Period::Month, "2026-11-30T23:30:00Z", "UTC", "m2026-11")]
#[case(Period::Month, "2026-11-30T23:30:00Z", "Europe/Berlin", "m2026-12")]
// The ISO year of a week is not always the calendar's.
#[case(Period::Week, "2027-01-03T12:00:00Z", "UTC", "w2026-53")]
#[case(Period::Week, "2024-12-30T12:00:00Z", "UTC", "w2025-01")]
#[case(Period::Season(SeasonId(7)), "2026-11-29T23:30:00Z", "UTC", "s7")]
#[case(Period::All, "2026-11-29T23:30:00Z", "UTC", "a")]
fn a_period_has_a_key(#[case] period: Period, #[case] at: &str, #[case] zone: &str, #[case] key: &str) {
    assert_eq!(period.key(at.parse().unwrap(), &TimeZone::get(zone).unwrap()).as_str(), key);
}

proptest! {
    #[test]
    fn a_rank_is_one_more_than_the_number_of_those_who_did_better(
        figures in prop::collection::vec((0..4_i64, 0..4_i64, 0..3_i64), 0..20),
    ) {
        let names: Vec<String> = (0..figures.len()).map(|i| format!("p{i}")).collect();
        let mut standings: Vec<Standing> = figures
            .iter()
            .zip(&names)
            .map(|((points, credit, answered), name)| standing((name.as_str(), *points, *credit, *answered)))
            .collect();
        rank(&mut standings);
        let merit = |standing: &Standing| (standing.points, rate(standing.credit, standing.answered));
        for standing in &standings {
            let better = standings.iter().filter(|other| merit(other) > merit(standing)).count();
            prop_assert_eq!(usize::try_from(standing.rank).unwrap(), better + 1);
        }
        prop_assert!(standings.is_sorted_by_key(|standing| standing.rank));
        prop_assert_eq!(standings.len(), figures.len());
    }
}
