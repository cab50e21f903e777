//! The bot's messages as Slack shows them: the words for notifications and screen readers, and blocks. Every limit of the platform is kept
//! here (Slack's documentation, "Block Kit"), whatever the words are.

mod controls;
#[cfg(test)]
mod tests;

use serde_json::Value;
use slack_morphism::prelude::{
    SlackBlock, SlackBlockId, SlackBlockPlainText, SlackBlockPlainTextOnly, SlackDateTime, SlackMessageContent,
    SlackMessageMetadata, SlackRichTextBlock, SlackRichTextDate, SlackRichTextElement, SlackRichTextSection,
    SlackRichTextStyle, SlackRichTextText, SlackRichTextUserGroup, SlackUserGroupId,
};

pub use self::controls::{LABELS, controls, is_tick, picked, seen};
use super::{
    ids,
    rich::{self, Names},
};
use crate::chat::{
    Fact, Post, PostKey, Reply,
    words::{plain, shorten},
};

/// The most blocks of a message.
const BLOCKS: usize = 50;
/// The most characters of all rich text of a message. With its controls it stays below the 12,000 above which Slack refuses.
const ROOM: usize = 9_000;
/// The most characters of the line about the round before.
const LAST: usize = 300;
/// The most facts, the most characters of each as Markdown, and of all as they are shown.
const FACTS: usize = 24;
const FACT: usize = 300;
const FACTS_ROOM: usize = 2_500;
/// The most characters of a message's `text`: Slack advises 4,000.
const TEXT: usize = 3_900;
/// What of it the body may take, so that the facts always fit.
const BODY: usize = 2_600;
/// How a moment is shown, on the reader's own clock.
const DATE: &str = "{date_short_pretty} {time}";
/// What a message of kcard's is marked with.
const MARK: &str = "kcard";

/// A message to post, or what one becomes. Nobody is ever called but the one group that the post names.
pub fn message(post: &Post, names: Names) -> SlackMessageContent {
    let group = post.mention.as_deref().and_then(ids::group_of);
    let last = post.last.as_deref().map(|last| rich::elements(&quoted(last), names, &mut LAST.clone()));
    let facts = rich::elements(&facts(post), names, &mut FACTS_ROOM.clone());
    let head = body(&post.text, names, &mut (ROOM - LAST - FACTS_ROOM));
    let head = last.into_iter().flatten().chain(head).collect();
    let tail: Vec<SlackRichTextElement> = facts.into_iter().chain(closes(post)).chain(group.map(called)).collect();
    let head = SlackRichTextBlock::new(head).with_block_id(SlackBlockId(format!("{MARK}:{}", key_text(&post.key))));
    let mut blocks = vec![SlackBlock::from(head)];
    if !tail.is_empty() {
        blocks.push(SlackRichTextBlock::new(tail).into());
    }
    blocks.extend(controls(&post.controls, &mut LABELS.clone()));
    blocks.truncate(BLOCKS);
    let payload = [("key".to_owned(), key_text(&post.key))].into();
    SlackMessageContent::new()
        .with_text(text(post, group, names))
        .with_blocks(blocks)
        .with_metadata(SlackMessageMetadata::new(MARK.to_owned()).with_event_payload(payload))
}

/// What one person is told, or all in the channel.
pub fn reply(reply: &Reply, names: Names) -> SlackMessageContent {
    let mut blocks = told(reply, names, &mut Room::default());
    blocks.truncate(BLOCKS);
    SlackMessageContent::new().with_text(filled(rich::plain(&reply.text, names, TEXT))).with_blocks(blocks)
}

/// How many characters of text and of labels still fit into a message or a view.
pub struct Room {
    text: usize,
    labels: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { text: ROOM, labels: LABELS }
    }
}

impl Room {
    /// Whether no text fits any more.
    pub fn is_full(&self) -> bool {
        self.text == 0
    }
}

/// A reply as blocks of any surface.
pub fn told(reply: &Reply, names: Names, room: &mut Room) -> Vec<SlackBlock> {
    let text = SlackRichTextBlock::new(body(&reply.text, names, &mut room.text));
    std::iter::once(text.into()).chain(controls(&reply.controls, &mut room.labels)).collect()
}

