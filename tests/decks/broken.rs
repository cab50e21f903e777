//! What is wrong in a deck file, one mistake a case.

use insta::assert_snapshot;
use rstest::rstest;

use crate::{CARD, directory, mistakes, rendered};

/// A card whose one question is this, written from column 9.
fn with_question(question: &str) -> String {
    format!("{CARD}      - {question}\n")
}

#[rstest]
// Keys.
#[case("choise: {answer: a, others: [b]}", &["10:9 `choise` is no kind of question: did you mean `choice`?"])]
#[case("essay: {}", &["10:9 `essay` is no kind of question: there is `choice`, `multiple`, `list`, `text`, `command`"])]
#[case("choice: {anwser: a, others: [b]}", &["10:18 unknown key `anwser`: did you mean `answer`?"])]
#[case("choice: {others: [b]}", &["10:17 the key `answer` is missing: add `answer:` the right option"])]
#[case("choice: {answer: a, answer: c, others: [b]}", &["10:29 the key `answer` comes twice: keep one of them"])]
#[case("choice:\n        answer: a\n        others: [b]", &[
    "11:9 `answer` is no kind of question: indent it, so that it stands below `choice`",
    "12:9 `others` is no kind of question: indent it, so that it stands below `choice`",
])]
#[case("choice: {answer: a, others: [b]}\n        text: {accept: [c]}", &[
    "11:9 a question has one kind: begin a new one: `- text:`",
])]
#[case("{}", &["10:9 this question says nothing: there is `choice`, `multiple`, `list`, `text`, `command`"])]
// Kinds of values.
#[case("choice: {answer: 80, others: [b]}", &["10:26 a number where text belongs: put it in quotes: \"80\""])]
#[case("choice: {answer: true, others: [b]}", &["10:26 true or false where text belongs: put it in quotes: \"true\""])]
#[case("choice: {answer: [a], others: [b]}", &["10:26 a list where text belongs: write one text, without brackets or dashes"])]
#[case("choice: {answer: a, others: [b: c]}", &["10:38 a set of keys where text belongs: put text that holds `: ` in quotes"])]
#[case("choice: {answer: a, others: b}", &["10:37 text where a list belongs: put it in brackets: [b]"])]
#[case("choice: {answer: a, others: [b], why: }", &[
    "10:42 nothing where text belongs: write why the nearest wrong option is wrong, shown at the close. Markdown",
])]
#[case("choice: a", &["10:17 text where a set of keys belongs: below it, indented, stand keys: there is `answer`, `ask`, `others`, `why`"])]
// Options.
#[case("choice: {answer: a, others: []}", &["10:37 this list is empty: the wrong options, 1 to 8"])]
#[case("choice: {answer: a, others: [b, c, d, e, f, g, h, i, j]}", &[
    "10:62 9 items are too many: at most 8",
    "10:62 10 options are too many: at most 9, right and wrong ones together",
])]
#[case("multiple: {answers: [a, b, c, d, e], others: [f, g, h, i, j]}", &[
    "10:67 10 options are too many: at most 9, right and wrong ones together",
])]
#[case("multiple: {answers: [a], others: [b, 'A ']}", &["10:46 the option `A ` comes twice: write another one"])]
#[case("choice: {answer: a, others: ['']}", &["10:38 nothing is written here: write the option, on one line"])]
#[case(&format!("choice: {{answer: a, others: [{}]}}", "x".repeat(76)), &["10:38 76 characters are too many: at most 75"])]
#[case(r#"choice: {answer: "a\0b", others: [b]}"#, &["10:26 an invisible control character, U+0000: take it away"])]
#[case(r#"choice: {answer: "a\nb", others: [b]}"#, &["10:26 `a\nb` will not do: write the option, on one line"])]
// Terms.
#[case("list: {items: []}", &[
    "10:23 this list is empty: what to name: each a text, or a list of the form shown and the others that are accepted",
])]
#[case("list: {items: [[]]}", &["10:24 this list is empty: write at least one"])]
#[case("list: {items: [[a, ' ']]}", &["10:28 nothing is written here: write an answer as people type it, on one line"])]
#[case("list: {items: [[kubelet, agent], [proxy, Agent]]}", &[
    "10:50 `Agent` names two different terms: marking reads both alike: take one away",
])]
#[case("list: {items: [kube-proxy], wrong: [[Kube Proxy]]}", &[
    "10:46 `Kube Proxy` names two different terms: marking reads both alike: take one away",
])]
#[case("list: {ask: Which?, wrong: [a]}", &["10:9 this list has nothing to name: add `items:`, or `sides:` with items for each"])]
#[case("list: {itmes: [a]}", &["10:16 unknown key `itmes`: did you mean `items`?"])]
#[case("list: {items: [a], sides: [{name: c, items: [b]}, {name: d, items: [e]}]}", &[
    "10:35 a list has items or sides: move each of the items below the side it is said of",
])]
#[case("list: {sides: [{name: Role, items: [a]}]}", &["10:23 too few items: at least 2"])]
#[case("list: {sides: [{name: Role}, {name: ClusterRole, items: [a], wrong: [b]}]}", &[
    "10:24 the key `items` is missing: add `items:` what must be said of it; said of another side it does not count",
    "10:70 unknown key `wrong`: there is `items`, `name`",
])]
#[case("list: {sides: [{name: Role, items: [a]}, {name: [Cluster Role, role], items: [A]}]}", &[
    "10:72 `role` names two different terms: marking reads both alike: take one away",
    "10:87 `A` names two different terms: marking reads both alike: take one away",
])]
#[case("list: {sides: [{name: Role, items: [a]}, {name: Cluster Role, items: [b]}]}", &[])]
#[case("text: {accept: [etcd], wrong: [ETCD]}", &["10:40 `ETCD` names two different terms: marking reads both alike: take one away"])]
#[case("text: {accept: ['!=']}", &["10:25 `!=` has neither letters nor digits: marking drops punctuation: ask for this as a choice"])]
#[case("text: {accept: [etcd, ETCD]}", &[])]
// Commands.
#[case("command: {accept: [\"kubectl get po -l 'a\"]}", &["10:28 this command does not parse: close its quotes, and end it without a backslash"])]
#[case("command: {accept: []}", &["10:27 this list is empty: the accepted commands; the first is shown"])]
fn a_question_is_wrong(#[case] question: &str, #[case] expected: &[&str]) {
    if expected.is_empty() {
        assert!(kcard::decks::Decks::read(&[directory(with_question(question)).path().into()]).is_ok());
    } else {
        assert_eq!(mistakes(with_question(question)), expected);
    }
}

