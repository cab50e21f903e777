//! What an author of decks does: begin one, check it, look at it, count it.

use std::{fs, net::TcpListener};

use insta::assert_snapshot;

use crate::{
    kit::{DECK, home_with_deck},
    process::{Home, Said, run},
};

/// A deck with a right option that stands out.
fn doubtful() -> String {
    DECK.replace("answer: Salt", "answer: Salt and other things")
}

#[test]
fn warnings_fail_only_where_they_are_denied() {
    let home = home_with_deck(&doubtful());
    let Said { code, out, err } = run(&mut home.kcard(&["deck", "check", "decks"]));
    assert_eq!((code, out.as_str()), (Some(0), "soup: cards 1, questions 2, no mistakes\n"));
    assert_snapshot!(err, @"
    warning: the right answer stands out: 21 characters, and 5 in the longest wrong one
      --> decks/soup.yaml:10:52
       |
    10 |       - choice: { ask: What goes in last?, answer: Salt and other things, others: [Water, Bones] }
       |                                                    ^^^^^^^^^^^^^^^^^^^^^ write options of about the same length

    kcard: warnings about these decks: 1
    ");
    let denied = run(&mut home.kcard(&["deck", "check", "--deny-warnings", "decks"]));
    assert_eq!((denied.code, denied.err), (Some(1), err));
    let clean = run(&mut home_with_deck(DECK).kcard(&["deck", "check", "--deny-warnings", "decks"]));
    assert_eq!((clean.code, clean.err.as_str()), (Some(0), ""));
}

#[test]
fn mistakes_and_warnings_are_said_together_and_counted_apart() {
    let home = home_with_deck(&doubtful());
    home.write("decks/broken.yaml", "deck: soup\ntopic: stock\ncards: []\n");
    let Said { code, out, err } = run(&mut home.kcard(&["deck", "check", "decks"]));
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("error: this list is empty") && err.contains("warning: the right answer stands out"), "{err}");
    assert!(err.ends_with("kcard: mistakes in these decks: 1\nkcard: warnings about these decks: 1\n"), "{err}");
}

#[test]
fn what_no_message_can_hold_is_warned_of() {
    let options: Vec<String> = (1..=8).map(|n| format!("'{n}{}'", "_<&>".repeat(18))).collect();
    let choice = format!("answer: {}, others: [{}]", "x".repeat(73), options.join(", "));
    let deck = DECK
        .replace("ask: What goes in last?", &format!("ask: '{}'", "word ".repeat(158)))
        .replace("answer: Salt, others: [Water, Bones]", &choice);
    let home = home_with_deck(&deck);
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "check", "decks"]));
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("this question is cut"), "{err}");
    assert_eq!(
        err.matches("this option is cut on Slack's buttons, which take 72 characters of it").count(),
        9,
        "{err}"
    );
    assert!(!err.contains("this is cut in the reveal"), "{err}");

    let source = format!("https://example.org/{}", "s".repeat(270));
    let deck = DECK
        .replace("back: Water, bones and onions.", &format!("back: '{}'", "word ".repeat(230)))
        .replace("[https://example.org/stock]", &format!("[{source}1, {source}2, {source}3, {source}4]"));
    let Said { err, .. } = run(&mut home_with_deck(&deck).kcard(&["deck", "check", "decks"]));
    assert!(err.contains("warning: this is cut in the reveal") && err.contains("soup.yaml:7:11"), "{err}");
}

#[test]
fn a_source_that_does_not_answer_is_warned_of_at_its_line() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let home = home_with_deck(&DECK.replace("https://example.org/stock", &format!("https://{address}/stock")));
    let unasked = run(&mut home.kcard(&["deck", "check", "--deny-warnings", "decks"]));
    assert_eq!((unasked.code, unasked.err.as_str()), (Some(0), ""), "nobody is asked without --links");
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "check", "--links", "--deny-warnings", "decks"]));
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("warning: this page does not answer: ") && err.contains("soup.yaml:8:15"), "{err}");
}

