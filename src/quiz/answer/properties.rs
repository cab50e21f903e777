//! What holds of an entry whatever was done, in whatever order it is learned.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    Change::{self, Add, Found, Remove, Standing},
    Entry, Input,
    tests::{at, choice, give_at, heard_from, multiple, options, rules, standing},
};

fn changes() -> impl Strategy<Value = Change> {
    let numbers = || prop::collection::btree_set(0..7_u8, 0..4);
    prop_oneof![
        3 => (0..7_u8).prop_map(Add),
        2 => (0..7_u8).prop_map(Remove),
        1 => (0..20_u8, numbers()).prop_map(|(second, numbers)| heard_from(second, &Vec::from_iter(numbers))),
        1 => numbers().prop_map(|numbers| Change::Set(Input::Options(numbers))),
        1 => numbers().prop_map(|numbers| Found(Input::Options(numbers))),
    ]
}

fn reactions(entry: &Entry) -> BTreeSet<u8> {
    entry.marks.iter().filter(|mark| mark.reaction).flat_map(|mark| mark.options.clone()).collect()
}

proptest! {
    #[test]
    fn the_marks_are_always_what_stands(
        changes in prop::collection::vec((0..20_u8, changes()), 0..20), is_choice: bool, stands in prop::collection::btree_set(1..5_u8, 0..5),
    ) {
        let asked = if is_choice { choice() } else { multiple() };
        let mut entry = Entry::default();
        let mut expected = BTreeSet::new();
        for (second, change) in &changes {
            give_at(&mut entry, &asked, &rules(), change, at(*second));
            match change {
                Add(number) if (1..=4).contains(number) => drop(expected.insert(*number)),
                Remove(number) => drop(expected.remove(number)),
                Standing { reactions, .. } => expected = reactions.iter().copied().filter(|number| (1..=4).contains(number)).collect(),
                _ => {}
            }
            prop_assert_eq!(&reactions(&entry), &expected);
            prop_assert!(entry.marks.first().is_none_or(|mark| mark.ordered));
            prop_assert!(entry.marks.iter().filter(|mark| !mark.reaction).count() <= 1);
        }
        // A read-back is idempotent, and what stands alone counts.
        give_at(&mut entry, &asked, &rules(), &standing(&Vec::from_iter(stands.clone())), at(20));
        let once = entry.clone();
        give_at(&mut entry, &asked, &rules(), &standing(&Vec::from_iter(stands.clone())), at(20));
        prop_assert_eq!(&entry, &once);
        if let ([mark], true) = (entry.marks.as_slice(), is_choice) {
            let number = mark.options.first().unwrap();
            prop_assert_eq!(entry.shown(&asked), Some(options()[usize::from(*number) - 1].clone()));
        }
    }

    #[test]
    fn with_every_event_seen_nothing_is_ambiguous(numbers in prop::collection::vec((1..5_u8, any::<bool>()), 1..20)) {
        let mut entry = Entry::default();
        let mut order: Vec<u8> = Vec::new();
        for (number, add) in numbers {
            order.retain(|other| *other != number);
            if add {
                order.push(number);
            }
            let change = if add { Add(number) } else { Remove(number) };
            give_at(&mut entry, &choice(), &rules(), &change, at(0));
            let expected = order.last().map(|number| options()[usize::from(*number) - 1].clone());
            prop_assert_eq!(entry.shown(&choice()), expected);
        }
    }

    /// What was clicked and told to be in stays in force, whatever is learned later of what was done before.
    #[test]
    fn what_was_done_before_a_click_changes_nothing(late in prop::collection::vec((0..10_u8, changes()), 0..10), is_choice: bool) {
        let asked = if is_choice { choice() } else { multiple() };
        let mut entry = Entry::default();
        give_at(&mut entry, &asked, &rules(), &Change::Set(Input::Options(BTreeSet::from([3]))), at(15));
        for (second, change) in &late {
            let before = match change {
                Standing { reactions, .. } => heard_from(*second, &Vec::from_iter(reactions.clone())),
                Found(_) => change.clone(),
                _ => continue,
            };
            give_at(&mut entry, &asked, &rules(), &before, at(*second));
            prop_assert_eq!(entry.shown(&asked), Some("kube-scheduler".to_owned()));
        }
    }
}
