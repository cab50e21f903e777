//! The subcommands that do one thing and end.

use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    kit::{DECK, home_with_deck, refused, sql},
    process::{Home, Running, Said, run, run_with},
};

#[rstest]
#[case::no_wrong_option("others: [Water, Bones]", "others: []")]
#[case::ten_options("others: [Water, Bones]", "others: [A, B, C, D, E, F, G, H, I]")]
#[case::a_duplicate(
    "  - id: stock-parts\n",
    "  - id: stock-parts\n    level: 1\n    front: A?\n    back: A.\n    sources: [https://example.org/]\n    questions: [{ text: { accept: [A] } }]\n  - id: stock-parts\n"
)]
#[case::no_yaml("cards:", "cards: [")]
fn a_mistake_in_a_deck_is_said_at_its_line(#[case] right: &str, #[case] wrong: &str) {
    let home = home_with_deck(&DECK.replacen(right, wrong, 1));
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "check", "decks"]));
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("soup.yaml:"), "{err}");
    let err = refused(&home, &["--config", "kcard.toml"]);
    assert!(err.contains("soup.yaml:"), "{err}");
}

#[test]
fn a_good_deck_passes_and_the_schema_is_current() {
    let home = home_with_deck(DECK);
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "check", "decks/soup.yaml"]));
    assert_eq!(code, Some(0), "{err}");
    let Said { code, out, .. } = run(&mut home.kcard(&["deck", "check", "--config", "kcard.toml"]));
    assert_eq!(code, Some(0));
    assert!(out.contains("soup: ") && out.contains("kubernetes: "), "{out}");
    let Said { code, out, .. } = run(&mut home.kcard(&["deck", "schema"]));
    assert_eq!((code, out.as_str()), (Some(0), include_str!("../../deck.schema.json")));
}

#[test]
fn verify_finds_what_is_not_as_it_should_be() {
    let home = Home::new();
    Running::start(&mut home.kcard(&["--data", "data"])).stop("TERM");
    sql(&home, "INSERT INTO players (id, name, seen) VALUES ('web:ana', 'ana', 0)");
    sql(&home, "INSERT INTO standings VALUES ('web', 'a', 'web:ana', 'ana', 0, 10, 10000, 1, 10000000000)");
    let Said { code, out, err } = run(&mut home.kcard(&["store", "verify", "--data", "data"]));
    assert_eq!(code, Some(1), "{out}{err}");
    assert!(out.contains("web:ana") && out.contains("computed"), "{out}");
}

/// A kcard of before may run on it: whoever only looks must not migrate it.
#[test]
fn verify_leaves_an_earlier_database_as_it_is() {
    let home = Home::new();
    Running::start(&mut home.kcard(&["--data", "data"])).stop("TERM");
    sql(&home, "DELETE FROM _sqlx_migrations WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)");
    let before = std::fs::read(home.path("data/kcard.db")).unwrap();
    let err = refused(&home, &["store", "verify", "--data", "data"]);
    assert!(err.contains("older than this kcard") && err.contains("`kcard run` brings it to"), "{err}");
    assert!(std::fs::read(home.path("data/kcard.db")).unwrap() == before, "the database was changed");
}

#[test]
fn verify_makes_no_store_where_there_is_none() {
    let err = refused(&Home::new(), &["store", "verify"]);
    assert!(err.contains("kcard-data/kcard.db"), "{err}");
}

#[test]
fn grade_marks_and_explains() {
    let home = home_with_deck(DECK);
    let Said { code, out, err } =
        run(&mut home.kcard(&["grade", "--config", "kcard.toml", "stock-parts", "water, onion and salt"]));
    assert_eq!(code, Some(0), "{err}");
    insta::assert_snapshot!(out, @"
    What goes into a plain stock?
    list answer: credit 0.3333
    found: Water, Onions
    missing: Bones
    wrong: Salt
    ");
    let Said { code, err, .. } = run(&mut home.kcard(&["grade", "--config", "kcard.toml", "stok-parts", "water"]));
    assert_eq!(code, Some(2));
    assert!(err.contains("did you mean `stock-parts`?"), "{err}");
}

#[test]
fn grade_marks_the_question_that_is_named() {
    let home = home_with_deck(&format!("{DECK}      - text: {{ ask: What thickens it?, accept: [Gelatine] }}\n"));
    let grade = |question: &str| {
        run(&mut home.kcard(&["grade", "--config", "kcard.toml", "stock-parts", "gelatin", "--question", question]))
    };
    let Said { code, out, err } = grade("3");
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("What thickens it?\ntext answer: credit 1"), "{out}");
    for number in ["0", "1", "4"] {
        let Said { code, err, .. } = grade(number);
        assert_eq!(code, Some(2));
        assert!(
            err.contains(&format!("the card `stock-parts` has no typed question {number}: typed are 2, 3")),
            "{err}"
        );
    }
}

#[test]
fn grade_marks_line_by_line_and_says_which_line_is_bad() {
    let home = home_with_deck(DECK);
    let input = [
        r#"{"card": "stock-parts", "answer": "Bones, water, onions"}"#,
        "",
        "not JSON",
        r#"{"card": "stok-parts", "answer": "water"}"#,
        r#"{"answer": "water", "card": "stock-parts"}"#,
        r#"{"card": "stock-parts", "answer": ""}"#,
        r#"{"card": "stock-parts", "question": 2, "answer": "bones"}"#,
        r#"{"card": "stock-parts", "question": 1, "answer": "salt"}"#,
    ];
    let mut command = home.kcard(&["grade", "--jsonl", "--config", "kcard.toml"]);
    let Said { code, out, err } = run_with(&mut command, &input.join("\n"));
    assert_eq!((code, err.as_str()), (Some(1), ""));
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [all, bad, unknown, one, nothing, second, first] = lines.as_slice() else { panic!("{out}") };
    assert_eq!(
        *all,
        json!({
            "card": "stock-parts", "answer": "Bones, water, onions", "credit": 1.0,
            "found": ["Water", "Bones", "Onions"], "missing": [], "wrong": [],
        })
    );
    assert_eq!(bad["line"], 3);
    assert_eq!(*unknown, json!({ "error": "there is no card `stok-parts`; did you mean `stock-parts`?", "line": 4 }));
    assert_eq!((&one["credit"], &one["missing"]), (&json!(0.3333), &json!(["Bones", "Onions"])));
    assert_eq!((&nothing["credit"], &nothing["missing"]), (&json!(0.0), &json!(["Water", "Bones", "Onions"])));
    assert_eq!(second["found"], json!(["Bones"]));
    assert_eq!(*first, json!({ "error": "the card `stock-parts` has no typed question 1: typed are 2", "line": 8 }));
}

#[test]
fn an_output_that_nobody_reads_is_no_failure() {
    let Said { code, err, .. } = run(&mut Home::new().shell("\"$0\" deck schema | true"));
    assert_eq!((code, err.as_str()), (Some(0), ""));
}

#[rstest]
#[case("bash")]
#[case("fish")]
#[case("zsh")]
fn completions_know_the_commands(#[case] shell: &str) {
    let Said { code, out, .. } = run(&mut Home::new().kcard(&["completions", shell]));
    assert_eq!(code, Some(0));
    assert!(["grade", "leaderboard", "verify"].iter().all(|word| out.contains(word)), "{out}");
}
