//! Files made to do harm: each is refused, with few words, in bounded steps.

use proptest::{prelude::*, sample};

use super::{
    tests::{embedded, loads, source},
    *,
};

/// What may stand before a text: the marks of encodings, and what only looks like one.
const MARKS: &[&[u8]] = &[b"", b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF", b"\0", b"\0\0\xFE\xFF", b"+/v8"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever an editor or a disk makes of a file.
    #[test]
    fn any_bytes_load_or_say_why(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        at in any::<sample::Index>(),
        mark in sample::select(MARKS),
    ) {
        let mut file = embedded("kubernetes/workloads.yaml").into_bytes();
        let at = at.index(file.len());
        file.splice(at..at, bytes);
        file.splice(..0, mark.iter().copied());
        let source = load::decoded("deck.yaml".into(), file);
        let unread = source.unread.is_some();
        let text = source.text.clone();
        let files = Files(vec![source]);
        let found = files.check().mistakes();
        if unread {
            prop_assert_eq!(found.len(), 1, "what cannot be read is one mistake");
        } else {
            loads(&text)?;
        }
    }

    /// Nesting, in every way that YAML has: refused where it is deep, whatever stands around it.
    #[test]
    fn deep_nesting_is_refused(
        depth in 17_usize..60_000,
        (open, close) in sample::select(&[("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("[{a: [", "]}]"), ("!!seq [", "]")]),
        line in sample::select(&["deck: ", "cards: ", "cards:\n  - id: ", "cards:\n  - id: one\n    questions: ", ""]),
    ) {
        let text = format!("{line}{}{}", open.repeat(depth), close.repeat(depth));
        loads(&text)?;
        prop_assert!(parse::decks(&[source(&text)]).is_err());
    }

    /// One text of any size in any place: what is too long is refused, and said in a few words.
    #[test]
    fn huge_texts_are_refused_in_few_words(
        size in 0_usize..400_000,
        letter in sample::select(&["x", "é", "🎉", "\\n", " ", "''", "- ", "`"]),
        place in sample::select(&["replica-sets", "2", "front: ", "back: |\n      ", "- text:", "accept: [", "https://"]),
    ) {
        let deck = embedded("kubernetes/workloads.yaml");
        let huge = letter.repeat(size / letter.len());
        let text = deck.replacen(place, &format!("{place}{huge}"), 1);
        loads(&text)?;
        if let Err(errors) = parse::decks(&[source(&text)]) {
            prop_assert!(errors.mistakes.iter().all(|mistake| mistake.message.chars().count() < 500));
            prop_assert!(errors.rendered.chars().count() < 100_000, "{}", errors.rendered.len());
        }
    }

    /// Names for values that stand for ever more values: none is ever followed.
    #[test]
    fn bombs_of_aliases_are_refused(
        rows in 1_usize..40,
        times in 1_usize..40,
        merge in any::<bool>(),
    ) {
        let row = |n: usize| {
            let names = vec![format!("*l{n}"); times].join(", ");
            if merge { format!("l{}: &l{} {{<<: [{names}]}}\n", n + 1, n + 1) } else { format!("l{}: &l{} [{names}]\n", n + 1, n + 1) }
        };
        let bomb: String = (0..rows).map(row).collect();
        let text = format!("l0: &l0 {{a: b}}\n{bomb}{}", embedded("kubernetes/workloads.yaml"));
        loads(&text)?;
        let errors = parse::decks(&[source(&text)]).expect_err("anchors are not taken");
        prop_assert!(errors.mistakes[0].message.starts_with("anchors and aliases are not taken here"), "{errors}");
        prop_assert!(errors.mistakes.len() <= 101);
    }
}
