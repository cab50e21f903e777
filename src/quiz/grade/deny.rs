//! Which of the named terms an answer denies: "not etcd", "everything but etcd", "kubelet isn't one". What is denied neither
//! counts nor costs.

use super::{
    extract::Mention,
    fold::{Folded, Gap},
    known::Owner,
};

/// How far a denial reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The next term, and what is joined to it by "or": "not etcd or the kubelet".
    Next,
    /// The next term and what is joined to it by "and" and "or": "without etcd and the kubelet".
    Joined,
    /// All terms up to the end of the sentence: "everything except etcd, kubelet and kube-proxy".
    All,
}

/// How many words may stand between a denial and what it denies.
const WORDS_BETWEEN: usize = 6;

/// How many words are searched for the rest of a sentence.
const SENTENCE: usize = 32;

/// For each mention, whether it is denied.
pub(super) fn denied(answer: &Folded, mentions: &[Mention]) -> Vec<bool> {
    let mut denials = Denials {
        answer,
        at_word: vec![None; answer.len()],
        mentions,
        denied: vec![false; mentions.len()],
        searched: 0,
    };
    // Sides are what is spoken of: "a DaemonSet is not ordered" denies the order.
    let terms = mentions.iter().enumerate().filter(|(_, mention)| !matches!(mention.owner, Owner::Side(_)));
    for (number, mention) in terms {
        denials.at_word[mention.first..mention.end].fill(Some(number));
    }
    let mut at = 0;
    while at < answer.len() {
        at = match cue(answer, &denials.at_word, at) {
            Some((reach, next)) => {
                if !denials.deny_subject(at, next) {
                    denials.deny_ahead(next, reach);
                }
                next
            }
            None => at + 1,
        };
    }
    denials.denied
}

/// Whether these words hold a denial that no term explains.
pub(super) fn has_cue(answer: &Folded, first: usize, end: usize) -> bool {
    let nothing = vec![None; answer.len()];
    (first..end).any(|at| cue(answer, &nothing, at).is_some())
}

/// A denial at this word: how far it reaches, and the word after it.
fn cue(answer: &Folded, at_word: &[Option<usize>], at: usize) -> Option<(Reach, usize)> {
    if at_word[at].is_some() {
        return None;
    }
    let next = answer.get(at + 1).filter(|_| answer.gap(at + 1) < Gap::Comma).unwrap_or_default();
    let two = |word: &str| (next == word).then_some(at + 2);
    match answer.word(at) {
        "not" | "no" | "never" | "dont" | "cant" | "cannot" | "didnt" if unsure(next) => None,
        // "isn't it etcd?", "etcd, isn't it?"
        "isnt" | "arent" | "wasnt" if matches!(next, "it" | "that" | "they") => None,
        "not" | "no" | "never" | "neither" | "nor" | "isnt" | "arent" | "wasnt" | "werent" | "aint" | "dont"
        | "doesnt" | "didnt" | "wont" | "cant" | "cannot" | "shouldnt" | "unlike" | "non" => {
            Some((Reach::Next, at + 1))
        }
        "formerly" | "previously" | "replace" | "replaced" | "replaces" | "replacing" => Some((Reach::Next, at + 1)),
        "used" if answer.get(at + 2) == Some("be") => two("to").map(|next| (Reach::Next, next + 1)),
        "instead" => two("of").map(|next| (Reach::Next, next)),
        "rather" | "other" => two("than").map(|next| (Reach::Next, next)),
        "opposed" => two("to").map(|next| (Reach::Next, next)),
        "without" | "except" | "excepting" | "excluding" | "minus" | "sans" => {
            Some((reach_of_exception(answer, at), at + 1))
        }
        "apart" | "aside" => two("from").map(|next| (reach_of_exception(answer, at), next)),
        "w" => two("o").map(|next| (Reach::Joined, next)),
        "but" | "besides" if is_all(answer, at) => Some((Reach::All, at + 1)),
        _ => None,
    }
}

