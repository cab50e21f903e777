//! Puts the events of a Markdown parser into elements. Keeps no tree: Slack's rich text is flat, and nesting is only an indent.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use slack_morphism::prelude::{
    SlackChannelId, SlackRelaxedUrl, SlackRichTextChannel, SlackRichTextElement, SlackRichTextInlineElement,
    SlackRichTextLink, SlackRichTextList, SlackRichTextListElement, SlackRichTextListStyle, SlackRichTextPreformatted,
    SlackRichTextQuote, SlackRichTextSection, SlackRichTextStyle, SlackRichTextText,
};

use super::{Names, PIECE, cut, words};
use crate::chat::slack::ids;

/// Lists within lists are shown no deeper than this.
const INDENT: u64 = 8;
/// The most characters of a link's address: those of a button's (Slack's documentation, "Button element").
const URL: usize = 3_000;
/// The most characters of a person's or a group's name.
const NAME: usize = 80;

/// What was read so far.
pub struct Writer<'a> {
    names: Names<'a>,
    /// How many characters still fit, beside the `…` that says that it was cut.
    room: usize,
    is_full: bool,
    done: Vec<SlackRichTextElement>,
    /// What goes into the next section, list item or quotation.
    line: Vec<SlackRichTextInlineElement>,
    /// Text that follows without a gap in the source: only there can `<#C1>` be a channel, since an escape is such a gap.
    run: String,
    run_ends: usize,
    /// The text of the open block of code.
    code: Option<String>,
    lists: Vec<List>,
    /// How many of each are open.
    quotes: usize,
    bold: usize,
    italic: usize,
    strike: usize,
    link: Option<String>,
}

/// An open list.
struct List {
    /// The number of its next item, where it is numbered.
    next: Option<u64>,
    /// Nothing of it is written.
    is_new: bool,
    /// The open item has its bullet: what follows in it has none.
    has_bullet: bool,
}

impl<'a> Writer<'a> {
    /// Nothing read yet; as many characters fit.
    pub fn new(names: Names<'a>, room: usize) -> Self {
        Self {
            names,
            room: room.saturating_sub(1),
            is_full: room == 0,
            done: Vec::new(),
            line: Vec::new(),
            run: String::new(),
            run_ends: 0,
            code: None,
            lists: Vec::new(),
            quotes: 0,
            bold: 0,
            italic: 0,
            strike: 0,
            link: None,
        }
    }

    /// The elements, and how many characters still fit.
    pub fn finish(mut self) -> (Vec<SlackRichTextElement>, usize) {
        self.end_line();
        (self.done, if self.is_full { 0 } else { self.room + 1 })
    }

