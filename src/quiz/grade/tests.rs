//! What holds for every answer.

use proptest::{prelude::*, sample::subsequence};

use super::*;
use crate::quiz::{
    deck::Level,
    id::{CardId, DeckId},
    question::{Side, Term},
    verdict::Credit,
};

const ITEMS: [&[&str]; 4] = [
    &["kube-apiserver", "API server"],
    &["etcd"],
    &["kube-scheduler", "scheduler"],
    &["cloud-controller-manager", "CCM"],
];
const WRONG: [&[&str]; 3] = [&["kubelet"], &["kube-proxy"], &["container runtime", "containerd"]];

fn terms(forms: &[&[&str]]) -> Vec<Term> {
    forms.iter().map(|forms| Term(forms.iter().map(|&form| form.to_owned()).collect())).collect()
}

fn asked(form: Form) -> Asked {
    Asked {
        deck: DeckId::new("kubernetes"),
        card: CardId::new("control-plane-components"),
        topic: "architecture".into(),
        level: Level::new(1).expect("1 is a level"),
        number: 0,
        ask: "What are they?".into(),
        back: "These.".into(),
        why: None,
        sources: Vec::new(),
        form,
        also: BTreeSet::new(),
    }
}

fn list() -> Asked {
    asked(Form::List { items: terms(&ITEMS), sides: Vec::new(), wrong: terms(&WRONG), near: vec!["kubectl".into()] })
}

/// A comparison of two sides.
fn sides() -> Asked {
    let side = |name: &str| Side { name: Term(vec![name.to_owned()]), items: 2 };
    let sides = vec![side("StatefulSet"), side("DaemonSet")];
    asked(Form::List { items: terms(&ITEMS), sides, wrong: terms(&WRONG), near: vec!["kubectl".into()] })
}

fn forms() -> Vec<Asked> {
    let options: Vec<String> = ["etcd", "The kubelet", "6443", "a, b and c"].map(str::to_owned).to_vec();
    vec![
        list(),
        asked(Form::Text { accept: terms(&ITEMS)[0].clone(), wrong: terms(&WRONG), near: vec!["kubectl".into()] }),
        asked(Form::Text { accept: Term(vec!["6443".into(), "*".into()]), wrong: Vec::new(), near: Vec::new() }),
        asked(Form::Command { accept: vec!["kubectl get pods -n kube-system | grep 'a b' > x".into()] }),
        asked(Form::Choice { options: options.clone(), right: 2 }),
        asked(Form::Multiple { options, right: BTreeSet::from([1, 3]) }),
    ]
}

fn credit(asked: &Asked, answer: &str) -> Credit {
    text(asked, answer).unwrap_or_default().credit
}

fn any_term() -> impl Strategy<Value = &'static str> {
    let terms: Vec<&str> = ITEMS.iter().chain(&WRONG).flat_map(|forms| forms.iter().copied()).collect();
    proptest::sample::select(terms)
}

/// Words that people write, with what glues them and some nonsense.
fn any_answer() -> impl Strategy<Value = String> {
    let glue = proptest::sample::select(vec![
        " ",
        ", ",
        "\n- ",
        " and ",
        " or ",
        " / ",
        "/",
        " not ",
        " but ",
        " everything except ",
        ". ",
        " is not ",
        " isn't ",
        "! ",
        " no ",
        ": ",
        " the ",
        " (",
        ") ",
        ".",
        " StatefulSet ",
        ", DaemonSet: ",
        " both ",
        " is ",
        ", so ",
    ]);
    let word = prop_oneof![4 => any_term().prop_map(str::to_owned), 1 => "[a-z0-9-]{1,9}", 1 => "\\PC{0,4}"];
    proptest::collection::vec((word, glue), 0..12)
        .prop_map(|words| words.into_iter().flat_map(|(word, glue)| [word, glue.to_owned()]).collect())
}

