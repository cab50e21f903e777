//! The deck file, as serde reads it and as `deck.schema.json` describes it: the comments here are what editors show to
//! deck authors. What no schema can say is in `rules`; nothing is checked here.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de::Error as _};

use super::texts::{Exam, Explanation, Label, Line, Link, Name, Prompt, Sentence, Version, Why, Wording};
use crate::quiz::{
    deck::{Card, Level},
    id::{CardId, DeckId},
    question::{Body, Question, Side, Term},
};

/// Cards of one topic. Several files may name the same deck; their cards are put together.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A kcard deck file")]
pub(super) struct File {
    /// The name that commands and schedules use, such as kubernetes.
    pub deck: Name,
    /// What the cards of this file are about, such as architecture.
    pub topic: Name,
    /// The cards, at least one.
    #[schemars(length(min = 1))]
    pub cards: Vec<Entry>,
}

/// One fact to know, and the questions that ask for it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// The card's name, unique in its deck and stable for ever: the history of answers hangs on it.
    id: Name,
    /// How hard it is, from 1 (first week) to 5 (has operated it for years).
    #[serde(deserialize_with = "level")]
    #[schemars(with = "u8", range(min = 1, max = 5))]
    level: Level,
    /// The exam competencies it belongs to, such as kcna/fundamentals/core-concepts.
    #[serde(default)]
    exams: Vec<Exam>,
    /// The first version for which it is true, in quotes, such as "1.24".
    since: Option<Version>,
    /// The last version for which it was true, in quotes, such as "1.23".
    until: Option<Version>,
    /// The question in general; a question without an `ask` of its own is asked in these words.
    front: Sentence,
    /// The explanation, shown at the close: why, not only what. Markdown.
    back: Explanation,
    /// Where it is written: https addresses, at least one. Only what was imported should lack them.
    #[serde(default)]
    #[schemars(length(min = 1, max = 5))]
    sources: Vec<Link>,
    /// The ways to ask for it, at least one. Without them the card is never asked: only /kcard shows it.
    #[serde(default)]
    #[schemars(length(min = 1, max = 20))]
    questions: Vec<Ask>,
}

/// One way to ask a card.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Ask {
    /// One right option of 2 to 9.
    Choice {
        /// The wording; the card's front where it is left out.
        ask: Option<Prompt>,
        /// The right option.
        answer: Label,
        /// The wrong options, 1 to 8.
        #[schemars(length(min = 1, max = 8))]
        others: Vec<Label>,
        /// Why the nearest wrong option is wrong, shown at the close. Markdown.
        why: Option<Why>,
    },
    /// All right options of 2 to 9; a wrong one costs.
    Multiple {
        /// The wording; the card's front where it is left out.
        ask: Option<Prompt>,
        /// The right options, at least one.
        #[schemars(length(min = 1, max = 8))]
        answers: Vec<Label>,
        /// The wrong options, at least one; with the right ones 9 at most.
        #[schemars(length(min = 1, max = 8))]
        others: Vec<Label>,
        /// Why the nearest wrong option is wrong, shown at the close. Markdown.
        why: Option<Why>,
    },
    /// Name the items, in any order; credit for each.
    List {
        /// The wording; the card's front where it is left out.
        ask: Option<Prompt>,
        /// What to name: each a text, or a list of the form shown and the others that are accepted.
        #[serde(default)]
        #[schemars(length(min = 1, max = 20))]
        items: Vec<Forms>,
        /// In place of items, for a comparison: its sides, each with the items that must be said of it.
        #[serde(default)]
        #[schemars(length(min = 2, max = 4))]
        sides: Vec<Flank>,
        /// Wrong items that people name; each costs one.
        #[serde(default)]
        #[schemars(length(max = 40))]
        wrong: Vec<Forms>,
        /// Why the nearest wrong item is wrong, shown at the close. Markdown.
        why: Option<Why>,
    },
    /// A short typed answer.
    Text {
        /// The wording; the card's front where it is left out.
        ask: Option<Prompt>,
        /// The accepted answers; the first is shown. Case, accents, punctuation and small typos are forgiven anyway.
        #[schemars(length(min = 1, max = 20))]
        accept: Vec<Wording>,
        /// Wrong answers that look like the right one; never accepted as a typo of it.
        #[serde(default)]
        #[schemars(length(max = 40))]
        wrong: Vec<Forms>,
        /// Why the nearest wrong answer is wrong, shown at the close. Markdown.
        why: Option<Why>,
    },
    /// A shell command, compared by meaning: the order and the form of flags do not matter.
    Command {
        /// The wording; the card's front where it is left out.
        ask: Option<Prompt>,
        /// The accepted commands; the first is shown.
        #[schemars(length(min = 1, max = 20))]
        accept: Vec<Line>,
        /// Why the nearest wrong command is wrong, shown at the close. Markdown.
        why: Option<Why>,
    },
}

