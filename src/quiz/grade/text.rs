//! Marks a typed answer: one thing is asked, and an answer that names it is right unless it names another thing as well. The
//! answer may stand in a sentence ("I think it is the kubelet"), but who hedges or rambles has not answered.

use super::{
    contrast::tells_apart,
    deny::{denied, has_cue},
    extract::{Mention, mentions},
    fold::{Folded, Gap, Joint, fold},
    known::{Known, Owner},
    ordinary::{hedges, is_filler, makes_prose, other_figure},
};
use crate::quiz::{
    question::Term,
    verdict::{Credit, Verdict},
};

/// How many words that are neither the answer nor filler make it rambling.
const RAMBLING: usize = 20;

/// How many words of a path stand before its last, at most: `spec.template.spec.containers`.
const LONGEST_PATH: usize = 8;

/// The verdict, or `None` where the answer says nothing.
pub(super) fn mark(ask: &str, accept: &Term, wrong: &[Term], near: &[String], answer: &str) -> Option<Verdict> {
    let typed = answer.trim();
    if accept.forms().map(str::trim).any(|form| form == typed || form == typed.trim_matches('`')) {
        return Some(right(accept));
    }
    let folded = fold(answer);
    if folded.len() == 0 {
        return None;
    }
    let known = Known::new(std::slice::from_ref(accept), wrong, near, &[]);
    if matches!(known.whole(&folded), Some(Owner::Right(_))) {
        return Some(right(accept));
    }
    let mentions = mentions(&folded, &known);
    let reading = Reading::new(&folded, &mentions);
    if reading.decides() {
        return Some(right(accept));
    }
    let mut others = reading.others(wrong, near);
    if !reading.affirms() {
        return Some(Verdict { missing: vec![accept.shown().to_owned()], wrong: others, ..Verdict::default() });
    }
    others.extend(reading.alternatives());
    others.extend(reading.other_unit(accept));
    let told_apart = !others.is_empty() && tells_apart(&fold(ask), &folded, &mentions, &reading.denied);
    if told_apart || others.is_empty() && reading.is_clear() {
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
    /// It begins with the right answer, alone.
    leads: bool,
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
    manner: Manner,
}

/// What the words of a part are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Name,
    Sentence,
    /// A sentence that only tells more of the right answer, which stood alone before.
    Explanation,
}

impl<'a> Reading<'a> {
    fn new(answer: &'a Folded, mentions: &'a [Mention]) -> Self {
        let mut at_word = vec![None; answer.len()];
        for (number, mention) in mentions.iter().enumerate() {
            at_word[mention.first..mention.end].fill(Some(number));
        }
        let denied = denied(answer, mentions);
        let mut reading = Self { answer, mentions, denied, at_word, leads: false, parts: Vec::new() };
        reading.leads = reading.leads();
        reading.split();
        reading
    }

