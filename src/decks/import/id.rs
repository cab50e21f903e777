//! Names out of words. A card's id is made of its front alone, so that it is the same in every import, whatever stands around it.

use sha2::{Digest, Sha256};

use crate::decks::markup;

/// How much of a front stands in an id, in bytes; with the mark behind it an id has at most 60.
const MOST: usize = 48;

/// The id of a card with this front: its words; where they do not say the whole front, a mark of the whole behind them.
pub(super) fn of_front(front: &str) -> String {
    let plain = markup::bare(front);
    let words = words(&plain);
    let is_whole = words.len() <= MOST && is_plain(&plain);
    let digest = Sha256::digest(plain.split_whitespace().collect::<Vec<_>>().join(" "));
    let mark = digest.iter().take(4).fold(0_u32, |mark, byte| (mark << 8) | u32::from(*byte));
    match shortened(&words) {
        "" => format!("card-{mark:08x}"),
        words if is_whole => words.to_owned(),
        words => format!("{words}-{mark:08x}"),
    }
}

/// A name of these words, such as `kubernetes-flashcards`; `None` where nothing is left of them.
pub(super) fn name(text: &str) -> Option<String> {
    let words = words(text);
    Some(shortened(&words).to_owned()).filter(|name| !name.is_empty())
}

/// The letters and digits of a text in lower case, with single dashes between them.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// At most [`MOST`] bytes of it, whole words where one fits.
fn shortened(words: &str) -> &str {
    if words.len() <= MOST {
        return words;
    }
    let cut = &words[..=MOST];
    cut.rfind('-').map_or(&cut[..MOST], |end| &cut[..end])
}

/// Whether words hold all that tells a front from others: letters, digits and spaces, with a mark only at a word's end.
fn is_plain(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let word = word.strip_suffix(['?', '.', ',', ':', '!']).unwrap_or(word);
        word.split('-').all(|part| !part.is_empty() && part.bytes().all(|c| c.is_ascii_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::words("What is shared by containers in a Pod?", "what-is-shared-by-containers-in-a-pod")]
    #[case::markup("What does **kubelet** do?", "what-does-kubelet-do")]
    #[case::a_mark_within("What is a.b?", "what-is-a-b-bb42ad84")]
    #[case::other_letters("Was heißt das?", "was-hei-t-das-3976e4ca")]
    #[case::no_letters("日本?", "card-23666d13")]
    #[case::long(
        "What are the Kubernetes components that run on Worker Nodes? What do they do?",
        "what-are-the-kubernetes-components-that-run-on-c14ddcef"
    )]
    fn an_id_is_made_of_the_front(#[case] front: &str, #[case] id: &str) {
        assert_eq!(of_front(front), id);
    }

    #[test]
    fn fronts_that_differ_in_signs_have_different_ids() {
        assert_ne!(of_front("What does kubectl get -A show?"), of_front("What does kubectl get A show?"));
        assert_ne!(of_front("What is 1+1?"), of_front("What is 1-1?"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn an_id_is_always_a_name(front in "(?s).{0,200}") {
            let id = of_front(&front);
            prop_assert!(id.len() <= 60 && regex_lite::Regex::new("^[a-z0-9]+(-[a-z0-9]+)*$").unwrap().is_match(&id), "{id}");
        }
    }
}