/// An answer without what it breaks off with: "etcd and everything except" goes on in the next line, whatever stands there, and says
/// something else than it said alone.
fn to_its_end(answer: &str) -> &str {
    let goes_on = ["and", "or", "not", "but", "everything", "except", "is", "isn't", "no", "the", "/", "-", ":", ","];
    let mut whole = answer.trim_end();
    while let Some(before) = goes_on.iter().find_map(|word| whole.strip_suffix(word)) {
        whole = before.trim_end();
    }
    whole
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn credit_is_what_the_rule_says(
        right in subsequence(ITEMS.to_vec(), 0..=ITEMS.len()),
        wrong in subsequence(WRONG.to_vec(), 0..=WRONG.len()),
        form in 0_usize..2,
    ) {
        let named: Vec<&str> = right.iter().chain(&wrong).map(|forms| forms[form.min(forms.len() - 1)]).collect();
        let expected = Credit::of(i64::try_from(right.len())? - i64::try_from(wrong.len())?, i64::try_from(ITEMS.len())?);
        for glue in [", ", " ", "\n", "\n- ", " and ", "; ", " / "] {
            prop_assert_eq!(credit(&list(), &named.join(glue)), expected);
        }
    }

    #[test]
    fn order_case_spacing_and_repetition_never_raise_credit(
        named in proptest::collection::vec(any_term(), 1..8).prop_shuffle(),
        spaces in proptest::collection::vec(" {1,5}", 8),
        repeated in 0_usize..8,
        asked in proptest::sample::select(forms()),
    ) {
        let plain = credit(&asked, &named.join(", "));
        let reversed: Vec<&str> = named.iter().rev().copied().collect();
        prop_assert_eq!(credit(&asked, &reversed.join(", ")), plain);
        prop_assert_eq!(credit(&asked, &named.join(", ").to_uppercase()), plain);
        let spaced: String = named.iter().zip(&spaces).flat_map(|(name, space)| [space.as_str(), name, space, ","]).collect();
        prop_assert_eq!(credit(&asked, &spaced), plain);
        let again = [&named[..], &[named[repeated % named.len()]]].concat().join(", ");
        prop_assert!(credit(&asked, &again) <= plain);
        let twice = [&named[..], &named[..]].concat().join(", ");
        prop_assert!(credit(&asked, &twice) <= plain);
    }

    #[test]
    fn case_and_repetition_never_raise_credit_of_any_answer(answer in any_answer(), asked in proptest::sample::select(forms())) {
        let plain = credit(&asked, &answer);
        // The values of a command depend on their case.
        if asked.kind() != Kind::Command {
            prop_assert_eq!(credit(&asked, &answer.to_ascii_uppercase()), plain);
        }
        prop_assert_eq!(credit(&asked, &["  ", &answer, " \n"].concat()), plain);
        let whole = to_its_end(&answer);
        prop_assert!(credit(&asked, &[whole, "\n", whole].concat()) <= credit(&asked, whole));
    }

    #[test]
    fn naming_one_more_wrong_thing_never_raises_credit(answer in any_answer(), wrong in 0..WRONG.len()) {
        let asked = list();
        let more = [WRONG[wrong][0], "\n", &answer].concat();
        prop_assert!(credit(&asked, &more) <= credit(&asked, &answer));
    }

    #[test]
    fn an_accepted_alias_is_right(item in 0..ITEMS.len(), form in 0_usize..2) {
        let forms = ITEMS[item];
        let alias = forms[form % forms.len()];
        let verdict = text(&list(), alias).unwrap_or_default();
        prop_assert_eq!(verdict.found, vec![forms[0].to_owned()]);
        prop_assert!(verdict.wrong.is_empty());
        let alone = asked(Form::Text { accept: terms(&ITEMS)[item].clone(), wrong: terms(&WRONG), near: vec!["kubectl".into()] });
        prop_assert_eq!(credit(&alone, alias), Credit::FULL);
    }

    #[test]
    fn any_accepted_form_is_right(accept in "\\PC{0,12}[a-z*]\\PC{0,12}", wrong in "\\PC{1,12}") {
        let alone = asked(Form::Text { accept: Term(vec![accept.clone()]), wrong: vec![Term(vec![wrong])], near: Vec::new() });
        prop_assert_eq!(credit(&alone, &accept), Credit::FULL);
    }

    #[test]
    fn any_accepted_command_is_right(accept in "[ -~]{0,30}[a-z][ -~]{0,30}") {
        let asked = asked(Form::Command { accept: vec![accept.clone()] });
        prop_assert_eq!(credit(&asked, &accept), Credit::FULL);
    }

    #[test]
    fn no_text_is_too_much(answer in prop_oneof![any_answer(), "\\PC{0,200}", "[\\x00-\\x7f]{0,200}", ".{0,300}"]) {
        for asked in forms().into_iter().chain([sides()]) {
            let (first, second) = (text(&asked, &answer), text(&asked, &answer));
            prop_assert_eq!(first, second);
            for number in read_options(&asked, &answer).unwrap_or_default() {
                prop_assert!((1..=asked.options().len()).contains(&usize::from(number)));
            }
        }
    }

    #[test]
    fn every_option_is_picked_by_its_text_and_its_number(texts in proptest::collection::btree_set("[a-z]{3,9}( [a-z]{3,9}){0,2}", 2..=9), at in 0_usize..9) {
        let options: Vec<String> = texts.into_iter().collect();
        let at = at % options.len();
        let number = u8::try_from(at)? + 1;
        let asked = asked(Form::Multiple { options: options.clone(), right: BTreeSet::from([1]) });
        prop_assert_eq!(read_options(&asked, &options[at]), Some(BTreeSet::from([number])));
        prop_assert_eq!(read_options(&asked, &number.to_string()), Some(BTreeSet::from([number])));
        prop_assert_eq!(read_options(&asked, &format!("{number}\u{fe0f}\u{20e3}")), Some(BTreeSet::from([number])));
    }
}

#[test]
fn a_megabyte_is_marked_like_its_beginning() {
    let pieces = [
        "etcd ",
        "etcd, kubelet ",
        "not ",
        "a",
        "all but etcd, ",
        "\u{fdfa}",
        "\u{301}",
        "'",
        "-",
        "1️⃣",
        "| ",
        "kubectl get pods -n ",
        "(",
        "\n",
    ];
    for piece in pieces {
        let long = piece.repeat(1_000_000 / piece.len());
        let beginning: String = long.chars().take(fold::LOOKED_AT).collect();
        for asked in forms().into_iter().chain([sides()]) {
            assert_eq!(text(&asked, &long), text(&asked, &beginning), "{piece:?}");
            assert_eq!(read_options(&asked, &long), read_options(&asked, &beginning), "{piece:?}");
        }
    }
}

#[test]
fn what_is_typed_is_not_picked_and_what_is_picked_is_not_typed() {
    for asked in forms() {
        assert_eq!(is_typed(asked.kind()), text(&asked, "etcd").is_some());
        if is_typed(asked.kind()) {
            assert_eq!(read_options(&asked, "1"), None);
            assert_eq!(options(&asked, &BTreeSet::from([1])), Verdict::default());
        }
    }
}