/// The key of a post, read from a message's metadata or, where a history leaves that out, from its first block.
pub fn key_of(metadata: Option<&Value>, blocks: &[Value]) -> Option<PostKey> {
    let marked = metadata.filter(|metadata| metadata["event_type"] == MARK);
    let key = marked.and_then(|metadata| metadata["event_payload"]["key"].as_str()).or_else(|| {
        let id = blocks.first()?["block_id"].as_str()?;
        id.strip_prefix(MARK)?.strip_prefix(':')
    });
    key.map(|key| PostKey(key.to_owned()))
}

/// Text without markup on one line, for labels: 1 to `most` characters; `:tada:` stays what it is.
pub fn label(text: &str, most: usize) -> SlackBlockPlainTextOnly {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    SlackBlockPlainText::new(rich::cut(&filled(line), most)).with_emoji(false).into()
}

fn body(markdown: &str, names: Names, room: &mut usize) -> Vec<SlackRichTextElement> {
    let elements = rich::elements(markdown, names, room);
    if elements.is_empty() { vec![SlackRichTextSection::new(vec![rich::words("…")]).into()] } else { elements }
}

/// Slack takes no empty text.
fn filled(text: String) -> String {
    if text.trim().is_empty() { "…".to_owned() } else { text }
}

fn quoted(line: &str) -> String {
    format!("> {}", shorten(line, LAST).replace('\n', " "))
}

/// The facts, a line each; short ones share a line.
fn facts(post: &Post) -> String {
    let (short, long): (Vec<&Fact>, Vec<&Fact>) =
        post.facts.iter().take(FACTS).partition(|fact| fact.value.chars().count() <= 30);
    let shown = |fact: &Fact| {
        let name = plain(&rich::cut(&fact.name, FACT / 3));
        format!("**{name}:** {}", shorten(&fact.value, FACT - FACT / 3).replace('\n', " "))
    };
    let short: Vec<String> = short.into_iter().map(shown).collect();
    let lines = std::iter::once(short.join(" · ")).filter(|line| !line.is_empty());
    lines.chain(long.into_iter().map(shown)).collect::<Vec<_>>().join("  \n")
}

/// When the question closes.
fn closes(post: &Post) -> Option<SlackRichTextElement> {
    let closes = post.closes?;
    let bold = SlackRichTextText::new("Closes: ".to_owned()).with_style(SlackRichTextStyle::new().with_bold(true));
    let date = SlackRichTextDate::new(SlackDateTime(closes), DATE.to_owned()).with_fallback(on_our_clock(closes));
    Some(SlackRichTextSection::new(vec![bold.into(), date.into()]).into())
}

fn on_our_clock(at: jiff::Timestamp) -> String {
    at.strftime("%a %-d %b %Y, %H:%M UTC").to_string()
}

fn called(group: &str) -> SlackRichTextElement {
    SlackRichTextSection::new(vec![SlackRichTextUserGroup::new(SlackUserGroupId(group.to_owned())).into()]).into()
}

/// The whole question in words, the question first: that is what a notification shows.
fn text(post: &Post, group: Option<&str>, names: Names) -> String {
    let closes =
        post.closes.map(|closes| format!("Closes <!date^{}^{DATE}|{}>", closes.as_second(), on_our_clock(closes)));
    let last = post.last.as_deref().map(|last| rich::plain(last, names, LAST)).unwrap_or_default();
    let body = rich::plain(&post.text, names, BODY);
    let call = group.map(|group| format!("<!subteam^{group}>"));
    let rest = [closes, call].into_iter().flatten().collect::<Vec<_>>().join("\n");
    let taken = [&last, &body, &rest].into_iter().map(|part| part.chars().count() + 1).sum();
    let facts = rich::plain(&facts(post), names, TEXT.saturating_sub(taken).max(1));
    let parts = [body, facts, rest, last].into_iter().filter(|part| !part.is_empty());
    filled(parts.collect::<Vec<_>>().join("\n"))
}

/// A key as it stands in an id.
fn key_text(key: &PostKey) -> String {
    rich::cut(&key.0, 200)
}
