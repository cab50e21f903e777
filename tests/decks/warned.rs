//! What only looks wrong in a deck file, one warning a case; and what must not be warned of.

use insta::assert_snapshot;
use kcard::{
    decks::{Files, Part, Severity},
    quiz::id::{CardId, DeckId},
};
use rstest::rstest;

use crate::{CARD, directory};

/// The warnings about a file of that text, each as `line:column message`. It must load.
fn warnings(text: impl AsRef<[u8]>) -> Vec<String> {
    let directory = directory(text);
    let files = Files::read(&[directory.path().to_owned()]);
    let found = files.check().mistakes();
    assert!(found.iter().all(|found| found.severity == Severity::Warning), "{found:?}");
    found.iter().map(|found| format!("{}:{} {}", found.line, found.column, found.message)).collect()
}

/// A card whose questions are these, each from column 9 of line 10 on.
fn with(questions: &[&str]) -> String {
    questions.iter().fold(CARD.to_owned(), |text, question| format!("{text}      - {question}\n"))
}

/// A second card of the same file.
fn and_two(first: &str, front: &str, second: &str) -> String {
    with(&[first])
        + &format!(
            "  - id: two\n    level: 1\n    front: {front}\n    back: The second.\n    sources: [https://example.org/two]\n    questions:\n      - {second}\n"
        )
}

#[test]
fn a_card_lacks_what_it_may_lack() {
    let text = CARD.replace("    sources: [https://example.org/one]\n    questions:\n", "");
    assert_eq!(
        warnings(text),
        [
            "4:9 this card has no question: write one: until then it is never asked, and only /kcard shows it",
            "4:9 this card names no source: write under `sources` where one can look it up",
        ]
    );
}

#[rstest]
#[case::an_item_within_others(
    "list: {items: [[a], [b], ['a, b']]}",
    "10:23 to name all of these gets only 33% credit, found a, b: one of them is taken for a part of another: name it differently"
)]
#[case::an_item_like_a_wrong_one(
    "list: {items: [[proxy, kubelet 1], [etcd]], wrong: [kubelets]}",
    "10:32 `kubelet 1` is accepted here, but marking gives it 0% credit, wrong kubelets: write another form, or take it away"
)]
#[case::a_wrong_answer_like_the_right_one(
    "text: {accept: [kubelets], wrong: [kubelet I]}",
    "10:44 `kubelet I` is wrong here, but marking gives it 100% credit, found kubelets: write another form, or take the accepted one away that it is read as"
)]
fn marking_reads_it_otherwise(#[case] question: &str, #[case] expected: &str) {
    assert_eq!(warnings(with(&[question])), [expected]);
}

#[rstest]
#[case::one_form_for_two_things(
    &["list: {ask: Name two., items: [[kubelet, agent], [proxy]]}", "text: {ask: Who watches?, accept: [scheduler, agent]}"],
    &["11:55 `agent` names two different terms in this card: take one away"]
)]
#[case::right_and_wrong_in_the_same_words(
    &["choice: {answer: etcd, others: [kubelet]}", "text: {accept: [kubelet]}"],
    &[
        "11:25 `kubelet` is right here: mend one of them, or ask in other words",
    ]
)]
#[case::wrong_and_right_in_the_same_words(
    &["multiple: {answers: [etcd, kubelet], others: [proxy]}", "list: {items: [etcd], wrong: [The Kubelet]}"],
    &["11:39 `The Kubelet` is wrong here: mend one of them, or ask in other words"]
)]
// One term, told in two ways; one term in two questions; other words.
#[case::shown_in_another_form(
    &["list: {items: [[API server, kube-apiserver], [etcd]]}", "text: {ask: Which?, accept: [kube-apiserver, API server]}"],
    &[]
)]
#[case::in_other_words(&["choice: {answer: etcd, others: [kubelet]}", "text: {ask: Not that one?, accept: [kubelet]}"], &[])]
fn questions_of_a_card_contradict_each_other(#[case] questions: &[&str], #[case] expected: &[&str]) {
    assert_eq!(warnings(with(questions)), expected);
}

#[rstest]
#[case("back: The first.", "back: What is ONE?", &["7:11 the explanation only says the front again: write why the answer is right"])]
#[case("back: The first.", "back: |\n      **A**", &["8:7 the explanation only says the answer again: write why the answer is right"])]
#[case("back: The first.", "back: A is the first.", &[])]
fn an_explanation_explains(#[case] right: &str, #[case] wrong: &str, #[case] expected: &[&str]) {
    assert_eq!(warnings(with(&["text: {accept: [a, one]}"]).replacen(right, wrong, 1)), expected);
}

