//! Of which side of a comparison an answer says what it names. "A StatefulSet keeps identities, a DaemonSet runs on every node",
//! "identities for a StatefulSet, every node for a DaemonSet", a heading for each with bullets below, and bare items in the order of
//! the question are all read. Does not mark.

use std::{collections::BTreeSet, ops::Range};

use super::{
    deny::has_cue,
    extract::Mention,
    fold::{Folded, Gap},
    known::Owner,
};
use crate::quiz::question::Side;

/// For each mention of an item the sides that it is said of; `owners` are the sides that the items belong to.
pub(super) fn said_of(answer: &Folded, mentions: &[Mention], sides: &[Side], owners: &[usize]) -> Vec<BTreeSet<usize>> {
    if sides.is_empty() {
        return vec![BTreeSet::new(); mentions.len()];
    }
    let mut text =
        Text { answer, mentions, at_word: vec![None; answer.len()], sides: sides.len(), named: vec![], row: vec![] };
    for (number, mention) in mentions.iter().enumerate() {
        text.at_word[mention.first..mention.end].fill(Some(number));
    }
    let clauses: Vec<Clause> = text.ranges().into_iter().map(|range| text.clause(range)).collect();
    let tokens = || clauses.iter().flat_map(|clause| &clause.tokens);
    let is_item = |token: Option<&Token>| matches!(token, Some(Token::Item(_)));
    let mut reader = Reader {
        owners,
        mentions,
        names_come_last: is_item(tokens().next()) && !is_item(tokens().last()),
        subject: Subject::InTurn { order: (0..sides.len()).collect(), at: 0 },
        waiting: Vec::new(),
        said: vec![BTreeSet::new(); mentions.len()],
    };
    for clause in &clauses {
        reader.read(clause);
    }
    reader.said
}

/// What matters of a clause, in the order of its words.
#[derive(Debug)]
enum Token {
    /// A mention of an item.
    Item(usize),
    /// Sides that something is said of.
    Sides {
        /// As named: one, several in a row ("StatefulSet vs DaemonSet"), or all by "both".
        named: Vec<usize>,
        /// Several, of which each has its own to be said: not "both".
        in_turn: bool,
        /// A word joins them to the item before: "every node is for a DaemonSet".
        joined: bool,
    },
}

/// What stands between two commas, full stops, or words like "whereas".
#[derive(Debug)]
struct Clause {
    tokens: Vec<Token>,
    /// It says of a side only what it is not, or what was said before: "which a DaemonSet does not".
    looks_back: bool,
}

struct Text<'a> {
    answer: &'a Folded,
    mentions: &'a [Mention],
    /// The mention that a word belongs to.
    at_word: Vec<Option<usize>>,
    /// How many sides there are.
    sides: usize,
    /// The sides in the order in which they were first named, for "the former" and "the latter".
    named: Vec<usize>,
    /// The sides that were named last with nothing but "and" or "vs" between.
    row: Vec<usize>,
}

