//! Markdown: a heading is a front, the text below it the back, a task list the options (`[x]` is right). A heading alone at the top
//! names the deck; a deeper heading over a task list is the wording of one more question. What else there is to a card stands behind
//! its heading, `{#id level=2 since=1.24}`, and in a last line of its back, `Source: <https://…>`.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Draft, Found};
use crate::quiz::{
    deck::Level,
    question::{Body, Question},
};

/// The most parts of a text: several times what a deck file may hold.
const MAX_BLOCKS: usize = 100_000;
/// What a line that names a card's sources begins with.
const SOURCES: [&str; 2] = ["Source: ", "Sources: "];

/// A part of the text at its top level.
#[derive(Debug)]
enum Block {
    Heading {
        level: HeadingLevel,
        draft: Box<Draft>,
        text: Range<usize>,
        at: Range<usize>,
    },
    /// Options as text, and whether each is right.
    Tasks(Vec<(bool, String)>),
    Other(Range<usize>),
}

/// The cards of a text.
pub(super) fn read(text: &str) -> Found {
    let mut found = Found::default();
    let blocks = blocks(text);
    let ends: Vec<usize> = text.match_indices('\n').map(|(end, _)| end).collect();
    let line = |byte: usize| format!("line {}", ends.partition_point(|end| *end < byte) + 1);
    if blocks.len() > MAX_BLOCKS {
        found.refuse("the rest", format!("more than {MAX_BLOCKS} paragraphs are not looked at: import them in parts"));
    }
    let mut blocks = blocks.as_slice();
    if let [Block::Heading { level, text: name, .. }, rest @ ..] = blocks
        && is_title(*level, rest)
    {
        found.name = Some(text[name.clone()].to_owned());
        blocks = rest;
    }
    let fronts = level_of_fronts(blocks);
    let mut cards = Vec::<(Draft, Section)>::new();
    for block in blocks {
        match (block, cards.last_mut()) {
            // A chapter: a heading over fronts.
            (Block::Heading { level, .. }, _) if fronts.is_none_or(|fronts| *level < fronts) => (),
            (Block::Heading { level, draft, text: front, at }, _) if Some(*level) == fronts => {
                let place = line(at.start);
                let front = text[front.clone()].to_owned();
                cards.push((Draft { place, front, ..Draft::clone(draft) }, Section::default()));
            }
            (block, Some((draft, section))) => section.take(text, block, draft),
            (Block::Other(at) | Block::Heading { at, .. }, None) => {
                found.refuse(line(at.start), "it stands before the first front, which is a heading");
            }
            (Block::Tasks(_), None) => (),
        }
    }
    found.drafts.extend(cards.into_iter().map(|(mut draft, section)| {
        section.end(text, &mut draft);
        take_sources(&mut draft);
        draft
    }));
    found
}

/// Whether a first heading names the deck: what follows is deeper, until the end.
fn is_title(level: HeadingLevel, rest: &[Block]) -> bool {
    let mut levels = rest.iter().filter_map(|block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    });
    matches!(rest, [Block::Heading { .. }, ..]) && levels.all(|other| other > level)
}

/// The level of the fronts: the highest that has ids; where there is none, the highest that has text right below it.
fn level_of_fronts(blocks: &[Block]) -> Option<HeadingLevel> {
    let with_id = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, draft, .. } if draft.id.is_some() => Some(*level),
        _ => None,
    });
    if let Some(level) = with_id.min() {
        return Some(level);
    }
    let pairs = blocks.windows(2).filter_map(|pair| match pair {
        [Block::Heading { level, .. }, Block::Tasks(_) | Block::Other(_)] => Some(*level),
        _ => None,
    });
    pairs.min()
}

/// What stands below a front, or below a deeper heading in its text.
#[derive(Default)]
struct Section {
    /// The deeper heading, and the blocks since.
    heading: Option<Range<usize>>,
    blocks: Vec<Range<usize>>,
    /// The options, where there were any in it.
    options: Option<Vec<(bool, String)>>,
    /// What stands below the options.
    after: Vec<Range<usize>>,
}

impl Section {
    fn take(&mut self, text: &str, block: &Block, draft: &mut Draft) {
        match block {
            Block::Heading { text: heading, at, .. } => {
                std::mem::take(self).end(text, draft);
                self.heading = Some(heading.clone());
                self.blocks.push(at.clone());
            }
            Block::Tasks(options) => {
                if self.options.is_some() {
                    std::mem::take(self).end(text, draft);
                }
                self.options = Some(options.clone());
            }
            Block::Other(at) if self.heading.is_some() && self.options.is_some() => self.after.push(at.clone()),
            Block::Other(at) => self.blocks.push(at.clone()),
        }
    }

