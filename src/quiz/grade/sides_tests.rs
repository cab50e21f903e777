use rstest::rstest;

use super::super::list::mark;
use crate::quiz::{
    question::{Side, Term},
    verdict::Verdict,
};

fn term(forms: &[&str]) -> Term {
    Term(forms.iter().map(|&form| form.to_owned()).collect())
}

/// Three items of the StatefulSet, one of the DaemonSet.
fn marked(answer: &str) -> Verdict {
    let items = [
        term(&["stable identity", "identity"]),
        term(&["ordered start", "order", "ordered"]),
        term(&["storage of its own", "storage", "own volume"]),
        term(&["one Pod on every node", "every node", "each node"]),
    ];
    let sides =
        [Side { name: term(&["StatefulSet", "sts"]), items: 3 }, Side { name: term(&["DaemonSet", "ds"]), items: 1 }];
    mark(&items, &sides, &[term(&["random names"])], &[], answer).expect("the answer has words")
}

#[rstest]
// A name before what is said of it.
#[case("A StatefulSet has a stable identity, ordered start and its own storage. A DaemonSet runs on every node.", 4, 0)]
#[case("StatefulSet: identity, order, storage; DaemonSet: every node", 4, 0)]
#[case("StatefulSet - identity, order, storage\nDaemonSet - every node", 4, 0)]
#[case("StatefulSet:\n- identity\n- order\n- storage\nDaemonSet:\n- every node", 4, 0)]
#[case("- **StatefulSet**: identity, order\n- **DaemonSet**: every node", 3, 0)]
#[case("| StatefulSet | identity, order |\n| DaemonSet | every node |", 3, 0)]
#[case("sts identity order storage ds every node", 4, 0)]
#[case("statefulsets keep identity and order whereas daemonsets run on each node", 3, 0)]
#[case("DaemonSet on every node, while a StatefulSet keeps identity, storage and order", 4, 0)]
#[case("statefulset has identity and order and daemonset runs on every node", 3, 0)]
#[case("StatefulSet — identity, storage DaemonSet — every node", 3, 0)]
// A name after it.
#[case("identity, order and storage for a StatefulSet, every node for a DaemonSet", 4, 0)]
#[case("identity (StatefulSet), every node (DaemonSet)", 2, 0)]
#[case("every node is a DaemonSet, identity and order are a StatefulSet", 3, 0)]
#[case("identity and order is what a StatefulSet gives; a DaemonSet runs on every node", 3, 0)]
#[case("StatefulSet keeps identity, every node is for the DaemonSet", 2, 0)]
// No name: in the order of the question.
#[case("identity, order, storage; every node", 4, 0)]
#[case("identity", 1, 0)]
#[case("every node", 1, 0)]
#[case("identity, storage and order, DaemonSet: every node", 4, 0)]
#[case("every node, then identity", 1, 1)]
// Both named at once: in the order in which they were named.
#[case("StatefulSet vs DaemonSet: identity, order, storage vs every node", 4, 0)]
#[case("DaemonSet vs StatefulSet: every node vs identity", 2, 0)]
#[case("DaemonSet and StatefulSet: identity vs every node", 1, 1)]
#[case("the former keeps identity and order, the latter runs on every node", 3, 0)]
#[case("DaemonSet and StatefulSet? the former runs on every node, the latter has storage", 2, 0)]
// Swapped.
#[case("StatefulSet: every node; DaemonSet: identity, order, storage", 0, 4)]
#[case("A DaemonSet has a stable identity, a StatefulSet runs on every node", 0, 2)]
#[case("every node is a StatefulSet, identity is a DaemonSet", 0, 2)]
#[case("StatefulSet: identity, every node; DaemonSet: order", 1, 2)]
#[case("both have identity and order, DaemonSet is on every node", 1, 2)]
#[case("StatefulSet and DaemonSet both have storage", 0, 1)]
#[case("StatefulSet has storage; DaemonSet has storage", 0, 1)]
// Said to set the other off.
#[case("Unlike a DaemonSet, a StatefulSet keeps identity and order", 2, 0)]
#[case("a StatefulSet has identity and order, not a DaemonSet. The DaemonSet is on every node", 3, 0)]
#[case("StatefulSet has identity, which a DaemonSet does not, and storage", 2, 0)]
#[case("DaemonSet has no identity, StatefulSet has identity", 1, 0)]
#[case("A StatefulSet does not run on every node, a DaemonSet does", 1, 0)]
#[case("A DaemonSet has no identity and no order", 2, 0)]
#[case("A DaemonSet is not ordered, nor is a StatefulSet", 1, 0)]
#[case("compared to a DaemonSet, a StatefulSet has storage", 1, 0)]
// As any list.
#[case("StatefulSet: random names, identity", 1, 1)]
#[case("StatefulSet: identity, identity", 1, 0)]
#[case("no idea", 0, 0)]
#[case("both?", 0, 0)]
#[case("StatefulSet or DaemonSet", 0, 0)]
fn of_two_sides(#[case] answer: &str, #[case] right: usize, #[case] wrong: usize) {
    let verdict = marked(answer);
    assert_eq!((verdict.found.len(), verdict.wrong.len()), (right, wrong), "{answer}: {verdict:?}");
}

#[rstest]
#[case(1, "DaemonSet: identity")]
#[case(9, "identity")]
fn sides_that_do_not_fit_their_items_break_nothing(#[case] items: usize, #[case] answer: &str) {
    let sides = [Side { name: term(&["StatefulSet"]), items }, Side { name: term(&["DaemonSet"]), items }];
    let verdict = mark(&[term(&["identity"]), term(&["order"]), term(&["every node"])], &sides, &[], &[], answer);
    assert_eq!(verdict.map(|verdict| verdict.missing.len() + verdict.found.len()), Some(3));
}

#[test]
fn the_verdict_says_of_which_side() {
    let verdict = marked("StatefulSet: identity, every node. DaemonSet: order");
    assert_eq!(verdict.found, ["StatefulSet: stable identity"]);
    assert_eq!(
        verdict.missing,
        ["StatefulSet: ordered start", "StatefulSet: storage of its own", "DaemonSet: one Pod on every node"]
    );
    assert_eq!(verdict.wrong, ["DaemonSet: ordered start", "StatefulSet: one Pod on every node"]);
    assert_eq!(verdict.credit.get(), 2_500);
}
