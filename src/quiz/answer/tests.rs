use std::collections::BTreeSet;

use jiff::Timestamp;
use rstest::rstest;

use super::{
    Change::{self, Add, Found, Remove, Standing},
    Entry, Input, Refused, Taken,
    Way::{self, Button, Menu, Reaction, Reply},
};
use crate::quiz::{
    asked::{Asked, Form},
    deck::Level,
    id::{CardId, DeckId},
    points::Weights,
    question::Term,
    round::{Feedback, OpenWay, Reveal, Rules, Style, Ways},
    verdict::Credit,
};

fn asked(form: Form) -> Asked {
    Asked {
        deck: DeckId::new("kubernetes"),
        card: CardId::new("control-plane-components"),
        topic: "architecture".to_owned(),
        level: Level::new(1).unwrap(),
        number: 0,
        ask: "?".to_owned(),
        back: "!".to_owned(),
        why: None,
        sources: Vec::new(),
        form,
        also: BTreeSet::new(),
    }
}

pub(super) fn options() -> Vec<String> {
    ["etcd", "kubelet", "kube-scheduler", "kube-proxy"].map(str::to_owned).to_vec()
}

/// Option 3 is right.
pub(super) fn choice() -> Asked {
    asked(Form::Choice { options: options(), right: 3 })
}

/// Options 1 and 3 are right.
pub(super) fn multiple() -> Asked {
    asked(Form::Multiple { options: options(), right: BTreeSet::from([1, 3]) })
}

fn list() -> Asked {
    let items = ["etcd", "kube-scheduler"].map(|item| Term(vec![item.to_owned()])).to_vec();
    asked(Form::List { items, sides: Vec::new(), wrong: Vec::new(), near: Vec::new() })
}

pub(super) fn rules() -> Rules {
    Rules {
        style: Style::Social,
        ways: Ways::default_for(Style::Social),
        attempts: 3,
        feedback: Feedback::Close,
        window_ms: 3_600_000,
        weights: Weights::default(),
        thread: false,
        mention: None,
        reveal: Reveal::default(),
    }
}

fn instant() -> Rules {
    Rules { feedback: Feedback::Instant, ..rules() }
}

fn pick(numbers: &[u8]) -> Change {
    Change::Set(Input::Options(numbers.iter().copied().collect()))
}

fn text(text: &str) -> Change {
    Change::Set(Input::Text(text.to_owned()))
}

/// A read-back after an absence that has just ended.
pub(super) fn standing(numbers: &[u8]) -> Change {
    heard_from(u8::MAX, numbers)
}

/// A read-back after an absence that ended at that second.
pub(super) fn heard_from(second: u8, numbers: &[u8]) -> Change {
    Standing { reactions: numbers.iter().copied().collect(), heard_from: at(second) }
}

/// A read-back finds this reply.
fn found(number: &str) -> Change {
    Found(Input::Text(number.to_owned()))
}

pub(super) fn at(second: u8) -> Timestamp {
    Timestamp::from_second(second.into()).unwrap()
}

/// Gives these changes, one after the other, all in the first second; the way follows from the kind of change.
fn give(entry: &mut Entry, asked: &Asked, rules: &Rules, changes: &[Change]) -> Taken {
    changes.iter().map(|change| give_at(entry, asked, rules, change, at(0))).last().unwrap()
}

pub(super) fn give_at(entry: &mut Entry, asked: &Asked, rules: &Rules, change: &Change, at: Timestamp) -> Taken {
    let way = match change {
        Add(_) | Remove(_) | Standing { .. } => Reaction,
        Change::Set(Input::Options(_)) => Button,
        Change::Set(Input::Text(_)) | Found(_) => Reply,
    };
    entry.take(asked, rules, way, change, at)
}

/// What counts in the end, as shown to the player; `None` where nothing does.
fn counts(asked: &Asked, changes: &[Change]) -> Option<String> {
    let mut entry = Entry::default();
    give(&mut entry, asked, &rules(), changes);
    assert_eq!(entry.shown(asked).is_some(), entry.verdict(asked).is_some());
    entry.shown(asked)
}

