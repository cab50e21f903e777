use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::quiz::{
    deck::{Card, Level},
    id::{CardId, DeckId},
    question::Side,
};

fn term(forms: &[&str]) -> Term {
    Term(forms.iter().map(|&form| form.to_owned()).collect())
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn asked(form: Form) -> Asked {
    Asked {
        deck: DeckId::new("kubernetes"),
        card: CardId::new("a-card"),
        topic: "architecture".into(),
        level: Level::new(1).expect("1 is a level"),
        number: 0,
        ask: "What keeps the cluster's state?".into(),
        back: "etcd.".into(),
        why: None,
        sources: Vec::new(),
        form,
        also: BTreeSet::new(),
    }
}

fn text() -> Asked {
    asked(Form::Text {
        accept: term(&["kubelet"]),
        wrong: vec![term(&["kube-proxy", "node proxy"])],
        near: texts(&["kubectl"]),
    })
}

fn list() -> Asked {
    let items = vec![term(&["etcd"]), term(&["kube-scheduler", "scheduler"])];
    asked(Form::List { items, sides: Vec::new(), wrong: vec![term(&["kubelet"])], near: Vec::new() })
}

fn sides() -> Asked {
    let side = |name: &str| Side { name: term(&[name]), items: 1 };
    let items = vec![term(&["stable names"]), term(&["one on every node"])];
    let sides = vec![side("StatefulSet"), side("DaemonSet")];
    asked(Form::List { items, sides, wrong: Vec::new(), near: Vec::new() })
}

fn command() -> Asked {
    asked(Form::Command { accept: texts(&["kubectl get pods -A"]) })
}

fn options() -> Vec<String> {
    texts(&["etcd", "kubelet", "kube-scheduler", "kube-proxy"])
}

fn choice() -> Asked {
    asked(Form::Choice { options: options(), right: 3 })
}

fn multiple() -> Asked {
    asked(Form::Multiple { options: options(), right: BTreeSet::from([1, 3]) })
}

fn of(answer: &str, item: Option<&str>) -> Accepted {
    Accepted { answer: answer.into(), item: item.map(str::to_owned) }
}

fn accepts(asked: &Asked, answer: &str) -> Asked {
    asked.accept(&of(answer, None), None).expect("it can be accepted")
}

fn credit(asked: &Asked, answer: &str) -> Credit {
    grade::text(asked, answer).unwrap_or_default().credit
}

fn picked(asked: &Asked, picks: &[u8]) -> Credit {
    grade::options(asked, &picks.iter().copied().collect()).credit
}

#[rstest]
#[case::another_word(text(), "node agent", None, "Node Agents")]
#[case::known_as_wrong(text(), "node proxy", None, "the node proxy")]
#[case::near(text(), "kubectl", None, "kubectl")]
#[case::of_an_item(list(), "key-value store", Some("etcd"), "scheduler and a key value store")]
#[case::by_its_number(list(), "placer of Pods", Some("2"), "etcd, placer of Pods")]
#[case::by_an_alias(list(), "placer", Some("Scheduler"), "etcd, placer")]
#[case::of_a_side(
    sides(),
    "own identity",
    Some("StatefulSet: stable names"),
    "StatefulSet: own identity. DaemonSet: one on every node"
)]
#[case::a_command(command(), "kubectl get po --watch", None, "k get pods -w")]
fn what_is_accepted_counts_in_full_and_is_still_folded(
    #[case] asked: Asked,
    #[case] form: &str,
    #[case] item: Option<&str>,
    #[case] answer: &str,
) {
    assert_ne!(credit(&asked, answer), Credit::FULL);
    let amended = asked.accept(&of(form, item), None).expect("it can be accepted");
    assert_eq!(credit(&amended, answer), Credit::FULL);
    assert_eq!(amended.right(), asked.right(), "what is shown stays");
    assert_eq!(amended.likeness(), asked.likeness());
    assert_eq!(amended.accept(&of(form, item), None), Err(CannotAccept::Already));
}

