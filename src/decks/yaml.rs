//! YAML text to a tree. Bounded in depth and number; without anchors, tags and second documents. Knows nothing of decks.

use std::ops::Range;

use serde_saphyr::{
    DuplicateKeyPolicy, Error, Location, MergeKeyPolicy, NonFiniteFloatPolicy, Options, budget::BudgetBreach,
};

use super::node::Node;

/// Why a text is not YAML that we take.
#[derive(Debug)]
pub(super) struct NotYaml {
    pub at: Range<usize>,
    pub wrong: String,
    pub right: &'static str,
}

/// The tree of `text`, which begins at byte `offset` of its file.
pub(super) fn parse(text: &str, offset: usize) -> Result<Node, NotYaml> {
    match serde_saphyr::from_str_with_options::<Node>(text, options()) {
        Ok(mut node) => {
            node.shift(offset);
            Ok(node)
        }
        Err(error) => {
            let start = offset + error.location().map_or(0, |place| byte(text, &place));
            let (wrong, right) = words(&error);
            Err(NotYaml { at: start..start, wrong, right })
        }
    }
}

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 16,
            flow_nesting_limit: 16,
            max_anchors: 0,
            max_aliases: 0,
            max_documents: 1,
        },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        strict_booleans: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    }
}

/// What is wrong and what would be right.
fn words(error: &Error) -> (String, &'static str) {
    const WRITE_OUT: &str = "write it out; text that begins with `&` or `*` belongs in quotes";
    const TOO_DEEP: &str = "a deck file needs nine levels at most";
    const HINTS: [(&str, &str); 6] = [
        ("mapping values are not allowed", "put text that holds `: ` in quotes, and line up the keys"),
        ("unclosed quote", "close the quote"),
        ("unclosed bracket", "close the bracket"),
        (" tab", "indent with spaces"),
        ("unexpected character", "put the text in quotes"),
        ("recursion limit", TOO_DEEP),
    ];
    match error {
        Error::Budget { breach: BudgetBreach::Anchors { .. } | BudgetBreach::Aliases { .. }, .. }
        | Error::UnknownAnchor { .. } => ("anchors and aliases are not taken here".into(), WRITE_OUT),
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => ("this is nested too deep".into(), TOO_DEEP),
        Error::Budget { breach: BudgetBreach::Documents { .. }, .. } | Error::MultipleDocuments { .. } => {
            ("a second document begins here".into(), "one file is one document: take the `---` away")
        }
        Error::Budget { .. } => ("this file has too many values".into(), "split it in two"),
        _ => {
            let text = error.to_string();
            let text = text.lines().next().unwrap_or_default();
            let text = text.rsplit_once(" at line ").map_or(text, |(text, _)| text);
            let hint =
                HINTS.iter().find(|(part, _)| text.contains(part)).map_or("mend the YAML here", |(_, hint)| hint);
            (format!("not valid YAML: {text}"), hint)
        }
    }
}

/// The byte of `text` at a place; where the parser gives only line and column, counted out.
fn byte(text: &str, place: &Location) -> usize {
    if let Some(byte) = place.span().byte_offset() {
        return usize::try_from(byte).map_or(text.len(), |byte| byte.min(text.len()));
    }
    let [line, column] = [place.line(), place.column()].map(|n| usize::try_from(n.saturating_sub(1)).unwrap_or(0));
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text[start..].lines().next().unwrap_or_default();
    start + rest.char_indices().nth(column).map_or(rest.len(), |(byte, _)| byte)
}