#[rstest]
#[case(
    "choice: {answer: The one that is right and long, others: [Short, The other one]}",
    &["10:26 the right answer stands out: 30 characters, and 13 in the longest wrong one: write options of about the same length"]
)]
#[case(
    "multiple: {answers: [Both of these are long, Both of them are long], others: [Short, Brief]}",
    &["10:29 the right answer stands out: 21 characters, and 5 in the longest wrong one: write options of about the same length"]
)]
#[case("multiple: {answers: [Both of these are long, Tiny], others: [Short, Brief]}", &[])]
#[case::a_little_longer("choice: {answer: kube-controller, others: [kube-proxy]}", &[])]
#[case::few_characters("choice: {answer: '1000', others: ['10']}", &[])]
#[case::the_shortest("choice: {answer: Short, others: [The one that is wrong and long]}", &[])]
fn a_right_option_stands_out(#[case] question: &str, #[case] expected: &[&str]) {
    assert_eq!(warnings(with(&[question])), expected);
}

#[rstest]
#[case(2, 0, &[])]
#[case(3, 0, &["2:8 in 3 choices of this file the right option is the longest, by chance it would be in 1: shorten right options, or write wrong ones that are as long"])]
#[case(3, 8, &[])]
#[case(6, 6, &[])]
#[case(7, 5, &["2:8 in 7 choices of this file the right option is the longest, by chance it would be in 3: shorten right options, or write wrong ones that are as long"])]
fn a_file_gives_its_answers_away(#[case] longest: usize, #[case] others: usize, #[case] expected: &[&str]) {
    let words = ["apple", "bread", "cheese", "dates", "eggs", "figs", "grapes", "honey", "iris", "jam", "kiwi", "lime"];
    let question = |(at, word): (usize, &&str)| {
        let right = if at < longest { format!("a{at:03}") } else { format!("b{at:x}") };
        format!("choice: {{ask: 'Where grows {word}?', answer: {right}, others: [abc, bcd, cde]}}")
    };
    let questions: Vec<String> = words[..longest + others].iter().enumerate().map(question).collect();
    assert_eq!(warnings(with(&questions.iter().map(String::as_str).collect::<Vec<_>>())), expected);
}

#[rstest]
#[case::the_same_words(
    "choice: {ask: Which component picks a node?, answer: scheduler, others: [kubelet]}",
    "Which component PICKS a node?",
    "text: {accept: [scheduler]}"
)]
#[case::nearly_the_same_words(
    "choice: {ask: Which component picks a node for a new Pod?, answer: The scheduler, others: [kubelet]}",
    "Which control-plane component picks the node of a Pod?",
    "choice: {answer: scheduler, others: [etcd, kubelet]}"
)]
#[case::the_same_words_and_another_answer(
    "text: {ask: Which component picks a node?, accept: [scheduler]}",
    "Which component picks a node?",
    "text: {accept: [descheduler]}"
)]
fn a_question_comes_twice(#[case] first: &str, #[case] front: &str, #[case] second: &str) {
    let said = warnings(and_two(first, front, second));
    let expected = "13:12 this asks nearly the same as a question of the card `one`: ask for something else, or take one of the two away";
    assert_eq!(said, [expected]);
}

#[rstest]
#[case::another_thing_asked_for(
    "text: {ask: On which port does etcd listen for clients?, accept: ['2379']}",
    "On which port does etcd listen for peers?",
    "text: {accept: ['2380']}"
)]
#[case::another_thing_with_the_same_answer(
    "text: {ask: What stores the state of the cluster?, accept: [etcd]}",
    "Which component speaks Raft with its members?",
    "text: {accept: [etcd]}"
)]
fn alike_is_not_the_same(#[case] first: &str, #[case] front: &str, #[case] second: &str) {
    assert_eq!(warnings(and_two(first, front, second)), <[&str; 0]>::default());
}

