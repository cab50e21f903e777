//! The standing picks of a question with options, oldest first, and which of them counts.
//!
//! A reaction stands until it is taken away; a direct pick (a button, a menu, a form, a reply) until a later one replaces it. A mark
//! that is not `ordered` came at a time nobody knows relative to the mark before it.
//!
//! What is learned late never overrides what a player did after it: a reply has the time at which it was written, and a reaction that
//! only a read-back found was put there before everything that was heard since the connection came back.
//!
//! - `choice`: the newest mark counts, so taking the newest reaction away falls back to what still stands before it. Where it is not
//!   known which mark is the newest, none counts.
//! - `multiple`: reactions toggle options in a set. Where the newest mark is a reaction, all reactions that stand count together; where
//!   it is a direct pick, that pick counts, and reactions from before it may be tidied away without harm.

use std::collections::BTreeSet;

use jiff::Timestamp;

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
pub(super) fn add(marks: &mut Vec<Mark>, number: u8, at: Timestamp) {
    remove(marks, number);
    marks.push(Mark { reaction: true, options: BTreeSet::from([number]), ordered: true, at });
}

/// A reaction was taken away.
pub(super) fn remove(marks: &mut Vec<Mark>, number: u8) {
    drop_where(marks, |mark| mark.reaction && mark.options.contains(&number));
}

/// A direct pick replaces the one before it and is the newest.
pub(super) fn set(marks: &mut Vec<Mark>, options: BTreeSet<u8>, at: Timestamp) {
    drop_where(marks, |mark| !mark.reaction);
    marks.push(direct(options, at));
}

/// A direct pick of that time was found by a read-back: it comes before all that was done after it.
pub(super) fn find(marks: &mut Vec<Mark>, options: BTreeSet<u8>, at: Timestamp) {
    if marks.iter().any(|mark| !mark.reaction && mark.at > at) {
        return;
    }
    drop_where(marks, |mark| !mark.reaction);
    let place = marks.iter().rposition(|mark| mark.at <= at).map_or(0, |before| before + 1);
    marks.insert(place, direct(options, at));
}

/// Exactly these reactions stand. Those that were not known came after all that was done before `heard_from`, two or more of them in
/// unknown order; since then all was heard.
pub(super) fn stand(marks: &mut Vec<Mark>, standing: &BTreeSet<u8>, heard_from: Timestamp) {
    drop_where(marks, |mark| mark.reaction && mark.options.is_disjoint(standing));
    let known: BTreeSet<u8> =
        marks.iter().filter(|mark| mark.reaction).flat_map(|mark| &mark.options).copied().collect();
    let place = marks.iter().position(|mark| mark.at > heard_from).unwrap_or(marks.len());
    // A reply of the same time away has a time of its own; where this reaction stands to it, nobody knows.
    let at = place.checked_sub(1).map_or(Timestamp::UNIX_EPOCH, |before| marks[before].at);
    let new = standing.difference(&known).enumerate();
    let new = new.map(|(i, number)| Mark { reaction: true, options: BTreeSet::from([*number]), ordered: i == 0, at });
    drop(marks.splice(place..place, new));
}

fn direct(options: BTreeSet<u8>, at: Timestamp) -> Mark {
    Mark { reaction: false, options, ordered: true, at }
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
