//! Marks a typed answer: one thing is asked, and an answer that names it is right unless it names another thing as well. The
//! answer may stand in a sentence ("I think it is the kubelet"), but who hedges or rambles has not answered.

use super::{
    deny::{denied, has_cue},
    extract::{Mention, mentions},
    fold::{Folded, Gap, fold},
    known::{Known, Owner},
    ordinary::{is_filler, makes_prose},
};
use crate::quiz::{
    question::Term,
    verdict::{Credit, Verdict},
};

/// How many words that are neither the answer nor filler make it rambling.
const RAMBLING: usize = 20;

/// The verdict, or `None` where the answer says nothing.
pub(super) fn mark(accept: &Term, wrong: &[Term], near: &[String], answer: &str) -> Option<Verdict> {
    let typed = answer.trim();
    if accept.forms().any(|form| form == typed || form == typed.trim_matches('`')) {
        return Some(right(accept));
    }
    let folded = fold(answer);
    if folded.len() == 0 {
        return None;
    }
    let known = Known::new(std::slice::from_ref(accept), wrong, near);
    if matches!(known.whole(&folded), Some(Owner::Right(_))) {
        return Some(right(accept));
    }
    let mentions = mentions(&folded, &known);
    let reading = Reading::new(&folded, &mentions);
    let mut others = reading.others(wrong, near);
    if !reading.affirms() {
        return Some(Verdict { missing: vec![accept.shown().to_owned()], wrong: others, ..Verdict::default() });
    }
    others.extend(reading.alternatives());
    if others.is_empty() && reading.is_clear() {
        return Some(right(accept));
    }
    // The right thing was said, and does not count for what was said beside it.
    Some(Verdict { credit: Credit::NONE, found: Vec::new(), missing: vec![accept.shown().to_owned()], wrong: others })
}

fn right(accept: &Term) -> Verdict {
    Verdict { credit: Credit::FULL, found: vec![accept.shown().to_owned()], ..Verdict::default() }
}

/// An answer with what it affirms.
struct Reading<'a> {
    answer: &'a Folded,
    mentions: &'a [Mention],
    denied: Vec<bool>,
    /// The mention that a word belongs to.
    at_word: Vec<Option<usize>>,
    parts: Vec<Part>,
}

/// The words between two commas, conjunctions or slashes.
struct Part {
    first: usize,
    end: usize,
    /// It is joined to the part before by "or", "and" or a slash.
    joined: bool,
    /// It names the right answer and does not deny it.
    right: bool,
    /// Its words that are neither filler nor a known term.
    rest: Vec<usize>,
    /// It is a sentence, not a name.
    prose: bool,
}

impl<'a> Reading<'a> {
    fn new(answer: &'a Folded, mentions: &'a [Mention]) -> Self {
        let mut at_word = vec![None; answer.len()];
        for (number, mention) in mentions.iter().enumerate() {
            at_word[mention.first..mention.end].fill(Some(number));
        }
        let mut reading = Self { answer, mentions, denied: denied(answer, mentions), at_word, parts: Vec::new() };
        reading.parts = reading.split();
        reading
    }

    fn split(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let (mut first, mut joined) = (0, false);
        for at in 0..=self.answer.len() {
            let at_end = at == self.answer.len();
            let joins = !at_end
                && self.at_word[at].is_none()
                && matches!(self.answer.word(at), "or" | "and" | "nor" | "vs" | "but");
            let within = at > 0 && !at_end && self.at_word[at].is_some() && self.at_word[at] == self.at_word[at - 1];
            let breaks = at_end || at > 0 && !within && self.answer.gap(at) >= Gap::Slash;
            if !joins && !breaks {
                continue;
            }
            if first < at {
                parts.push(self.part(first, at, joined));
                joined = false;
            }
            joined |= joins && self.answer.word(at) != "but" || !at_end && self.answer.gap(at) == Gap::Slash;
            first = if joins { at + 1 } else { at };
        }
        parts
    }

