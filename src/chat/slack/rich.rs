//! Markdown as Slack's rich text, and as plain words. Rich text has no markup, so nothing in it has to be escaped and nothing in it can call
//! anybody: names of people and groups are words, and the only elements made here are text, links and channels.

mod flat;
#[cfg(test)]
mod tests;
mod writer;

use pulldown_cmark::{Options, Parser};
use slack_morphism::prelude::{SlackRichTextElement, SlackRichTextInlineElement, SlackRichTextText};

pub use self::flat::{plain, seen};
use self::writer::Writer;

/// What a person or a user group is called, by Slack's id.
pub type Names<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The most characters of one piece of text: those of a text object (Slack's documentation, "Text object").
const PIECE: usize = 3_000;

/// The elements of a rich text block. At most `room` characters, which are taken from it; what does not fit is cut, with `…` at its end.
/// Never fails: what is no Markdown is text.
pub fn elements(markdown: &str, names: Names, room: &mut usize) -> Vec<SlackRichTextElement> {
    let mut writer = Writer::new(names, *room);
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        writer.take(event, range, markdown);
    }
    let (elements, left) = writer.finish();
    *room = left;
    elements
}

/// Words without any style.
pub fn words(text: &str) -> SlackRichTextInlineElement {
    SlackRichTextText::new(text.to_owned()).into()
}

/// At most `most` characters (at least 1), with `…` at the end where more was there.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}
