//! What one player has given to one round: changes, withdrawals, attempts, and which of it counts.
//!
//! Options may be picked anew until the close: how the standing picks are kept, and which of them counts, is told in
//! `marks`. Typed answers have attempts, and the best counts; the same text twice in a row uses one attempt. With instant
//! feedback a pick that was told right or wrong is final: else one could try one option after the other.

mod marks;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use std::{cmp::Reverse, collections::BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    asked::Asked,
    grade,
    question::Kind,
    round::{Feedback, Rules},
    verdict::{Credit, Verdict},
};

/// By which way an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// A number reaction on the question.
    Reaction,
    /// A reply to the question.
    Reply,
    /// A button under the question.
    Button,
    /// A menu under the question.
    Menu,
    /// A form that the question opens.
    Form,
}

/// One thing that a player did to a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// This is my answer now (a button, a menu, a form, a reply).
    Set(Input),
    /// A read-back found this reply; what was done after it stays in force.
    Found(Input),
    /// A reaction with this option's number (1 to 9) was put there.
    Add(u8),
    /// The reaction with this option's number was taken away.
    Remove(u8),
    /// A read-back found exactly these reactions standing. What was known keeps its order; two new ones are of unknown order.
    Standing {
        /// The numbers.
        reactions: BTreeSet<u8>,
        /// Since when everything is heard: a reaction that is new was put there before, after all that was known then.
        heard_from: Timestamp,
    },
}

/// What was picked or typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Input {
    /// Option numbers, from 1.
    Options(BTreeSet<u8>),
    /// A typed text, as typed.
    Text(String),
}

/// What a player has given to a round so far. Stored whole beside the answers it came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// For questions with options: what stands, oldest first.
    pub marks: Vec<Mark>,
    /// For typed questions: the attempts, oldest first.
    pub tries: Vec<Try>,
}

/// One standing pick of options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Whether it stands as a reaction (and can be taken away) or was set directly.
    pub reaction: bool,
    /// What it picks: one number for a reaction or a choice.
    pub options: BTreeSet<u8>,
    /// Whether it is known to have come after the marks before it.
    pub ordered: bool,
    /// When it was put; of a reaction that only a read-back found, the earliest that it can be.
    #[serde(default)]
    pub at: Timestamp,
}

/// One typed attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    /// As typed.
    pub text: String,
    /// How it was marked.
    pub verdict: Verdict,
}

/// What became of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is in. `tries_left` is `None` where the answer may be changed until the close.
    In {
        /// Attempts left, for typed answers.
        tries_left: Option<u8>,
        /// Whether the player is told at once how it is marked. A pick of options is final then.
        told: bool,
        /// How this attempt (typed) or what stands now (options) is marked.
        verdict: Verdict,
        /// The earlier attempt that is better and so counts.
        better: Option<Try>,
    },
    /// Nothing stands any more: the answer was withdrawn, or what stands is ambiguous (`two` is true).
    Nothing {
        /// Two reactions stand and nobody knows which came last.
        two: bool,
    },
    /// It could not be taken; nothing has changed.
    Refused(Refused),
}

/// Why a change could not be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// This round does not take answers by this way.
    Way(Way),
    /// All attempts are used.
    NoTriesLeft,
    /// It names no option, or says nothing: the player gets a hint.
    Unreadable,
    /// The player was told right or wrong, so this pick stays; or told that a typed answer is right, so no attempt is spent.
    Final,
}

impl Entry {
    /// Takes one change, made at `at`. Pure and deterministic: the same changes in the same order give the same entry. A way that is
    /// not open is refused, but a reaction may always be taken away.
    pub fn take(&mut self, asked: &Asked, rules: &Rules, way: Way, change: &Change, at: Timestamp) -> Taken {
        if !rules.ways.let_in(way) && !matches!(change, Change::Remove(_)) {
            return Taken::Refused(Refused::Way(way));
        }
        let taken = if asked.kind().has_options() {
            self.pick(asked, rules, change, at)
        } else {
            self.attempt(asked, rules, change)
        };
        taken.unwrap_or_else(Taken::Refused)
    }

    /// What counts if the round closed now; `None` where nothing stands.
    pub fn verdict(&self, asked: &Asked) -> Option<Verdict> {
        if asked.kind().has_options() {
            marks::counting(&self.marks, asked.kind()).map(|picked| grade::options(asked, &picked))
        } else {
            self.best().map(|attempt| attempt.verdict.clone())
        }
    }