#[test]
fn an_option_that_counts_too_takes_nothing_from_anybody() {
    let amended = accepts(&choice(), "Kubelet");
    assert_eq!([1, 2, 3].map(|pick| picked(&amended, &[pick])), [Credit::NONE, Credit::FULL, Credit::FULL]);
    assert_eq!(amended.right(), ["kube-scheduler", "kubelet"]);
    assert_eq!(amended.likeness(), choice().likeness());

    let amended = accepts(&multiple(), "kubelet");
    assert_eq!(picked(&multiple(), &[1, 2, 3]), Credit::of(1, 2));
    assert_eq!([&[1, 2, 3][..], &[1, 3]].map(|picks| picked(&amended, picks)), [Credit::FULL; 2]);
    assert_eq!(picked(&amended, &[2]), Credit::NONE, "it alone is not what was asked for");
    let verdict = grade::options(&amended, &BTreeSet::from([1, 2, 4]));
    assert_eq!((verdict.found, verdict.missing), (texts(&["etcd", "kubelet"]), texts(&["kube-scheduler"])));
    assert_eq!(verdict.wrong, ["kube-proxy"]);
}

#[rstest]
#[case(text(), " - ", None, CannotAccept::Empty)]
#[case(text(), &"a".repeat(201), None, CannotAccept::TooLong)]
#[case(text(), "the Kubelet", None, CannotAccept::Already)]
#[case(command(), "(", None, CannotAccept::ReadOtherwise)]
#[case(command(), "get pods 'A", None, CannotAccept::NoCommand)]
#[case(choice(), "the API server", None, CannotAccept::NoOption(options()))]
#[case(choice(), "kube-scheduler", None, CannotAccept::Already)]
#[case(list(), "key-value store", None, CannotAccept::NoItem(texts(&["etcd", "kube-scheduler"])))]
#[case(list(), "key-value store", Some("3"), CannotAccept::NoItem(texts(&["etcd", "kube-scheduler"])))]
#[case(list(), "scheduler", Some("kube-scheduler"), CannotAccept::Already)]
fn what_cannot_be_accepted_is_said(
    #[case] asked: Asked,
    #[case] form: &str,
    #[case] item: Option<&str>,
    #[case] why: CannotAccept,
) {
    assert_eq!(asked.accept(&of(form, item), None), Err(why));
}

/// Its deck says what stands near the new form, as of every accepted one.
#[test]
fn what_is_near_to_the_new_form_is_no_typo_of_it() {
    let other = Body::Choice { answer: "node agents".into(), others: texts(&["mode agent", "etcd"]) };
    let card = Card {
        id: CardId::new("other"),
        topic: "architecture".into(),
        level: Level::new(1).expect("1 is a level"),
        exams: Vec::new(),
        since: None,
        until: None,
        front: "?".into(),
        back: "!".into(),
        sources: Vec::new(),
        questions: vec![Question { ask: None, why: None, body: other }],
    };
    let deck = Deck::new(DeckId::new("kubernetes"), vec![card]);
    assert_eq!(credit(&accepts(&text(), "node agent"), "mode agent"), Credit::FULL, "nothing is known of it");
    let amended = text().accept(&of("node agent", None), Some(&deck)).expect("it can be accepted");
    assert_eq!(credit(&amended, "mode agent"), Credit::NONE);
    assert_eq!([credit(&amended, "node agent"), credit(&amended, "kubelet")], [Credit::FULL; 2]);
    assert_eq!(credit(&amended, "kubectl"), Credit::NONE);
}

#[test]
fn a_question_is_known_by_what_it_asks_and_what_is_right() {
    let mut shuffled = multiple();
    shuffled.form = Form::Multiple { options: texts(&["kube-scheduler", "x", "etcd"]), right: BTreeSet::from([1, 3]) };
    shuffled.number = 4;
    assert_eq!(shuffled.likeness(), multiple().likeness());
    assert_ne!(text().likeness(), Asked { ask: "Another?".into(), ..text() }.likeness());
    let other = asked(Form::Text { accept: term(&["kube-proxy"]), wrong: Vec::new(), near: Vec::new() });
    assert_ne!(text().likeness(), other.likeness());
    assert_ne!(text().likeness(), asked(Form::Command { accept: texts(&["kubelet"]) }).likeness());
}

