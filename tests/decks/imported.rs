//! Files of other tools, taken: what becomes of their cards, and what is said of the rest.

use insta::assert_snapshot;
use kcard::decks::{self, Format, Hint, Imported, Refused};
use rstest::rstest;

/// What becomes of a text in a file of that name.
pub fn import(name: &str, text: &str) -> Imported {
    decks::import(text.as_bytes(), &Hint { name, ..Hint::default() }).unwrap_or_else(|refused| panic!("{refused:?}"))
}

/// Why nothing of it can be taken.
pub fn refused(name: &str, bytes: &[u8]) -> Refused {
    decks::import(bytes, &Hint { name, ..Hint::default() }).expect_err("a file of which nothing can be taken")
}

/// The deck file, and below it what was said.
fn shown(Imported { yaml, remarks, .. }: &Imported) -> String {
    remarks.iter().fold(yaml.clone(), |shown, remark| format!("{shown}# {remark}\n"))
}

#[test]
fn plain_text_has_fronts_that_end_in_a_question_mark() {
    let text = "Soup and Stock\n\nWhat goes into a stock?\nWater: 2 l\n# bones, see https://example.org/stock.\n\
        What comes last?\nSalt\nAnd then?\nWhat is a_b?\n1. a_b\n2. see `b`\n";
    assert_snapshot!(shown(&import("notes.txt", text)), @r#"
    deck: soup-and-stock
    topic: soup-and-stock
    cards:
      - id: what-goes-into-a-stock
        level: 3
        front: What goes into a stock?
        back: |-
          Water: 2 l

          \# bones, see https://example.org/stock.
        sources:
          - https://example.org/stock
      - id: what-comes-last
        level: 3
        front: What comes last?
        back: Salt
        questions:
          - text:
              accept:
                - Salt
      - id: what-is-a-b-933087d2
        level: 3
        front: What is a_b?
        back: |-
          1\. a_b

          2\. see \`b\`
    # line 8: not taken: it has no back
    "#);
}

#[test]
fn markdown_has_headings_for_fronts_and_task_lists_for_options() {
    let text = "\
# Soup

## Which `pot`? {#pot}

A big one.

Not *that* big.

- [x] A big **one**
- [ ] A small one

### What stands on the stove?

    a pot

- [x] The pot
- [x] The pan
- [ ] The plate

The plate stands on the table.

### More

Of this the back tells.

## Nothing below

## All right
Back

- [x] a
- [x] b
";
    assert_snapshot!(shown(&import("x.md", text)), @r#"
    deck: soup
    topic: soup
    cards:
      - id: pot
        level: 3
        front: "Which `pot`?"
        back: |-
          A big one.

          Not *that* big.

          ### More

          Of this the back tells.
        questions:
          - choice:
              answer: A big one
              others:
                - A small one
          - multiple:
              ask: |-
                What stands on the stove?

                a pot
              answers:
                - The pot
                - The pan
              others:
                - The plate
              why: The plate stands on the table.
      - id: all-right
        level: 3
        front: All right
        back: Back
        questions:
          - text:
              accept:
                - Back
    # line 26: not taken: it has no back
    # line 28: taken, but without a task list that has no right (`[x]`) or no wrong (`[ ]`) option
    "#);
}

#[test]
fn a_table_is_read_by_the_names_of_its_columns() {
    let text = "Back;Front;Level;Sources\n\"Salt;\nor \"\"none\"\"\";What comes last?;5;https://example.org/a https://example.org/b\n;Why?;;\n";
    let imported = import("Soup deck.csv", text);
    assert_snapshot!(shown(&imported), @r#"
    deck: soup-deck
    topic: soup-deck
    cards:
      - id: what-comes-last
        level: 5
        front: What comes last?
        back: |-
          Salt;
          or "none"
        sources:
          - https://example.org/a
          - https://example.org/b
    # line 4: not taken: it has no back
    "#);
}

#[test]
fn quizlet_writes_terms_and_definitions_with_tabs_between() {
    let text = "\"Stock\" is?\tWater\nBones?\tYes\nno tab\nA \"b\t\"c\"\n";
    let cards = import("set.txt", text);
    let sides: Vec<_> = cards.deck.cards.iter().map(|card| (card.front.as_str(), card.back.as_str())).collect();
    assert_eq!(sides, [("\"Stock\" is?", "Water"), ("Bones?", "Yes"), ("A \"b", "c")]);
    assert_eq!(
        cards.remarks[0].to_string(),
        "line 3: not taken: there is one column only: a card has a front and a back"
    );
}

#[rstest]
#[case::words("Salt", true)]
#[case::code("`kubectl get pods`.", true)]
#[case::six_words("one two three four five six", false)]
#[case::a_list("Salt, pepper", false)]
#[case::two_paragraphs("Salt\n\nIt is white", false)]
#[case::nothing_to_mark("+++", false)]
fn a_short_back_becomes_a_typed_question(#[case] back: &str, #[case] is_asked: bool) {
    let card = &import("x.md", &format!("# Front\n\n{back}\n")).deck.cards[0];
    assert_eq!((card.back.as_str(), card.questions.len()), (back, usize::from(is_asked)));
}

#[test]
fn a_back_that_is_too_long_is_cut_and_said() {
    let long = format!("Why?\n{}\n{}", "word ".repeat(200), "more ".repeat(200));
    let imported = import("x.txt", &long);
    let back = &imported.deck.cards[0].back;
    assert!(back.starts_with("word ") && back.ends_with("…") && !back.contains("more"), "{back}");
    assert_eq!(imported.remarks[0].to_string(), "line 1: taken, but its back was cut: 1200 characters are the most");
}

#[test]
fn ids_stay_when_other_cards_come_go_and_change() {
    let ids = |text: &str| -> Vec<String> {
        import("x.txt", text).deck.cards.iter().map(|card| card.id.to_string()).collect()
    };
    let before = ids("What is one?\nA\nWhat is two?\nB\nWhat is 1 + 2?\nC\n");
    let after = ids("What is zero?\nZ\nWhat is 1 + 2?\nC, edited\nWhat is one?\nA\n");
    assert_eq!((&after[1], &after[2]), (&before[2], &before[0]));
    assert_eq!(before, ids("What is one?\nA\nWhat is two?\nB\nWhat is 1 + 2?\nC\n"));
}

#[test]
fn a_front_that_comes_twice_is_taken_once() {
    let imported = import("x.txt", "What is one?\nA\nWhat is one?\nB\n");
    assert_eq!(imported.deck.cards.len(), 1);
    let said = imported.remarks[0].to_string();
    assert_eq!(said, "line 3: not taken: it asks what line 1 asks: word its front otherwise");
}

#[test]
fn what_the_hint_says_goes_before_what_the_file_says() {
    let text = "# Soup\n\n## One\n\nA\n\n## Two\n\nhttps://example.org/two\n";
    let level = kcard::quiz::deck::Level::new(5);
    let hint = Hint {
        name: "x",
        format: Some(Format::Markdown),
        deck: Some("kitchen"),
        topic: Some("stove"),
        level,
        source: Some("https://example.org/all"),
    };
    let deck = decks::import(text.as_bytes(), &hint).expect("it is taken").deck;
    assert_eq!(deck.id.as_str(), "kitchen");
    let [one, two] = deck.cards.as_slice() else { panic!("{deck:?}") };
    assert_eq!(
        (one.topic.as_str(), Some(one.level), one.sources[0].as_str()),
        ("stove", level, "https://example.org/all")
    );
    assert_eq!(two.sources, ["https://example.org/two"]);
}

#[rstest]
#[case::a_name("Kitchen!", "stove")]
#[case::a_topic("kitchen", "The stove")]
fn a_name_that_no_command_can_use_is_refused(#[case] deck: &str, #[case] topic: &str) {
    let hint = Hint { name: "x.txt", deck: Some(deck), topic: Some(topic), ..Hint::default() };
    let refused = decks::import(b"Why?\nA\n", &hint).expect_err("it is no name").to_string();
    assert!(refused.contains("lower-case letters"), "{refused}");
}

#[test]
fn what_does_not_fit_a_card_is_left_out_and_said() {
    let text = format!(
        "# One?\n\nA\n\n- [x] {}\n- [ ] b\n\n# {}\n\nB\n\n# Zwei\u{7}?\n\nC\n",
        "a".repeat(80),
        "x".repeat(301)
    );
    let imported = import("x.md", &text);
    assert_eq!(imported.deck.cards.len(), 1);
    let said: Vec<_> = imported.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 1: taken, but without one of its questions: 80 characters are too many: at most 75",
            "line 8: not taken: 301 characters are too many: at most 300",
            "line 12: not taken: an invisible control character, U+0007: take it away",
        ]
    );
}

#[test]
fn a_file_of_which_nothing_can_be_taken_says_why() {
    let refused = refused("x.txt", b"Why?\n\nHow?\n");
    assert_eq!(refused.to_string(), "none of the cards in this file can be taken: the reasons stand with each");
    assert_eq!(refused.remarks.len(), 2);
    let nothing = decks::import(b"", &Hint::default()).expect_err("there is nothing").to_string();
    assert!(nothing.starts_with("there is no card in this file"), "{nothing}");
}

#[rstest]
#[case::utf_16(b"\xff\xfeW\0h\0y\0?\0", "line 1: this is UTF-16: save it as UTF-8")]
#[case::latin_1(b"Why?\nCaf\xe9\n", "line 2: the byte 0xE9 here is not UTF-8: save it as UTF-8")]
#[case::nul(b"Why?\nA\0\n", "line 2: this is no text, it holds a NUL: save it as text in UTF-8")]
fn other_encodings_are_refused_at_their_line(#[case] bytes: &[u8], #[case] why: &str) {
    for name in ["x.txt", "x.csv", "x.md", "x"] {
        assert_eq!(refused(name, bytes).to_string(), why);
    }
}

#[test]
fn a_mark_before_utf_8_says_nothing() {
    assert_eq!(import("x.txt", "\u{feff}Why?\nA\n").deck.cards[0].front, "Why?");
}

#[test]
fn a_text_that_is_larger_than_a_deck_may_be_is_taken_as_far_as_it_fits() {
    let card = |number: i32| format!("What is {number}?\n{}\n", "long ".repeat(150));
    let text = (0..2_000).map(card).collect::<Vec<_>>().concat();
    let imported = import("x.txt", &text);
    assert!(imported.yaml.len() <= 1_000_000 && imported.deck.cards.len() > 1_000);
    let last = imported.remarks.last().expect("the rest is said").to_string();
    assert!(last.contains("the deck file is full"), "{last}");
    let refused = refused("x.txt", "Why?\nA\n".repeat(2_000_000).as_bytes()).to_string();
    assert_eq!(refused, "this text has more than 2000000 bytes: import it in parts");
}