    fn part(&self, first: usize, end: usize, joined: bool) -> Part {
        let free = |at: &usize| self.at_word[*at].is_none();
        let rest: Vec<usize> = (first..end).filter(free).filter(|&at| !is_filler(self.answer.word(at))).collect();
        let right = (first..end).any(|at| self.at_word[at].is_some_and(|number| self.is_right(number)));
        let prose = rest.iter().any(|&at| makes_prose(self.answer.word(at)));
        Part { first, end, joined, right, rest, prose }
    }

    fn is_right(&self, number: usize) -> bool {
        matches!(self.mentions[number].owner, Owner::Right(_)) && !self.denied[number]
    }

    /// Whether the right answer is given, and nowhere taken back.
    fn affirms(&self) -> bool {
        let mut right = self
            .mentions
            .iter()
            .zip(&self.denied)
            .filter(|(mention, _)| matches!(mention.owner, Owner::Right(_)))
            .peekable();
        right.peek().is_some() && right.all(|(_, denied)| !denied)
    }

    /// The known terms that are given beside it, in the words that are shown.
    fn others(&self, wrong: &[Term], near: &[String]) -> Vec<String> {
        let mut others = Vec::new();
        for (mention, denied) in self.mentions.iter().zip(&self.denied) {
            let shown = match mention.owner {
                Owner::Wrong(at) => wrong[at].shown(),
                Owner::Near(at) => near[at].as_str(),
                Owner::Right(_) => continue,
            };
            if !denied && !others.iter().any(|other| other == shown) {
                others.push(shown.to_owned());
            }
        }
        others
    }

    /// Other things that are given beside it, unknown ones: "kubelet or kubeadm", "6443 or 8443", "etcd, consul, redis".
    fn alternatives(&self) -> Vec<String> {
        let is_name = |part: &&Part| {
            !part.right
                && !part.prose
                && (1..=3).contains(&part.rest.len())
                && !has_cue(self.answer, part.first, part.end)
        };
        let candidates: Vec<&Part> = self.parts.iter().filter(is_name).collect();
        let many = candidates.len() > 1;
        let bare = |part: &Part| part.end - part.first == 1;
        let hedged = |part: &&Part| !self.has_right_number() && (many || bare(part) || self.is_joined_to_right(part));
        let spoken = |part: &Part| self.answer_words(part.first, part.end);
        let named = candidates.into_iter().filter(hedged).map(spoken);
        named.chain(self.other_numbers()).fold(Vec::new(), |mut all, name| {
            if !all.contains(&name) {
                all.push(name);
            }
            all
        })
    }

    fn is_joined_to_right(&self, part: &Part) -> bool {
        self.parts.windows(2).any(|pair| {
            pair[1].joined
                && (pair[0].right && pair[1].first == part.first || pair[1].right && pair[0].first == part.first)
        })
    }

    /// Numbers beside a right answer that is a number.
    fn other_numbers(&self) -> impl Iterator<Item = String> {
        let asked_for = self.has_right_number();
        let other = move |at: &usize| asked_for && self.at_word[*at].is_none() && is_number(self.answer.word(*at));
        (0..self.answer.len()).filter(other).filter(|&at| !self.is_denied(at)).map(|at| self.answer.word(at).to_owned())
    }

    fn has_right_number(&self) -> bool {
        (0..self.mentions.len()).any(|number| {
            let mention = self.mentions[number];
            self.is_right(number) && is_number(self.answer.run(mention.first, mention.end))
        })
    }

    fn is_denied(&self, at: usize) -> bool {
        self.parts.iter().any(|part| (part.first..part.end).contains(&at) && has_cue(self.answer, part.first, at))
    }

    /// Whether the answer stands for itself somewhere: alone, as a number with its unit, or in a sentence that is not too long.
    /// "cluster role" does not name the Role.
    fn is_clear(&self) -> bool {
        let rest: usize = self.parts.iter().map(|part| part.rest.len()).sum();
        let clear = |part: &Part| part.right && (part.rest.is_empty() || part.prose || self.has_right_number());
        rest <= RAMBLING && self.parts.iter().any(clear)
    }

    fn answer_words(&self, first: usize, end: usize) -> String {
        (first..end).map(|at| self.answer.word(at)).collect::<Vec<_>>().join(" ")
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