#[rstest]
#[case::a_reaction(&[Add(2)], Some("kubelet"))]
#[case::a_change_of_mind(&[Add(2), Add(3)], Some("kube-scheduler"))]
#[case::the_first_taken_away(&[Add(2), Add(3), Remove(2)], Some("kube-scheduler"))]
#[case::the_last_taken_away(&[Add(2), Add(3), Remove(3)], Some("kubelet"))]
#[case::withdrawn(&[Add(2), Remove(2)], None)]
#[case::withdrawn_and_given_again(&[Add(2), Remove(2), Add(1)], Some("etcd"))]
#[case::a_removal_that_was_missed(&[Add(1), Add(2), Add(1)], Some("etcd"))]
#[case::what_never_stood_is_taken_away(&[Add(1), Remove(4)], Some("etcd"))]
#[case::a_button_over_a_reaction(&[Add(1), pick(&[3])], Some("kube-scheduler"))]
#[case::a_reaction_over_a_button(&[pick(&[3]), Add(1)], Some("etcd"))]
#[case::back_to_the_button(&[pick(&[3]), Add(1), Remove(1)], Some("kube-scheduler"))]
#[case::a_button_stays_when_reactions_go(&[Add(1), pick(&[3]), Remove(1)], Some("kube-scheduler"))]
#[case::a_button_replaces_a_button(&[pick(&[3]), Add(1), pick(&[2]), Remove(1)], Some("kubelet"))]
#[case::a_reply_by_number(&[Add(1), text("3")], Some("kube-scheduler"))]
#[case::a_reply_by_text(&[text("kubelet")], Some("kubelet"))]
// Read-backs.
#[case::read_back_finds_one(&[standing(&[2])], Some("kubelet"))]
#[case::read_back_finds_what_is_known(&[Add(3), Add(2), standing(&[2, 3])], Some("kubelet"))]
#[case::read_back_finds_one_new(&[Add(2), standing(&[2, 3])], Some("kube-scheduler"))]
#[case::one_new_came_after_the_button(&[pick(&[2]), standing(&[3])], Some("kube-scheduler"))]
#[case::read_back_finds_a_change(&[Add(2), standing(&[3])], Some("kube-scheduler"))]
#[case::read_back_finds_a_withdrawal(&[Add(2), Add(3), standing(&[2])], Some("kubelet"))]
#[case::read_back_finds_nothing(&[Add(2), standing(&[])], None)]
#[case::read_back_finds_other_numbers(&[Add(2), standing(&[2, 9])], Some("kubelet"))]
#[case::a_button_outlives_a_read_back(&[Add(2), pick(&[3]), standing(&[])], Some("kube-scheduler"))]
// Two whose order nobody knows.
#[case::two_new(&[standing(&[2, 3])], None)]
#[case::two_new_after_one_known(&[Add(1), standing(&[1, 2, 3])], None)]
#[case::two_new_after_a_button(&[pick(&[1]), standing(&[2, 3])], None)]
#[case::still_two(&[standing(&[2, 3]), standing(&[2, 3])], None)]
#[case::one_of_two_taken_away(&[standing(&[2, 3]), Remove(2)], Some("kube-scheduler"))]
#[case::one_of_two_gone_at_the_next_read_back(&[standing(&[2, 3]), standing(&[2])], Some("kubelet"))]
#[case::two_of_three_left(&[standing(&[1, 2, 3]), Remove(1)], None)]
#[case::both_taken_away(&[Add(1), standing(&[1, 2, 3]), Remove(2), Remove(3)], Some("etcd"))]
#[case::what_came_before_two_taken_away(&[Add(1), standing(&[1, 2, 3]), Remove(1)], None)]
#[case::a_later_one_resolves(&[standing(&[2, 3]), Add(4)], Some("kube-proxy"))]
#[case::a_later_button_resolves(&[standing(&[2, 3]), pick(&[2])], Some("kubelet"))]
#[case::the_event_that_came_late_resolves(&[standing(&[2, 3]), Add(2), Add(3)], Some("kube-scheduler"))]
#[case::after_a_later_one_they_are_two_again(&[standing(&[2, 3]), Add(4), Remove(4)], None)]
fn of_a_choice_the_last_that_is_known_counts(#[case] changes: &[Change], #[case] expected: Option<&str>) {
    assert_eq!(counts(&choice(), changes).as_deref(), expected);
}

