//! A text that is longer than a card may have it, cut where a part of it ends.

use pulldown_cmark::{Event, Options, Parser, Tag};

/// What shows that something was cut.
const MORE: &str = "…";

/// At most `most` characters of Markdown: whole parts of it, or of a first part that is too long its words. `None` where not
/// even that can be done without breaking it.
pub(super) fn cut(markdown: &str, most: usize) -> Option<String> {
    let room = most.saturating_sub(MORE.len());
    let limit = markdown.char_indices().nth(room).map_or(markdown.len(), |(end, _)| end);
    let mut depth = 0_usize;
    let mut end = 0;
    let mut is_text = false;
    for (event, range) in Parser::new_ext(markdown, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                is_text |= depth == 0 && end == 0 && tag == Tag::Paragraph;
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => (),
        }
        if depth == 0 {
            if range.end > limit {
                break;
            }
            end = range.end;
        }
    }
    if end > 0 {
        return Some(format!("{}\n\n{MORE}", markdown[..end].trim_end()));
    }
    let end = markdown[..limit].rfind(char::is_whitespace).filter(|_| is_text)?;
    Some(format!("{} {MORE}", markdown[..end].trim_end()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::paragraphs("One two.\n\nThree four five.", 20, Some("One two.\n\n…"))]
    #[case::words("One two three four five six.", 20, Some("One two three …"))]
    #[case::code_stays_whole("One.\n\n```\nlong code that does not fit\n```", 20, Some("One.\n\n…"))]
    #[case::only_code("```\nlong code that does not fit\n```", 20, None)]
    #[case::one_word("Donaudampfschifffahrtsgesellschaft", 20, None)]
    fn a_text_is_cut_where_a_part_ends(#[case] text: &str, #[case] most: usize, #[case] cut_text: Option<&str>) {
        assert_eq!(cut(text, most).as_deref(), cut_text);
    }
}
