//! Answers that tell several things apart: "Ignore lets them pass, Fail turns them away". Says whether they say of the right one what
//! was asked, by the words that each clause shares with the question.

use super::{
    extract::Mention,
    fold::{Folded, Gap},
    known::Owner,
    ordinary::{hedges, is_filler},
    typo::singular,
};

/// Who tells a few things apart needs no more words.
const MOST_WORDS: usize = 64;

/// Whether the clause of the right answer has more in common with the question than the clause of any other term. Each term that is
/// affirmed must have a clause of its own; who hedges tells nothing apart.
pub(super) fn tells_apart(ask: &Folded, answer: &Folded, mentions: &[Mention], denied: &[bool]) -> bool {
    if answer.len() > MOST_WORDS {
        return false;
    }
    let mut best_right = 0;
    let mut best_other = None;
    for (first, end) in clauses(answer, mentions) {
        if (first..end).any(|at| hedges(answer.word(at))) {
            return false;
        }
        let within = mentions
            .iter()
            .zip(denied)
            .filter(|(mention, denied)| !**denied && mention.first >= first && mention.end <= end);
        let mut within = within.map(|(mention, _)| mention);
        let Some(subject) = within.next() else { continue };
        if within.any(|mention| mention.owner != subject.owner) {
            return false;
        }
        let rest = (first..end).filter(|at| !(subject.first..subject.end).contains(at));
        let is_bare = rest.clone().all(|at| is_filler(answer.word(at)));
        if is_bare && !matches!(subject.owner, Owner::Right(_)) {
            // "DEK; the KEK is the other one": that was the answer.
            return false;
        }
        // A term's own name may be a word that says nothing elsewhere (`CMD`).
        let is_term = |at: usize| mentions.iter().any(|mention| (mention.first..mention.end).contains(&at));
        let says = |at: &usize| is_term(*at) || !is_filler(answer.word(*at)) && answer.word(*at).len() > 2;
        let shared = shared(ask, answer, &rest.filter(says).collect::<Vec<_>>());
        match subject.owner {
            Owner::Right(_) => best_right = best_right.max(shared),
            _ => best_other = best_other.max(Some(shared)),
        }
    }
    best_other.is_some_and(|other| best_right > other.max(0))
}

fn clauses(answer: &Folded, mentions: &[Mention]) -> Vec<(usize, usize)> {
    let is_term = |at: usize| mentions.iter().any(|mention| (mention.first..mention.end).contains(&at));
    let breaks = |at: &usize| {
        answer.gap(*at) >= Gap::Comma
            || !is_term(*at) && matches!(answer.word(*at), "and" | "but" | "while" | "whereas" | "whilst")
    };
    let starts: Vec<usize> = std::iter::once(0).chain((1..answer.len()).filter(breaks)).collect();
    let ends = starts.iter().skip(1).copied().chain([answer.len()]);
    starts.iter().copied().zip(ends).collect()
}

/// How many words, and pairs of words, a clause shares with the question; a word that only one of them negates counts against it.
fn shared(ask: &Folded, answer: &Folded, words: &[usize]) -> i32 {
    let same = |one: usize, other: usize| singular(ask.word(one)) == singular(answer.word(other));
    words
        .iter()
        .filter_map(|&at| Some((at, (0..ask.len()).find(|&asked| same(asked, at))?)))
        .map(|(at, asked)| {
            let pair = at > 0 && asked > 0 && same(asked - 1, at - 1);
            let sign = if is_negated(ask, asked) == is_negated(answer, at) { 1 } else { -1 };
            sign * (1 + i32::from(pair))
        })
        .sum()
}

fn is_negated(text: &Folded, at: usize) -> bool {
    (at.saturating_sub(2)..at).any(|at| matches!(text.word(at), "no" | "not" | "without" | "never"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::text::mark;
    use crate::quiz::question::Term;

    #[rstest]
    #[case("Ignore lets them pass, Fail turns them away", 10_000)]
    #[case("Fail turns them away, while Ignore lets them pass", 10_000)]
    #[case("Ignore lets requests pass; Fail and Warn do not", 0)]
    #[case("Fail lets them pass, Ignore turns them away", 0)]
    #[case("Ignore turns them away, Fail lets them pass", 0)]
    #[case("Ignore lets them pass, or Fail does", 0)]
    #[case("Ignore does one thing, Fail another", 0)]
    #[case("Fail, because Ignore would let them pass", 0)]
    #[case("Fail (Ignore lets requests pass)", 0)]
    #[case("Ignore never lets them pass, Fail does", 0)]
    fn each_in_its_place(#[case] answer: &str, #[case] expected: u16) {
        let term = |form: &str| Term(vec![form.to_owned()]);
        let ask = "Which value lets requests pass when the webhook is away?";
        let verdict = mark(ask, &term("Ignore"), &[term("Fail"), term("Warn")], &[], answer);
        assert_eq!(verdict.map(|verdict| verdict.credit.get()), Some(expected), "{answer}");
    }
}
