//! Completion of a command line while it is typed, from the table and from memory.

use super::definition::Known;

/// What completion can offer at run time. Answered from memory, never from the store.
pub trait Offers {
    /// All values of that sort, in the order to offer them.
    fn offers(&self, known: Known) -> Vec<String>;
}

/// One completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The whole line after taking it.
    pub line: String,
    /// What is shown.
    pub label: String,
    /// What it does.
    pub about: String,
}

/// At most 12 completions of the line's last word.
pub fn complete(line: &str, offers: &dyn Offers) -> Vec<Completion> {
    let _ = (line, offers);
    todo!()
}