/// "not only etcd", "not sure", "no idea", "I don't know" deny nothing.
fn unsure(next: &str) -> bool {
    matches!(
        next,
        "only"
            | "just"
            | "merely"
            | "simply"
            | "sure"
            | "certain"
            | "idea"
            | "clue"
            | "doubt"
            | "know"
            | "remember"
            | "recall"
            | "100"
    )
}

/// "all but", "everything but", "all of them but"; "nothing but etcd" affirms.
fn is_all(answer: &Folded, but: usize) -> bool {
    but > 0
        && matches!(
            answer.word(but - 1),
            "all" | "everything" | "anything" | "any" | "every" | "each" | "them" | "those" | "these"
        )
        && (answer.word(but - 1) != "them" || sentence_says_all(answer, but))
}

fn reach_of_exception(answer: &Folded, at: usize) -> Reach {
    if sentence_says_all(answer, at) { Reach::All } else { Reach::Joined }
}

fn sentence_says_all(answer: &Folded, at: usize) -> bool {
    let start = (0..=at).rev().take(SENTENCE).find(|&word| answer.gap(word) == Gap::Stop);
    (start.unwrap_or(at.saturating_sub(SENTENCE))..at)
        .any(|word| matches!(answer.word(word), "all" | "everything" | "anything" | "every" | "any"))
}

/// "doesn't belong", "does not exist".
fn belongs(verb: &str) -> bool {
    matches!(verb, "belong" | "count" | "exist" | "apply" | "qualify" | "fit")
}

/// What a term is said not to be when it is not asked for: "not a type", "not one of them".
pub(super) fn is_category(word: &str) -> bool {
    matches!(word, "type" | "kind" | "one" | "part" | "component" | "member" | "value" | "real" | "included" | "among")
}

struct Denials<'a> {
    answer: &'a Folded,
    /// The mention that a word belongs to.
    at_word: Vec<Option<usize>>,
    mentions: &'a [Mention],
    denied: Vec<bool>,
    /// Up to which word a denial of all has been followed: another within it has nothing to add.
    searched: usize,
}

