//! Decks for other tools, and what comes back of them.

use kcard::{
    decks::{self, Decks, Format, Imported},
    quiz::{
        deck::{Card, Deck},
        id::DeckId,
        question::Body,
    },
};
use rstest::rstest;

use crate::imported::import;

fn kubernetes() -> Deck {
    Decks::embedded().deck(&DeckId::new("kubernetes")).expect("it is in the binary").clone()
}

fn export(deck: &Deck, format: Format) -> Vec<u8> {
    decks::export(deck, format, jiff::Timestamp::UNIX_EPOCH).expect("it is written").bytes
}

fn back(deck: &Deck, format: Format) -> Imported {
    let name = format!("kubernetes.{}", format.ending());
    import(&name, std::str::from_utf8(&export(deck, format)).expect("it is text"))
}

/// A question with options: its wording, the right ones, the wrong ones, and why.
type Picked = (String, Vec<String>, Vec<String>, Option<String>);

/// A card's questions with options.
fn options(card: &Card) -> Vec<Picked> {
    let asked = card.questions.iter().filter_map(|question| {
        let (right, wrong) = match &question.body {
            Body::Choice { answer, others } => (vec![answer.clone()], others.clone()),
            Body::Multiple { answers, others } => (answers.clone(), others.clone()),
            _ => return None,
        };
        let words = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some((words(question.ask.as_ref().unwrap_or(&card.front)), right, wrong, question.why.as_ref().map(words)))
    });
    asked.collect()
}

#[test]
fn markdown_comes_back_with_the_same_fronts_backs_and_options() {
    let deck = kubernetes();
    let imported = back(&deck, Format::Markdown);
    assert_eq!(imported.remarks, []);
    assert_eq!(imported.deck.cards.len(), deck.cards.len());
    for (before, after) in deck.cards.iter().zip(&imported.deck.cards) {
        assert_eq!((&before.id, &before.front, before.back.trim()), (&after.id, &after.front, after.back.trim()));
        assert_eq!((&before.sources, before.level), (&after.sources, after.level));
        assert_eq!((&before.since, &before.until), (&after.since, &after.until));
        if !options(before).is_empty() {
            assert_eq!(options(before), options(after));
        }
    }
}

#[rstest]
#[case(Format::Csv)]
#[case(Format::Tsv)]
fn a_table_comes_back_with_all_that_is_no_question(#[case] format: Format) {
    let deck = kubernetes();
    let imported = back(&deck, format);
    assert_eq!(imported.remarks.len(), 0);
    let bare = |card: &Card| Card {
        questions: Vec::new(),
        topic: String::new(),
        back: card.back.trim().into(),
        ..card.clone()
    };
    for (before, after) in deck.cards.iter().zip(&imported.deck.cards) {
        assert_eq!(bare(before), bare(after));
    }
    assert_eq!(imported.deck.cards.len(), deck.cards.len());
}

#[test]
fn what_would_be_read_as_the_files_own_form_is_written_otherwise() {
    let text = "Why?\nx\n";
    let mut deck = import("x.txt", text).deck;
    deck.cards[0].back = "# One\n\nTwo\n===\n\n- [x] three\n\n#### Four".into();
    let written = String::from_utf8(export(&deck, Format::Markdown)).expect("it is text");
    let again = import("x.md", &written);
    assert_eq!(again.deck.cards.len(), 1);
    assert_eq!(again.deck.cards[0].back, "#### One\n\n#### Two\n\n- \\[x] three\n\n#### Four");
}

#[test]
fn questions_that_a_file_does_not_hold_are_counted_and_plain_text_is_not_written() {
    let deck = kubernetes();
    let questions: usize = deck.cards.iter().map(|card| card.questions.len()).sum();
    let picked: usize = deck.cards.iter().map(|card| options(card).len()).sum();
    let left_out =
        |format| decks::export(&deck, format, jiff::Timestamp::UNIX_EPOCH).expect("written").questions_left_out;
    assert_eq!((left_out(Format::Markdown), left_out(Format::Csv)), (questions - picked, questions));
    let refused = decks::export(&deck, Format::Text, jiff::Timestamp::UNIX_EPOCH).expect_err("nothing writes it");
    assert_eq!(refused.to_string(), "kcard writes .apkg, .csv, .tsv and .md files, and no .txt");
}

#[test]
fn a_package_comes_back_and_is_the_same_each_time() {
    let deck = kubernetes();
    let package = export(&deck, Format::Anki);
    assert_eq!(package, export(&deck, Format::Anki));
    let hint = decks::Hint { name: "x.apkg", ..decks::Hint::default() };
    let imported = decks::import(&package, &hint).expect("it is taken");
    assert_eq!(imported.remarks, []);
    assert_eq!(imported.deck.id, deck.id);
    for (before, after) in deck.cards.iter().zip(&imported.deck.cards) {
        let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        assert_eq!((&before.sources, &before.exams, before.level), (&after.sources, &after.exams, after.level));
        assert_eq!((words(&before.front), words(&before.back)), (words(&after.front), words(&after.back)));
    }
    assert!(
        imported.deck.cards.iter().map(|card| &card.id).collect::<std::collections::BTreeSet<_>>().len()
            == deck.cards.len()
    );
}
