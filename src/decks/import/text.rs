//! Plain text: a line that ends in a question mark is a front, what follows is its back, and a line before all of them
//! is the deck's name.

use super::{Draft, Found};
use crate::decks::markup;

/// The cards of a text.
pub(super) fn read(text: &str) -> Found {
    let mut found = Found::default();
    let mut is_first = true;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let place = format!("line {number}");
        if line.ends_with(['?', '？']) {
            if found.is_full() {
                break;
            }
            found.drafts.push(Draft { place, front: markup::paragraph(line), ..Draft::default() });
        } else if let Some(Draft { back, .. }) = found.drafts.last_mut() {
            if !back.is_empty() {
                back.push_str("\n\n");
            }
            back.push_str(&markup::paragraph(line));
        } else if is_first {
            found.name = Some(line.to_owned());
        } else {
            found.refuse(place, "it stands before the first question: a front is a line that ends in a question mark");
        }
        is_first = false;
    }
    found
}
