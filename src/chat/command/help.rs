//! Help, made from the table.

use super::definition::Who;

/// Markdown help: all commands that `who` may give, or one of them in full.
pub fn help(about: Option<&str>, who: Who) -> String {
    let _ = (about, who);
    todo!()
}
