//! Finds the known terms that a free text names: runs of whole words, the longest first, no word in two terms. Does not ask
//! whether a term is affirmed or denied.

use super::{
    fold::{Folded, Gap},
    known::{Known, Likeness, Owner, Run},
};

/// A term that the words `first..end` name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) owner: Owner,
    pub(super) first: usize,
    pub(super) end: usize,
}

/// All terms that are named, in the order of the text.
pub(super) fn mentions(answer: &Folded, known: &Known) -> Vec<Mention> {
    let mut found = Vec::new();
    for first in 0..answer.len() {
        runs_from(answer, known, first, &mut found);
    }
    // A slip must not make a longer run worth more than the same term without it.
    found.sort_by_key(|&(worth, mention)| (std::cmp::Reverse(worth), mention.first));
    let mut taken = vec![false; answer.len()];
    let mut chosen: Vec<Mention> = Vec::new();
    for (_, mention) in found {
        let words = &mut taken[mention.first..mention.end];
        if !words.contains(&true) {
            words.fill(true);
            chosen.push(mention);
        }
    }
    chosen.sort_by_key(|mention| mention.first);
    chosen
}

fn runs_from(answer: &Folded, known: &Known, first: usize, found: &mut Vec<(usize, Mention)>) {
    let runs = std::iter::successors(Some(Run::new(answer, first)), |run| run.longer(answer));
    let can_be_term = |run: &Run| run.length <= known.longest_run() && (known.crosses || !run.crosses);
    for (run, end) in runs.take(known.longest).take_while(can_be_term).zip(first + 1..) {
        let Some(term) = known.find(answer, run) else { continue };
        let slips = match term.likeness {
            Likeness::Slip(_) if inflected_in_prose(answer, first, end) => continue,
            Likeness::Slip(slips) => slips,
            Likeness::Same | Likeness::Plural => 0,
        };
        found.push(((2 * term.length).saturating_sub(4 * slips), Mention { owner: term.owner, first, end }));
    }
}

/// Whether the word stands in a sentence and ends like a form of a verb: "it is encapsulated" is no slip for a term. Where it
/// stands alone between commas it may be one.
fn inflected_in_prose(answer: &Folded, first: usize, end: usize) -> bool {
    let alone = stands_off(answer, first) && (end == answer.len() || stands_off(answer, end));
    let last = answer.word(end - 1);
    !alone && ["ed", "ing", "es"].iter().any(|ending| last.ends_with(ending))
}

fn stands_off(answer: &Folded, at: usize) -> bool {
    answer.gap(at) >= Gap::Slash
        || matches!(answer.get(at), Some("and" | "or"))
        || at > 0 && matches!(answer.word(at - 1), "and" | "or")
}
