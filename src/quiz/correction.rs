//! Correcting a question as asked: what a host accepts beside the deck is put into the snapshot, and the answers are marked anew by it.
//! Pure, as marking is: the same snapshot marks the same answers the same way for ever.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    asked::{Asked, Form},
    deck::Deck,
    grade,
    question::{Body, Question, Term, shown},
    verdict::Credit,
};

/// The longest form that can be accepted, in characters; a longer answer has one in it.
pub const LONGEST: usize = 200;

/// One more form of what is right, which a host accepted beside what the deck says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Accepted {
    /// As it is written: an alias, a command, or the text of an option.
    pub answer: String,
    /// For a list: of which of its items, in any of its forms or by its number from 1.
    pub item: Option<String>,
}

/// Why a form cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotAccept {
    /// It says nothing.
    Empty,
    /// No wrong option would be left, so that the question asks nothing.
    AllRight,
    /// It has more than [`LONGEST`] characters.
    TooLong,
    /// It counts in full as it is.
    Already,
    /// It cannot be read as a command.
    NoCommand,
    /// None of the options has this text; these are they.
    NoOption(Vec<String>),
    /// It must be said of which item it is a form; these are they.
    NoItem(Vec<String>),
    /// Marking would read it otherwise all the same: it denies, or it holds more than one answer.
    ReadOtherwise,
    /// The card is not asked in rounds.
    NotAsked,
}

impl Asked {
    /// The question with one more form of what is right. Where the deck is known, its terms that stand near the new form are noted, as
    /// for every accepted one.
    pub fn accept(&self, accepted: &Accepted, deck: Option<&Deck>) -> Result<Self, CannotAccept> {
        let answer = accepted.answer.trim();
        if answer.chars().count() > LONGEST {
            return Err(CannotAccept::TooLong);
        }
        if grade::key(answer).is_empty() && !matches!(self.form, Form::Command { .. }) {
            return Err(CannotAccept::Empty);
        }
        let mut amended = self.clone();
        let item = amended.put(answer, accepted.item.as_deref())?;
        if self.counts(answer, item) {
            return Err(CannotAccept::Already);
        }
        if let Body::Choice { others, .. } | Body::Multiple { others, .. } = amended.question().body
            && others.is_empty()
        {
            return Err(CannotAccept::AllRight);
        }
        amended.tidy(answer, deck);
        if amended.counts(answer, item) { Ok(amended) } else { Err(CannotAccept::ReadOtherwise) }
    }

    /// The question with all of these forms, but those that it has already or that are no longer about it.
    #[must_use]
    pub fn with(self, accepted: &[Accepted], deck: Option<&Deck>) -> Self {
        accepted.iter().fold(self, |asked, one| asked.accept(one, deck).unwrap_or(asked))
    }

    /// What the item that is meant is called, in whatever way it was named.
    pub fn item_named(&self, meant: &str) -> Option<String> {
        let Form::List { items, sides, .. } = &self.form else { return None };
        let named = shown(items, sides);
        find(items, &named, meant).map(|at| named[at].clone())
    }

    /// Tells which question of its card it is, whatever the order of its options and whatever was accepted since: a number of its kind,
    /// its wording and what the deck says is right.
    pub fn likeness(&self) -> u32 {
        let mut right = self.right();
        if let Form::Choice { .. } = self.form {
            right.truncate(1);
        }
        right.sort();
        super::asked::hash([self.kind().word(), &self.ask].into_iter().chain(right.iter().map(String::as_str)))
    }

    /// The question as a deck would ask it, with what was accepted: of a choice, which has one right option, another that counts is no
    /// longer among the wrong ones.
    pub fn question(&self) -> Question {
        let texts = |is: &dyn Fn(u8) -> bool| {
            let numbered = (1..=u8::MAX).zip(self.options());
            numbered.filter(|(number, _)| is(*number)).map(|(_, text)| text.clone()).collect::<Vec<_>>()
        };
        let body = match &self.form {
            Form::Choice { right, .. } => {
                let others = texts(&|number| number != *right && !self.also.contains(&number));
                Body::Choice { answer: texts(&|number| number == *right).concat(), others }
            }
            Form::Multiple { right, .. } => Body::Multiple {
                answers: texts(&|number| right.contains(&number) || self.also.contains(&number)),
                others: texts(&|number| !right.contains(&number) && !self.also.contains(&number)),
            },
            Form::List { items, sides, wrong, .. } => {
                Body::List { items: items.clone(), sides: sides.clone(), wrong: wrong.clone() }
            }
            Form::Text { accept, wrong, .. } => Body::Text { accept: accept.clone(), wrong: wrong.clone() },
            Form::Command { accept } => Body::Command { accept: accept.clone() },
            Form::Recall => Body::Text { accept: Term(Vec::new()), wrong: Vec::new() },
        };
        Question { ask: Some(self.ask.clone()), why: self.why.clone(), body }
    }

