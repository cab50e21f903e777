//! Drafts to a deck file. What a card may be is decided by the loader alone: each card is written, and taken if it loads.

use std::collections::HashMap;

use super::{Draft, Found, Hint, Imported, Refused, Remark, cut::cut, id};
use crate::{
    decks::{load, markup, parse, report::Source, write},
    quiz::{
        deck::{Card, Level},
        id::{CardId, DeckId},
        question::{Body, Question, Term},
    },
};

/// The longest explanation of a card, in characters, as the schema has it.
const MAX_BACK: usize = 1_200;
/// The longest front or back that is looked at, in bytes. What is longer was never meant for a card.
pub(in crate::decks) const MAX_FIELD: usize = 100_000;
/// A back with no more words than this is a typed question's answer.
const ANSWER_WORDS: usize = 5;
/// How hard a card is that does not say it: in the middle.
const LEVEL: u8 = 3;
/// How many sources a card may have, as the schema has it.
const MAX_SOURCES: usize = 5;

/// How many exams and questions of a card are tried, far more than fit it.
const MAX_TRIED: usize = 50;

/// The deck file of what was found.
pub(super) fn take(found: Found, hint: &Hint<'_>) -> Result<Imported, Refused> {
    let own = || found.name.as_deref().and_then(id::name).or_else(|| id::name(stem(hint.name)));
    let deck = hint.deck.map(str::to_owned).or_else(own).unwrap_or_else(|| "imported".to_owned());
    let taker =
        Taker { head: write::head(&deck, hint.topic.unwrap_or(&deck)), topic: hint.topic.unwrap_or(&deck), hint };
    if let Some(wrong) = taker.misfit(&taker.sample()) {
        return Err(Refused::new(format!("the deck `{deck}` cannot be called so, or its cards"), wrong));
    }
    let (mut yaml, mut remarks) = (taker.head.clone(), found.remarks);
    let mut ids: HashMap<String, String> = HashMap::new();
    let is_empty = found.drafts.is_empty();
    for draft in found.drafts {
        let place = draft.place.clone();
        let why = match taker.card(draft) {
            Err(why) => why,
            Ok((card, _)) if ids.contains_key(card.id.as_str()) => {
                format!("it asks what {} asks: word its front otherwise", ids[card.id.as_str()])
            }
            Ok((card, left_out)) => {
                let text = write::card(&card);
                if (yaml.len() + text.len()) as u64 <= load::MAX_BYTES {
                    yaml.push_str(&text);
                    ids.insert(card.id.as_str().to_owned(), place.clone());
                    remarks.extend(left_out.into_iter().map(|why| Remark { place: place.clone(), taken: true, why }));
                    continue;
                }
                format!("the deck file is full with {} bytes: import the rest as a file of its own", load::MAX_BYTES)
            }
        };
        remarks.push(Remark { place, taken: false, why });
    }
    if ids.is_empty() {
        let (wrong, right) = if is_empty {
            ("there is no card in this file", "docs/import.md says what a card looks like in each kind of file")
        } else {
            ("none of the cards in this file can be taken", "the reasons stand with each")
        };
        return Err(Refused { remarks, ..Refused::new(wrong, right) });
    }
    let mut decks = taker
        .load(&yaml)
        .map_err(|wrong| Refused::new(format!("all cards together do not load, {wrong}"), "import it in parts"))?;
    let deck = decks
        .0
        .remove(&DeckId::new(deck))
        .ok_or_else(|| Refused::new("the deck is lost", "please report this message"))?;
    Ok(Imported { yaml, deck, remarks })
}

/// A file's name without folders and ending.
fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

/// What all cards of a file have in common.
struct Taker<'h> {
    head: String,
    topic: &'h str,
    hint: &'h Hint<'h>,
}