#[rstest]
#[case("id: one", "id: One_1", &["4:9 `One_1` will not do: write lower-case letters and digits with single dashes between them, like `pod-limits`"])]
#[case("id: one", "id: 1", &["4:9 a number where text belongs: put it in quotes: \"1\""])]
#[case("    level: 1\n", "", &[
    "4:5 the key `level` is missing: add `level:` how hard it is, from 1 (first week) to 5 (has operated it for years)",
])]
#[case("level: 1", "level: 6", &["5:12 6 is out of range: a whole number from 1 to 5"])]
#[case("level: 1", "level: 1.5", &["5:12 1.5 is out of range: a whole number from 1 to 5"])]
#[case("level: 1", "level: '1'", &["5:12 text where a number belongs: write the number, without quotes"])]
#[case("level: 1", "level: 1\n    since: 1.30", &["6:12 a number where text belongs: put it in quotes: \"1.30\""])]
#[case("level: 1", "level: 1\n    since: v1.30", &["6:12 `v1.30` will not do: write a version like \"1.24\", in quotes"])]
#[case("level: 1", "level: 1\n    since: '1.30'\n    until: '1.9'", &[
    "7:12 true since 1.30, but only until 1.9: `until` names the last version for which the card was true",
])]
#[case("level: 1", "level: 1\n    exams: [cka/storage/pvpvc, cooking]", &[
    "6:13 `cka/storage/pvpvc` is not known: did you mean `cka/storage/pv-pvc`?",
    "6:32 `cooking` is not known: `kcard deck schema` lists them",
])]
#[case("front: What is one?", "front:", &["6:5 nothing where text belongs: write the question in general; a question without an `ask` of its own is asked in these words"])]
#[case("https://example.org/one", "http://example.org/one", &["8:15 `http://example.org/one` will not do: write the page's https address"])]
#[case("[https://example.org/one]", "[]", &["8:14 this list is empty: where it is written: https addresses, at least one. Only what was imported should lack them"])]
#[case("topic: things", "topics: things", &["2:1 unknown key `topics`: did you mean `topic`?"])]
#[case("deck: test", "deck: Test", &["1:7 `Test` will not do: write lower-case letters and digits with single dashes between them, like `pod-limits`"])]
fn a_card_is_wrong(#[case] right: &str, #[case] wrong: &str, #[case] expected: &[&str]) {
    let text = with_question("text: {accept: [a]}");
    assert!(text.contains(right));
    assert_eq!(mistakes(text.replacen(right, wrong, 1)), expected);
}