    /// Takes what the parser found at this place of the source.
    pub fn take(&mut self, event: Event, at: Range<usize>, source: &str) {
        if let Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) = &event {
            match &mut self.code {
                Some(code) => code.push_str(text),
                None => self.text(text, at),
            }
            return;
        }
        self.end_run();
        match event {
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough)
                if !source[at.clone()].starts_with("~~") =>
            {
                self.push("~", false);
            }
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Code(text) => self.push(&text, true),
            Event::SoftBreak => self.push(" ", false),
            Event::HardBreak => self.push("\n", false),
            Event::Rule => {
                self.gap();
                self.push("———", false);
            }
            // Extensions that are off, and text, which is done.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.gap(),
            Tag::Heading { .. } => {
                self.gap();
                self.bold += 1;
            }
            Tag::BlockQuote(_) => {
                self.end_line();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => {
                self.bullet();
                self.end_line();
                self.code = Some(String::new());
            }
            Tag::List(next) => {
                self.end_line();
                if let Some(outer) = self.lists.last_mut() {
                    outer.has_bullet = true;
                }
                self.lists.push(List { next, is_new: true, has_bullet: false });
            }
            Tag::Item => {
                if let Some(list) = self.lists.last_mut() {
                    list.has_bullet = false;
                }
            }
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Strikethrough => self.strike += 1,
            Tag::Link { dest_url, .. } if is_web(&dest_url) => self.link = Some(dest_url.into_string()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Strong => self.bold -= 1,
            TagEnd::Emphasis => self.italic -= 1,
            TagEnd::Strikethrough => self.strike -= 1,
            TagEnd::Link => self.link = None,
            TagEnd::BlockQuote(_) => {
                self.end_line();
                self.quotes -= 1;
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => {
                self.bullet();
                self.end_line();
                if let Some(next) = self.lists.last_mut().and_then(|list| list.next.as_mut()) {
                    *next += 1;
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, at: Range<usize>) {
        if at.start != self.run_ends {
            self.end_run();
        }
        self.run.push_str(text);
        self.run_ends = at.end;
    }

    /// Writes the text of the run, with what it names: channels as such, people and groups by their names.
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let mut rest = run.as_str();
        while let Some(start) = rest.find('<').filter(|_| self.link.is_none() && !self.is_full) {
            self.push(&rest[..start], false);
            let named = rest[start..].find('>').and_then(|end| Some((thing(&rest[start + 1..start + end])?, end)));
            match named {
                Some((Thing::Channel(id), end)) => {
                    self.channel(id);
                    rest = &rest[start + end + 1..];
                }
                Some((Thing::Who(id), end)) => {
                    let name = (self.names)(id).unwrap_or_else(|| id.to_owned());
                    self.push(&format!("@{}", cut(&name, NAME)), false);
                    rest = &rest[start + end + 1..];
                }
                None => {
                    self.push("<", false);
                    rest = &rest[start + 1..];
                }
            }
        }
        self.push(rest, false);
    }

    fn channel(&mut self, id: &str) {
        if !self.fit(id).is_empty() {
            let channel = SlackRichTextChannel::new(SlackChannelId(id.to_owned()));
            self.line.push(channel.opt_style(self.style(false)).into());
        }
    }

    /// As much of a text as still fits.
    fn fit(&mut self, text: &str) -> String {
        let length = text.chars().count();
        if self.is_full {
            return String::new();
        }
        if length <= self.room {
            self.room -= length;
            return text.to_owned();
        }
        self.is_full = true;
        text.chars().take(self.room).chain(['…']).collect()
    }

    /// Writes words in the style that is open, as many as fit.
    fn push(&mut self, text: &str, is_code: bool) {
        let text = self.fit(text);
        let style = self.style(is_code);
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.char_indices().nth(PIECE).map_or(rest.len(), |(at, _)| at));
            rest = after;
            match (&self.link, self.line.last_mut()) {
                (Some(address), _) => {
                    let link = SlackRichTextLink::new(SlackRelaxedUrl(address.clone())).with_text(piece.to_owned());
                    self.line.push(link.opt_style(style.clone()).into());
                }
                (None, Some(SlackRichTextInlineElement::Text(before)))
                    if before.style == style && before.text.len() + piece.len() <= PIECE =>
                {
                    before.text.push_str(piece);
                }
                (None, _) => {
                    self.line.push(SlackRichTextText::new(piece.to_owned()).opt_style(style.clone()).into());
                }
            }
        }
    }

    fn style(&self, is_code: bool) -> Option<SlackRichTextStyle> {
        let on = |is_on: bool| is_on.then_some(true);
        let style = SlackRichTextStyle::new()
            .opt_bold(on(self.bold > 0))
            .opt_italic(on(self.italic > 0))
            .opt_strike(on(self.strike > 0))
            .opt_code(on(is_code));
        (style != SlackRichTextStyle::new()).then_some(style)
    }

    /// An empty line before another paragraph of the same section; in an item only the end of the line.
    fn gap(&mut self) {
        if !self.line.is_empty() {
            let gap = if self.lists.is_empty() { "\n\n" } else { "\n" };
            let (bold, link) = (std::mem::take(&mut self.bold), self.link.take());
            self.push(gap, false);
            (self.bold, self.link) = (bold, link);
        }
    }

    /// Gives an item that has no words of its own something to put its bullet before.
    fn bullet(&mut self) {
        if self.line.is_empty() && self.lists.last().is_some_and(|list| !list.has_bullet) {
            self.push(" ", false);
        }
    }

    /// Puts the line where it belongs: into a list, a quotation or a section.
    fn end_line(&mut self) {
        self.end_run();
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return;
        }
        let border = (self.quotes > 0).then_some(1);
        let indent = u64::try_from(self.lists.len()).unwrap_or(INDENT).saturating_sub(1).min(INDENT);
        let Some(list) = self.lists.last_mut().filter(|list| !list.has_bullet) else {
            self.done.push(match border {
                Some(_) => SlackRichTextQuote::new(line).into(),
                None => SlackRichTextSection::new(line).into(),
            });
            return;
        };
        list.has_bullet = true;
        let item = SlackRichTextListElement::Section(SlackRichTextSection::new(line));
        let is_new = std::mem::take(&mut list.is_new);
        match self.done.last_mut() {
            Some(SlackRichTextElement::List(open))
                if !is_new && open.indent == Some(indent) && open.border == border =>
            {
                open.elements.push(item);
            }
            _ => {
                let style = list.next.map_or(SlackRichTextListStyle::Bullet, |_| SlackRichTextListStyle::Ordered);
                let before = list.next.and_then(|next| next.checked_sub(1)).filter(|before| *before > 0);
                let new = SlackRichTextList::new(style, vec![item]).with_indent(indent);
                self.done.push(new.opt_offset(before).opt_border(border).into());
            }
        }
    }

    fn end_code(&mut self) {
        let code = self.code.take().unwrap_or_default();
        let code = self.fit(code.trim_end_matches('\n'));
        let chars: Vec<char> = code.chars().collect();
        let pieces: Vec<_> = chars.chunks(PIECE).map(|piece| words(&piece.iter().collect::<String>())).collect();
        if !pieces.is_empty() {
            let border = (self.quotes > 0).then_some(1);
            self.done.push(SlackRichTextPreformatted::new(pieces).opt_border(border).into());
        }
    }
}

/// What Slack's markup can name.
enum Thing<'t> {
    Channel(&'t str),
    Who(&'t str),
}

/// What stands between `<` and `>`: `#C1`, `@U1|ana`, `!subteam^S1`.
fn thing(text: &str) -> Option<Thing<'_>> {
    let text = text.split_once('|').map_or(text, |(id, _)| id);
    let who = text.strip_prefix('@').or_else(|| text.strip_prefix("!subteam^"));
    match (text.strip_prefix('#'), who) {
        (Some(id), _) if ids::is_id(id) => Some(Thing::Channel(id)),
        (_, Some(id)) if ids::is_id(id) => Some(Thing::Who(id)),
        _ => None,
    }
}

fn is_web(address: &str) -> bool {
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | '|');
    host.is_some_and(|host| !host.is_empty() && !host.starts_with('/') && !host.contains(odd)) && address.len() <= URL
}