impl Text<'_> {
    fn ranges(&self) -> Vec<Range<usize>> {
        let within = |at: usize| self.at_word[at].is_some() && self.at_word[at] == self.at_word[at - 1];
        let turns = |at: usize| {
            let word = self.answer.word(at);
            self.at_word[at].is_none()
                && matches!(word, "whereas" | "while" | "whilst" | "but" | "vs" | "versus" | "however")
        };
        let begins = |at: &usize| !within(*at) && (self.answer.gap(*at) >= Gap::Comma || turns(*at));
        let starts: Vec<usize> = (1..self.answer.len()).filter(begins).collect();
        let ends = starts.iter().copied().chain([self.answer.len()]);
        std::iter::once(0).chain(starts.iter().copied()).zip(ends).map(|(start, end)| start..end).collect()
    }

    fn clause(&mut self, range: Range<usize>) -> Clause {
        let mut tokens: Vec<Token> = Vec::new();
        let mut joined = false;
        let mut at = range.start;
        while at < range.end {
            let mention = self.at_word[at].map(|number| (number, self.mentions[number]));
            if let Some(mut named) = self.sides_at(at).filter(|_| !self.is_contrast(range.start, at)) {
                let in_turn = !self.row.is_empty() && !named.iter().any(|side| self.row.contains(side));
                if in_turn {
                    tokens.pop_if(|token| matches!(token, Token::Sides { .. }));
                    named.splice(0..0, self.row.iter().copied());
                }
                self.row.clone_from(&named);
                tokens.push(Token::Sides { named, in_turn, joined });
                joined = false;
            } else {
                let glue = matches!(self.answer.word(at), "and" | "or" | "vs" | "versus" | "plus" | "then");
                joined |= !glue;
                if !glue || mention.is_some() {
                    self.row.clear();
                }
            }
            if let Some((number, Mention { owner: Owner::Right(_), .. })) = mention {
                tokens.push(Token::Item(number));
                joined = false;
            }
            at = mention.map_or(at + 1, |(_, mention)| mention.end.max(at + 1));
        }
        let looks_back = matches!(self.answer.word(range.start), "which" | "that" | "what")
            || has_cue(self.answer, range.start, range.end);
        Clause { tokens, looks_back }
    }

    /// The sides that the word names.
    fn sides_at(&mut self, at: usize) -> Option<Vec<usize>> {
        match self.at_word[at].map(|number| self.mentions[number].owner) {
            Some(Owner::Side(side)) => {
                if !self.named.contains(&side) {
                    self.named.push(side);
                }
                Some(vec![side])
            }
            Some(_) => None,
            None => match self.answer.word(at) {
                "both" => Some((0..self.sides).collect()),
                "former" => Some(vec![*self.named.first().unwrap_or(&0)]),
                "latter" => Some(vec![*self.named.last().unwrap_or(&(self.sides - 1))]),
                _ => None,
            },
        }
    }

    /// Whether a side is only named to set another off from it: "unlike a DaemonSet", "compared to a DaemonSet", "not a DaemonSet".
    fn is_contrast(&self, start: usize, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).filter(|&at| at >= start).map(|at| self.answer.word(at));
        matches!(
            (word(2), word(1)),
            (_, Some("unlike" | "than" | "not"))
                | (Some("instead"), Some("of"))
                | (Some("compared" | "contrast" | "opposed" | "opposite" | "contrary"), Some("to" | "with" | "of"))
        )
    }
}

/// Whom what comes next is said of.
enum Subject {
    /// The sides in this order, beginning with the one `at`: an item of a later one begins that.
    InTurn { order: Vec<usize>, at: usize },
    /// Each of these.
    Named(Vec<usize>),
}

struct Reader<'a> {
    /// The side of each item.
    owners: &'a [usize],
    mentions: &'a [Mention],
    /// "identities: StatefulSet, every node: DaemonSet".
    names_come_last: bool,
    subject: Subject,
    /// Mentions that the side to come is said of.
    waiting: Vec<usize>,
    said: Vec<BTreeSet<usize>>,
}

impl Reader<'_> {
    fn read(&mut self, clause: &Clause) {
        let has_items = clause.tokens.iter().any(|token| matches!(token, Token::Item(_)));
        if !has_items && clause.looks_back {
            return;
        }
        let ends_in_joined_name = matches!(clause.tokens.last(), Some(Token::Sides { joined: true, .. }));
        let begins_with_item = matches!(clause.tokens.first(), Some(Token::Item(_)));
        let backwards = self.names_come_last || begins_with_item && ends_in_joined_name;
        for token in &clause.tokens {
            match token {
                Token::Item(mention) if backwards => self.waiting.push(*mention),
                Token::Item(mention) => self.say(*mention),
                Token::Sides { named, in_turn, .. } => {
                    let (order, at) = (named.clone(), 0);
                    self.subject = if *in_turn { Subject::InTurn { order, at } } else { Subject::Named(order) };
                    for mention in std::mem::take(&mut self.waiting) {
                        self.say(mention);
                    }
                }
            }
        }
    }

    fn say(&mut self, mention: usize) {
        let Owner::Right(item) = self.mentions[mention].owner else { return };
        match &mut self.subject {
            Subject::Named(sides) => self.said[mention].extend(sides.iter()),
            Subject::InTurn { order, at } => {
                let own = self.owners.get(item).and_then(|own| order.iter().position(|side| side == own));
                *at = own.map_or(*at, |own| own.max(*at));
                self.said[mention].extend(order.get(*at));
            }
        }
    }
}

#[cfg(test)]
#[path = "sides_tests.rs"]
mod tests;
