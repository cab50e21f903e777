//! Marks "name the items": credit per item, a listed wrong item costs one, repeating is nothing, naming everything costs what the
//! wrong items cost. Where sides are compared, an item counts only where it is said of its own side and of no other. Said of another
//! it is wrong, but costs nothing beside: who mixes two items up has lost both already, and one mistake is not charged twice.

use super::{
    deny::{denied, is_category},
    extract::{Mention, mentions},
    fold::{Folded, Gap, fold},
    known::{Known, Owner},
    ordinary::{hedges, is_filler, makes_prose},
    sides::said_of,
};
use crate::quiz::{
    question::{self, Side, Term},
    verdict::{Credit, Verdict},
};

/// What an answer says of each term of a list.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    affirmed: bool,
    denied: bool,
    /// Of which other side it is said.
    swapped: Option<usize>,
}

impl Said {
    fn stands(self) -> bool {
        self.affirmed && !self.denied && self.swapped.is_none()
    }
}

/// The verdict, or `None` where the answer has no word.
pub(super) fn mark(items: &[Term], sides: &[Side], wrong: &[Term], near: &[String], answer: &str) -> Option<Verdict> {
    let folded = fold(answer);
    if folded.len() == 0 {
        return None;
    }
    let mentions = mentions(&folded, &Known::new(items, wrong, near, sides));
    let owners: Vec<usize> = (0..).zip(sides).flat_map(|(number, side)| vec![number; side.items]).collect();
    let said = said_of(&folded, &mentions, sides, &owners);
    let mut of_items = vec![Said::default(); items.len()];
    let mut of_wrong = vec![Said::default(); wrong.len()];
    let explaining = explaining(&folded, &mentions);
    let read = mentions.iter().zip(denied(&folded, &mentions)).zip(said).zip(explaining);
    for (((mention, denied), said_of), explains) in read {
        let (said, own) = match mention.owner {
            Owner::Right(at) => (&mut of_items[at], owners.get(at)),
            Owner::Wrong(at) if !explains => (&mut of_wrong[at], None),
            Owner::Wrong(_) | Owner::Near(_) | Owner::Side(_) => continue,
        };
        let of_own = own.is_none_or(|own| said_of.contains(own));
        // Of two sides, what one has not sets the other off.
        let of_other = sides.len() == 2 && !said_of.is_empty() && !of_own;
        said.denied |= denied && of_own;
        said.affirmed |= if denied { of_other } else { of_own };
        if let Some(own) = own.filter(|_| !denied) {
            said.swapped = said.swapped.or(said_of.into_iter().find(|side| side != own));
        }
    }
    let shown = question::shown(items, sides);
    let (found, missing): (Vec<_>, Vec<_>) = shown.into_iter().zip(&of_items).partition(|(_, said)| said.stands());
    let found: Vec<String> = found.into_iter().map(|(item, _)| item).collect();
    let missing: Vec<String> = missing.into_iter().map(|(item, _)| item).collect();
    let swapped = items.iter().zip(&of_items).filter_map(|(item, said)| {
        let side = sides.get(said.swapped?)?;
        Some(format!("{}: {}", side.name.shown(), item.shown()))
    });
    let named = wrong.iter().zip(&of_wrong).filter(|(_, said)| said.stands());
    let named: Vec<String> = named.map(|(term, _)| term.shown().to_owned()).collect();
    let count = |terms: &[_]| i64::try_from(terms.len()).unwrap_or(i64::MAX);
    let credit = Credit::of(count(&found) - count(&named), count(&found) + count(&missing));
    let wrong = swapped.chain(named).collect();
    Some(Verdict { credit, found, missing, wrong })
}

/// For each mention whether it only explains: it stands in brackets that hold no item, or in the words that announce a list with a
/// colon. "kube-system for what Kubernetes runs itself (kube-proxy and so on)", "The kubelet starts them: etcd, …"
fn explaining(answer: &Folded, mentions: &[Mention]) -> Vec<bool> {
    let mut at_word = vec![None; answer.len()];
    for mention in mentions {
        at_word[mention.first..mention.end].fill(Some(mention.owner));
    }
    let is_item = |at: usize| matches!(at_word[at], Some(Owner::Right(_)));
    let says = |at: usize| at_word[at].is_none() && !is_filler(answer.word(at)) && !is_glue(answer.word(at));
    let is_verb = |word: &str| makes_prose(word) || matches!(word, "is" | "are" | "was" | "were");
    let tells = |at: usize| at_word[at].is_none() && is_verb(answer.word(at));
    let mut explains = vec![false; answer.len()];
    let runs: Vec<usize> = (0..answer.len()).collect();
    for run in runs.chunk_by(|&at, &next| answer.bracketed(at) == answer.bracketed(next)) {
        let (first, last) = (run[0], run[run.len() - 1]);
        let offers = is_glue(answer.word(first)) || matches!(answer.word(first), "maybe" | "perhaps" | "also");
        let brackets = answer.bracketed(first) && !offers;
        let aside = brackets && (first > 0 && says(first - 1) || run.iter().any(|&at| tells(at)));
        explains[first..=last].fill(aside && !run.iter().any(|&at| is_item(at)));
    }
    for colon in (1..answer.len()).filter(|&at| answer.announced(at)) {
        let first = (0..colon).rev().find(|&at| answer.gap(at) == Gap::Stop).unwrap_or(0);
        let announces = (first..colon).any(|at| says(at) && at > first) && !(first..colon).any(is_item);
        explains[first..colon].iter_mut().for_each(|explains| *explains |= announces);
    }
    for mention in mentions.iter().filter(|mention| matches!(mention.owner, Owner::Wrong(_))) {
        explains[mention.first] |= is_told_of(answer, mentions, mention);
    }
    mentions.iter().map(|mention| explains[mention.first]).collect()
}

/// Whether a sentence of its own says something else of it than that it belongs there: "The status is filled in by the system."
fn is_told_of(answer: &Folded, mentions: &[Mention], mention: &Mention) -> bool {
    let begins = mention.first > 0 && answer.gap(mention.first) == Gap::Stop;
    let is =
        matches!(answer.get(mention.end), Some("is" | "are" | "was" | "were" | "runs" | "run" | "belongs" | "belong"));
    if !begins || !is {
        return false;
    }
    let end = (mention.end..answer.len()).find(|&at| answer.gap(at) == Gap::Stop).unwrap_or(answer.len());
    let alone = !mentions.iter().any(|other| (mention.end..end).contains(&other.first));
    let claims = |at: usize| hedges(answer.word(at)) || is_category(answer.word(at));
    end > mention.end + 1 && alone && !(mention.end..end).any(claims)
}

fn is_glue(word: &str) -> bool {
    matches!(word, "and" | "or" | "but" | "nor" | "plus" | "then")
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