    /// Puts the form where it belongs; of a list, the number of its item.
    fn put(&mut self, answer: &str, item: Option<&str>) -> Result<Option<usize>, CannotAccept> {
        match &mut self.form {
            Form::Choice { options, .. } | Form::Multiple { options, .. } => {
                let number = option(options, answer).ok_or_else(|| CannotAccept::NoOption(options.clone()))?;
                self.also.insert(number);
            }
            Form::List { items, sides, .. } => {
                let named = shown(items, sides);
                let at = item.and_then(|item| find(items, &named, item)).ok_or(CannotAccept::NoItem(named))?;
                items[at].0.push(answer.to_owned());
                return Ok(Some(at));
            }
            Form::Text { accept, .. } => accept.0.push(answer.to_owned()),
            Form::Command { .. } if !grade::command::reads(answer) => return Err(CannotAccept::NoCommand),
            Form::Command { accept } => accept.push(answer.to_owned()),
            Form::Recall => return Err(CannotAccept::NotAsked),
        }
        Ok(None)
    }

    /// Whether this form, given alone, counts in full; of a list, for its item.
    fn counts(&self, answer: &str, item: Option<usize>) -> bool {
        match (&self.form, item) {
            (Form::Choice { options, right }, _) => {
                option(options, answer).is_some_and(|number| number == *right || self.also.contains(&number))
            }
            (Form::Multiple { options, right }, _) => {
                option(options, answer).is_some_and(|number| right.contains(&number) || self.also.contains(&number))
            }
            (Form::List { items, sides, .. }, Some(at)) => {
                let named = shown(items, sides);
                // Where sides are compared, an item counts where it is said of its own.
                let side = sides.iter().flat_map(|side| std::iter::repeat_n(side.name.shown(), side.items)).nth(at);
                let said = side.map_or_else(|| answer.to_owned(), |side| format!("{side}: {answer}"));
                grade::text(self, &said).is_some_and(|verdict| verdict.found.contains(&named[at]))
            }
            _ => grade::text(self, answer).is_some_and(|verdict| verdict.credit == Credit::FULL),
        }
    }

    /// What is accepted is no longer known to be wrong, nor taken for something else; what stands near it is.
    fn tidy(&mut self, answer: &str, deck: Option<&Deck>) {
        let key = grade::key(answer);
        let (right, wrong, near) = match &mut self.form {
            Form::List { items, sides, wrong, near } => {
                (items.iter().chain(sides.iter().map(|side| &side.name)).cloned().collect(), wrong, near)
            }
            Form::Text { accept, wrong, near } => (vec![accept.clone()], wrong, near),
            Form::Choice { .. } | Form::Multiple { .. } | Form::Command { .. } | Form::Recall => return,
        };
        for term in &mut *wrong {
            term.0.retain(|form| grade::key(form) != key);
        }
        wrong.retain(|term| !term.0.is_empty());
        let of_deck = deck.map(|deck| grade::near(deck, &[Term(vec![answer.to_owned()])], wrong)).unwrap_or_default();
        let right: BTreeSet<String> = right.iter().flat_map(|term: &Term| term.forms().map(grade::key)).collect();
        near.extend(of_deck.into_iter().filter(|term| !right.contains(&grade::key(term))));
        let mut seen = BTreeSet::new();
        near.retain(|term| {
            let of = grade::key(term);
            of != key && seen.insert(of)
        });
    }
}

/// The number of the option of this text.
fn option(options: &[String], text: &str) -> Option<u8> {
    let exact = options.iter().position(|option| option.trim() == text);
    let at = exact.or_else(|| options.iter().position(|option| grade::key(option) == grade::key(text)))?;
    u8::try_from(at + 1).ok()
}

/// The item that is meant by its number, as it is shown, or by one of its forms, where only one has it.
fn find(items: &[Term], named: &[String], meant: &str) -> Option<usize> {
    if let Ok(number) = meant.trim().parse::<usize>() {
        return number.checked_sub(1).filter(|at| *at < items.len());
    }
    let key = grade::key(meant);
    if let Some(at) = named.iter().position(|name| grade::key(name) == key) {
        return Some(at);
    }
    let mut having = (0..items.len()).filter(|&at| items[at].forms().any(|form| grade::key(form) == key));
    having.next().filter(|_| having.next().is_none())
}