    /// What it comes to: a question, or more of the back.
    fn end(self, text: &str, draft: &mut Draft) {
        // As it is written, with what stands between the parts.
        let joined = |parts: &[Range<usize>]| match parts {
            [first, .., last] => text[first.start..last.end].trim_end().to_owned(),
            parts => parts.iter().map(|part| text[part.clone()].trim_end()).collect(),
        };
        let Some(options) = self.options else { return add(&mut draft.back, &joined(&self.blocks)) };
        let ask = self.heading.map(|heading| {
            let mut ask = text[heading].to_owned();
            add(&mut ask, &joined(&self.blocks[1..]));
            ask
        });
        if ask.is_none() {
            add(&mut draft.back, &joined(&self.blocks));
        }
        let ask = ask.filter(|ask| *ask != draft.front);
        let why = Some(joined(&self.after)).filter(|why| !why.is_empty());
        match body(options) {
            Some(body) => draft.questions.push(Question { ask, why, body }),
            None => {
                draft.left_out.push("without a task list that has no right (`[x]`) or no wrong (`[ ]`) option".into());
            }
        }
    }
}

/// Takes a last line that names nothing but sources off a back.
fn take_sources(draft: &mut Draft) {
    let Some((back, last)) = draft.back.rsplit_once("\n\n") else { return };
    let Some(named) = SOURCES.iter().find_map(|word| last.trim().strip_prefix(word)) else { return };
    let links = named.split(", ").map(|link| link.trim().strip_prefix('<')?.strip_suffix('>').map(str::to_owned));
    if let Some(links) = links.collect::<Option<Vec<_>>>() {
        draft.sources = links;
        draft.back = back.to_owned();
    }
}

/// One more part of a text.
fn add(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(more);
}

fn body(options: Vec<(bool, String)>) -> Option<Body> {
    let (right, others): (Vec<_>, Vec<_>) = options.into_iter().partition(|(is_right, _)| *is_right);
    let [mut right, others] = [right, others].map(|side| side.into_iter().map(|(_, text)| text).collect::<Vec<_>>());
    match (right.len(), others.len()) {
        (0, _) | (_, 0) => None,
        (1, _) => right.pop().map(|answer| Body::Choice { answer, others }),
        _ => Some(Body::Multiple { answers: right, others }),
    }
}

/// The parts of a text at its top level.
fn blocks(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut blocks = Vec::new();
    let (mut depth, mut items) = (0_usize, 0);
    let mut tasks: Vec<(bool, String)> = Vec::new();
    for (event, at) in Parser::new_ext(text, options).into_offset_iter() {
        if blocks.len() > MAX_BLOCKS {
            break;
        }
        match (&event, depth) {
            (Event::Start(Tag::Heading { level, id, attrs, .. }), 0) => {
                let id = id.as_ref().map(ToString::to_string);
                let value =
                    |name: &str| attrs.iter().find(|(key, _)| **key == *name)?.1.as_ref().map(ToString::to_string);
                let level_of_card = value("level").and_then(|level| level.parse().ok()).and_then(Level::new);
                let draft = Draft {
                    id,
                    level: level_of_card,
                    since: value("since"),
                    until: value("until"),
                    ..Draft::default()
                };
                blocks.push(Block::Heading { level: *level, draft: Box::new(draft), text: at.end..at.end, at });
            }
            (Event::Start(Tag::MetadataBlock(_)), 0) | (Event::End(TagEnd::Heading(_)), 1) => (),
            (Event::Start(_) | Event::Rule, 0) => {
                (items, tasks) = (0, Vec::new());
                blocks.push(Block::Other(at));
            }
            (Event::Start(Tag::Item), 1) => items += 1,
            (Event::TaskListMarker(is_right), 2 | 3) => tasks.push((*is_right, String::new())),
            (Event::Text(words) | Event::Code(words), 2..) => option(&mut tasks, items, words),
            (Event::SoftBreak | Event::HardBreak, 2..) => option(&mut tasks, items, " "),
            (Event::End(TagEnd::List(_)), 1) if items > 0 && tasks.len() == items => {
                blocks.pop();
                blocks.push(Block::Tasks(std::mem::take(&mut tasks)));
            }
            // The words of a heading, from the first to the last, as they are written.
            (_, 1..) => {
                if let Some(Block::Heading { text, .. }) = blocks.last_mut() {
                    *text = text.start.min(at.start)..if text.start > at.start { at.end } else { text.end.max(at.end) };
                }
            }
            _ => (),
        }
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => (),
        }
    }
    blocks
}

/// More words of the option that is read, where all items so far are options.
fn option(tasks: &mut [(bool, String)], items: usize, words: &str) {
    let is_task = tasks.len() == items;
    if let Some((_, option)) = tasks.last_mut().filter(|_| is_task) {
        option.push_str(words);
    }
}
