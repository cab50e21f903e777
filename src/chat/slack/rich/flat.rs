//! Rich text as plain words: for the field that notifications and screen readers read, and for people to look at.

use slack_morphism::prelude::{SlackRichTextElement, SlackRichTextInlineElement as Inline, SlackRichTextListStyle};

use super::{Names, elements};

/// Markdown as plain words for a message's `text`: at most `most` characters as they are sent, with `&`, `<` and `>` escaped as Slack wants
/// it (its documentation, "Formatting message text"), so that nothing in it calls anybody. Channels stay links.
pub fn plain(markdown: &str, names: Names, most: usize) -> String {
    let text = lines(&elements(markdown, names, &mut most.clone()), &|inline| match inline {
        Inline::Channel(channel) => format!("<#{}>", channel.channel_id.0),
        other => escaped(&shown(other)),
    });
    whole(&text, most)
}

/// How people see it, without styles.
pub fn seen(elements: &[SlackRichTextElement]) -> String {
    lines(elements, &shown)
}

fn lines(elements: &[SlackRichTextElement], shown: &dyn Fn(&Inline) -> String) -> String {
    let joined = |inlines: &[Inline]| inlines.iter().map(shown).collect::<String>();
    let mut lines = Vec::new();
    for element in elements {
        match element {
            SlackRichTextElement::Section(section) => lines.push(joined(&section.elements)),
            SlackRichTextElement::Quote(quote) => lines.push(joined(&quote.elements)),
            SlackRichTextElement::Preformatted(code) => lines.push(joined(&code.elements)),
            SlackRichTextElement::List(list) => {
                let indent = "  ".repeat(usize::try_from(list.indent.unwrap_or(0)).unwrap_or(0));
                for (number, item) in (list.offset.unwrap_or(0) + 1..).zip(&list.elements) {
                    let bullet = match list.style {
                        SlackRichTextListStyle::Bullet => "•".to_owned(),
                        SlackRichTextListStyle::Ordered => format!("{number}."),
                    };
                    let slack_morphism::prelude::SlackRichTextListElement::Section(item) = item;
                    lines.push(format!("{indent}{bullet} {}", joined(&item.elements)));
                }
            }
        }
    }
    lines.join("\n")
}

fn shown(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => text.text.clone(),
        Inline::Link(link) => link.text.clone().unwrap_or_else(|| link.url.0.clone()),
        Inline::Channel(channel) => format!("#{}", channel.channel_id.0),
        Inline::UserGroup(group) => format!("@{}", group.usergroup_id.0),
        Inline::Date(date) => date.fallback.clone().unwrap_or_default(),
        _ => String::new(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// At most `most` characters, and no escape or link cut in two.
fn whole(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let end = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
    let kept = &text[..end];
    let open =
        |begins: char, ends: char| kept.rfind(begins).filter(|at| !kept[*at..].contains(ends)).unwrap_or(kept.len());
    format!("{}…", &kept[..open('&', ';').min(open('<', '>'))])
}
