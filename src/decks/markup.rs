//! Markdown, plain text and addresses: the one to the other.

use pulldown_cmark::{Event, Options, Parser, TagEnd};

/// Plain text as Markdown that shows it: what Markdown would read as a sign is escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        let is_sign = match c {
            '\\' | '`' | '*' | '<' | '[' | '~' => true,
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            // The name of a character, such as `&amp;`.
            '&' => after == '#' || after.is_ascii_alphabetic(),
            _ => false,
        };
        if is_sign {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// A line of plain text as a paragraph of Markdown: no heading, list or quotation begins with it.
pub(super) fn paragraph(line: &str) -> String {
    let line = escaped(line.trim());
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    if line.starts_with(['#', '>', '-', '+', '=', '|']) { format!("\\{line}") } else { line }
}

/// Markdown without its signs, on one line for each paragraph.
pub(super) fn bare(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock) => out.push('\n'),
            _ => (),
        }
    }
    out.trim().to_owned()
}

/// The https addresses that stand in a text, each once.
pub(super) fn links(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (start, _) in text.match_indices("https://") {
        let rest = &text[start..];
        let end = rest.find(|c: char| c.is_whitespace() || "<>()[]\"'`|".contains(c)).unwrap_or(rest.len());
        let link = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\\']).to_owned();
        if !found.contains(&link) {
            found.push(link);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("# ls -lrt")]
    #[case("a * b * c, x_y and _z_")]
    #[case("<node> [link](x) &amp; `code`")]
    #[case("1. not a list")]
    #[case("- neither\\")]
    fn plain_text_is_shown_as_it_is(#[case] text: &str) {
        assert_eq!(bare(&paragraph(text)), text);
    }

    #[test]
    fn an_address_ends_where_the_sentence_does() {
        let text = "See https://a.example/b_c, [x](https://b.example/). And <https://a.example/b_c>.";
        assert_eq!(links(text), ["https://a.example/b_c", "https://b.example/"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn any_line_is_shown_as_it_is(line in "[ -~]{0,60}") {
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(words(&bare(&paragraph(&line))), words(&line));
        }
    }
}