#[test]
fn a_new_deck_is_right_as_it_is_and_is_never_written_over_another() {
    let home = Home::new();
    let Said { code, out, err } = run(&mut home.kcard(&["deck", "new", "mine.yaml"]));
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(out, "mine.yaml is made. Change it, and look at it with `kcard deck check mine.yaml`.\n");
    let Said { code, out, err } = run(&mut home.kcard(&["deck", "check", "--deny-warnings", "mine.yaml"]));
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "my-deck: cards 3, questions 5, no mistakes\n", ""));

    fs::write(home.path("mine.yaml"), "mine").unwrap();
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "new", "mine.yaml"]));
    assert_eq!((code, err.as_str()), (Some(2), "kcard: mine.yaml is there already: name another file\n"));
    assert_eq!(fs::read_to_string(home.path("mine.yaml")).unwrap(), "mine");
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "new", "none/mine.yaml"]));
    assert_eq!(code, Some(2));
    assert!(err.starts_with("kcard: none/mine.yaml cannot be made"), "{err}");
    let Said { code, out, .. } = run(&mut home.kcard(&["deck", "new"]));
    assert_eq!(code, Some(0));
    assert!(out.contains("- choice:") && out.contains("- command:"), "{out}");
}

#[test]
fn a_card_is_shown_as_each_face_shows_it() {
    let home = home_with_deck(DECK);
    let Said { code, out, err } = run(&mut home.kcard(&["deck", "preview", "stock-parts", "decks"]));
    assert_eq!(code, Some(0), "{err}");
    assert_snapshot!(out, @"
    ━━ discord: question 1 of 2, choice

    What goes in last?

    1️⃣ Bones
    2️⃣ Salt
    3️⃣ Water

    │ Level: 1 of 5
    │ Topic: stock
    │ How to answer: React with 1️⃣–3️⃣, reply with the number or press a button. You can change it until the close.
    │ kcard · q1

    [1. Bones] [2. Salt] [3. Water]

    1️⃣ 2️⃣ 3️⃣

    ━━ discord: its reveal

    ✅ The answer: **Salt**

    Water, bones and onions.

    Source: <https://example.org/stock>

    Nobody answered this time. The next one is yours!

    │ kcard · r1

    ━━ discord: question 2 of 2, list

    What goes into a plain stock?

    │ Level: 1 of 5
    │ Topic: stock
    │ How to answer: Reply with names separated by commas or press *Answer*. You have 3 tries, the best counts.
    │ kcard · q1

    [Answer]

    ━━ discord: its reveal

    ✅ The whole list: **Water**, **Bones** and **Onions**

    Water, bones and onions.

    Source: <https://example.org/stock>

    Nobody answered this time. The next one is yours!

    │ kcard · r1

    ━━ slack: question 1 of 2, choice

    What goes in last?

    1️⃣ Bones
    2️⃣ Salt
    3️⃣ Water

    Level: 1 of 5 · Topic: stock
    How to answer: React with 1️⃣–3️⃣, reply with the number or press a button. You can change it until the close.

    [1. Bones] [2. Salt] [3. Water]

    ━━ slack: its reveal

    ✅ The answer: Salt

    Water, bones and onions.

    Source: https://example.org/stock

    Nobody answered this time. The next one is yours!

    ━━ slack: question 2 of 2, list

    What goes into a plain stock?

    Level: 1 of 5 · Topic: stock
    How to answer: Reply with names separated by commas or press Answer. You have 3 tries, the best counts.

    [Answer]

    ━━ slack: its reveal

    ✅ The whole list: Water, Bones and Onions

    Water, bones and onions.

    Source: https://example.org/stock

    Nobody answered this time. The next one is yours!

    ━━ web: question 1 of 2, choice

    What goes in last?

    1️⃣ Bones
    2️⃣ Salt
    3️⃣ Water

    Level: 1 of 5
    Topic: stock
    How to answer: React with 1️⃣–3️⃣, reply with the number or press a button. You can change it until the close.

    [1. Bones] [2. Salt] [3. Water]

    1️⃣ 2️⃣ 3️⃣

    ━━ web: its reveal

    ✅ The answer: Salt

    Water, bones and onions.

    Source: https://example.org/stock

    Nobody answered this time. The next one is yours!

    ━━ web: question 2 of 2, list

    What goes into a plain stock?

    Level: 1 of 5
    Topic: stock
    How to answer: Reply with names separated by commas or press Answer. You have 3 tries, the best counts.

    [Answer]

    ━━ web: its reveal

    ✅ The whole list: Water, Bones and Onions

    Water, bones and onions.

    Source: https://example.org/stock

    Nobody answered this time. The next one is yours!
    ");
    let one = run(&mut home.kcard(&["deck", "preview", "--face", "web", "stock-parts", "--config", "kcard.toml"]));
    assert_eq!(one.code, Some(0), "{}", one.err);
    assert!(out.ends_with(&one.out) && !one.out.contains("discord"), "{}", one.out);

    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "preview", "stok-parts", "decks"]));
    assert_eq!((code, err.as_str()), (Some(2), "kcard: there is no card `stok-parts`; did you mean `stock-parts`?\n"));
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "preview", "--face", "pigeon", "stock-parts"]));
    assert_eq!(code, Some(2));
    assert!(err.contains("discord, slack, web"), "{err}");
}