    fn split(&mut self) {
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
                let part = self.part(first, at, joined);
                self.parts.push(part);
                joined = false;
            }
            joined |= joins && self.answer.word(at) != "but" || !at_end && self.answer.gap(at) == Gap::Slash;
            first = if joins { at + 1 } else { at };
        }
    }

    fn part(&self, first: usize, end: usize, joined: bool) -> Part {
        let free = |at: &usize| self.at_word[*at].is_none();
        let says = |at: &usize| !is_filler(self.answer.word(*at)) && !self.leads_to_right(*at);
        let rest: Vec<usize> = (first..end).filter(free).filter(says).collect();
        let right = (first..end).any(|at| self.at_word[at].is_some_and(|number| self.is_right(number)));
        let goes_on = self.parts.last().is_some_and(|part| part.manner == Manner::Explanation);
        let manner = if self.leads && !right && (!joined || goes_on) && self.explains(first, end, goes_on) {
            Manner::Explanation
        } else if rest.iter().any(|&at| makes_prose(self.answer.word(at))) {
            Manner::Sentence
        } else {
            Manner::Name
        };
        Part { first, end, joined, right, rest, manner }
    }

    /// Whether the answer begins with the right one, alone: "kubelet, …", "exit code 143 …".
    fn leads(&self) -> bool {
        let ends = |at: &usize| self.at_word[at - 1] != self.at_word[*at] && self.answer.gap(*at) >= Gap::Comma;
        let end = (1..self.answer.len()).find(ends).unwrap_or(self.answer.len());
        let part = self.part(0, end, false);
        let others = (0..end).any(|at| self.at_word[at].is_some_and(|number| !self.is_right(number)));
        part.right && !others && part.manner == Manner::Name && (part.rest.is_empty() || self.has_right_number())
    }

    /// Whether the words say what something does, and do not put another answer beside it: "the container runtime only writes them",
    /// "it wraps the DEK", but neither "maybe kube-proxy" nor, without brackets, "it's kube-proxy". `goes_on` where the words before
    /// do so too: "CNI is for networks and CRI for runtimes".
    fn explains(&self, first: usize, end: usize, goes_on: bool) -> bool {
        let names = |word: &str| matches!(word, "is" | "its" | "be" | "are" | "was" | "thats" | "called");
        let (mut mentions, mut words, mut tells) = (0, 0, false);
        for at in first..end {
            let word = self.answer.word(at);
            match self.at_word[at] {
                None if hedges(word) => return false,
                None => {
                    words += 1;
                    tells |= makes_prose(word);
                }
                Some(number) if self.mentions[number].first == at => {
                    let is_it = at > first && self.at_word[at - 1].is_none() && names(self.answer.word(at - 1));
                    if is_it && !self.answer.bracketed(at) {
                        return false;
                    }
                    mentions += 1;
                }
                Some(_) => {}
            }
        }
        mentions > 0 && (words >= mentions.max(2) || words > 0 && (tells || goes_on))
    }

    /// Whether all that was weighed comes down to the right answer: "8080 was the old one, now it's 6443", "it must fail open, so Ignore".
    fn decides(&self) -> bool {
        let turns = |at: usize| {
            let before = at.checked_sub(1).map(|at| self.answer.word(at));
            self.at_word[at].is_none()
                && match self.answer.word(at) {
                    "so" | "thus" | "hence" | "therefore" | "now" | "actually" | "nowadays" | "today" | "here" => true,
                    "wait" => before == Some("no"),
                    "mean" => before == Some("i"),
                    "it" | "that" => before == Some("make"),
                    _ => false,
                }
        };
        // "What wraps the DEK: KEK"
        let tells = |at: usize| self.at_word[at].is_none() && !is_filler(self.answer.word(at));
        let concludes = |at: usize| self.answer.announced(at) && (0..at).any(tells);
        let mut ends = (1..self.answer.len()).rev();
        let tail = ends.find_map(|at| if turns(at) { Some(at + 1) } else { concludes(at).then_some(at) });
        let Some(first) = tail else { return false };
        let tail = first..self.answer.len();
        tail.clone().any(|at| self.at_word[at].is_some())
            && tail.into_iter().all(|at| match self.at_word[at] {
                Some(number) => self.is_right(number),
                None => is_filler(self.answer.word(at)),
            })
    }

    /// Whether the word belongs to the path before the right answer: `spec.containers[].args`. A name with dots of its own has none.
    fn leads_to_right(&self, at: usize) -> bool {
        let dotted = |at: usize| self.answer.joint(at) == Joint::Dot;
        let next = (at + 1..self.answer.len()).take(LONGEST_PATH).take_while(|&next| dotted(next));
        let right = next.filter_map(|next| self.at_word[next]).find(|&number| self.is_right(number));
        right.is_some_and(|number| {
            let mention = self.mentions[number];
            !(mention.first + 1..mention.end).any(dotted)
        })
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
                Owner::Right(_) | Owner::Side(_) => continue,
            };
            let explains = self
                .parts
                .iter()
                .any(|part| part.manner == Manner::Explanation && (part.first..part.end).contains(&mention.first));
            if !denied
                && !explains
                && !self.leads_to_right(mention.end - 1)
                && !others.iter().any(|other| other == shown)
            {
                others.push(shown.to_owned());
            }
        }
        others
    }

    /// Other things that are given beside it, unknown ones: "kubelet or kubeadm", "6443 or 8443", "etcd, consul, redis".
    fn alternatives(&self) -> Vec<String> {
        let is_name = |part: &&Part| {
            !part.right
                && part.manner == Manner::Name
                && !self.is_gloss(part)
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

    /// Whether it stands in brackets behind the right answer, and is no known term: "DAST (dynamic)".
    fn is_gloss(&self, part: &Part) -> bool {
        let words = part.first..part.end;
        self.leads
            && !part.joined
            && words.into_iter().all(|at| self.answer.bracketed(at) && !hedges(self.answer.word(at)))
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
        // "One" is said of much else.
        let counts = |word: &str| is_number(word) || word != "one" && other_figure(word).is_some();
        let other = move |at: &usize| asked_for && self.at_word[*at].is_none() && counts(self.answer.word(*at));
        (0..self.answer.len()).filter(other).filter(|&at| !self.is_denied(at)).map(|at| self.answer.word(at).to_owned())
    }

    /// The right number of something else: "300 minutes" where it is 300 seconds.
    fn other_unit(&self, accept: &Term) -> Option<String> {
        let number = (0..self.mentions.len()).find(|&number| self.is_right(number))?;
        let Mention { first, end, .. } = self.mentions[number];
        let given = unit(self.answer.get(end)?)?;
        let same_number = |form: &Folded| form.get(0).is_some_and(|word| is_alike(word, self.answer.word(first)));
        let meant = |form: &Folded| (1..form.len()).filter_map(|at| unit(form.word(at))).collect::<Vec<_>>();
        let meant: Vec<usize> = accept.forms().map(fold).filter(same_number).flat_map(|form| meant(&form)).collect();
        (!meant.is_empty() && !meant.contains(&given)).then(|| self.answer_words(first, end + 1))
    }

    fn has_right_number(&self) -> bool {
        (0..self.mentions.len()).any(|number| {
            let mention = self.mentions[number];
            let counts = |word: &str| is_number(word) || other_figure(word).is_some();
            self.is_right(number) && (mention.first..mention.end).any(|at| counts(self.answer.word(at)))
        })
    }

    fn is_denied(&self, at: usize) -> bool {
        self.parts.iter().any(|part| (part.first..part.end).contains(&at) && has_cue(self.answer, part.first, at))
    }

    /// Whether the answer stands for itself somewhere: alone, as a number with its unit, or in a sentence that is not too long.
    /// "cluster role" does not name the Role.
    fn is_clear(&self) -> bool {
        let rest: usize = self.parts.iter().map(|part| part.rest.len()).sum();
        let clear = |part: &Part| {
            part.right && (part.rest.is_empty() || part.manner == Manner::Sentence || self.has_right_number())
        };
        rest <= RAMBLING && self.parts.iter().any(clear)
    }

    fn answer_words(&self, first: usize, end: usize) -> String {
        (first..end).map(|at| self.answer.word(at)).collect::<Vec<_>>().join(" ")
    }
}

/// Whether two words are the same number, in figures or spoken.
fn is_alike(one: &str, other: &str) -> bool {
    one == other || other_figure(one) == Some(other)
}

/// Which unit of time the word is.
fn unit(word: &str) -> Option<usize> {
    const UNITS: [&[&str]; 8] = [
        &["ms", "millisecond"],
        &["s", "sec", "second"],
        &["m", "min", "minute"],
        &["h", "hr", "hour"],
        &["d", "day"],
        &["week"],
        &["month"],
        &["year"],
    ];
    UNITS.iter().position(|unit| unit.iter().any(|unit| word == *unit || word.strip_suffix('s') == Some(unit)))
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
