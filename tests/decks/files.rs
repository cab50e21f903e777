//! Files that are no deck at all, and how much of them is borne.

use std::{fs, path::PathBuf};

use kcard::decks::Decks;
use rstest::rstest;

use crate::{CARD, directory, mistakes};

fn right() -> String {
    format!("{CARD}      - text: {{accept: [a]}}\n")
}

#[rstest]
#[case::latin_1(b"deck: caf\xE9\n".to_vec(), "1:10 the byte 0xE9 here is not UTF-8: save it as UTF-8")]
#[case::utf_16(b"\xFF\xFEd\0e\0".to_vec(), "0:0 this is UTF-16: save it as UTF-8")]
#[case::nul(b"deck: a\0b\n".to_vec(), "1:8 not valid YAML")]
#[case::noise((0..=255).collect(), "2:118 the byte 0x80 here is not UTF-8: save it as UTF-8")]
#[case::nothing_but_brackets(vec![b'['; 900_000], "1:17 not valid YAML: recursion limit exceeded: a deck file needs nine levels at most")]
#[case::nothing_but_dashes(b"- ".repeat(400_000), "1:33 this is nested too deep: a deck file needs nine levels at most")]
#[case::too_large(vec![b'#'; 1_000_001], "0:0 this file has more than 1000000 bytes: split it: several files can make one deck")]
#[case::a_billion_laughs(laughs(), "anchors and aliases are not taken here")]
fn a_hostile_file_is_refused_with_a_reason(#[case] bytes: Vec<u8>, #[case] expected: &str) {
    let said = mistakes(bytes);
    assert!(said[0].contains(expected), "{said:?}");
}

fn laughs() -> Vec<u8> {
    let line = |n: usize| format!("l{n}: &l{n} [{}]\n", vec![format!("*l{}", n - 1); 9].join(", "));
    ("l0: &l0 [lol]\n".to_owned() + &(1..10).map(line).collect::<String>()).into_bytes()
}

#[rstest]
#[case::one_key_again_and_again("x: 1\n".repeat(5_000))]
#[case::many_keys((0..5_000).fold(String::new(), |text, n| text + &format!("k{n}: 1\n")))]
#[case::a_key_without_end(format!("{}: 1\n", "k".repeat(1_000)).repeat(200))]
#[case::many_wrong_exams(right().replace("level: 1", &format!("level: 1\n    exams: [{}]", "cooking, ".repeat(5_000))))]
#[case::many_broken_cards(right() + &"  - id: a: b\n".repeat(5_000))]
#[case::many_cards_alike(right() + &"  - {id: one}\n".repeat(5_000))]
fn of_very_many_mistakes_the_first_hundred_are_shown(#[case] text: String) {
    let said = mistakes(text);
    assert_eq!(said.len(), 101);
    assert_eq!(said[100], "0:0 there are more mistakes in this file: mend these and look again");
}

#[test]
fn a_mark_before_the_text_and_windows_line_ends_do_no_harm() {
    let text = format!("\u{feff}{}", right().replace('\n', "\r\n"));
    let directory = directory(text);
    assert!(Decks::read(&[directory.path().into()]).is_ok());
}

#[test]
fn places_are_counted_in_characters() {
    let text = right().replace("back: The first.", "back: {ä: ö, 日本: !}");
    assert!(mistakes(text)[0].starts_with("7:11 "));
}

#[test]
fn what_is_not_there_is_said() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let missing = directory.path().join("missing.yaml");
    let errors = Decks::read(&[directory.path().into(), missing.clone()]).expect_err("nothing is there");
    let said: Vec<_> = errors.mistakes.iter().map(|mistake| mistake.message.as_str()).collect();
    assert_eq!(said[0], "there is no deck file in this directory: deck files end in .yaml or .yml");
    assert!(said[1].starts_with("this cannot be read: No such file or directory"), "{}", said[1]);
    assert_eq!(errors.mistakes[1].file, missing.display().to_string());
}

#[cfg(unix)]
#[test]
fn a_device_is_not_read() {
    let errors = Decks::read(&[PathBuf::from("/dev/zero")]).expect_err("no file");
    assert_eq!(errors.mistakes[0].message, "this is not a file: name a deck file or a directory of them");
}

#[test]
fn files_below_one_another_make_one_deck_in_the_order_of_their_names() {
    let directory = directory(right());
    let below = directory.path().join("a");
    fs::create_dir(&below).expect("a directory in it");
    fs::write(below.join("two.yml"), right().replace("id: one", "id: two")).expect("a second file");
    fs::write(below.join("notes.txt"), "no deck").expect("a file that is none");
    fs::write(below.join(".hidden.yaml"), "no deck").expect("a hidden file");
    let decks = Decks::read(&[directory.path().into(), directory.path().join("deck.yaml")]).expect("right files");
    let deck = decks.0.values().next().expect("one deck");
    assert_eq!(deck.cards.iter().map(|card| card.id.as_str()).collect::<Vec<_>>(), ["two", "one"]);
}

#[test]
fn a_deck_of_the_same_name_replaces_the_embedded_one() {
    let directory = directory(right().replace("deck: test", "deck: kubernetes"));
    let decks = Decks::load(&[directory.path().into()]).expect("a right file");
    assert_eq!(decks.0.len(), 1);
    assert_eq!(decks.0.values().next().map(|deck| deck.cards.len()), Some(1));
}