#[test]
fn cards_are_counted_and_what_the_exams_lack_is_named() {
    let home = home_with_deck(DECK);
    let Said { code, out, err } = run(&mut home.kcard(&["deck", "stats", "decks"]));
    assert_eq!(code, Some(0), "{err}");
    assert_snapshot!(out, @"
    soup: cards 1, questions 2
    ┌───────┬───────┬───────────┐
    │ Topic ┆ Cards ┆ Questions │
    ╞═══════╪═══════╪═══════════╡
    │ stock ┆     1 ┆         2 │
    └───────┴───────┴───────────┘
    ┌───────┬───────┬───────────┐
    │ Level ┆ Cards ┆ Questions │
    ╞═══════╪═══════╪═══════════╡
    │ 1     ┆     1 ┆         2 │
    └───────┴───────┴───────────┘
    ┌────────┬───────┬───────────┐
    │ Kind   ┆ Cards ┆ Questions │
    ╞════════╪═══════╪═══════════╡
    │ choice ┆     1 ┆         1 │
    │ list   ┆     1 ┆         1 │
    └────────┴───────┴───────────┘
    ");

    let exams = "    exams: [kcna/delivery/debugging, kcna/delivery/application-delivery]\n    front:";
    home.write("decks/soup.yaml", &DECK.replace("    front:", exams));
    let Said { out, .. } = run(&mut home.kcard(&["deck", "stats", "decks"]));
    assert_snapshot!(out.split_once("Exam").map(|(_, exams)| exams).unwrap(), @"
                   ┆ Cards ┆ Questions ┆ Covered │
    ╞════════════════════╪═══════╪═══════════╪═════════╡
    │ kcna/fundamentals  ┆     0 ┆         0 ┆  0 of 4 │
    │ kcna/orchestration ┆     0 ┆         0 ┆  0 of 4 │
    │ kcna/delivery      ┆     1 ┆         2 ┆  0 of 2 │
    │ kcna/architecture  ┆     0 ┆         0 ┆  0 of 3 │
    └────────────────────┴───────┴───────────┴─────────┘
    Competencies with fewer than 3 cards:
      kcna/fundamentals/core-concepts: 0
      kcna/fundamentals/administration: 0
      kcna/fundamentals/scheduling: 0
      kcna/fundamentals/containerization: 0
      kcna/orchestration/networking: 0
      kcna/orchestration/security: 0
      kcna/orchestration/troubleshooting: 0
      kcna/orchestration/storage: 0
      kcna/delivery/application-delivery: 1
      kcna/delivery/debugging: 1
      kcna/architecture/observability: 0
      kcna/architecture/ecosystem-principles: 0
      kcna/architecture/community: 0
    ");

    let Said { out, .. } = run(&mut home.kcard(&["deck", "stats"]));
    assert!(out.contains("Every competency of these exams has 3 cards or more."), "{out}");
}