#[test]
fn a_card_may_ask_for_its_fact_in_two_ways() {
    let two = ["choice: {answer: etcd, others: [kubelet]}", "text: {accept: [etcd]}"];
    assert_eq!(warnings(with(&two)), <[&str; 0]>::default());
    let twice = ["choice: {answer: etcd, others: [kubelet]}", "choice: {answer: etcd, others: [proxy]}"];
    assert_eq!(warnings(with(&twice)).len(), 1, "but not twice in one");
}

#[test]
fn warnings_stand_beside_the_mistakes_of_other_files() {
    let directory = directory(with(&["choice: {answer: The one that is right and long, others: [Short]}"]));
    let broken = with(&["choice: {answer: a, others: []}"]).replace("id: one", "id: two");
    std::fs::write(directory.path().join("a.yaml"), broken).expect("a second file");
    let other = and_two("text: {accept: [a]}", "What is two?", "choice: {answer: b, others: [c]}");
    let other = other.replace("id: one", "id: three").replace("id: two", "id: four");
    std::fs::write(directory.path().join("z.yaml"), other).expect("a third file");
    let files = Files::read(&[directory.path().to_owned()]);
    let mut report = files.check();
    report.warn(
        &DeckId::new("test"),
        &CardId::new("four"),
        &Part::Source(0),
        "this page does not answer",
        "name another",
    );
    assert_snapshot!(report.rendered().replace(&format!("{}/", directory.path().display()), ""), @"
    error: this list is empty
      --> a.yaml:10:37
       |
    10 |       - choice: {answer: a, others: []}
       |                                     ^ the wrong options, 1 to 8

    warning: the right answer stands out: 30 characters, and 5 in the longest wrong one
      --> deck.yaml:10:26
       |
    10 |       - choice: {answer: The one that is right and long, others: [Short]}
       |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ write options of about the same length

    warning: this asks nearly the same as a question of the card `one`
     --> z.yaml:6:12
      |
    6 |     front: What is one?
      |            ^^^^^^^^^^^^ ask for something else, or take one of the two away
      |
     ::: deck.yaml:6:12
      |
    6 |     front: What is one?
      |            ------------ the other one

    warning: this page does not answer
      --> z.yaml:15:15
       |
    15 |     sources: [https://example.org/two]
       |               ^^^^^^^^^^^^^^^^^^^^^^^ name another
    ");
    let cards: Vec<_> = report.decks().0.values().flat_map(|deck| &deck.cards).map(|card| card.id.as_str()).collect();
    assert_eq!(cards, ["one", "three", "four"], "of the files without mistakes");
}

#[test]
fn of_very_many_warnings_the_first_hundred_are_shown() {
    let question = "choice: {answer: The one that is right and long, others: [Short]}";
    let card = |n: usize| {
        format!(
            "  - id: c{n}\n    level: 1\n    front: f{n}?\n    back: b{n}.\n    sources: [https://example.org/one]\n    questions:\n      - {question}\n"
        )
    };
    let text = (0..150).fold("deck: test\ntopic: things\ncards:\n".to_owned(), |text, n| text + &card(n));
    let said = warnings(text);
    assert_eq!(said.len(), 101);
    assert_eq!(said[100], "0:0 there are more warnings in this file: mend these and look again");
}

#[rstest]
#[case(Part::Back, 7, 11)]
#[case(Part::Source(1), 8, 40)]
#[case(Part::Source(2), 4, 5)]
#[case(Part::Ask(0), 6, 12)]
#[case(Part::Ask(1), 11, 25)]
#[case(Part::Why(1), 11, 71)]
#[case(Part::Option(0, "b".into()), 10, 38)]
#[case(Part::Option(1, "d".into()), 11, 46)]
fn a_part_of_a_card_is_pointed_at(#[case] part: Part, #[case] line: usize, #[case] column: usize) {
    let text = with(&[
        "choice: {answer: a, others: [b]}",
        "multiple: {ask: Which?, answers: [c, d], others: [e, f], why: So.}",
    ]);
    let directory = directory(text.replacen("/one]", "/one, https://example.org/2]", 1));
    let files = Files::read(&[directory.path().to_owned()]);
    let mut report = files.check();
    assert!(report.mistakes().is_empty());
    report.warn(&DeckId::new("test"), &CardId::new("one"), &part, "wrong", "right");
    report.warn(&DeckId::new("test"), &CardId::new("none"), &part, "wrong", "right");
    let found = report.mistakes();
    assert_eq!(found.len(), 1, "of a card that is not there nothing is said");
    assert_eq!((found[0].line, found[0].column), (line, column));
}