impl Taker<'_> {
    /// A card as far as it fits, and what of it does not.
    fn card(&self, mut draft: Draft) -> Result<(Card, Vec<String>), String> {
        for (side, text) in [("front", &draft.front), ("back", &draft.back)] {
            if text.trim().is_empty() {
                return Err(format!("it has no {side} {}", draft.left_out.join("; ")).trim_end().to_owned());
            }
            if text.len() > MAX_FIELD {
                return Err(format!("its {side} has more than {MAX_FIELD} bytes"));
            }
        }
        let mut left_out = std::mem::take(&mut draft.left_out);
        let mut back = draft.back.trim().to_owned();
        if back.chars().count() > MAX_BACK {
            back = cut(&back, MAX_BACK).ok_or_else(|| format!("its back has more than {MAX_BACK} characters"))?;
            left_out.push(format!("its back was cut: {MAX_BACK} characters are the most"));
        }
        let front = draft.front.trim().to_owned();
        let level = draft.level.or(self.hint.level).or_else(|| Level::new(LEVEL)).ok_or("it has no level")?;
        let id = draft.id.take().unwrap_or_else(|| id::of_front(&front));
        let mut card = Card { id: CardId::new(id), level, front, back, ..self.sample() };
        if let Some(why) = self.misfit(&card) {
            return Err(why);
        }
        self.dress(&mut card, draft, &mut left_out);
        Ok((card, left_out))
    }

    /// Adds to a card what fits it.
    fn dress(&self, card: &mut Card, draft: Draft, left_out: &mut Vec<String>) {
        let mut try_on = |card: &mut Card, what: &str, put: &dyn Fn(&mut Card)| {
            let mut dressed = card.clone();
            put(&mut dressed);
            match self.misfit(&dressed) {
                Some(why) => left_out.push(format!("without {what}: {why}")),
                None => *card = dressed,
            }
        };
        for exam in draft.exams.into_iter().take(MAX_TRIED) {
            try_on(card, "an exam", &|card| card.exams.push(exam.clone()));
        }
        if draft.since.is_some() || draft.until.is_some() {
            try_on(card, "its versions", &|card| (card.since, card.until) = (draft.since.clone(), draft.until.clone()));
        }
        for source in draft.sources.into_iter().take(MAX_SOURCES) {
            try_on(card, "a source", &|card| card.sources.push(source.clone()));
        }
        if card.sources.is_empty() {
            // A link in a back may be anything; one that is no page is not missed as a source.
            let fits = |link: &String| self.misfit(&Card { sources: vec![link.clone()], ..card.clone() }).is_none();
            card.sources = markup::links(&card.back).into_iter().filter(fits).take(MAX_SOURCES).collect();
        }
        if card.sources.is_empty()
            && let Some(source) = self.hint.source
        {
            try_on(card, "the source", &|card| card.sources.push(source.to_owned()));
        }
        match draft.questions.is_empty().then(|| answer(&card.back)).flatten() {
            // An answer that cannot be marked is a back like any other.
            Some(answer) => {
                card.questions.push(answer);
                if self.misfit(card).is_some() {
                    card.questions.clear();
                }
            }
            None => {
                for question in draft.questions.into_iter().take(MAX_TRIED) {
                    try_on(card, "one of its questions", &|card| card.questions.push(question.clone()));
                }
            }
        }
    }

    /// A card that fits every deck.
    fn sample(&self) -> Card {
        Card {
            id: CardId::new("sample"),
            topic: self.topic.to_owned(),
            level: Level::new(LEVEL).expect("it is from 1 to 5"),
            exams: Vec::new(),
            since: None,
            until: None,
            front: "Front".into(),
            back: "Back".into(),
            sources: Vec::new(),
            questions: Vec::new(),
        }
    }

    /// What the loader has against a card; nothing where it takes it and reads what was meant.
    fn misfit(&self, card: &Card) -> Option<String> {
        let text = self.head.clone() + &write::card(card);
        match self.load(&text) {
            Err(wrong) => Some(wrong),
            Ok(decks) => {
                let is_same = decks.0.values().flat_map(|deck| &deck.cards).eq([card]);
                (!is_same).then(|| "it cannot be written as YAML: please report this card".to_owned())
            }
        }
    }

    fn load(&self, yaml: &str) -> Result<crate::decks::Decks, String> {
        let source = Source { name: self.hint.name.to_owned(), text: yaml.to_owned(), unread: None };
        let said = |mistake: &crate::decks::Mistake| mistake.message.clone();
        parse::decks(&[source]).map_err(|errors| errors.mistakes.iter().map(said).collect::<Vec<_>>().join("; "))
    }
}

/// The typed question that a short back answers: a few words in one line, of which no list is made.
fn answer(back: &str) -> Option<Question> {
    let text = markup::bare(back);
    let words = text.split_whitespace().count();
    let is_answer = (1..=ANSWER_WORDS).contains(&words) && !text.contains([',', ';', '\n', '/']);
    let accept = Term(vec![text.trim_end_matches('.').to_owned()]);
    is_answer.then_some(Question { ask: None, why: None, body: Body::Text { accept, wrong: Vec::new() } })
}
