//! Text to [`Command`].

use super::Command;

/// What is wrong with a command line, in words that help: what was meant ("did you mean") and how it is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(pub String);

/// Reads a command line, with or without its slash: `/kquiz schedule add name:daily at:"weekdays 09:00"`. `face` completes channel names
/// (`#daily-quiz` is `web:daily-quiz` on web).
pub fn parse(line: &str, face: &str) -> Result<Command, UsageError> {
    let _ = (line, face);
    todo!()
}

/// A value as it stands in a command line: in quotation marks where it needs them.
pub fn quoted(value: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '#');
    if !value.is_empty() && value.chars().all(bare) {
        value.to_owned()
    } else {
        format!("\"{}\"", value.replace('"', "'"))
    }
}
