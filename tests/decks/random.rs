//! Files that nobody made, for every importer: what comes of one is a deck that loads, or a reason why not.

use kcard::decks::{self, Hint, Imported};
use proptest::{prelude::*, sample};

use crate::hostile::{CURRENT, OLD, VERSION_3, current, database, old, zip, zstd};

/// Bits of which the files of every reader are made.
const BITS: &[&str] = &[
    "Why?",
    "\n",
    "\n\n",
    "\r\n",
    "# ",
    "## ",
    "### a {#b level=2}",
    "- [x] ",
    "- [ ] ",
    "  - ",
    "```",
    "\t",
    ",",
    "\"",
    "\"\"",
    ";",
    "#separator:tab\n",
    "#html:true\n",
    "#columns:Front\tBack\n",
    "#guid column:1\n",
    "front,back\n",
    "<b>",
    "</b>",
    "<pre>",
    "</pre>",
    "<ul><li>",
    "</li></ul>",
    "<br>",
    "<img src=\"a\">",
    "<a href=\"https://a.b/\">",
    "</a>",
    "&amp;",
    "&#x1F600;",
    "&#0;",
    "[sound:a]",
    "{{c1::",
    "https://example.org/a",
    "Source: <https://a.b/>",
    "é",
    "日本",
    "\u{feff}",
    "\u{202e}",
    "\0",
    "\u{7}",
    "*",
    "_",
    "`",
    "\\",
    "---\n",
    "| a | b |\n| - | - |\n",
    "[a]: https://a.b/\n",
    "level::9",
    " ",
    "word ",
];

/// What comes of a file either is a deck that the loader takes, or says why not.
fn comes_to_something(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    match decks::import(bytes, &Hint { name, ..Hint::default() }) {
        Ok(Imported { deck, remarks, .. }) => {
            prop_assert!(!deck.cards.is_empty());
            prop_assert!(remarks.iter().all(|remark| !remark.place.is_empty() && !remark.why.is_empty()));
        }
        Err(refused) => prop_assert!(!refused.wrong.is_empty() && !refused.right.is_empty()),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_come_to_something(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for name in ["x.txt", "x.md", "x.csv", "x.tsv", "x.apkg", "x"] {
            comes_to_something(name, &bytes)?;
        }
    }

    #[test]
    fn any_soup_comes_to_something(bits in prop::collection::vec(sample::select(BITS), 0..40)) {
        for name in ["x.txt", "x.md", "x.csv", "x.tsv", "x"] {
            comes_to_something(name, bits.concat().as_bytes())?;
        }
    }

    #[test]
    fn a_package_with_holes_comes_to_something(
        is_current in any::<bool>(),
        holes in prop::collection::vec((any::<sample::Index>(), any::<u8>()), 1..8),
        cut in prop::option::of(any::<sample::Index>()),
    ) {
        let mut bytes = if is_current { current(CURRENT) } else { old(OLD) };
        for (at, byte) in holes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.map_or(usize::MAX, |cut| cut.index(bytes.len())));
        comes_to_something("x.apkg", &bytes)?;
    }

    #[test]
    fn a_database_with_holes_comes_to_something(
        is_current in any::<bool>(),
        holes in prop::collection::vec((any::<sample::Index>(), any::<u8>()), 1..40),
        cut in prop::option::of(any::<sample::Index>()),
    ) {
        let mut bytes = database(if is_current { CURRENT } else { OLD });
        for (at, byte) in holes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.map_or(usize::MAX, |cut| cut.index(bytes.len())));
        let package = if is_current {
            zip(&[("meta", VERSION_3), ("collection.anki21b", &zstd(&bytes))])
        } else {
            zip(&[("collection.anki2", &bytes)])
        };
        comes_to_something("x.apkg", &package)?;
    }

    #[test]
    fn a_field_of_any_html_comes_to_something(bits in prop::collection::vec(sample::select(BITS), 0..60)) {
        let table = format!("#html:true\n#separator:tab\nWhy?\tSo {}\n", bits.concat().replace(['\n', '\t', '\r'], " "));
        comes_to_something("x.txt", table.as_bytes())?;
    }
}