// The second at which each was done, in the order in which they are learned.
#[rstest]
#[case::a_reply_from_before_the_click(&[(5, pick(&[3])), (2, found("1"))], Some("kube-scheduler"))]
#[case::a_reply_from_after_the_click(&[(2, pick(&[3])), (5, found("1"))], Some("etcd"))]
#[case::a_reply_from_before_the_reply(&[(5, text("3")), (2, found("1"))], Some("kube-scheduler"))]
#[case::two_replies_edited_crosswise(&[(7, found("3")), (5, found("2"))], Some("kube-scheduler"))]
#[case::a_reply_from_before_the_reaction(&[(5, Add(3)), (2, found("1"))], Some("kube-scheduler"))]
#[case::that_reaction_taken_away(&[(5, Add(3)), (2, found("1")), (6, Remove(3))], Some("etcd"))]
#[case::a_reaction_while_away_then_a_click(&[(5, pick(&[3])), (9, heard_from(4, &[1]))], Some("kube-scheduler"))]
#[case::a_click_then_a_reaction_while_away(&[(3, pick(&[3])), (9, heard_from(4, &[1]))], Some("etcd"))]
#[case::two_reactions_while_away_then_a_click(&[(5, pick(&[3])), (9, heard_from(4, &[1, 2]))], Some("kube-scheduler"))]
#[case::a_reaction_while_away_then_one_heard(&[(5, Add(3)), (9, heard_from(4, &[1, 3]))], Some("kube-scheduler"))]
#[case::the_one_heard_taken_away(&[(5, Add(3)), (9, heard_from(4, &[1, 3])), (9, Remove(3))], Some("etcd"))]
#[case::known_from_before_and_new(&[(1, Add(2)), (5, pick(&[3])), (9, heard_from(4, &[1, 2]))], Some("kube-scheduler"))]
#[case::live_goes_by_arrival_and_not_by_clocks(&[(5, Add(1)), (3, text("3"))], Some("kube-scheduler"))]
fn what_is_learned_late_overrides_nothing_done_after_it(
    #[case] changes: &[(u8, Change)],
    #[case] expected: Option<&str>,
) {
    let mut entry = Entry::default();
    for (second, change) in changes {
        give_at(&mut entry, &choice(), &rules(), change, at(*second));
    }
    assert_eq!(entry.shown(&choice()).as_deref(), expected);
}

#[rstest]
#[case::reactions_are_a_set(&[Add(3), Add(1)], Some("etcd, kube-scheduler"))]
#[case::toggled(&[Add(1), Add(2), Remove(1)], Some("kubelet"))]
#[case::withdrawn(&[Add(1), Remove(1)], None)]
#[case::read_back_needs_no_order(&[standing(&[1, 3])], Some("etcd, kube-scheduler"))]
#[case::read_back_replaces_the_set(&[Add(1), Add(2), standing(&[3])], Some("kube-scheduler"))]
#[case::a_menu_replaces(&[Add(1), Add(2), pick(&[3, 4])], Some("kube-scheduler, kube-proxy"))]
#[case::a_menu_replaces_a_menu(&[pick(&[1]), pick(&[3, 4])], Some("kube-scheduler, kube-proxy"))]
#[case::tidying_up_under_a_menu(&[Add(1), Add(2), pick(&[3]), Remove(1), Remove(2)], Some("kube-scheduler"))]
#[case::reactions_after_a_menu(&[Add(1), pick(&[3]), Add(2)], Some("etcd, kubelet"))]
#[case::back_to_the_menu(&[Add(1), pick(&[3]), Add(2), Remove(2)], Some("kube-scheduler"))]
#[case::a_reply_with_several(&[text("1, 3")], Some("etcd, kube-scheduler"))]
fn of_a_multiple_the_standing_reactions_or_the_last_pick_count(
    #[case] changes: &[Change],
    #[case] expected: Option<&str>,
) {
    assert_eq!(counts(&multiple(), changes).as_deref(), expected);
}

