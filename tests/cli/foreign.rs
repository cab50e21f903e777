//! `kcard deck import` and `export`: another tool's files, as an author has them on disk.

use std::fs;

use insta::assert_snapshot;

use crate::{
    kit::{DECK, home_with_deck},
    process::{Home, Said, run},
};

const NOTES: &str = "Soup\nWhat goes into a stock?\nWater\nWhat comes last?\n";

#[test]
fn a_text_becomes_a_deck_file_that_is_in_order() {
    let home = Home::new();
    home.write("notes.txt", NOTES);
    let Said { code, out, err } = run(&mut home.kcard(&["deck", "import", "notes.txt", "--out", "soup.yaml"]));
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert_snapshot!(err, @"
    line 4: not taken: it has no back
    soup: cards 1, questions 1, not taken 1
    without a source: 1; --source names one for all of them
    ");
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "check", "soup.yaml"]));
    assert_eq!(code, Some(0), "{err}");
    let Said { out, .. } = run(&mut home.kcard(&["deck", "import", "notes.txt"]));
    assert_eq!(out, fs::read_to_string(home.path("soup.yaml")).unwrap());
}

#[test]
fn a_card_without_a_question_can_be_looked_at() {
    let home = Home::new();
    home.write("notes.txt", "Why is it so?\nBecause it was never any other way.\n");
    run(&mut home.kcard(&["deck", "import", "notes.txt", "--out", "notes.yaml"]));
    let Said { code, out, err } = run(&mut home.kcard(&["deck", "preview", "why-is-it-so", "notes.yaml"]));
    assert_eq!(code, Some(0), "{err}");
    assert_snapshot!(out, @"
    Why is it so?

    Because it was never any other way.

    This card has no question: only /kcard shows it.
    ");
}

#[test]
fn what_the_command_line_says_goes_into_the_deck() {
    let home = Home::new();
    home.write("notes.txt", NOTES);
    let words =
        ["--deck", "kitchen", "--topic", "pots", "--level", "1", "--source", "https://example.org/", "--from", "txt"];
    let Said { code, out, err } = run(&mut home.kcard(&[&["deck", "import", "notes.txt"], words.as_slice()].concat()));
    assert_eq!(code, Some(0), "{err}");
    for part in ["deck: kitchen", "topic: pots", "level: 1", "- https://example.org/"] {
        assert!(out.contains(part), "{out}");
    }
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "import", "notes.txt", "--level", "6"]));
    assert_eq!(code, Some(2));
    assert!(err.contains("a level is a number from 1 to 5"), "{err}");
}

#[test]
fn a_file_that_is_there_is_not_overwritten_unasked() {
    let home = home_with_deck(DECK);
    home.write("notes.txt", NOTES);
    for words in [["import", "notes.txt", "--out", "decks/soup.yaml"], ["export", "decks", "--to", "decks/soup.yaml"]] {
        let Said { code, .. } = run(&mut home.kcard(&[&["deck"], words.as_slice()].concat()));
        assert_eq!(code, Some(2));
    }
    let Said { err, .. } = run(&mut home.kcard(&["deck", "import", "notes.txt", "--out", "decks/soup.yaml"]));
    assert_snapshot!(err, @"kcard: decks/soup.yaml: there is such a file; --force overwrites it");
    assert_eq!(fs::read_to_string(home.path("decks/soup.yaml")).unwrap(), DECK);
    let Said { code, .. } =
        run(&mut home.kcard(&["deck", "import", "notes.txt", "--out", "decks/soup.yaml", "--force"]));
    assert_eq!(code, Some(0));
    assert_ne!(fs::read_to_string(home.path("decks/soup.yaml")).unwrap(), DECK);
}

#[test]
fn a_file_of_which_nothing_can_be_taken_leaves_nothing_behind() {
    let home = Home::new();
    fs::write(home.path("notes.txt"), b"Caf\xe9?\n").unwrap();
    let Said { code, out, err } = run(&mut home.kcard(&["deck", "import", "notes.txt", "--out", "x.yaml"]));
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_snapshot!(err, @"kcard: notes.txt: line 1: the byte 0xE9 here is not UTF-8: save it as UTF-8");
    let Said { code, err, .. } = run(&mut home.kcard(&["deck", "import", "nothing.txt", "--out", "x.yaml"]));
    assert_eq!(code, Some(2));
    assert!(err.starts_with("kcard: nothing.txt: this cannot be read: "), "{err}");
    assert_eq!(home.names(), ["notes.txt"]);
}

#[test]
fn a_file_of_two_gigabytes_is_not_read_to_its_end() {
    let home = Home::new();
    fs::File::create(home.path("big.apkg")).unwrap().set_len(2_000_000_000).unwrap();
    // A process that may have 300 MB could not hold it.
    let Said { code, err, .. } = run(&mut home.shell("ulimit -v 300000; exec \"$0\" deck import big.apkg"));
    assert_eq!(code, Some(1), "{err}");
    assert_eq!(err, "kcard: big.apkg: this file has more than 64000000 bytes: export it without media, or in parts\n");
}

#[test]
fn a_deck_goes_out_and_comes_back() {
    let home = home_with_deck(DECK);
    for (to, left_out) in [("soup.md", 1), ("soup.csv", 2), ("soup.apkg", 2)] {
        let Said { code, err, .. } = run(&mut home.kcard(&["deck", "export", "decks", "--to", to]));
        assert_eq!(code, Some(0), "{err}");
        let ending = to.split_once('.').unwrap().1;
        assert_eq!(err, format!("{to}: cards 1\nquestions that .{ending} does not hold: {left_out}\n"));
        let Said { code, out, err } = run(&mut home.kcard(&["deck", "import", to]));
        assert_eq!(code, Some(0), "{err}");
        for part in [
            "deck: soup",
            "id: stock-parts",
            "level: 1",
            "What goes into a plain stock?",
            "- https://example.org/stock",
        ] {
            assert!(out.contains(part), "{to}: {out}");
        }
    }
    let Said { code, err, .. } =
        run(&mut home.kcard(&["--config", "kcard.toml", "deck", "export", "soup", "--to", "b.csv"]));
    assert_eq!(code, Some(0), "{err}");
}

#[test]
fn what_cannot_be_exported_is_said() {
    let home = home_with_deck(DECK);
    let says = |words: &[&str]| {
        let Said { code, err, .. } = run(&mut home.kcard(&[&["deck", "export"], words].concat()));
        assert_eq!(code, Some(2), "{err}");
        err
    };
    assert_snapshot!(says(&["kuberntes", "--to", "x.csv"]), @"kcard: there is no deck `kuberntes`; did you mean `kubernetes`?");
    assert_snapshot!(says(&["decks", "--to", "x.docx"]), @"kcard: x.docx: kcard writes .apkg, .csv, .tsv and .md files");
    assert_snapshot!(says(&["decks", "--to", "x.txt"]), @"kcard: kcard writes .apkg, .csv, .tsv and .md files, and no .txt");
    home.write("decks/other.yaml", &DECK.replace("deck: soup", "deck: other"));
    assert_snapshot!(says(&["decks", "--to", "x.csv"]), @"kcard: decks holds several decks (other, soup): name one file");
}