impl Denials<'_> {
    /// "kubelet isn't one", "kubelet and kube-proxy are not": denies what stands before, and says whether it did.
    fn deny_subject(&mut self, cue: usize, next: usize) -> bool {
        let word = |at: usize| self.answer.get(at).unwrap_or_default();
        // "kubelet? No. etcd", "kubelet, no, etcd".
        let stands_alone = self.answer.gap(cue).min(self.answer.gap(next)) >= Gap::Comma;
        if word(cue) == "no" && stands_alone && cue > 0 {
            let before = self.at_word[cue - 1];
            if let Some(number) = before {
                self.denied[number] = true;
            }
            return before.is_some();
        }
        let verb = match word(cue) {
            "isnt" | "arent" | "wasnt" | "werent" | "aint" => cue,
            "doesnt" | "dont" if belongs(word(next)) => cue,
            "not" | "no"
                if cue > 0
                    && (word(cue) == "not" || word(next) == "longer")
                    && matches!(word(cue - 1), "is" | "are" | "was" | "were") =>
            {
                cue - 1
            }
            "not" if cue > 0 && matches!(word(cue - 1), "does" | "do") && belongs(word(next)) => cue - 1,
            "not" => return self.deny_what_is_not(cue),
            _ => return false,
        };
        let joined = self.answer.gap(verb) < Gap::Comma && verb > 0;
        let Some(mut number) = joined.then(|| self.at_word[verb - 1]).flatten() else { return false };
        self.denied[number] = true;
        while number > 0 && self.joined_by_and(number) {
            number -= 1;
            self.denied[number] = true;
        }
        true
    }

    /// "rate is a function and not a type", "kube-proxy is an agent and kubelet too, so those two not": denies what the
    /// sentence speaks of, and says whether it did.
    fn deny_what_is_not(&mut self, cue: usize) -> bool {
        let start = (0..=cue).rev().take(SENTENCE).find(|&at| self.answer.gap(at) == Gap::Stop).unwrap_or(cue);
        let those = (start..cue).rev().take(2).any(|at| matches!(self.answer.word(at), "those" | "these"));
        let ends = self.answer.gap(cue + 1) >= Gap::Comma;
        let subjects: Vec<usize> = if those && ends {
            (start..cue).filter_map(|at| self.at_word[at]).collect()
        } else if self.answer.get(cue + 1).is_some_and(is_category) {
            // The last term before, with its verb behind it: "rate is".
            let last = (start..cue).rev().find_map(|at| Some((at, self.at_word[at]?)));
            let is = |at: usize| matches!(self.answer.get(at), Some("is" | "are" | "was" | "were"));
            last.filter(|(at, _)| is(at + 1)).map(|(_, number)| number).into_iter().collect()
        } else {
            Vec::new()
        };
        for &number in &subjects {
            self.denied[number] = true;
        }
        !subjects.is_empty()
    }

    fn joined_by_and(&self, number: usize) -> bool {
        let (before, here) = (self.mentions[number - 1], self.mentions[number]);
        here.first == before.end + 1 && matches!(self.answer.word(before.end), "and" | "or" | "nor")
    }

    fn deny_ahead(&mut self, from: usize, reach: Reach) {
        let mut any = false;
        let mut between = 0;
        let mut at = if reach == Reach::All { from.max(self.searched) } else { from };
        // "everything except: etcd", or then a line for each.
        let heads_lines = reach != Reach::Next && self.answer.gap(from) == Gap::Stop;
        while at < self.answer.len() && between <= if reach == Reach::All { SENTENCE } else { WORDS_BETWEEN } {
            if reach == Reach::All {
                self.searched = at;
            }
            // "everything except (etcd)", but "no, etcd".
            let moved = at > from || reach == Reach::Next;
            if self.ends_before(at, moved && !heads_lines, any, reach) {
                return;
            }
            if let Some(number) = self.at_word[at] {
                self.denied[number] = true;
                any = true;
                between = 0;
                at = self.mentions[number].end;
                if reach == Reach::Next && !self.goes_on_with_or(at) {
                    return;
                }
            } else {
                between += 1;
                at += 1;
            }
        }
    }

    /// Whether the denial has ended before the word `at`.
    fn ends_before(&self, at: usize, moved: bool, any: bool, reach: Reach) -> bool {
        let word = self.answer.word(at);
        let free = self.at_word[at].is_none();
        if moved && self.answer.gap(at) == Gap::Stop || free && matches!(word, "but" | "however" | "only") {
            return true;
        }
        match reach {
            Reach::All => false,
            _ if moved && self.answer.gap(at) == Gap::Comma => !(any && self.or_ahead(at)),
            Reach::Joined => free && any && matches!(word, "its" | "it"),
            Reach::Next => free && matches!(word, "and" | "plus" | "then" | "its" | "it"),
        }
    }

    fn goes_on_with_or(&self, at: usize) -> bool {
        at < self.answer.len()
            && match self.answer.gap(at) {
                Gap::Slash => true,
                Gap::Comma => self.or_ahead(at),
                _ => matches!(self.answer.word(at), "or" | "nor"),
            }
    }

    /// "not etcd, kubelet or kube-proxy": the list that begins here is closed by an "or", with nothing but terms between.
    fn or_ahead(&self, from: usize) -> bool {
        (from..self.answer.len())
            .take(SENTENCE)
            .take_while(|&at| at == from || self.answer.gap(at) < Gap::Stop)
            .find(|&at| self.at_word[at].is_none())
            .is_some_and(|at| matches!(self.answer.word(at), "or" | "nor"))
    }
}
