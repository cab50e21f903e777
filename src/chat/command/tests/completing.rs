use proptest::prelude::*;
use rstest::rstest;

use super::{
    super::{
        complete::{Completion, Offers, complete, offered},
        definition::Known,
    },
    *,
};

/// A memory of a few decks and very many zones.
struct Memory;

impl Offers for Memory {
    fn offers(&self, known: Known) -> Vec<String> {
        let few = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        match known {
            Known::Deck => few(&["kubernetes", "networks"]),
            Known::Topic => few(&["architecture", "control plane", "workloads"]),
            Known::Season => few(&["Autumn Cup"]),
            Known::Schedule => few(&["daily", "weekly"]),
            Known::Zone => (0..5_000).map(|number| format!("Zone/{number}")).collect(),
            Known::OwnDeck => few(&["tea"]),
            Known::Exam | Known::Card => Vec::new(),
        }
    }
}

fn lines(line: &str) -> Vec<String> {
    complete(line, &Memory).into_iter().map(|completion| completion.line).collect()
}

#[rstest]
#[case("", &["/kcard ", "/kquiz "])]
#[case("/kq", &["/kquiz "])]
#[case("/kquiz se", &["/kquiz season ", "/kquiz settings "])]
#[case("/kquiz schedule re", &["/kquiz schedule resume ", "/kquiz schedule remove "])]
#[case("/kquiz schedule pause ", &["/kquiz schedule pause daily ", "/kquiz schedule pause weekly ", "/kquiz schedule pause name:", "/kquiz schedule pause until:"])]
#[case("/kquiz schedule pause we", &["/kquiz schedule pause weekly "])]
#[case("/kquiz schedule pause daily ", &["/kquiz schedule pause daily until:"])]
#[case("/kcard topic:", &["/kcard topic:architecture ", "/kcard topic:\"control plane\" ", "/kcard topic:workloads "])]
#[case("/kcard topic:\"control p", &["/kcard topic:\"control plane\" "])]
#[case("/kcard topic PLANE", &["/kcard topic \"control plane\" "])]
#[case("/kcard topic: wor", &["/kcard topic: workloads "])]
#[case("/kcard work", &["/kcard workloads ", "/kcard networks "])]
#[case("/kcard pub", &["/kcard public "])]
#[case("/kcard public topic:workloads ", &["/kcard public topic:workloads kubernetes ", "/kcard public topic:workloads networks ", "/kcard public topic:workloads deck:"])]
#[case("/kquiz leaderboard w", &["/kquiz leaderboard week "])]
#[case("/kquiz help sched", &["/kquiz help \"kquiz schedule add\" "])]
#[case("/kquiz mine ", &[])]
#[case("/kquiz deck add ", &[])]
#[case("/kquiz deck remove ", &["/kquiz deck remove tea "])]
#[case("/kquiz nothing ", &[])]
#[case("hello ", &[])]
fn completed(#[case] line: &str, #[case] expected: &[&str]) {
    let got = lines(line);
    assert_eq!(got[..expected.len().min(got.len())], *expected, "{got:?}");
    assert!(!expected.is_empty() || got.is_empty(), "{got:?}");
}

#[test]
fn at_most_twelve_each_with_what_it_does() {
    let zones = complete("/kquiz settings timezone ", &Memory);
    assert_eq!(zones.len(), 12);
    assert!(zones.iter().all(|Completion { about, label, .. }| !about.is_empty() && !label.is_empty()));
}

#[rstest]
#[case("kquiz schedule pause", "name", "", &["daily", "weekly"])]
#[case("kquiz schedule pause", "name", "EK", &["weekly"])]
#[case("kcard", "topic", "plane", &["control plane"])]
#[case("kquiz help", "command", "schedule a", &["kquiz schedule add"])]
#[case("kquiz leaderboard", "period", "w", &["week"])]
#[case("kquiz schedule pause", "until", "2", &[])]
#[case("kquiz schedule pause", "nothing", "", &[])]
#[case("kquiz nothing", "name", "", &[])]
fn values_for_one_option(#[case] words: &str, #[case] option: &str, #[case] typed: &str, #[case] expected: &[&str]) {
    assert_eq!(offered(words, option, typed, &Memory), expected);
}

#[test]
fn at_most_twenty_five_values_for_one_option() {
    assert_eq!(offered("kquiz settings timezone", "zone", "zone/4", &Memory).len(), 25);
}

#[test]
fn what_is_completed_at_run_time() {
    let completed = |words: &str| -> Vec<&str> {
        let spec = definition::spec(words).unwrap();
        spec.options.iter().filter(|option| option.is_completed()).map(|option| option.name).collect()
    };
    assert_eq!(completed("kquiz help"), ["command"]);
    assert_eq!(completed("kquiz ask"), ["deck", "topic", "card"]);
    assert_eq!(completed("kquiz season start"), [""; 0]);
}

proptest! {
    #[test]
    fn nonsense_never_panics_and_offers_little(line in "/?(kcard|kquiz|schedule|add|topic:|[\\PC\n]{0,5}|\"|'| ){0,12}") {
        prop_assert!(complete(&line, &Memory).len() <= 12);
    }

    #[test]
    fn taking_completions_never_leads_to_a_line_that_is_no_command(steps in prop::collection::vec(0usize..12, 1..6)) {
        let mut line = String::new();
        for step in steps {
            let offered = lines(&line);
            let Some(next) = offered.get(step.min(offered.len().saturating_sub(1))) else { break };
            line.clone_from(next);
            if let Err(UsageError(said)) = parse(&line, "web") {
                let unfinished = said.contains("goes on with") || said.contains("has no value") || said.contains("is missing");
                prop_assert!(unfinished, "{line}: {said}");
            }
        }
    }
}