/// A side of a comparison.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Flank {
    /// What answers call it: a text, or a list of the form shown and the others that are accepted.
    name: Forms,
    /// What must be said of it; said of another side it does not count.
    #[schemars(length(min = 1, max = 20))]
    items: Vec<Forms>,
}

/// A term: a text, or a list of the form shown and the others that are accepted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Forms {
    One(Wording),
    Several(#[schemars(length(min = 1, max = 20))] Vec<Wording>),
}

fn level<'de, D: Deserializer<'de>>(number: D) -> Result<Level, D::Error> {
    Level::new(u8::deserialize(number)?).ok_or_else(|| D::Error::custom("a level is a number from 1 to 5"))
}

impl File {
    /// The file's cards, for the deck it names.
    pub fn into_cards(self) -> (DeckId, Vec<Card>) {
        let topic = self.topic.0;
        let cards = self.cards.into_iter().map(|entry| entry.into_card(topic.clone())).collect();
        (DeckId::new(self.deck.0), cards)
    }
}

impl Entry {
    fn into_card(self, topic: String) -> Card {
        Card {
            id: CardId::new(self.id.0),
            topic,
            level: self.level,
            exams: self.exams.into_iter().map(|Exam(exam)| exam).collect(),
            since: self.since.map(|Version(since)| since),
            until: self.until.map(|Version(until)| until),
            front: self.front.0,
            back: self.back.0,
            sources: self.sources.into_iter().map(|Link(source)| source).collect(),
            questions: self.questions.into_iter().map(Question::from).collect(),
        }
    }
}

impl From<Ask> for Question {
    fn from(question: Ask) -> Self {
        let labels = |labels: Vec<Label>| labels.into_iter().map(|Label(label)| label).collect();
        let terms = |terms: Vec<Forms>| terms.into_iter().map(Term::from).collect();
        let (ask, why, body) = match question {
            Ask::Choice { ask, answer, others, why } => {
                (ask, why, Body::Choice { answer: answer.0, others: labels(others) })
            }
            Ask::Multiple { ask, answers, others, why } => {
                (ask, why, Body::Multiple { answers: labels(answers), others: labels(others) })
            }
            Ask::List { ask, items, sides, wrong, why } => {
                let mut items: Vec<Term> = terms(items);
                let side = |Flank { name, items: own }| {
                    let side = Side { name: Term::from(name), items: own.len() };
                    items.extend(terms(own));
                    side
                };
                let sides = sides.into_iter().map(side).collect();
                (ask, why, Body::List { items, sides, wrong: terms(wrong) })
            }
            Ask::Text { ask, accept, wrong, why } => {
                (ask, why, Body::Text { accept: Forms::Several(accept).into(), wrong: terms(wrong) })
            }
            Ask::Command { ask, accept, why } => {
                (ask, why, Body::Command { accept: accept.into_iter().map(|Line(line)| line).collect() })
            }
        };
        Self { ask: ask.map(|Prompt(ask)| ask), why: why.map(|Why(why)| why), body }
    }
}

impl From<Forms> for Term {
    fn from(forms: Forms) -> Self {
        Self(match forms {
            Forms::One(Wording(one)) => vec![one],
            Forms::Several(several) => several.into_iter().map(|Wording(form)| form).collect(),
        })
    }
}
