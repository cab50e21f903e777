use rstest::rstest;

use super::nearest;

#[rstest]
#[case("shedule", Some("schedule"))]
#[case("scheduel", Some("schedule"))]
#[case("LEADERBORD", Some("leaderboard"))]
#[case("ask", Some("ask"))]
#[case("aks", Some("ask"))]
#[case("", None)]
#[case("frobnicate", None)]
#[case("🎉", None)]
fn a_slip_is_guessed_and_nonsense_is_not(#[case] word: &str, #[case] meant: Option<&str>) {
    assert_eq!(nearest(word, ["ask", "schedule", "leaderboard", "season"]), meant);
}

#[test]
fn of_several_the_nearest_is_meant() {
    assert_eq!(nearest("stats", ["start", "stat", "stats"]), Some("stats"));
}
