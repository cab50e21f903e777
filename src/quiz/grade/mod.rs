//! Marking: deterministic, and it explains itself.

use std::collections::BTreeSet;

use super::{asked::Asked, question::Kind, verdict::Verdict};

/// What a typed reply means for a question with options: option numbers from a number, a letter or the option's text
/// (for `multiple`: several, separated by commas, spaces, "and"). `None` where it names no option.
pub fn read_options(asked: &Asked, text: &str) -> Option<BTreeSet<u8>> {
    let _ = (asked, text);
    todo!()
}

/// Marks picked options. Numbers that are not options are ignored.
pub fn options(asked: &Asked, picked: &BTreeSet<u8>) -> Verdict {
    let _ = (asked, picked);
    todo!()
}

/// Marks a typed answer to a `list`, `text` or `command` question. `None` where it says nothing (empty, only punctuation):
/// such an answer uses no attempt. Never more than a millisecond, whatever the text.
pub fn text(asked: &Asked, answer: &str) -> Option<Verdict> {
    let _ = (asked, answer);
    todo!()
}

/// Whether a kind of question is marked by [`text`].
pub fn is_typed(kind: Kind) -> bool {
    !kind.has_options()
}
