//! The standing picks of a question with options, oldest first, and which of them counts.
//!
//! A reaction stands until it is taken away; a direct pick (a button, a menu, a form, a reply) until the next one replaces it. A mark
//! that is not `ordered` came at a time nobody knows relative to the mark before it.
//!
//! - `choice`: the newest mark counts, so taking the newest reaction away falls back to what still stands before it. Where it is not
//!   known which mark is the newest, none counts.
//! - `multiple`: reactions toggle options in a set. Where the newest mark is a reaction, all reactions that stand count together; where
//!   it is a direct pick, that pick counts, and reactions from before it may be tidied away without harm.

use std::collections::BTreeSet;

use super::Mark;
use crate::quiz::question::Kind;

/// The options that count; `None` where none stand or nobody knows which came last.
pub(super) fn counting(marks: &[Mark], kind: Kind) -> Option<BTreeSet<u8>> {
    let newest = marks.last()?;
    match kind {
        Kind::Multiple if newest.reaction => {
            Some(marks.iter().filter(|mark| mark.reaction).flat_map(|mark| &mark.options).copied().collect())
        }
        Kind::Multiple => Some(newest.options.clone()),
        _ => newest.ordered.then(|| newest.options.clone()),
    }
}

/// A reaction was put there: it is the newest now, also where it was known before (its removal was missed, or a read-back
/// saw it first).
pub(super) fn add(marks: &mut Vec<Mark>, number: u8) {
    remove(marks, number);
    marks.push(reaction(number, true));
}

/// A reaction was taken away.
pub(super) fn remove(marks: &mut Vec<Mark>, number: u8) {
    drop_where(marks, |mark| mark.reaction && mark.options.contains(&number));
}

/// A direct pick replaces the one before it and is the newest.
pub(super) fn set(marks: &mut Vec<Mark>, options: BTreeSet<u8>) {
    drop_where(marks, |mark| !mark.reaction);
    marks.push(Mark { reaction: false, options, ordered: true });
}

/// Exactly these reactions stand. Those that were not known came after all that was; two or more of them in unknown order.
pub(super) fn stand(marks: &mut Vec<Mark>, standing: &BTreeSet<u8>) {
    drop_where(marks, |mark| mark.reaction && mark.options.is_disjoint(standing));
    let known: BTreeSet<u8> =
        marks.iter().filter(|mark| mark.reaction).flat_map(|mark| &mark.options).copied().collect();
    for (i, number) in standing.difference(&known).enumerate() {
        marks.push(reaction(*number, i == 0));
    }
}

fn reaction(number: u8, ordered: bool) -> Mark {
    Mark { reaction: true, options: BTreeSet::from([number]), ordered }
}

/// Takes marks out. Where the first of several of unknown order goes, the next one takes its place after what came before.
fn drop_where(marks: &mut Vec<Mark>, gone: impl Fn(&Mark) -> bool) {
    let mut heir = false;
    marks.retain_mut(|mark| {
        if gone(mark) {
            heir |= mark.ordered;
            return false;
        }
        mark.ordered |= heir;
        heir = false;
        true
    });
}