#[rstest]
#[case(&choice(), Reaction, &Add(0))]
#[case(&choice(), Reaction, &Add(5))]
#[case(&multiple(), Reaction, &Add(9))]
#[case(&choice(), Button, &pick(&[]))]
#[case(&choice(), Menu, &pick(&[1, 2]))]
#[case(&multiple(), Menu, &pick(&[1, 5]))]
#[case(&choice(), Reply, &text("frobnicate"))]
#[case(&choice(), Reply, &text(""))]
#[case(&list(), Reaction, &Add(1))]
#[case(&list(), Reaction, &standing(&[1]))]
#[case(&list(), Button, &pick(&[1]))]
#[case(&list(), Reply, &text(" … "))]
fn what_names_no_option_or_says_nothing_changes_nothing(
    #[case] asked: &Asked,
    #[case] way: Way,
    #[case] change: &Change,
) {
    let mut entry = Entry::default();
    give(&mut entry, asked, &rules(), &[text(if asked.options().is_empty() { "etcd" } else { "1" })]);
    let before = entry.clone();
    assert_eq!(entry.take(asked, &rules(), way, change, at(0)), Taken::Refused(Refused::Unreadable));
    assert_eq!(entry, before);
}

#[rstest]
#[case(OpenWay::Buttons, Reaction, Add(3))]
#[case(OpenWay::Buttons, Reaction, standing(&[3]))]
#[case(OpenWay::Buttons, Reply, text("3"))]
#[case(OpenWay::Reactions, Reply, text("3"))]
#[case(OpenWay::Reactions, Button, pick(&[3]))]
#[case(OpenWay::Replies, Way::Form, text("3"))]
fn a_way_that_is_not_open_is_refused(#[case] open: OpenWay, #[case] way: Way, #[case] change: Change) {
    let (mut entry, rules) = (Entry::default(), Rules { ways: Ways(BTreeSet::from([open])), ..rules() });
    assert_eq!(entry.take(&choice(), &rules, way, &change, at(0)), Taken::Refused(Refused::Way(way)));
    assert_eq!(entry, Entry::default());
    assert_eq!(entry.take(&choice(), &rules, Reaction, &Remove(3), at(0)), Taken::Nothing { two: false });
}

#[test]
fn the_player_hears_what_would_count_at_the_close() {
    let (mut entry, choice) = (Entry::default(), choice());
    let mut hears = |change| match give(&mut entry, &choice, &rules(), &[change]) {
        Taken::In { tries_left: None, told: false, verdict, .. } => Some(verdict.credit),
        Taken::Nothing { two } => two.then_some(Credit::of(1, 2)),
        other => panic!("{other:?}"),
    };
    assert_eq!(hears(Add(3)), Some(Credit::FULL));
    assert_eq!(hears(Add(1)), Some(Credit::NONE));
    assert_eq!(hears(Remove(1)), Some(Credit::FULL));
    assert_eq!(hears(standing(&[1, 2, 3])), Some(Credit::of(1, 2)), "two, and nobody knows which came last");
    assert_eq!(hears(standing(&[])), None);
}

