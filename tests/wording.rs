//! Every question of the decks in the binary, asked, revealed and shown on demand: each message fits, no explanation is cut, and the
//! room shows all of it. What Discord makes of it is tested in `tests/discord/every_card.rs`.

#[path = "decks/shown.rs"]
mod shown;

use kcard::chat::{web, words::CONTENT};
use shown::Shown;

#[test]
fn every_embedded_question_fits_one_message_whole() {
    for Shown { asked, question, ending, reveal, card, answer } in shown::every() {
        let (id, reveal) = (&asked.card, &reveal.text);
        for text in [&question.text, &ending.text, reveal, &card.text, &answer.text] {
            assert!(text.chars().count() <= CONTENT, "{id}: {text}");
        }
        for text in [&question.text, &ending.text, &card.text] {
            assert!(text.contains(asked.ask.trim()), "{id}: the question is cut: {text}");
        }
        for text in [reveal, &answer.text] {
            assert!(text.contains(asked.back.trim()), "{id}: the explanation is cut: {text}");
            assert!(asked.why.as_deref().is_none_or(|why| text.contains(why.trim())), "{id}: {text}");
        }
    }
}

#[test]
fn the_room_shows_every_embedded_question_whole() {
    for Shown { asked, question, ending, reveal, .. } in shown::every() {
        let (open, closed, revealed) = (web::preview(&question), web::preview(&ending), web::preview(&reveal));
        for option in asked.options() {
            let seen = option.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(open.matches(&seen).count() >= 2, "{}: `{option}` in the text and to press: {open}", asked.card);
            assert!(closed.contains(&seen), "{}: `{option}` is missing: {closed}", asked.card);
        }
        for right in asked.right() {
            assert!(revealed.contains(&right), "{}: `{right}` is missing: {revealed}", asked.card);
        }
        for source in &asked.sources {
            assert!(revealed.contains(source), "{}: {source} is missing: {revealed}", asked.card);
        }
    }
}
