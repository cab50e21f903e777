//! Marks "name the items": credit per item, a listed wrong item costs one, repeating is nothing, naming everything costs what the
//! wrong items cost.

use super::{
    deny::denied,
    extract::mentions,
    fold::fold,
    known::{Known, Owner},
};
use crate::quiz::{
    question::Term,
    verdict::{Credit, Verdict},
};

/// What an answer says of each term of a list.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    affirmed: bool,
    denied: bool,
}

impl Said {
    fn stands(self) -> bool {
        self.affirmed && !self.denied
    }
}

/// The verdict, or `None` where the answer has no word.
pub(super) fn mark(items: &[Term], wrong: &[Term], near: &[String], answer: &str) -> Option<Verdict> {
    let folded = fold(answer);
    if folded.len() == 0 {
        return None;
    }
    let mentions = mentions(&folded, &Known::new(items, wrong, near));
    let mut of_items = vec![Said::default(); items.len()];
    let mut of_wrong = vec![Said::default(); wrong.len()];
    for (mention, denied) in mentions.iter().zip(denied(&folded, &mentions)) {
        let said = match mention.owner {
            Owner::Right(at) => &mut of_items[at],
            Owner::Wrong(at) => &mut of_wrong[at],
            Owner::Near(_) => continue,
        };
        if denied {
            said.denied = true;
        } else {
            said.affirmed = true;
        }
    }
    let shown = |terms: &[Term], said: &[Said], stands: bool| -> Vec<String> {
        let named = terms.iter().zip(said).filter(|(_, said)| said.stands() == stands);
        named.map(|(term, _)| term.shown().to_owned()).collect()
    };
    let found = shown(items, &of_items, true);
    let missing = shown(items, &of_items, false);
    let wrong = shown(wrong, &of_wrong, true);
    let count = |terms: &[_]| i64::try_from(terms.len()).unwrap_or(i64::MAX);
    let credit = Credit::of(count(&found) - count(&wrong), count(&found) + count(&missing));
    Some(Verdict { credit, found, missing, wrong })
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
