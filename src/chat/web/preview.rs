//! A message as plain text, laid out as the room lays it out: for who writes decks, without a browser.

use super::markdown::{self, Node};
use crate::chat::{Control, Post, words::keycap};

/// The words, the facts beside them, controls (buttons in brackets, menus in braces) and the reactions offered.
pub fn preview(post: &Post) -> String {
    let facts = post.facts.iter().map(|fact| format!("{}: {}", fact.name, blocks(&markdown::parse(&fact.value))));
    let reactions = (1..=usize::from(post.reactions)).map(keycap);
    let parts = [
        blocks(&markdown::parse(&post.text)),
        facts.collect::<Vec<_>>().join("\n"),
        post.controls.iter().map(control).collect::<Vec<_>>().join(" "),
        reactions.collect::<Vec<_>>().join(" "),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn control(control: &Control) -> String {
    match control {
        Control::Button { label, .. } | Control::Form { label, .. } => format!("[{label}]"),
        Control::Menu { label, options, .. } => {
            let options = (1..).zip(options).map(|(number, option)| format!("{} {option}", keycap(number)));
            format!("{{{label}: {}}}", options.collect::<Vec<_>>().join(" | "))
        }
    }
}

/// Blocks with an empty line between them; what stands between blocks without one of its own is one too.
fn blocks(nodes: &[Node]) -> String {
    let runs = nodes.chunk_by(|one, next| !is_block(one) && !is_block(next));
    runs.map(|run| run.iter().map(text).collect::<String>()).collect::<Vec<_>>().join("\n\n")
}

fn is_block(node: &Node) -> bool {
    matches!(
        node,
        Node::P { .. } | Node::H { .. } | Node::Pre { .. } | Node::List { .. } | Node::Quote { .. } | Node::Rule
    )
}

fn text(node: &Node) -> String {
    match node {
        Node::P { c } | Node::H { c } | Node::Strong { c } | Node::Em { c } | Node::Link { c, .. } => {
            c.iter().map(text).collect()
        }
        Node::Pre { text } => hanging("    ", "    ", text),
        Node::Quote { c } => hanging("> ", "> ", &blocks(c)),
        Node::List { start, c } => {
            let items = (start.unwrap_or(0)..).zip(c).map(|(number, item)| match start {
                Some(_) => hanging(&format!("{number}. "), "   ", &text(item)),
                None => hanging("• ", "  ", &text(item)),
            });
            items.collect::<Vec<_>>().join("\n")
        }
        Node::Item { c } => blocks(c),
        Node::Rule => "───".to_owned(),
        Node::Code { text } => format!("`{text}`"),
        Node::Br => "\n".to_owned(),
        Node::Text { text } => text.clone(),
    }
}

/// The text with something before its first line, and before the others that are not empty.
fn hanging(first: &str, others: &str, text: &str) -> String {
    let line = |(number, line): (usize, &str)| match (number, line) {
        (0, line) => format!("{first}{line}"),
        (_, "") => String::new(),
        (_, line) => format!("{others}{line}"),
    };
    text.lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
}
