//! Markdown to a small tree that the page builds elements from. No HTML comes out of it, whatever goes in: raw HTML is text, and a
//! link goes to `https://` or is only its words.

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde::Serialize;

#[cfg(test)]
mod tests;

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "t", rename_all = "lowercase")]
pub enum Node {
    /// A paragraph.
    P { c: Vec<Node> },
    /// A heading, of any level.
    H { c: Vec<Node> },
    /// A block of code.
    Pre { text: String },
    /// A list; numbered from `start` where it has one.
    List { start: Option<u64>, c: Vec<Node> },
    /// An item of a list.
    Item { c: Vec<Node> },
    /// A quotation.
    Quote { c: Vec<Node> },
    /// A line between two parts.
    Rule,
    /// Strong words.
    Strong { c: Vec<Node> },
    /// Emphasised words.
    Em { c: Vec<Node> },
    /// Code within a line.
    Code { text: String },
    /// A link to an `https://` address.
    Link { href: String, c: Vec<Node> },
    /// The end of a line that must show.
    Br,
    /// Words.
    Text { text: String },
}

/// Deeper nesting than this is flattened: no sane message has it, and nobody's stack is to suffer from it.
const DEEPEST: usize = 16;

/// Reads Markdown. Never fails: what is no Markdown is text.
pub fn parse(markdown: &str) -> Vec<Node> {
    let mut open = vec![(Wrap::None, Vec::new())];
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Start(tag) => {
                let wrap = if open.len() > DEEPEST { Wrap::None } else { Wrap::of(tag) };
                open.push((wrap, Vec::new()));
            }
            Event::End(_) => {
                if open.len() > 1
                    && let Some((wrap, children)) = open.pop()
                {
                    for node in wrap.around(children) {
                        push(&mut open, node);
                    }
                }
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                push(&mut open, Node::Text { text: text.into_string() });
            }
            Event::Code(text) => push(&mut open, Node::Code { text: text.into_string() }),
            Event::SoftBreak => push(&mut open, Node::Text { text: " ".to_owned() }),
            Event::HardBreak => push(&mut open, Node::Br),
            Event::Rule => push(&mut open, Node::Rule),
            // Extensions that are off.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
    open.pop().map(|(_, nodes)| nodes).unwrap_or_default()
}

/// Adds a node to the innermost open one; text joins the text before it.
fn push(open: &mut [(Wrap, Vec<Node>)], node: Node) {
    let Some((_, children)) = open.last_mut() else { return };
    match (children.last_mut(), node) {
        (Some(Node::Text { text: before }), Node::Text { text }) => before.push_str(&text),
        (_, node) => children.push(node),
    }
}

/// What is to be made of the nodes between a start and its end.
enum Wrap {
    /// Nothing: they go to the parent.
    None,
    P,
    H,
    Pre,
    List(Option<u64>),
    Item,
    Quote,
    Strong,
    Em,
    Link(String),
}

impl Wrap {
    fn of(tag: Tag) -> Self {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => Self::P,
            Tag::Heading { .. } => Self::H,
            Tag::CodeBlock(_) => Self::Pre,
            Tag::List(start) => Self::List(start),
            Tag::Item => Self::Item,
            Tag::BlockQuote(_) => Self::Quote,
            Tag::Strong => Self::Strong,
            Tag::Emphasis => Self::Em,
            Tag::Link { dest_url, .. } if is_https(&dest_url) => Self::Link(dest_url.into_string()),
            _ => Self::None,
        }
    }

    fn around(self, c: Vec<Node>) -> Vec<Node> {
        vec![match self {
            Self::None => return c,
            Self::P => Node::P { c },
            Self::H => Node::H { c },
            Self::Pre => Node::Pre { text: plain(&c).trim_end_matches('\n').to_owned() },
            Self::List(start) => Node::List { start, c },
            Self::Item => Node::Item { c },
            Self::Quote => Node::Quote { c },
            Self::Strong => Node::Strong { c },
            Self::Em => Node::Em { c },
            Self::Link(href) => Node::Link { href, c },
        }]
    }
}

fn plain(nodes: &[Node]) -> String {
    nodes.iter().map(|node| if let Node::Text { text } = node { text.as_str() } else { "" }).collect()
}

fn is_https(address: &str) -> bool {
    address.strip_prefix("https://").is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !rest.chars().any(|c| c.is_control() || c.is_whitespace())
    })
}