/// Of what was accepted once, that is taken which is still about the question and is news to it.
#[test]
fn what_no_longer_fits_is_left_out() {
    let all = [of("node agent", None), of("kubelet", None), of("", None)];
    assert_eq!(text().with(&all, None), accepts(&text(), "node agent"));
    assert_eq!(list().with(&[of("a store", Some("no item of it"))], None), list());
}

#[test]
fn the_question_can_be_written_into_the_deck() {
    let body = |asked: Asked| asked.question().body;
    assert_eq!(
        body(accepts(&text(), "node agent")),
        Body::Text { accept: term(&["kubelet", "node agent"]), wrong: vec![term(&["kube-proxy", "node proxy"])] }
    );
    assert_eq!(
        body(accepts(&choice(), "kubelet")),
        Body::Choice { answer: "kube-scheduler".into(), others: texts(&["etcd", "kube-proxy"]) }
    );
    assert_eq!(
        body(accepts(&multiple(), "kubelet")),
        Body::Multiple { answers: texts(&["etcd", "kubelet", "kube-scheduler"]), others: texts(&["kube-proxy"]) }
    );
}

proptest! {
    /// Whatever a host accepts: it counts afterwards, as does the deck's own answer, and it is the same question.
    #[test]
    fn what_is_accepted_counts(form in "[ -~]{0,40}") {
        for (asked, item) in [(text(), None), (list(), Some("1")), (command(), None)] {
            if let Ok(amended) = asked.accept(&of(&form, item), None) {
                prop_assert_eq!(amended.likeness(), asked.likeness());
                prop_assert_eq!(amended.accept(&of(&form, item), None), Err(CannotAccept::Already));
                if asked.kind() != crate::quiz::question::Kind::List {
                    prop_assert_eq!(credit(&amended, &form), Credit::FULL);
                    prop_assert_eq!(credit(&amended, &asked.right()[0]), Credit::FULL);
                }
            }
        }
    }

    /// Nobody's credit falls where another option is accepted.
    #[test]
    fn no_pick_loses(option in 1..5_usize, picks in prop::collection::btree_set(1..5_u8, 1..5)) {
        for asked in [choice(), multiple()] {
            if let Ok(amended) = asked.accept(&of(&options()[option - 1], None), None) {
                prop_assert!(grade::options(&amended, &picks).credit >= grade::options(&asked, &picks).credit);
            }
        }
    }
}

#[test]
fn a_question_keeps_a_wrong_option() {
    let accept = |asked: &Asked, answer: &str| asked.accept(&Accepted { answer: answer.into(), item: None }, None);
    let two = asked(Form::Choice { options: texts(&["etcd", "kubelet"]), right: 1 });
    assert_eq!(accept(&two, "kubelet").map(drop), Err(CannotAccept::AllRight));
    let three = asked(Form::Choice { options: texts(&["etcd", "kubelet", "kube-proxy"]), right: 1 });
    let more = accept(&three, "kubelet").expect("one is left");
    assert_eq!(accept(&more, "kube-proxy").map(drop), Err(CannotAccept::AllRight));
    let several = asked(Form::Multiple { options: texts(&["etcd", "kubelet"]), right: [1].into() });
    assert_eq!(accept(&several, "kubelet").map(drop), Err(CannotAccept::AllRight));
}

/// What is stored of an acceptance goes by the item's name, also where it was given by its number.
#[rstest]
#[case("2", Some("kube-scheduler"))]
#[case("Scheduler", Some("kube-scheduler"))]
#[case("3", None)]
#[case("kubelet", None)]
fn an_item_has_a_name(#[case] meant: &str, #[case] named: Option<&str>) {
    assert_eq!(list().item_named(meant).as_deref(), named);
    assert_eq!(text().item_named(meant), None);
}