    /// What counts, in words that can be shown to the player (option texts, or the best attempt as typed).
    pub fn shown(&self, asked: &Asked) -> Option<String> {
        if asked.kind().has_options() {
            let picked = marks::counting(&self.marks, asked.kind())?;
            let texts: Vec<&str> = (1..)
                .zip(asked.options())
                .filter(|(number, _)| picked.contains(number))
                .map(|(_, text)| text.as_str())
                .collect();
            Some(texts.join(", "))
        } else {
            self.best().map(|attempt| attempt.text.clone())
        }
    }

    /// What the player would have counted where that is disputed: of the best attempts the last, which they thought best; else what
    /// counts.
    pub fn disputed(&self, asked: &Asked) -> Option<String> {
        match self.tries.iter().max_by_key(|attempt| attempt.verdict.credit) {
            Some(attempt) => Some(attempt.text.clone()),
            None => self.shown(asked),
        }
    }

    fn pick(&mut self, asked: &Asked, rules: &Rules, change: &Change, at: Timestamp) -> Result<Taken, Refused> {
        let is_option = |number: &u8| (1..=asked.options().len()).contains(&usize::from(*number));
        let mut marks = self.marks.clone();
        match change {
            Change::Add(number) if is_option(number) => marks::add(&mut marks, *number, at),
            Change::Add(_) => return Err(Refused::Unreadable),
            Change::Remove(number) => marks::remove(&mut marks, *number),
            Change::Standing { reactions, heard_from } => {
                marks::stand(&mut marks, &reactions.iter().copied().filter(is_option).collect(), *heard_from);
            }
            Change::Set(input) | Change::Found(input) => {
                let picked = match input {
                    Input::Options(numbers) => Some(numbers.clone()),
                    Input::Text(text) => grade::read_options(asked, text),
                };
                let picked = picked
                    .filter(|numbers| !numbers.is_empty() && numbers.iter().all(is_option))
                    .filter(|numbers| asked.kind() == Kind::Multiple || numbers.len() == 1)
                    .ok_or(Refused::Unreadable)?;
                let put = if matches!(change, Change::Found(_)) { marks::find } else { marks::set };
                put(&mut marks, picked, at);
            }
        }
        if marks != self.marks {
            if self.was_told(asked.kind(), rules) {
                return Err(Refused::Final);
            }
            self.marks = marks;
        }
        Ok(match self.verdict(asked) {
            Some(verdict) => {
                Taken::In { tries_left: None, told: self.was_told(asked.kind(), rules), verdict, better: None }
            }
            None => Taken::Nothing { two: !self.marks.is_empty() },
        })
    }

    fn attempt(&mut self, asked: &Asked, rules: &Rules, change: &Change) -> Result<Taken, Refused> {
        let (Change::Set(Input::Text(text)) | Change::Found(Input::Text(text))) = change else {
            return Err(Refused::Unreadable);
        };
        let attempts = rules.attempts.max(1);
        let told = rules.feedback == Feedback::Instant;
        if self.tries.last().is_none_or(|last| last.text.trim() != text.trim()) {
            if told && self.best().is_some_and(|best| best.verdict.credit == Credit::FULL) {
                return Err(Refused::Final);
            }
            if self.tries.len() >= usize::from(attempts) {
                return Err(Refused::NoTriesLeft);
            }
            let verdict = grade::text(asked, text).ok_or(Refused::Unreadable)?;
            self.tries.push(Try { text: text.clone(), verdict });
        }
        let used = u8::try_from(self.tries.len()).unwrap_or(u8::MAX);
        let verdict = self.tries.last().ok_or(Refused::Unreadable)?.verdict.clone();
        let better = self.best().filter(|best| best.verdict.credit > verdict.credit).cloned();
        Ok(Taken::In { tries_left: Some(attempts.saturating_sub(used)), told, verdict, better })
    }

    /// Whether the player was told how the pick that counts is marked. Never while reactions toggle the options of a `multiple` one by
    /// one: each would be tried in turn.
    fn was_told(&self, kind: Kind, rules: &Rules) -> bool {
        rules.feedback == Feedback::Instant
            && marks::counting(&self.marks, kind).is_some()
            && (kind != Kind::Multiple || self.marks.iter().any(|mark| !mark.reaction))
    }

    /// The best attempt; of equals the first.
    fn best(&self) -> Option<&Try> {
        self.tries.iter().min_by_key(|attempt| Reverse(attempt.verdict.credit))
    }
}