#[rstest]
#[case("", &["0:0 there is nothing in this file: begin with `deck:`, `topic:` and `cards:`"])]
#[case("# only a comment\n", &["0:0 there is nothing in this file: begin with `deck:`, `topic:` and `cards:`"])]
#[case("just words", &["1:1 text where a set of keys belongs: below it, indented, stand keys: there is `cards`, `deck`, `topic`"])]
#[case("deck: a\ntopic: b\ncards:\n", &["3:1 nothing where a list belongs: write the cards, at least one"])]
#[case("deck: a\ntopic: b\ncards: []\n", &["3:8 this list is empty: the cards, at least one"])]
#[case("deck: *name\n", &["1:7 anchors and aliases are not taken here: write it out; text that begins with `&` or `*` belongs in quotes"])]
#[case("deck: &name a\n", &["1:13 anchors and aliases are not taken here: write it out; text that begins with `&` or `*` belongs in quotes"])]
#[case("deck: a\n---\ndeck: b\n", &["2:1 a second document begins here: one file is one document: take the `---` away"])]
#[case("deck: `a`\n", &["1:7 not valid YAML: unexpected character: ``': put the text in quotes"])]
#[case("deck: a\n\ttopic: b\n", &["1:7 not valid YAML: while scanning a plain scalar, found a tab: indent with spaces"])]
#[case("deck: \"a\n", &["1:7 not valid YAML: unclosed quote: close the quote"])]
fn a_file_is_wrong(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(mistakes(text), expected);
}

#[test]
fn every_mistake_of_every_file_is_shown_at_once_as_a_compiler_would() {
    let directory = directory(
        "deck: test
topic: things
cards:
  - id: one
    level: 7
    front: What: is one?
    back: The first.
  - id: two
    level: 9
    front: What is two?
    back: The second.
    sources: [https://example.org/two]
    questions:
      - choice:
          anwser: two
          others: [one, One]
",
    );
    let other = CARD.replace("id: one", "id: two") + "      - text: {accept: [a]}\n";
    std::fs::write(directory.path().join("other.yaml"), other).expect("a second file");
    assert_snapshot!(rendered(directory.path()), @r#"
    error: not valid YAML: mapping values are not allowed in this context
     --> deck.yaml:6:16
      |
    6 |     front: What: is one?
      |                ^ put text that holds `: ` in quotes, and line up the keys

    error: 9 is out of range
     --> deck.yaml:9:12
      |
    9 |     level: 9
      |            ^ a whole number from 1 to 5

    error: unknown key `anwser`
      --> deck.yaml:15:11
       |
    15 |           anwser: two
       |           ^^^^^^ did you mean `answer`?

    error: the option `One` comes twice
      --> deck.yaml:16:25
       |
    16 |           others: [one, One]
       |                         ^^^ write another one
       |
      ::: deck.yaml:16:20
       |
    16 |           others: [one, One]
       |                    --- it stands here first

    error: the id `two` is taken
     --> other.yaml:4:9
      |
    4 |   - id: two
      |         ^^^ give this card another one
      |
     ::: deck.yaml:8:9
      |
    8 |   - id: two
      |         --- it stands here first
    "#);
}