fn attempt(entry: &mut Entry, rules: &Rules, typed: &str) -> Result<(u8, Credit), Refused> {
    match give(entry, &list(), rules, &[text(typed)]) {
        Taken::In { tries_left: Some(left), verdict, better, .. } => {
            Ok((left, better.map_or(verdict, |best| best.verdict).credit))
        }
        Taken::Refused(refused) => Err(refused),
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_typed_attempts_the_best_counts() {
    let mut entry = Entry::default();
    assert_eq!(attempt(&mut entry, &rules(), "etcd"), Ok((2, Credit::of(1, 2))));
    assert_eq!(attempt(&mut entry, &rules(), "?!"), Err(Refused::Unreadable), "it uses no attempt");
    assert_eq!(attempt(&mut entry, &rules(), "etcd, kube-scheduler"), Ok((1, Credit::FULL)));
    assert_eq!(attempt(&mut entry, &rules(), "nothing of it"), Ok((0, Credit::FULL)));
    assert_eq!(attempt(&mut entry, &rules(), "etcd"), Err(Refused::NoTriesLeft));
    assert_eq!(entry.tries.len(), 3);
    assert_eq!(entry.shown(&list()).as_deref(), Some("etcd, kube-scheduler"));
}

#[test]
fn of_equal_attempts_the_first_counts() {
    let mut entry = Entry::default();
    attempt(&mut entry, &rules(), "etcd").unwrap();
    attempt(&mut entry, &rules(), "kube-scheduler").unwrap();
    assert_eq!(entry.shown(&list()).as_deref(), Some("etcd"));
}

#[test]
fn the_same_text_twice_in_a_row_uses_one_attempt() {
    let (mut entry, rules) = (Entry::default(), Rules { attempts: 1, ..rules() });
    assert_eq!(attempt(&mut entry, &rules, "etcd"), Ok((0, Credit::of(1, 2))));
    assert_eq!(attempt(&mut entry, &rules, " etcd\n"), Ok((0, Credit::of(1, 2))));
    assert_eq!(attempt(&mut entry, &rules, "kube-scheduler"), Err(Refused::NoTriesLeft));
    assert_eq!(entry.tries.len(), 1);
}

#[rstest]
#[case::a_choice(&choice(), &[Add(1)], &[Add(3), Remove(1), pick(&[3]), text("3"), standing(&[3]), standing(&[])])]
#[case::a_menu(&multiple(), &[Add(2), pick(&[1])], &[pick(&[1, 3]), Add(1), Remove(2)])]
fn what_was_told_right_or_wrong_stays(#[case] asked: &Asked, #[case] told: &[Change], #[case] refused: &[Change]) {
    let mut entry = Entry::default();
    assert!(matches!(give(&mut entry, asked, &instant(), told), Taken::In { told: true, .. }));
    let before = entry.clone();
    for change in refused {
        assert_eq!(give(&mut entry, asked, &instant(), std::slice::from_ref(change)), Taken::Refused(Refused::Final));
        assert_eq!(entry, before);
    }
    assert!(
        matches!(give(&mut entry, asked, &instant(), told), Taken::In { told: true, .. }),
        "a redelivery is nothing"
    );
}

#[test]
fn toggled_reactions_are_never_told_one_by_one() {
    let mut entry = Entry::default();
    for change in [Add(1), Add(2), Remove(2), Add(3)] {
        assert!(matches!(give(&mut entry, &multiple(), &instant(), &[change]), Taken::In { told: false, .. }));
    }
    assert_eq!(entry.verdict(&multiple()).map(|verdict| verdict.credit), Some(Credit::FULL));
}

#[test]
fn an_ambiguous_choice_was_not_told_and_can_be_resolved() {
    let mut entry = Entry::default();
    assert_eq!(give(&mut entry, &choice(), &instant(), &[standing(&[1, 3])]), Taken::Nothing { two: true });
    assert!(matches!(give(&mut entry, &choice(), &instant(), &[Remove(1)]), Taken::In { told: true, .. }));
}

#[test]
fn each_typed_attempt_is_told_as_it_is_marked_and_the_best_counts() {
    let mut entry = Entry::default();
    let mut told = |typed: &str| match give(&mut entry, &list(), &instant(), &[text(typed)]) {
        Taken::In { verdict, better, .. } => Ok((verdict.credit, better.map(|best| best.text))),
        Taken::Refused(refused) => Err(refused),
        nothing @ Taken::Nothing { .. } => panic!("{nothing:?}"),
    };
    assert_eq!(told("etcd"), Ok((Credit::of(1, 2), None)));
    assert_eq!(told("redis"), Ok((Credit::NONE, Some("etcd".to_owned()))));
    assert_eq!(told("etcd, kube-scheduler"), Ok((Credit::FULL, None)));
    assert_eq!(told("redis"), Err(Refused::Final), "who is right spends no more attempts");
    assert_eq!(entry.tries.len(), 3);
}

#[test]
fn typed_attempts_are_told_each() {
    let mut entry = Entry::default();
    for typed in ["etcd", "kube-scheduler"] {
        assert!(matches!(give(&mut entry, &list(), &instant(), &[text(typed)]), Taken::In { told: true, .. }));
    }
}
