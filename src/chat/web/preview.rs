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

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        chat::{ControlId, Fact, PostKey},
        quiz::id::RoundId,
    };

    #[test]
    fn a_message_is_laid_out_in_plain_text() {
        let text = "Which **one**,  \n*now*?\n\n- a\n  - b\n\n    more\n- `c`\n\n2. two\n3. three\n\n> quoted\n\n```\nx: 1\n  y\n```\n\n---\n\n[k8s](https://k8s.io)";
        let menu = Control::Menu {
            id: ControlId::Menu(RoundId(1)),
            label: "Pick".into(),
            options: vec!["a".into(), "b_b".into()],
        };
        let post = Post {
            facts: vec![Fact { name: "Level".into(), value: "2 *of* 5".into() }],
            controls: vec![menu],
            reactions: 2,
            ..Post::new(PostKey::question(RoundId(1)), text)
        };
        assert_snapshot!(preview(&post), @"
        Which one,
        now?

        • a

          • b

            more
        • `c`

        2. two
        3. three

        > quoted

            x: 1
              y

        ───

        k8s

        Level: 2 of 5

        {Pick: 1️⃣ a | 2️⃣ b_b}

        1️⃣ 2️⃣
        ");
    }
}
